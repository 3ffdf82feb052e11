/* Findings: sentences about what is not as it should be, each once, in the order in which it was found. */
#pragma once

#include "base/table.h"

typedef struct Findings {
    Arena *arena; /* in which they stand */
    const char **items;
    size_t count, room;
    Table *known; /* private: there may be as many as rows */
} Findings;

void findings_add(Findings *findings, const char *format, ...) PRINTF_LIKE(2, 3);
