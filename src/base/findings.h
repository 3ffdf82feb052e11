/* Findings: sentences about what is not as it should be, each once, in the order in which it was found. */
#pragma once

#include "base/arena.h"

typedef struct Findings {
    Arena *arena; /* in which they stand */
    const char **items;
    size_t count, room;
} Findings;

void findings_add(Findings *findings, const char *format, ...) PRINTF_LIKE(2, 3);
