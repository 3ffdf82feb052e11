/* Pool: the open handles of the public store. A handle serves one thread at a time; there are as many as threads, so
 * that taking one never waits. */
#pragma once

#include "store/store.h"

typedef struct Pool Pool;

Pool *pool_open(Arena *arena, const char *folder, size_t count, Problem *problem);
void pool_close(Pool *pool); /* accepts NULL; when every handle is back */

/* NULL with BUSY when all are taken. */
Store *pool_take(Pool *pool, Problem *problem);
void pool_give(Pool *pool, Store *store); /* accepts a NULL store */
