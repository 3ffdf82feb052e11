#include "web/edition.h"

#include <pthread.h>
#include <stdatomic.h>

struct Edition {
    Arena *arena; /* this struct lives in it */
    Snapshot *snapshot;
    Figures figures;
    Agreed agreed;
    atomic_size_t holders;
};

struct Live {
    Store *store;
    const Codebook *codebook;
    pthread_mutex_t lock; /* of newest: between reading the pointer and counting the holder nobody may let go */
    Edition *newest;
    int64_t version; /* of the data when the newest was read */
};

/* Takes the snapshot over, also when it fails. */
static Edition *edition_new(Store *store, Snapshot *snapshot, Problem *problem)
{
    Arena *arena = arena_new(ARENA_NO_CAP);
    Edition *edition = NEW(arena, Edition);
    *edition = (Edition){ .arena = arena, .snapshot = snapshot };
    atomic_init(&edition->holders, 1);
    Filter all = { .from = INT32_MIN, .to = INT32_MAX, .as_of = INT64_MAX };
    figures_count(snapshot, &all, NULL, 0, arena, &edition->figures);
    if (agreed_read(arena, store, &edition->agreed, problem))
        return edition;
    edition_release(edition);
    return NULL;
}

Live *live_open(Arena *arena, Store *store, const Codebook *codebook, Problem *problem)
{
    Live *live = NEW(arena, Live);
    *live = (Live){ .store = store, .codebook = codebook, .lock = PTHREAD_MUTEX_INITIALIZER };
    live->version = store_data_version(store);
    Snapshot *snapshot = snapshot_load(store, codebook, problem);
    if (!snapshot)
        return NULL;
    live->newest = edition_new(store, snapshot, problem);
    return live->newest ? live : NULL;
}

void live_close(Live *live)
{
    if (!live)
        return;
    edition_release(live->newest);
    pthread_mutex_destroy(&live->lock);
}

bool live_refresh(Live *live, Problem *problem)
{
    int64_t version = store_data_version(live->store);
    if (version == live->version)
        return true;
    Edition *last = live->newest;
    Snapshot *snapshot = snapshot_next(live->store, last->snapshot, problem);
    if (!snapshot)
        return false;
    if (snapshot == last->snapshot) { /* whatever was committed, it was no entry */
        live->version = version;
        snapshot_release(snapshot);
        return true;
    }
    Edition *next = edition_new(live->store, snapshot, problem);
    if (!next)
        return false;
    live->version = version;
    pthread_mutex_lock(&live->lock);
    live->newest = next;
    pthread_mutex_unlock(&live->lock);
    edition_release(last);
    arena_trim();
    return true;
}

Edition *live_hold(Live *live)
{
    pthread_mutex_lock(&live->lock);
    Edition *edition = live->newest;
    atomic_fetch_add(&edition->holders, 1);
    pthread_mutex_unlock(&live->lock);
    return edition;
}

void edition_release(Edition *edition)
{
    if (!edition || atomic_fetch_sub(&edition->holders, 1) != 1)
        return;
    snapshot_release(edition->snapshot);
    arena_free(edition->arena);
}

const Snapshot *edition_snapshot(const Edition *edition)
{
    return edition->snapshot;
}

int64_t edition_number(const Edition *edition)
{
    enum { ENTRIES_BITS = 40 };
    return (snapshot_rebuilds(edition->snapshot) << ENTRIES_BITS) + snapshot_size(edition->snapshot);
}

const Agreed *edition_agreed(const Edition *edition)
{
    return &edition->agreed;
}

const Figures *edition_figures(const Edition *edition)
{
    return &edition->figures;
}
