/* Sheet: rows with named and typed columns, small enough to be held in memory: what a page shows, as data. */
#pragma once

#include "publish/cells.h"
#include "publish/schema.h"
#include "publish/xlsx.h"

typedef struct Sheet {
    Arena *arena;
    const Schema *schema;
    Cell *cells; /* row by row */
    size_t count, room;
} Sheet;

Sheet sheet_new(Arena *arena, const Schema *schema);
/* The cells of one more row, for its maker to fill. Valid until the next call. */
Cell *sheet_row(Sheet *sheet);
void sheet_csv(Out *out, const Sheet *sheet, CsvCare care); /* with its header */
void sheet_json(Out *out, const Sheet *sheet);              /* an array of objects */
bool sheet_xlsx(Out *out, const Sheet *sheet, const XlsxAbout *about, Problem *problem);
void sheet_object(Out *out, const Sheet *sheet); /* its first row alone */
