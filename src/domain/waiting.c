#include "domain/waiting.h"

#include <pthread.h>

#include "base/unicode.h"
#include "domain/name_search.h"

typedef struct Entry { /* a candidate as it was stored at a moment; a later form has an entry of its own */
    int64_t id, at;
    Span days;
    const char *title;
} Entry;

struct Waiting {
    pthread_rwlock_t lock;
    const Codebook *codebook;
    int64_t raw; /* the last raw row of what was read; -1: nothing was */
    Arena *arena;
    Entry *entries; /* the owners of the names, from 0 */
    size_t count, room;
    NameSearch search;
};

Waiting *waiting_open(Arena *arena, const Codebook *codebook)
{
    Waiting *waiting = NEW(arena, Waiting);
    *waiting = (Waiting){ .lock = PTHREAD_RWLOCK_INITIALIZER,
                          .codebook = codebook,
                          .raw = -1,
                          .arena = arena_new(ARENA_NO_CAP),
                          .search = name_search_new() };
    return waiting;
}

void waiting_close(Waiting *waiting)
{
    if (!waiting)
        return;
    name_search_free(&waiting->search);
    arena_free(waiting->arena);
    pthread_rwlock_destroy(&waiting->lock);
}

static bool read_state(Store *work, int64_t *raw, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_WAITING_STATE, "");
    *raw = rows && rows_next(rows) ? rows_int(rows, 0) : 0;
    return rows && !problem->kind;
}

static void add_name(Waiting *waiting, Arena *scratch, const OrganisationFacts *organisation)
{
    if (!organisation->name || !organisation->country)
        return;
    Name name = { .folded = unicode_fold(scratch, text_of(organisation->name)), .owner = (uint32_t)waiting->count };
    for (size_t i = 0; i < sizeof name.country && organisation->country[i]; i++)
        name.country[i] = organisation->country[i];
    name_search_add(&waiting->search, name);
}

/* Without a day nothing is like it, nor is it like anything. One that is damaged is told by whoever opens it. */
static void add(Waiting *waiting, Arena *scratch, const Rows *rows)
{
    Record record;
    Problem damaged = { 0 };
    Entry entry = { .id = rows_int(rows, 0), .at = rows_int(rows, 1) };
    if (!record_read(scratch, rows_bytes(rows, 2), &record, &damaged) ||
        !similar_days(scratch, waiting->codebook, &record, &entry.days) || waiting->count == UINT32_MAX)
        return;
    for (size_t i = 0; i < record.affected_count; i++)
        add_name(waiting, scratch, &record.affected[i].organisation);
    entry.title = arena_string(waiting->arena, record.title ? record.title : "");
    waiting->entries =
        arena_grow(waiting->arena, waiting->entries, waiting->count, &waiting->room, sizeof *waiting->entries);
    waiting->entries[waiting->count++] = entry;
}

/* What was read before it broke off, or was stored since `now`, is read again, and found once. */
static bool read_new(Waiting *waiting, Store *work, int64_t now, Problem *problem)
{
    AUTO_ARENA *scratch = arena_new(ARENA_NO_CAP);
    AUTO_ROWS *rows = waiting->raw < 0 ? store_run(work, problem, SQL_WAITING_ALL, "")
                                       : store_run(work, problem, SQL_WAITING_NEW, "i", waiting->raw);
    while (rows && rows_next(rows)) {
        arena_reset(scratch);
        add(waiting, scratch, rows);
    }
    name_search_settle(&waiting->search);
    bool read = rows && !problem->kind;
    if (read)
        waiting->raw = now;
    return read;
}

/* With the lock for reading held, unless it fails: all that the store had when this began is known. One read
 * transaction would cost more than the search: whatever is found is looked up anyway. */
static bool hold(Waiting *waiting, Store *work, Problem *problem)
{
    int64_t now;
    if (!read_state(work, &now, problem))
        return false;
    pthread_rwlock_rdlock(&waiting->lock);
    while (waiting->raw < now) {
        pthread_rwlock_unlock(&waiting->lock);
        pthread_rwlock_wrlock(&waiting->lock);
        bool read = waiting->raw >= now || read_new(waiting, work, now, problem);
        pthread_rwlock_unlock(&waiting->lock);
        if (!read)
            return false;
        pthread_rwlock_rdlock(&waiting->lock);
    }
    return true;
}

bool waiting_refresh(Waiting *waiting, Store *work, Problem *problem)
{
    bool held = hold(waiting, work, problem);
    if (held)
        pthread_rwlock_unlock(&waiting->lock);
    return held;
}

typedef struct Search {
    const Waiting *waiting;
    Arena *arena;
    Store *work;
    const WaitingAsked *asked;
    SimilarFound *found;
    Problem *problem;
} Search;

static bool is_shown(const Search *search, const Entry *entry, bool *shown)
{
    AUTO_ROWS *rows = store_run(search->work, search->problem, SQL_WAITING_ONE, "iii", entry->id, entry->at,
                                (int64_t)search->asked->ceiling);
    *shown = rows && rows_next(rows);
    return rows && !search->problem->kind;
}

static bool keep(const Search *search, const NameLike *like)
{
    bool shown = false;
    const Entry *entry = &search->waiting->entries[like->name->owner];
    if (entry->id == search->asked->id || similar_full(search->found, like->likeness) ||
        !similar_near(search->asked->like->days, entry->days))
        return true;
    if (!is_shown(search, entry, &shown))
        return false;
    if (shown)
        similar_keep(search->found, (Similar){ entry->id, arena_string(search->arena, entry->title), like->likeness });
    return true;
}

static bool find_in(const Search *search, const OrganisationFacts *organisation)
{
    NameLike *likes;
    if (!organisation->name || !organisation->country)
        return true;
    const NameSought sought = { unicode_fold(search->arena, text_of(organisation->name)), organisation->country,
                                search->asked->like->least, SIMILAR_NAMES };
    size_t count = name_search_like(&search->waiting->search, search->arena, &sought, &likes);
    for (size_t i = 0; i < count; i++)
        if (!keep(search, &likes[i]))
            return false;
    return true;
}

bool waiting_find(Waiting *waiting, Arena *arena, Store *work, const WaitingAsked *asked, SimilarFound *found,
                  Problem *problem)
{
    const Record *record = asked->like->record;
    Search search = { waiting, arena, work, asked, found, problem };
    found->count = 0;
    if (!hold(waiting, work, problem))
        return false;
    bool done = true;
    for (size_t i = 0; done && i < record->affected_count; i++)
        done = find_in(&search, &record->affected[i].organisation);
    pthread_rwlock_unlock(&waiting->lock);
    return done;
}
