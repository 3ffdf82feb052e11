/* Contest: follows the public journal and alerts those who worked on an incident when an entry makes one of its
 * published values contested. What an entry did cannot be told in its own transaction, since it is in the other store;
 * so the work store keeps up to which entry it was looked for, in the transaction of the alerts. */
#pragma once

#include "domain/alert.h"
#include "domain/evidence.h"

typedef struct Contests { /* what the next entries brought, found without any lock */
    int64_t from, to;     /* entries already looked at, and now; equal: nothing new */
    AlertFacts *facts;
    size_t count;
} Contests;

/* Looks at some entries behind those that were looked at. A work store that never followed begins at the journal's end:
 * nobody is alerted to the past. Memory: `arena`. */
bool contest_find(Arena *arena, Store *work, Store *published, const Codebook *codebook, Contests *contests,
                  Problem *problem);
/* Tells them as of `now`, in one transaction with how far it was looked. Does nothing when somebody else has followed
 * since. */
bool contest_tell(Store *work, const Contests *contests, int64_t now, Problem *problem);
