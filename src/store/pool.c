#include "store/pool.h"

#include <pthread.h>

#include "base/sys.h"

enum { PATIENCE_MS = 250, REST_US = 1000000 };

struct Pool {
    pthread_mutex_t lock;
    Store **all, **free_ones;
    size_t count, free_count;
    int64_t rests_until; /* of sys_tick */
};

Pool *pool_open(Arena *arena, const char *folder, StoreKind kind, size_t count, Problem *problem)
{
    Pool *pool = NEW(arena, Pool);
    *pool = (Pool){ .lock = PTHREAD_MUTEX_INITIALIZER,
                    .all = NEW_ARRAY(arena, Store *, count),
                    .free_ones = NEW_ARRAY(arena, Store *, count) };
    for (; pool->free_count < count; pool->free_count++) {
        Store *store = store_open(folder, kind, READ_ONLY, problem);
        if (!store) {
            pool_close(pool);
            return NULL;
        }
        store_patience(store, PATIENCE_MS);
        pool->all[pool->count++] = pool->free_ones[pool->free_count] = store;
    }
    return pool;
}

void pool_close(Pool *pool)
{
    if (!pool)
        return;
    while (pool->free_count)
        store_close(pool->free_ones[--pool->free_count]);
    pthread_mutex_destroy(&pool->lock);
}

Store *pool_take(Pool *pool, Problem *problem)
{
    pthread_mutex_lock(&pool->lock);
    bool rests = pool->rests_until > sys_tick();
    Store *store = !rests && pool->free_count ? pool->free_ones[--pool->free_count] : NULL;
    pthread_mutex_unlock(&pool->lock);
    if (!store)
        fail(problem, PROBLEM_UNAVAILABLE,
             rests ? "the database could not be read a moment ago" : "all readers of the database are in use");
    return store;
}

void pool_interrupt(Pool *pool)
{
    for (size_t i = 0; i < pool->count; i++)
        store_interrupt(pool->all[i]);
}

void pool_rest(Pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    pool->rests_until = sys_tick() + REST_US;
    pthread_mutex_unlock(&pool->lock);
}

void pool_give(Pool *pool, Store *store)
{
    if (!store)
        return;
    pthread_mutex_lock(&pool->lock);
    pool->free_ones[pool->free_count++] = store;
    pthread_mutex_unlock(&pool->lock);
}
