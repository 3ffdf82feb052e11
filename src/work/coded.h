/* Coded: the record of a change, as the forms have it with which it is coded claim by claim. */
#pragma once

#include "work/desk_pages.h"

typedef struct Coded {
    Change change;
    Record record;
    const char *path; /* "/changes/7": its form and its claims stand below it */
    int64_t version;  /* that a save must name */
} Coded;

/* The one that the address names; NOT_FOUND when it is no record. */
bool coded_find(const WorkRequest *request, Store *work, Coded *coded, Problem *problem);
bool coded_read(const WorkRequest *request, Coded *coded, Problem *problem); /* the same, by a reader of its own */

/* The variables of the codebook that are coded, by entity, with what the record says of them. */
CodingEntity *coding_entities(const WorkRequest *request, const Coded *coded, size_t *count);
