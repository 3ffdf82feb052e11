/* Fold: the write-ahead log of a writer is folded back into its database once it is long, beside the writer. */
#pragma once

#include "store/sqlite.h"

typedef struct Fold Fold;

bool fold_start(Store *store, Problem *problem); /* of a writer in a file; instead of SQLite's own checkpoints */
void fold_step(Store *store);                    /* after each commit; ends at once in most cases */
void fold_end(Store *store);                     /* waits for what is at work; accepts a store without one */
