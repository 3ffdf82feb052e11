/* Rebuild: all rows that are made from the journal, made again.
 *
 * Entries whose body was redacted, and those that only tell of a redaction, make no rows. The rows follow from the
 * journal, the codebook and the program's rules: after a change of codebook or rules a comparison shows what they
 * change, and rebuild_replace brings the register up to them. */
#pragma once

#include "domain/project.h"

enum { DIFFERENCES_MAX = 1000 };

typedef struct Difference {
    const char *table;
    int64_t id;
    const char *what; /* "is missing", "does not come from the journal", "has another persons" */
} Difference;

typedef struct RebuildReport {
    int64_t entries, rows;   /* projected and compared */
    int64_t differing;       /* rows */
    Difference *differences; /* the first DIFFERENCES_MAX */
    size_t count;
} RebuildReport;

/* Projects the whole journal into a store of its own, which is made in a new folder within `folder` and removed
 * afterwards (NULL: in memory), and compares row by row, in one consistent state of `public_store`. Rows that somebody
 * changed behind the program's back are found here. Differences are not a problem: the call answers true and lists
 * them. DAMAGED when an entry cannot be projected. Memory: `arena`, not growing with the journal. */
bool rebuild_compare(Arena *arena, Store *public_store, const char *folder, const Codebook *codebook,
                     RebuildReport *report, Problem *problem);

/* Puts the rows that the journal makes in the place of those that stand, in one transaction. The report counts entries.
 * Nobody else may write meanwhile. */
bool rebuild_replace(Store *public_store, const Codebook *codebook, RebuildReport *report, Problem *problem);
