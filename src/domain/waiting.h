/* Waiting: the candidates of the queue by the names of their organisations, in memory, so that two that may be about
 * the same incident are told of each other. It follows what importers and partners store, and keeps no other
 * candidate's words but its title. Any number of threads may ask one. */
#pragma once

#include "domain/similar.h"
#include "domain/tlp.h"

typedef struct Waiting Waiting;

/* `arena` and `codebook` must outlive it. */
Waiting *waiting_open(Arena *arena, const Codebook *codebook);
void waiting_close(Waiting *waiting); /* accepts NULL */

/* Reads what is new; what a server does before the first search, so that nobody waits for it. */
bool waiting_refresh(Waiting *waiting, Store *work, Problem *problem);

typedef struct WaitingAsked {
    int64_t id; /* of the candidate itself, which is left out */
    const SimilarAsked *like;
    Tlp ceiling; /* nothing that is marked higher */
} WaitingAsked;

/* Other candidates that wait, or are postponed, by the rule of domain/similar.h. Memory of titles: `arena`. */
bool waiting_find(Waiting *waiting, Arena *arena, Store *work, const WaitingAsked *asked, SimilarFound *found,
                  Problem *problem);
