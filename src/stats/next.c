#include "domain/evidence.h"
#include "stats/load.h"
#include "stats/weave.h"

enum { ORGANISATIONS_SPARE = 4096 }; /* room for new ones, so that what is known is not moved */

typedef struct Touched { /* incidents about which anything was published, ascending */
    int64_t *incidents;
    size_t count, room;
} Touched;

static bool find_touched(Store *store, const Snapshot *last, Arena *scratch, Touched *touched, Problem *problem)
{
    AUTO_ROWS *rows =
        store_run(store, problem, SQL_SNAPSHOT_TOUCHED, "ii", last->size, (int64_t)last->largest_incident);
    while (rows && rows_next(rows)) {
        touched->incidents =
            arena_grow(scratch, touched->incidents, touched->count, &touched->room, sizeof *touched->incidents);
        touched->incidents[touched->count++] = rows_int(rows, 0);
    }
    return !problem->kind;
}

/* All organisations by number; what they are is read for those of the touched incidents only. */
static void take_organisations(const Snapshot *last, Arena *scratch, Organisations *all)
{
    all->count = last->organisation_count;
    all->id_room = all->value_room = all->count + ORGANISATIONS_SPARE;
    all->ids = NEW_ARRAY(scratch, uint32_t, all->id_room);
    all->values = arena_take(scratch, size_times(sizeof *all->values, all->value_room));
    if (all->count)
        memcpy(all->ids, last->organisation_ids, all->count * sizeof *all->ids);
}

static bool read_organisations(Store *store, RowIds ids, Draft *draft, const Organisations *all, Problem *problem)
{
    AUTO_ROWS *rows = store_run(store, problem, SQL_SNAPSHOT_ORGANISATIONS_OF, "ii", ids.first, ids.last);
    while (rows && rows_next(rows)) {
        size_t number = organisation_number(all, rows_int(rows, 0));
        if (number < all->count)
            load_organisation(draft, rows, all->values[number]);
    }
    return !problem->kind;
}

/* The ids of the rows of the touched incidents from this place on that follow each other; `place` goes behind them. */
static RowIds next_ids(const Touched *touched, size_t *place)
{
    int64_t first = touched->incidents[*place], last = first;
    while (++*place < touched->count && touched->incidents[*place] == last + 1)
        last++;
    return (RowIds){ first * ROWS_PER_INCIDENT, last * ROWS_PER_INCIDENT + ROWS_PER_INCIDENT - 1 };
}

static bool read_touched(Store *store, const Touched *touched, Organisations *all, Draft *draft, Problem *problem)
{
    if (!load_organisations(store, draft, all, problem))
        return false;
    for (size_t place = 0; place < touched->count;) {
        RowIds ids = next_ids(touched, &place);
        if (!read_organisations(store, ids, draft, all, problem) || !load_incidents(store, ids, all, draft, problem))
            return false;
    }
    return true;
}

static uint64_t *mark(const Snapshot *last, const Touched *touched, Arena *scratch)
{
    uint64_t *marked = NEW_ARRAY(scratch, uint64_t, words_of((size_t)last->largest_incident + 1));
    for (size_t i = 0; i < touched->count; i++)
        if (touched->incidents[i] <= last->largest_incident)
            bit_set(marked, (size_t)touched->incidents[i]);
    return marked;
}

static bool put_together(Store *store, const Snapshot *last, const Touched *touched, Arena *scratch, Snapshot *next,
                         Problem *problem)
{
    Draft draft;
    Organisations organisations = { 0 };
    Snapshot fresh = { .arena = scratch, .codebook = last->codebook };
    draft_start(&draft, scratch, last->codebook, last);
    take_organisations(last, scratch, &organisations);
    if (!load_moments(store, last, scratch, next, problem) ||
        !read_touched(store, touched, &organisations, &draft, problem) || !load_fits(&draft, last, problem))
        return false;
    keep_organisations(&organisations, next);
    draft_finish(&draft, &fresh);
    weave(last, mark(last, touched, scratch), &fresh, scratch, next);
    return true;
}

Snapshot *snapshot_next_within(Store *public_store, Snapshot *last, Problem *problem)
{
    AUTO_ARENA *scratch = arena_new(ARENA_NO_CAP);
    Touched touched = { 0 };
    int64_t rebuilds, size;
    if (!load_state(public_store, &rebuilds, &size, problem))
        return NULL;
    if (rebuilds == last->rebuilds && size == last->size)
        return snapshot_hold(last);
    bool known = rebuilds == last->rebuilds && size > last->size;
    if (known && !find_touched(public_store, last, scratch, &touched, problem))
        return NULL;
    if (!known || last->woven + touched.count > last->loaded)
        return snapshot_load_within(public_store, last->codebook, problem);
    Snapshot *next = load_start(last->codebook);
    next->rebuilds = rebuilds;
    if (put_together(public_store, last, &touched, scratch, next, problem))
        return next;
    snapshot_release(next);
    return NULL;
}

Snapshot *snapshot_next(Store *public_store, Snapshot *last, Problem *problem)
{
    if (!store_read_begin(public_store, problem))
        return NULL;
    Snapshot *next = snapshot_next_within(public_store, last, problem);
    store_undo(public_store);
    return next;
}
