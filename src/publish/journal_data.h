/* The journal as data: what came in since when, and the signed checkpoints, for those who copy or watch the register.
 */
#pragma once

#include "base/out.h"
#include "store/store.h"

typedef struct JournalOrder {
    int64_t after; /* only what has a higher entry number, or covers more entries; 0: from the first */
    int64_t since; /* of changes: only what came at this moment or later; INT64_MIN: from the first */
    int64_t most;
} JournalOrder;

/* Both are oldest first; `last` gets what to go on after when there is more, else 0.
 * {"changes": [{"entry", "at", "kind", "subject", "hash", "address"}]} */
bool changes_json(Out *out, Store *public_store, const JournalOrder *order, int64_t *last, Problem *problem);
/* {"checkpoints": [{"size", "number", "at", "root", "note"}]} */
bool checkpoints_json(Out *out, Store *public_store, const JournalOrder *order, int64_t *last, Problem *problem);
/* The entry behind which the changes begin that were asked for. */
bool journal_after(Store *public_store, const JournalOrder *order, int64_t *after, Problem *problem);
/* Where the subject of an entry is told: "/api/v1/incidents/7" of incident/7, "/api/v1/actors/lockbit" of actor/7 with
 * this name; NULL for others. Memory: `arena`. */
const char *journal_address(Arena *arena, Text subject, const char *actor);
/* The signed text (C2SP tlog-checkpoint) of the newest; NOT_FOUND when nothing was ever published. */
bool checkpoint_newest(Out *out, Store *public_store, Problem *problem);
/* When an entry came in; `moment` stays when there is no such entry. */
bool journal_moment(Store *public_store, int64_t entry, int64_t *moment, Problem *problem);
