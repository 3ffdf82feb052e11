/* Inclusion: whether a record is an incident that counts, by the four questions of METHOD.md 2. */
#pragma once

#include "domain/verification.h"

typedef struct Inclusion {
    const char *code;   /* of inclusion_decision */
    const char *reason; /* why not, one sentence; NULL when included */
} Inclusion;

/* What is looked at besides the evidence. */
typedef struct InclusionCase {
    const Record *record; /* its affected organisations, and what it or an earlier entry decided */
    const Span *date;     /* reference date; NULL when none is known */
    VerificationLevel verification;
} InclusionCase;

/* A decision that the record brings is kept, but nothing without a reference date is included: it could not be counted
 * in any period. Without one the questions decide, in order: an affected organisation of known type or sector; no
 * intent other than intentional or unclear; an attack type or another effect; a date with a named organisation, or with
 * type and country when it says the month. What is refuted is excluded as false. */
Inclusion inclusion_decide(const InclusionCase *facts, Run all);

/* Whether the reason of an earlier version is one of inclusion_decide's own, so that new claims may change it. */
bool inclusion_may_change(const char *code, const char *reason);
