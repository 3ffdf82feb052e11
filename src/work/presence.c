#include "work/presence.h"

#include <pthread.h>

#include "domain/account.h"

typedef struct Present {
    int64_t change, at; /* at: 0 for a free place */
    char account[ACCOUNT_NAME_MOST + 1];
} Present;

struct Presence {
    pthread_mutex_t lock;
    Present places[PRESENCE_MOST];
};

Presence *presence_open(Arena *arena)
{
    Presence *presence = NEW(arena, Presence);
    presence->lock = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
    return presence;
}

void presence_close(Presence *presence)
{
    if (presence)
        pthread_mutex_destroy(&presence->lock);
}

static bool is_of(const Present *present, int64_t change, const char *account)
{
    return present->at && present->change == change && strcmp(present->account, account) == 0;
}

/* Its place, or else the one that was used least lately. */
static Present *place_of(Presence *presence, int64_t change, const char *account)
{
    Present *oldest = presence->places;
    for (Present *at = presence->places; at < presence->places + PRESENCE_MOST; at++) {
        if (is_of(at, change, account))
            return at;
        if (at->at < oldest->at)
            oldest = at;
    }
    return oldest;
}

void presence_note(Presence *presence, int64_t change, const char *account, int64_t now)
{
    pthread_mutex_lock(&presence->lock);
    Present *place = place_of(presence, change, account);
    place->change = change;
    place->at = now;
    (void)snprintf(place->account, sizeof place->account, "%s", account);
    pthread_mutex_unlock(&presence->lock);
}

void presence_leave(Presence *presence, int64_t change, const char *account)
{
    pthread_mutex_lock(&presence->lock);
    Present *place = place_of(presence, change, account);
    if (is_of(place, change, account))
        place->at = 0;
    pthread_mutex_unlock(&presence->lock);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char **presence_others(Presence *presence, Arena *arena, int64_t change, const char *account, int64_t now,
                             size_t *count)
{
    const char **names = NEW_ARRAY(arena, const char *, PRESENCE_MOST);
    *count = 0;
    pthread_mutex_lock(&presence->lock);
    for (const Present *at = presence->places; at < presence->places + PRESENCE_MOST; at++)
        if (at->change == change && at->at > now - PRESENCE_MS && strcmp(at->account, account) != 0)
            names[(*count)++] = arena_string(arena, at->account);
    pthread_mutex_unlock(&presence->lock);
    qsort(names, *count, sizeof *names, by_name);
    return names;
}
