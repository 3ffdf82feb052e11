/* Layout: the inside of a snapshot. Private to this room.
 *
 * Rows stand in the order of reference date, incident, entry; those without a date come last. Rows are 32-bit numbers
 * and so are entries, incidents and organisations: snapshot_load refuses a register that has more. */
#pragma once

#include <stdatomic.h>

#include "stats/column.h"
#include "stats/facet.h"
#include "stats/measure.h"
#include "stats/snapshot.h"

typedef enum Shelf {                   /* what METHOD.md 5 does with a row */
                     SHELF_COUNTED,    /* included, v2 or v3 */
                     SHELF_CLAIMED,    /* included, v1: told beside */
                     SHELF_UNVERIFIED, /* included, v0 */
                     SHELF_EXCLUDED,   /* by METHOD.md 2, at any level */
                     SHELF_APART,      /* refuted or pending: never counted */
                     SHELVES
} Shelf;

typedef enum Hit {              /* how an organisation is affected: by its role */
                   HIT_COUNTED, /* direct, via_supplier: counted as attacked */
                   HIT_PRECAUTIONARY,
                   HIT_COLLATERAL,
                   HIT_SPILLOVER,
                   HITS
} Hit;

typedef struct Beside { /* organisations that are counted apart, by row */
    uint32_t *rows;     /* ascending */
    uint32_t *organisations;
    uint8_t *hits;
    size_t count;
} Beside;

typedef enum MeasureName {
    MEASURE_PERSONS,
    MEASURE_DISTURBED_DAYS,
    MEASURE_APPOINTMENTS,
    MEASURE_PROCEDURES,
    MEASURES
} MeasureName;

#define ENTRY_NEVER UINT32_MAX    /* `until` of what still holds */
#define VICTIMS_MANY (1U << 31)   /* flag of a place in `many` */
#define VICTIMS_NONE VICTIMS_MANY /* many[0] is 0 */

typedef struct Moments { /* of all entries: those with the same moment together */
    int64_t *at;         /* ascending */
    uint32_t *last;      /* number of the last entry with that moment */
    size_t count;
} Moments;

typedef struct Days { /* that have a row */
    int32_t *day;     /* ascending */
    uint32_t *first;  /* its first row; one more at the end: the first row without a date */
    size_t count;
} Days;

/* The other clock of METHOD.md 4a. A row was known from the end of its day to that of another: the one that holds today
 * has no end, those of the table `known` have one and hold as of no entry, those of the past have no day. Days are
 * counted from 1970 to 2149 (nobody spoke of such attacks before); one outside counts as the nearest. */
#define KNOWN_NEVER UINT16_MAX

typedef struct Known {
    uint16_t *days;     /* by row, padded to full words */
    uint32_t *end_rows; /* the rows with an end, ascending */
    uint16_t *ends;     /* theirs */
    size_t end_count;
} Known;

struct Snapshot {
    Arena *arena;
    const Codebook *codebook;
    atomic_size_t holders;
    size_t rows;
    int64_t size;
    int64_t rebuilds;     /* how often the store's rows had been made anew when they were read */
    size_t loaded, woven; /* rows when all was read, and how many were put in or taken out since */
    Moments moments;
    Days days;
    uint32_t *since, *until; /* by row, padded to full words */
    uint64_t *current;       /* rows that hold as of the newest entry */
    Known known;
    uint64_t *shelves[SHELVES]; /* rows by shelf */
    uint32_t *incident;         /* by row: public number */
    uint32_t largest_incident;
    Column *columns; /* first the fixed facets */
    size_t column_count;
    Measure measures[MEASURES];
    uint64_t *placeholder; /* rows whose persons are a placeholder */
    /* Organisations attacked (HIT_COUNTED), numbered from 0: by row the one, or VICTIMS_MANY and a place
     * in `many`, where the count and then the organisations stand. */
    uint32_t *victims, *many;
    size_t many_count;
    size_t organisation_count;
    uint32_t *organisation_ids; /* by number, ascending */
    Beside beside;
};

const Column *snapshot_column(const Snapshot *snapshot, const char *key); /* NULL when no row has a value of it */

/* The moment of the newest entry up to this one; 0 when there is none. */
int64_t snapshot_moment(const Snapshot *snapshot, uint32_t entry);
/* The first row whose reference date is `day` or later; the first row without a date when there is none. */
size_t snapshot_row_from(const Snapshot *snapshot, int32_t day);
size_t snapshot_dated(const Snapshot *snapshot);            /* rows with a date */
int32_t snapshot_day(const Snapshot *snapshot, size_t row); /* the reference date of a row that has one */
