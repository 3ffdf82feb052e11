/* Facts: what the register holds of an incident beside its claims, and its versions follow from. */
#pragma once

#include "domain/known.h"
#include "store/store.h"

typedef struct Decisions { /* on inclusion, in the order of their entries */
    Decision *items;
    size_t count, room;
} Decisions;

void decisions_add(Arena *arena, Decisions *decisions, Decision decision);

/* Adds the organisations that are linked to it now to those of `facts`. Memory: `arena`. */
bool facts_affected(Arena *arena, Store *published, int64_t incident, Record *facts, Problem *problem);
/* Adds what the entries about it decided; one that the questions of METHOD.md 2 may decide anew has no inclusion. Puts
 * the last into `facts`. */
bool facts_decided(Arena *arena, Store *published, int64_t incident, Record *facts, Decisions *decisions,
                   Problem *problem);
