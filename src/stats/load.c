#include "stats/load.h"

#define ENTRIES_MAX (UINT32_MAX - INT64_C(1)) /* ENTRY_NEVER is none */

static bool too_many(Problem *problem, const char *what)
{
    return fail(problem, PROBLEM_UNAVAILABLE, "the register holds more %s than the figures can number", what);
}

Snapshot *load_start(const Codebook *codebook)
{
    Arena *arena = arena_new(ARENA_NO_CAP);
    Snapshot *snapshot = NEW(arena, Snapshot);
    snapshot->arena = arena;
    snapshot->codebook = codebook;
    atomic_init(&snapshot->holders, 1);
    return snapshot;
}

bool load_state(Store *store, int64_t *rebuilds, int64_t *size, Problem *problem)
{
    AUTO_ROWS *rows = store_run(store, problem, SQL_SNAPSHOT_STATE, "");
    if (!rows || !rows_next(rows))
        return false;
    *rebuilds = rows_int(rows, 0);
    *size = rows_int(rows, 1);
    return true;
}

static bool read_moments(Store *store, int64_t after, Arena *scratch, Moments *moments, Problem *problem)
{
    size_t at_room = 0, last_room = 0;
    AUTO_ROWS *rows = store_run(store, problem, SQL_SNAPSHOT_MOMENTS, "i", after);
    while (rows && rows_next(rows)) {
        int64_t entry = rows_int(rows, 0), at = rows_int(rows, 1);
        if (entry > ENTRIES_MAX)
            return too_many(problem, "entries");
        if (moments->count == 0 || moments->at[moments->count - 1] != at) {
            moments->at = arena_grow(scratch, moments->at, moments->count, &at_room, sizeof *moments->at);
            moments->last = arena_grow(scratch, moments->last, moments->count, &last_room, sizeof *moments->last);
            moments->at[moments->count++] = at;
        }
        moments->last[moments->count - 1] = (uint32_t)entry;
    }
    return !problem->kind;
}

/* Behind those that are there; the first one may have the moment of the last one there. */
static void add_moments(const Moments *read, Moments *moments)
{
    if (read->count && moments->count && moments->at[moments->count - 1] == read->at[0])
        moments->count--;
    if (read->count) {
        memcpy(moments->at + moments->count, read->at, read->count * sizeof *moments->at);
        memcpy(moments->last + moments->count, read->last, read->count * sizeof *moments->last);
    }
    moments->count += read->count;
}

bool load_moments(Store *store, const Snapshot *last, Arena *scratch, Snapshot *snapshot, Problem *problem)
{
    Moments read = { 0 }, *kept = &snapshot->moments;
    const Moments *before = last ? &last->moments : &(const Moments){ 0 };
    if (!read_moments(store, last ? last->size : 0, scratch, &read, problem))
        return false;
    kept->at = NEW_ARRAY(snapshot->arena, int64_t, before->count + read.count);
    kept->last = NEW_ARRAY(snapshot->arena, uint32_t, before->count + read.count);
    add_moments(before, kept);
    add_moments(&read, kept);
    snapshot->size = kept->count ? kept->last[kept->count - 1] : 0;
    return true;
}

uint32_t load_value(Draft *draft, FixedFacet facet, const Rows *rows, int column)
{
    const char *text = rows_text(rows, column);
    return *text ? column_value(&draft->columns[facet], text) : NO_VALUE;
}

void load_organisation(Draft *draft, const Rows *rows, uint32_t values[3])
{
    values[0] = load_value(draft, FACET_COUNTRY, rows, 1);
    values[1] = load_value(draft, FACET_SECTOR, rows, 2);
    values[2] = load_value(draft, FACET_ORG_TYPE, rows, 3);
}

bool load_organisations(Store *store, Draft *draft, Organisations *all, Problem *problem)
{
    int64_t last = all->count ? all->ids[all->count - 1] : 0;
    AUTO_ROWS *rows = store_run(store, problem, SQL_SNAPSHOT_ORGANISATIONS, "i", last);
    while (rows && rows_next(rows)) {
        if (all->count == VICTIMS_MANY || rows_int(rows, 0) > UINT32_MAX)
            return too_many(problem, "organisations");
        all->ids = arena_grow(draft->arena, all->ids, all->count, &all->id_room, sizeof *all->ids);
        all->values = arena_grow(draft->arena, all->values, all->count, &all->value_room, sizeof *all->values);
        all->ids[all->count] = (uint32_t)rows_int(rows, 0);
        load_organisation(draft, rows, all->values[all->count++]);
    }
    return !problem->kind;
}

void keep_organisations(const Organisations *all, Snapshot *snapshot)
{
    snapshot->organisation_count = all->count;
    snapshot->organisation_ids = NEW_ARRAY(snapshot->arena, uint32_t, all->count);
    if (all->count)
        memcpy(snapshot->organisation_ids, all->ids, all->count * sizeof *all->ids);
}

bool load_fits(const Draft *draft, const Snapshot *others, Problem *problem)
{
    return (draft->count + others->rows < UINT32_MAX && draft->many_count + others->many_count < VICTIMS_MANY) ||
           too_many(problem, "versions of incidents");
}

static bool load_all(Store *store, Arena *scratch, Snapshot *snapshot, Problem *problem)
{
    Draft draft;
    Organisations organisations = { 0 };
    const RowIds all = { 0, INT64_MAX };
    int64_t size;
    draft_start(&draft, scratch, snapshot->codebook, NULL);
    if (!load_state(store, &snapshot->rebuilds, &size, problem) ||
        !load_moments(store, NULL, scratch, snapshot, problem) ||
        !load_organisations(store, &draft, &organisations, problem) ||
        !load_incidents(store, all, &organisations, &draft, problem) || !load_fits(&draft, snapshot, problem))
        return false;
    keep_organisations(&organisations, snapshot);
    draft_finish(&draft, snapshot);
    snapshot->loaded = snapshot->rows;
    return true;
}

Snapshot *snapshot_load_within(Store *public_store, const Codebook *codebook, Problem *problem)
{
    AUTO_ARENA *scratch = arena_new(ARENA_NO_CAP);
    Snapshot *snapshot = load_start(codebook);
    if (load_all(public_store, scratch, snapshot, problem))
        return snapshot;
    snapshot_release(snapshot);
    return NULL;
}

Snapshot *snapshot_load(Store *public_store, const Codebook *codebook, Problem *problem)
{
    if (!store_read_begin(public_store, problem))
        return NULL;
    Snapshot *snapshot = snapshot_load_within(public_store, codebook, problem);
    store_undo(public_store); /* ends the read transaction */
    return snapshot;
}
