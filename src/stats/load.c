#include "stats/load.h"

#define ENTRIES_MAX (UINT32_MAX - INT64_C(1)) /* ENTRY_NEVER is none */

static bool too_many(Problem *problem, const char *what)
{
    return fail(problem, PROBLEM_UNAVAILABLE, "the register holds more %s than the figures can number", what);
}

static bool read_moments(Store *store, Arena *scratch, Moments *moments, Problem *problem)
{
    size_t at_room = 0, last_room = 0;
    AUTO_ROWS *rows = store_run(store, problem, SQL_SNAPSHOT_MOMENTS, "");
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

static void keep_moments(const Moments *read, Snapshot *snapshot)
{
    Moments *kept = &snapshot->moments;
    kept->count = read->count;
    kept->at = NEW_ARRAY(snapshot->arena, int64_t, read->count);
    kept->last = NEW_ARRAY(snapshot->arena, uint32_t, read->count);
    if (read->count == 0)
        return;
    memcpy(kept->at, read->at, read->count * sizeof *kept->at);
    memcpy(kept->last, read->last, read->count * sizeof *kept->last);
    snapshot->size = read->last[read->count - 1];
}

uint32_t load_value(Draft *draft, FixedFacet facet, const Rows *rows, int column)
{
    const char *text = rows_text(rows, column);
    return *text ? column_value(&draft->columns[facet], text) : NO_VALUE;
}

static bool read_organisations(Store *store, Draft *draft, Organisations *all, Problem *problem)
{
    AUTO_ROWS *rows = store_run(store, problem, SQL_SNAPSHOT_ORGANISATIONS, "");
    while (rows && rows_next(rows)) {
        if (all->count == VICTIMS_MANY || rows_int(rows, 0) > UINT32_MAX)
            return too_many(problem, "organisations");
        all->ids = arena_grow(draft->arena, all->ids, all->count, &all->id_room, sizeof *all->ids);
        all->values = arena_grow(draft->arena, all->values, all->count, &all->value_room, sizeof *all->values);
        all->ids[all->count] = rows_int(rows, 0);
        all->values[all->count][0] = load_value(draft, FACET_COUNTRY, rows, 1);
        all->values[all->count][1] = load_value(draft, FACET_SECTOR, rows, 2);
        all->values[all->count][2] = load_value(draft, FACET_ORG_TYPE, rows, 3);
        all->count++;
    }
    return !problem->kind;
}

static bool load_all(Store *store, Arena *scratch, Snapshot *snapshot, Problem *problem)
{
    Draft draft;
    Moments moments = { 0 };
    Organisations organisations = { 0 };
    draft_start(&draft, scratch, snapshot->codebook);
    if (!read_moments(store, scratch, &moments, problem) ||
        !read_organisations(store, &draft, &organisations, problem) ||
        !load_incidents(store, &organisations, &draft, problem))
        return false;
    if (draft.count >= UINT32_MAX || draft.many_count >= VICTIMS_MANY)
        return too_many(problem, "versions of incidents");
    keep_moments(&moments, snapshot);
    snapshot->organisation_count = organisations.count;
    snapshot->organisation_ids = NEW_ARRAY(snapshot->arena, uint32_t, organisations.count);
    for (size_t i = 0; i < organisations.count; i++)
        snapshot->organisation_ids[i] = (uint32_t)organisations.ids[i];
    draft_finish(&draft, snapshot);
    return true;
}

Snapshot *snapshot_load_within(Store *public_store, const Codebook *codebook, Problem *problem)
{
    AUTO_ARENA *scratch = arena_new(ARENA_NO_CAP);
    Arena *arena = arena_new(ARENA_NO_CAP);
    Snapshot *snapshot = NEW(arena, Snapshot);
    snapshot->arena = arena;
    snapshot->codebook = codebook;
    atomic_init(&snapshot->holders, 1);
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
