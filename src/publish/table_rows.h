/* What each table of an export says about one incident. Private to publish/tables.c and its tables. */
#pragma once

#include "publish/cells.h"
#include "publish/incident.h"
#include "publish/schema.h"
#include "publish/view.h"

enum { TABLE_COLUMNS_MAX = 256 };

typedef struct TableJob {
    Arena *arena;   /* for the whole export */
    Arena *scratch; /* for one incident */
    Store *store;
    const Codebook *codebook;
    int64_t entries; /* as of this entry */
    const char *names[TABLE_COLUMNS_MAX];
    size_t columns;
    const Variable *variables[TABLE_COLUMNS_MAX]; /* of the columns that the register's own values add */
    size_t variable_count;
    uint64_t *seen; /* bits: sources that are already written */
    size_t seen_words;
    const View *view; /* of corrections: how they are looked at, with an arena of its own for each entry */
    int64_t before;   /* of corrections: those of entries below this one are still to come, */
    int64_t after;    /* of the journal: those behind this number */
} TableJob;

/* Hands a finished row on. */
typedef struct RowWriter RowWriter;
void row_write(RowWriter *writer, const Cell *cells);

typedef struct TableRows {
    const char *name;                                                                    /* "incidents" */
    bool (*begin)(TableJob *job, Problem *problem);                                      /* sets names and columns */
    bool (*write)(TableJob *job, int64_t incident, RowWriter *writer, Problem *problem); /* or organisation, entry */
    /* The numbers of the next rows; count 0: there are no more. NULL: what the filter selects. */
    bool (*next)(TableJob *job, int64_t *batch, size_t most, size_t *count, Problem *problem);
} TableRows;

extern const TableRows incidents_table, claims_table, sources_table, organisations_table, corrections_table,
    changes_table, checkpoints_table;

void table_columns(TableJob *job, const Schema *schema);
/* First and last id of the rows below an incident. */
int64_t table_first(int64_t incident);
int64_t table_last(int64_t incident);
const char *table_cell(Arena *arena, const Rows *rows, int column); /* NULL for SQL NULL */
Cell table_day(Arena *arena, const Rows *rows, int column);
