/* Cells: one row of a table, before it is known whether it becomes CSV, JSON or a row of a workbook. */
#pragma once

#include "base/arena.h"
#include "base/date.h"

typedef enum CellKind { CELL_EMPTY, CELL_TEXT, CELL_NUMBER, CELL_LIST, CELL_FLAG, CELL_DAY } CellKind;

typedef struct Cell {
    CellKind kind;
    const char *text;
    double number; /* CELL_FLAG: 0 or 1; CELL_DAY: days since 1970, and its text */
    const char *const *items;
    size_t count;
} Cell;

Cell cell_text(const char *text); /* NULL is empty */
Cell cell_number(double number);  /* NaN and the infinities are empty */
Cell cell_count(int64_t count);
Cell cell_flag(int64_t flag);
Cell cell_list(const char *const *items, size_t count); /* "a; b" in CSV, an array in JSON */
Cell cell_day(Arena *arena, int32_t day);               /* INT32_MIN is empty */

typedef enum CsvCare { CSV_PLAIN, CSV_DEFUSED } CsvCare; /* CSV_DEFUSED: no cell is run as a formula */

/* What the cell is in CSV, before quotes. Memory: `arena`, or the cell's own. */
const char *cell_words(Arena *arena, const Cell *cell);

void cells_csv_cell(Out *out, Arena *scratch, const Cell *cell, CsvCare care);
void cells_csv_header(Out *out, const char *const *names, size_t count);
void cells_csv(Out *out, const Cell *cells, size_t count, CsvCare care);
void cells_json(Out *out, const char *const *names, const Cell *cells, size_t count);
