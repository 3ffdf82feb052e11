/* The journal as data: what came in since when, and the signed checkpoints, for those who copy or watch the register.
 */
#pragma once

#include "base/out.h"
#include "store/store.h"

typedef struct ChangesOrder {
    int64_t after; /* entry number; 0: from the first */
    int64_t since; /* moment; INT64_MIN: from the first */
    int64_t most;
} ChangesOrder;

/* {"changes": [{"entry", "at", "kind", "subject", "hash", "address"}]}, oldest first. `last` gets the last entry's
 * number when there are more, else 0. */
bool changes_json(Out *out, Store *public_store, const ChangesOrder *order, int64_t *last, Problem *problem);
/* {"checkpoints": [{"size", "number", "at", "root", "note"}]}, the newest 1,000, newest first. */
bool checkpoints_json(Out *out, Store *public_store, Problem *problem);
/* The signed text (C2SP tlog-checkpoint) of the newest; NOT_FOUND when nothing was ever published. */
bool checkpoint_newest(Out *out, Store *public_store, Problem *problem);
