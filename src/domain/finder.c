#include "domain/finder.h"

#include <pthread.h>

typedef struct State { /* how much of the store was read */
    int64_t rebuilds, party, alias;
} State;

struct Finder {
    pthread_rwlock_t lock;
    const Party *party;
    FinderUse use;
    State state;
    NameSearch search;
};

Finder *finder_open(Arena *arena, const Party *party, FinderUse use)
{
    Finder *finder = NEW(arena, Finder);
    *finder = (Finder){ .lock = PTHREAD_RWLOCK_INITIALIZER, .party = party, .use = use, .search = name_search_new() };
    return finder;
}

void finder_close(Finder *finder)
{
    if (!finder)
        return;
    name_search_free(&finder->search);
    pthread_rwlock_destroy(&finder->lock);
}

static bool read_state(const Finder *finder, Store *published, State *state, Problem *problem)
{
    AUTO_ROWS *rows = store_run(published, problem, finder->party->finder_state, "");
    if (!rows || !rows_next(rows))
        return false;
    *state = (State){ rows_int(rows, 0), rows_int(rows, 1), rows_int(rows, 2) };
    return true;
}

/* A reader may still see an older state than another one that was here before. */
static bool is_known(const Finder *finder, const State *now)
{
    return now->rebuilds < finder->state.rebuilds ||
           (now->rebuilds == finder->state.rebuilds && now->party <= finder->state.party &&
            now->alias <= finder->state.alias);
}

/* The third column is the country. */
static void add(Finder *finder, const Rows *rows, Name name, const NameWords *only)
{
    const char *country = rows_text(rows, 2);
    for (size_t i = 0; i < sizeof name.country && country[i]; i++)
        name.country[i] = country[i];
    if (!only || name_has(name.folded, only))
        name_search_add(&finder->search, name);
}

static bool read_names(Finder *finder, Store *published, const NameWords *only, Problem *problem)
{
    AUTO_ROWS *rows = store_run(published, problem, finder->party->finder_names, "i", finder->state.party);
    while (rows && rows_next(rows)) {
        finder->state.party = rows_int(rows, 0);
        add(finder, rows, (Name){ rows_text(rows, 1), (uint32_t)rows_int(rows, 0), NAME_PROPER, { 0 } }, only);
    }
    return !problem->kind;
}

static bool read_aliases(Finder *finder, Store *published, const NameWords *only, Problem *problem)
{
    AUTO_ROWS *rows = store_run(published, problem, finder->party->finder_aliases, "i", finder->state.alias);
    while (rows && rows_next(rows)) {
        finder->state.alias = rows_int(rows, 0);
        add(finder, rows, (Name){ rows_text(rows, 1), (uint32_t)rows_int(rows, 3), NAME_ALIAS, { 0 } }, only);
    }
    return !problem->kind;
}

/* Where rows were left out behind the last one that was read, the state says so too. */
static bool read_new(Finder *finder, Store *published, const NameWords *only, const State *now, Problem *problem)
{
    if (now->rebuilds != finder->state.rebuilds) {
        name_search_free(&finder->search);
        finder->search = name_search_new();
        finder->state = (State){ .rebuilds = now->rebuilds };
    }
    bool read = read_names(finder, published, only, problem) && read_aliases(finder, published, only, problem);
    name_search_settle(&finder->search);
    if (read)
        finder->state = *now;
    return read;
}

/* With the lock for reading held, unless it fails: all that this reader of the store sees is known. */
static bool hold(Finder *finder, Store *published, const NameWords *only, Problem *problem)
{
    State now;
    if (!read_state(finder, published, &now, problem))
        return false;
    pthread_rwlock_rdlock(&finder->lock);
    while (!is_known(finder, &now)) {
        pthread_rwlock_unlock(&finder->lock);
        pthread_rwlock_wrlock(&finder->lock);
        bool read = is_known(finder, &now) || read_new(finder, published, only, &now, problem);
        pthread_rwlock_unlock(&finder->lock);
        if (!read)
            return false;
        pthread_rwlock_rdlock(&finder->lock);
    }
    return true;
}

bool finder_refresh(Finder *finder, Store *published, Problem *problem)
{
    bool held = store_read_begin(published, problem) && hold(finder, published, NULL, problem);
    if (held)
        pthread_rwlock_unlock(&finder->lock);
    store_undo(published);
    return held;
}

static bool is_found(const PartyRows *found, int64_t id)
{
    for (size_t i = 0; i < found->count; i++)
        if (found->items[i].id == id)
            return true;
    return false;
}

static const char *kept(Arena *arena, const Rows *rows, int column)
{
    return rows_is_null(rows, column) ? NULL : arena_string(arena, rows_text(rows, column));
}

typedef struct Taking { /* where what is found is looked up */
    const Finder *finder;
    Arena *arena;
    Store *published;
} Taking;

/* The store says whether it has the name still, and may be shown. */
static bool take(const Taking *taking, const Name *name, PartyRows *found, Problem *problem)
{
    AUTO_ROWS *rows = store_run(taking->published, problem, taking->finder->party->finder_shown, "it",
                                (int64_t)name->owner, name->use == NAME_ALIAS ? name->folded : NULL);
    if (rows && rows_next(rows))
        found->items[found->count++] = (PartyRow){ name->owner, kept(taking->arena, rows, 0),
                                                   kept(taking->arena, rows, 1), kept(taking->arena, rows, 2) };
    return rows && !problem->kind;
}

static bool take_hits(const Taking *taking, NameHits *hits, size_t most, PartyRows *found, Problem *problem)
{
    const Name *name;
    while (found->count < most && (name = name_hits_next(hits)))
        if (!is_found(found, name->owner) && !take(taking, name, found, problem))
            return false;
    return true;
}

bool finder_find(Finder *finder, Arena *arena, Store *published, const FinderAsked *asked, PartyRows *found,
                 Problem *problem)
{
    AUTO_UNDO *undo = published;
    NameWords words = name_words(arena, asked->typed);
    *found = (PartyRows){ .items = NEW_ARRAY(arena, PartyRow, asked->most) };
    if (!store_read_begin(published, problem) ||
        !hold(finder, published, finder->use == FIND_ONCE ? &words : NULL, problem))
        return false;
    NameHits hits = name_search_find(&finder->search, arena, &words);
    const Taking taking = { finder, arena, published };
    bool taken = take_hits(&taking, &hits, asked->most, found, problem);
    pthread_rwlock_unlock(&finder->lock);
    return taken;
}

static bool is_among(const FinderLikes *found, int64_t organisation)
{
    for (size_t i = 0; i < found->count; i++)
        if (found->items[i].organisation == organisation)
            return true;
    return false;
}

bool finder_like(Finder *finder, Arena *arena, Store *published, const NameSought *sought, FinderLikes *found,
                 Problem *problem)
{
    NameLike *likes;
    AUTO_UNDO *undo = published;
    *found = (FinderLikes){ .items = NEW_ARRAY(arena, FinderLike, sought->most) };
    if (!store_read_begin(published, problem) || !hold(finder, published, NULL, problem))
        return false;
    size_t count = name_search_like(&finder->search, arena, sought, &likes);
    for (size_t i = 0; i < count; i++)
        if (!is_among(found, likes[i].name->owner))
            found->items[found->count++] = (FinderLike){ likes[i].name->owner, likes[i].likeness };
    pthread_rwlock_unlock(&finder->lock);
    return true;
}
