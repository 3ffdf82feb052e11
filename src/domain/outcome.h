/* Outcome: what would follow from a change that is being prepared, by the rules by which it is published: whether it
 * counts, how well it is known, how severe it is documented to be, and why. */
#pragma once

#include "domain/act.h"
#include "domain/derive.h"

typedef struct OutcomeCase {
    int64_t incident;     /* that is added to or acted upon; 0: a new one */
    const Record *record; /* what is added, or opens it; NULL for an act */
    const Act *act;       /* NULL for a record */
} OutcomeCase;

typedef struct Outcome {
    Derived derived;
    Run evidence; /* all that counts then, sorted */
} Outcome;

/* Whether an act changes what is said of an incident, and not what it is. */
bool outcome_of_act(ActKind kind);

/* BAD_INPUT when a record is not what record_check lets pass. Memory: `arena`; codes live as long as the codebook. */
bool outcome_find(Arena *arena, Store *published, const Codebook *codebook, const OutcomeCase *sought, Outcome *outcome,
                  Problem *problem);

/* What is said of an incident when the act is done: claims that it ends go, those that it ranks have the rank, and
 * `own` stands beside. `act` NULL: all stay. Sorted. Memory: `arena`. */
Run outcome_evidence(Arena *arena, const Act *act, Run standing, Run own);
