/* Pool: open handles by which a store is read. A handle serves one thread at a time; there are as many as threads, so
 * that taking one never waits. */
#pragma once

#include "store/store.h"

typedef struct Pool Pool;

Pool *pool_open(Arena *arena, const char *folder, StoreKind kind, size_t count, Problem *problem);
void pool_close(Pool *pool); /* accepts NULL; when every handle is back */

/* NULL with UNAVAILABLE when all are taken or the pool rests. */
Store *pool_take(Pool *pool, Problem *problem);
void pool_give(Pool *pool, Store *store); /* accepts a NULL store */

/* By any thread: whatever is read through the pool breaks off with UNAVAILABLE, now and from now on. For the end: a
 * slow answer must not make everybody wait. */
void pool_interrupt(Pool *pool);

/* After a store failed: for a second nobody is made to wait for it, so that the threads stay free for what is served
 * from memory. */
void pool_rest(Pool *pool);
