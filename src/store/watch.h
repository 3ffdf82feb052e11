/* Watch: which rows of a store were written in a transaction, told to whoever answers for them before it is committed.
 *
 * It sees what the program writes through this store, not what anybody else writes into the same file. */
#pragma once

#include "store/store.h"

typedef struct WrittenRow {
    size_t table; /* its place in the list */
    int64_t row;  /* its number; there may be none any more */
} WrittenRow;

typedef struct Watch {
    const char *const *tables; /* their names */
    size_t count;
    /* Within the transaction, before it is committed; each row once, by table and number. `before`: a reader, who sees
     * the store as it stood before the transaction. What it writes itself is not told again. False undoes the
     * transaction. Not called when nothing was written. */
    bool (*told)(Store *store, Store *before, const WrittenRow *rows, size_t count, Problem *problem);
} Watch;

/* Of a writer, from now on. What was written outside a transaction is told with the next one, at the latest when the
 * store is closed; `before` has it then. `folder`: its own. `watch` must live as long as the program. */
bool store_watch(Store *store, const char *folder, const Watch *watch, Problem *problem) MUST_CHECK;
