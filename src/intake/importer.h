/* Importer: one row of the table of importers, and what its function works with. Private to the room. */
#pragma once

#include "base/csv.h"
#include "base/json.h"
#include "base/table.h"
#include "intake/clean.h"
#include "intake/import.h"

typedef struct Mapping Mapping; /* intake/mapping.h */
typedef struct Notes Notes;     /* of the starter incidents: what their notes on conflicts say, as claims */

typedef struct Columns { /* the header of a CSV file */
    const char **names;  /* as text, trimmed */
    size_t count;
    Table *places; /* of the folded names */
} Columns;

typedef enum Format { FORMAT_CSV, FORMAT_JSON } Format;

typedef struct Row {     /* one row of a CSV file, or one JSON document */
    size_t number;       /* from 1, in the file */
    size_t line;         /* of the file, where it starts */
    const char *file;    /* its name, for the report */
    Text raw;            /* its bytes */
    const CsvRow *cells; /* NULL for JSON */
    const json_t *json;  /* NULL for CSV */
} Row;

typedef struct Making { /* what the making of one record works with */
    Arena *arena;       /* memory of the record */
    const Codebook *codebook;
    const Countries *countries;
    const Columns *columns; /* NULL for JSON */
    const Mapping *mapping; /* of csv; NULL otherwise */
    const Notes *notes;     /* of starter; NULL otherwise */
    const int *places;      /* of the importer's own columns, in its order; -1: the file lacks it */
    ImportReport *report;   /* where tallies and misreads are counted; NULL: nowhere */
    const Row *row;
} Making;

typedef struct Made {
    Record record;   /* external is set by the engine, from key */
    const char *key; /* the id in the source; several rows may have it */
    int32_t day;     /* the row's own date in the source, DAY_UNKNOWN when it has none: what it says was known then */
} Made;

typedef struct Importer {
    const char *name, *reads;
    Format format;
    const char *dataset, *licence, *summed;
    const char *const *columns; /* those it reads, ended by NULL; one with "?" before it may lack. NULL: the mapping
                                   tells */
    /* Called once before the first row; NULL: nothing to prepare. Memory: `arena`, which lives as long as the run. */
    bool (*prepare)(Arena *arena, Making *making, Problem *problem);
    /* Makes a record of making->row. BAD_INPUT: the row is refused for that reason. */
    bool (*make)(Making *making, Made *made, Problem *problem);
} Importer;

const Importer *importer_find(const char *name); /* NULL when there is none */

bool starter_prepare(Arena *arena, Making *making, Problem *problem);
bool starter_make(Making *making, Made *made, Problem *problem);
bool hhs_make(Making *making, Made *made, Problem *problem);
bool veris_make(Making *making, Made *made, Problem *problem);
bool mapping_make(Making *making, Made *made, Problem *problem);
extern const char *const starter_columns[], *const hhs_columns[];

/* The header as columns. Memory: `arena`. */
Columns *columns_of(Arena *arena, const CsvRow *header);
int column_find(const Columns *columns, const char *name); /* in any case; -1 when there is none */

/* Where the columns that the importer or its mapping needs stand in a file. BAD_INPUT names one that is missing.
 * Memory: `arena`. */
bool importer_bind(Arena *arena, const Importer *importer, const Mapping *mapping, const Columns *columns,
                   const int **places, Problem *problem);

/* The cell of the importer's `column`th own column: "" when the row is shorter or the file has no such column. */
Text making_cell(const Making *making, size_t column);
