/* Whole: all that is in force about a published incident, as one record, so that a form can say a part of it anew: to
 * correct a claim, or to split the incident. */
#pragma once

#include "domain/evidence.h"

typedef struct WholeLink { /* to an organisation */
    int64_t id, organisation;
} WholeLink;

typedef struct Whole {
    Record record;    /* without inclusion, reason and reviewer; statements that nothing is in force of are left out */
    const char *left; /* "merged", "split" or "withdrawn"; NULL while it stands */
    const int64_t *claims; /* numbers, in the order of the record's claims */
    size_t claim_count;
    const WholeLink *links; /* one for each of record.affected */
} Whole;

/* NOT_FOUND when there is no such incident. Memory: `arena`. */
bool whole_read(Arena *arena, Store *published, int64_t incident, Whole *whole, Problem *problem);

typedef struct WholeClaim { /* where one claim stands in the record */
    const StatementFacts *statement;
    const ClaimFacts *claim;
} WholeClaim;

/* The claim with this number; `claim` NULL when it is not in force here. */
WholeClaim whole_claim(const Whole *whole, int64_t number);

/* The numbers of the claims that say something about the same variable in the same breath (statement), this one
 * included. A correction restates them all, because what one says later replaces what the same one said before. Memory:
 * `arena`. */
const int64_t *whole_beside(Arena *arena, const Whole *whole, int64_t number, size_t *count);
