#include "http/watchdog.h"

#include <pthread.h>
#include <sys/socket.h>

#include "base/sys.h"

#define SECOND INT64_C(1000000)

enum { NOBODY = -1 };

static const int64_t deadlines[] = {
    [PHASE_ASKING] = 30 * SECOND, [PHASE_ANSWERING] = 120 * SECOND, [PHASE_STREAMING] = 3600 * SECOND
};

struct Watched {
    int socket;       /* NOBODY: free */
    int64_t deadline; /* of sys_tick */
};

struct Watchdog {
    pthread_mutex_t lock;
    Watched *places;
    size_t count;
};

Watchdog *watchdog_open(Arena *arena, size_t connections)
{
    Watchdog *watchdog = NEW(arena, Watchdog);
    *watchdog = (Watchdog){ .lock = PTHREAD_MUTEX_INITIALIZER,
                            .places = NEW_ARRAY(arena, Watched, connections),
                            .count = connections };
    for (size_t i = 0; i < connections; i++)
        watchdog->places[i].socket = NOBODY;
    return watchdog;
}

void watchdog_close(Watchdog *watchdog)
{
    if (watchdog)
        pthread_mutex_destroy(&watchdog->lock);
}

Watched *watchdog_add(Watchdog *watchdog, int socket)
{
    Watched *found = NULL;
    pthread_mutex_lock(&watchdog->lock);
    for (size_t i = 0; i < watchdog->count && !found; i++)
        if (watchdog->places[i].socket == NOBODY)
            found = &watchdog->places[i];
    if (found)
        *found = (Watched){ socket, sys_tick() + deadlines[PHASE_ASKING] };
    pthread_mutex_unlock(&watchdog->lock);
    return found;
}

void watchdog_phase(Watchdog *watchdog, Watched *watched, Phase phase)
{
    if (!watched)
        return;
    pthread_mutex_lock(&watchdog->lock);
    watched->deadline = sys_tick() + deadlines[phase];
    pthread_mutex_unlock(&watchdog->lock);
}

void watchdog_remove(Watchdog *watchdog, Watched *watched)
{
    if (!watched)
        return;
    pthread_mutex_lock(&watchdog->lock);
    watched->socket = NOBODY;
    pthread_mutex_unlock(&watchdog->lock);
}

/* Shutting a socket wakes the server, which then closes it; the lock keeps its number from being given anew. */
void watchdog_sweep(Watchdog *watchdog)
{
    int64_t now = sys_tick();
    pthread_mutex_lock(&watchdog->lock);
    for (size_t i = 0; i < watchdog->count; i++)
        if (watchdog->places[i].socket != NOBODY && watchdog->places[i].deadline < now)
            (void)shutdown(watchdog->places[i].socket, SHUT_RDWR);
    pthread_mutex_unlock(&watchdog->lock);
}
