/* Sheet: rows with named and typed columns, small enough to be held in memory: what a page shows, as data. */
#pragma once

#include "publish/cells.h"

typedef enum ColumnType { COLUMN_TEXT, COLUMN_DAY, COLUMN_INTEGER, COLUMN_NUMBER, COLUMN_FLAG, COLUMN_LIST } ColumnType;

typedef struct ColumnInfo {
    const char *name;
    ColumnType type;
} ColumnInfo;

typedef struct Sheet {
    Arena *arena;
    const ColumnInfo *columns;
    size_t column_count;
    Cell *cells; /* row by row */
    size_t count, room;
} Sheet;

Sheet sheet_new(Arena *arena, const ColumnInfo *columns, size_t count);
/* The cells of one more row, for its maker to fill. Valid until the next call. */
Cell *sheet_row(Sheet *sheet);
void sheet_csv(Out *out, const Sheet *sheet, CsvCare care); /* with its header */
void sheet_json(Out *out, const Sheet *sheet);              /* an array of objects */
void sheet_object(Out *out, const Sheet *sheet);            /* its first row alone */
