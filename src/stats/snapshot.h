/* Snapshot: what the public store says, as immutable columns in memory. Public figures are answered from it alone.
 *
 * One row for each version of each published incident (`since` and `until` are entry numbers), sorted by reference
 * date; and one row for each version x organisation with role direct or via_supplier, sorted by organisation.
 * At most 64 bytes an incident. Readers hold a reference; replacing it waits for nobody. */
#pragma once

#include "codebook/codebook.h"
#include "store/store.h"

typedef struct Snapshot Snapshot;

/* Reads all of it in one read transaction. The codebook must outlive the snapshot. */
Snapshot *snapshot_load(Store *public_store, const Codebook *codebook, Problem *problem);
/* The same within a transaction of the caller, whose own changes it sees. */
Snapshot *snapshot_load_within(Store *public_store, const Codebook *codebook, Problem *problem);
/* The same answers as snapshot_load, made from a snapshot of the same store and what was published since: read in one
 * transaction, put into a copy. Answers `last`, held once more, when there is nothing new. All is read when the rows
 * were made anew meanwhile (rebuild_replace), and now and then, when as many rows have come as were there. */
Snapshot *snapshot_next(Store *public_store, Snapshot *last, Problem *problem);
Snapshot *snapshot_next_within(Store *public_store, Snapshot *last, Problem *problem); /* as snapshot_load_within */
Snapshot *snapshot_hold(Snapshot *snapshot); /* counts a reader; thread-safe */
void snapshot_release(Snapshot *snapshot);   /* freed by the last one; accepts NULL */

size_t snapshot_rows(const Snapshot *snapshot);      /* version rows */
size_t snapshot_bytes(const Snapshot *snapshot);     /* memory of all columns */
int64_t snapshot_size(const Snapshot *snapshot);     /* entries in the journal when it was read */
int64_t snapshot_rebuilds(const Snapshot *snapshot); /* how often the rows had been made anew when it was read */
int64_t snapshot_newest(const Snapshot *snapshot);   /* moment of the newest entry; 0 when empty */
/* The number of entries whose moment is <= `moment`. */
int64_t snapshot_entries_at(const Snapshot *snapshot, int64_t moment);
/* The moment of the newest entry whose moment is <= `moment`; of the first one when there is none; 0 when empty. */
int64_t snapshot_moment_at(const Snapshot *snapshot, int64_t moment);
/* The last moment of each day (UTC) that has an entry, the newest first: after `skip` of them at most `most` into
 * `moments`; answers how many. `total` gets the number of all. */
size_t snapshot_days(const Snapshot *snapshot, size_t skip, size_t most, int64_t *moments, size_t *total);
const Codebook *snapshot_codebook(const Snapshot *snapshot);
/* The data sets that the register was made from; answers how many. They live as long as the snapshot. */
size_t snapshot_datasets(const Snapshot *snapshot, const char *const **names);
