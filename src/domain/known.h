/* Known: how what is said about an incident became known in the world, by METHOD.md 4a: what follows from the claims
 * known by the end of each day, over today's record.
 *
 * The rules are those of what is published, supersession among the claims known by then. A day on which nothing that
 * is derived changes makes no row, and what holds today has none of its own: the row of `version` has its day. So an
 * incident that became known on one day costs nothing more than that number. */
#pragma once

#include "domain/version.h"

enum { KNOWN_DAYS_MAX = 1000 };

/* What an entry decided about inclusion. It is no statement; so that nothing counts before it was said, a decision to
 * include is known when all that its entry says is, another when anything of it is. The four questions of METHOD.md 2
 * decide where none is known. */
typedef struct Decision {
    int64_t entry;
    const char *inclusion, *reason; /* NULL: it left it to the questions */
} Decision;

typedef struct KnownCase {
    const Record *record;      /* its affected organisations are looked at */
    const Decision *decisions; /* in the order of their entries */
    size_t decision_count;
    Run evidence; /* all of today's, sorted */
} KnownCase;

typedef struct KnownSpan { /* known from the end of `since` to the end of `until`, without it */
    int32_t since, until;
    Version version;
} KnownSpan;

typedef struct KnownHistory {
    KnownSpan *earlier; /* before what holds today, in time, without gaps */
    size_t count;
    int32_t since; /* the day from which on `today` was known; DAY_UNKNOWN when nothing is claimed */
} KnownHistory;

/* `today`: what version_of makes of the evidence with today's decision. BAD_INPUT when it became known on more than
 * KNOWN_DAYS_MAX days. Memory: `arena`. */
bool known_history(Arena *arena, const KnownCase *facts, const Version *today, KnownHistory *history, Problem *problem);

/* Adds the rows of `known` and `known_value`; those of an earlier record are removed before. */
bool known_write(Store *store, int64_t incident, const KnownHistory *history, Problem *problem);
bool known_remove(Store *store, int64_t incident, Problem *problem);
