#include "base/date.h"
#include "stats/layout.h"

Snapshot *snapshot_hold(Snapshot *snapshot)
{
    atomic_fetch_add_explicit(&snapshot->holders, 1, memory_order_relaxed);
    return snapshot;
}

void snapshot_release(Snapshot *snapshot)
{
    if (snapshot && atomic_fetch_sub_explicit(&snapshot->holders, 1, memory_order_acq_rel) == 1)
        arena_free(snapshot->arena); /* the snapshot itself lives in it */
}

size_t snapshot_rows(const Snapshot *snapshot)
{
    return snapshot->rows;
}

size_t snapshot_bytes(const Snapshot *snapshot)
{
    return arena_used(snapshot->arena);
}

int64_t snapshot_rebuilds(const Snapshot *snapshot)
{
    return snapshot->rebuilds;
}

int64_t snapshot_size(const Snapshot *snapshot)
{
    return snapshot->size;
}

int64_t snapshot_newest(const Snapshot *snapshot)
{
    const Moments *moments = &snapshot->moments;
    return moments->count ? moments->at[moments->count - 1] : 0;
}

int64_t snapshot_entries_at(const Snapshot *snapshot, int64_t moment)
{
    size_t low = 0, high = snapshot->moments.count; /* the first moment after it */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (snapshot->moments.at[middle] <= moment)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? snapshot->moments.last[low - 1] : 0;
}

int64_t snapshot_moment_at(const Snapshot *snapshot, int64_t moment)
{
    int64_t entries = snapshot_entries_at(snapshot, moment);
    const Moments *moments = &snapshot->moments;
    return entries ? snapshot_moment(snapshot, (uint32_t)entries) : moments->count ? moments->at[0] : 0;
}

size_t snapshot_days(const Snapshot *snapshot, size_t skip, size_t most, int64_t *moments, size_t *total)
{
    const Moments *all = &snapshot->moments;
    size_t count = 0;
    *total = 0;
    for (size_t i = all->count; i-- > 0;) {
        bool last = i + 1 == all->count || moment_day(all->at[i + 1]) != moment_day(all->at[i]);
        if (last && (*total)++ >= skip && count < most)
            moments[count++] = all->at[i];
    }
    return count;
}

int64_t snapshot_moment(const Snapshot *snapshot, uint32_t entry)
{
    const Moments *moments = &snapshot->moments;
    size_t low = 0, high = moments->count; /* the first group of entries that ends at it or later */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (moments->last[middle] < entry)
            low = middle + 1;
        else
            high = middle;
    }
    return entry && low < moments->count ? moments->at[low] : 0;
}

const Codebook *snapshot_codebook(const Snapshot *snapshot)
{
    return snapshot->codebook;
}

size_t snapshot_datasets(const Snapshot *snapshot, const char *const **names)
{
    const Column *column = &snapshot->columns[FACET_DATASET];
    *names = column->values;
    return column->value_count;
}

const Column *snapshot_column(const Snapshot *snapshot, const char *key)
{
    for (size_t i = 0; i < snapshot->column_count; i++)
        if (strcmp(snapshot->columns[i].key, key) == 0)
            return &snapshot->columns[i];
    return NULL;
}

size_t snapshot_row_from(const Snapshot *snapshot, int32_t day)
{
    size_t low = 0, high = snapshot->days.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (snapshot->days.day[middle] < day)
            low = middle + 1;
        else
            high = middle;
    }
    return snapshot->days.first[low];
}

size_t snapshot_dated(const Snapshot *snapshot)
{
    return snapshot->days.first[snapshot->days.count];
}

int32_t snapshot_day(const Snapshot *snapshot, size_t row)
{
    size_t low = 0, high = snapshot->days.count; /* the first day whose rows begin after it */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (snapshot->days.first[middle] <= row)
            low = middle + 1;
        else
            high = middle;
    }
    return snapshot->days.day[low - 1];
}
