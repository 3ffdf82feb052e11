/* Xlsx: rows as a workbook (Office Open XML) that any spreadsheet opens.
 *
 * Written piece by piece into memory: no file is opened, and what an export of the whole register takes stays flat. Two
 * sheets: the rows below a frozen header, and "About" with what was asked, as of when, under which licence, and where.
 * Text is a text cell whatever it looks like, so no source can make a spreadsheet compute. The same rows give the same
 * bytes. */
#pragma once

#include "base/out.h"
#include "base/problem.h"
#include "publish/cells.h"
#include "publish/words.h"

enum { XLSX_ROWS_MAX = 1048576, XLSX_CELL_MAX = 32767 }; /* of a sheet, of a cell (UTF-16 units): Excel's limits */

typedef struct XlsxAbout {
    const Language *language;
    const char *title, *query, *as_of, *licence, *address; /* NULL: not told */
    const char *numbers; /* of rows of text, the columns that hold numbers, by name: "persons_affected,sites" */
} XlsxAbout;

typedef struct Xlsx Xlsx;

/* All that follows is appended to `out`, which may be emptied between two calls. Memory: `arena`, and what xlsx_close
 * frees; `about` must outlive it. NULL with BROKEN when the archive cannot be begun. */
Xlsx *xlsx_begin(Arena *arena, Out *out, const XlsxAbout *about, Problem *problem);

/* One more row; the first one is the header. A longer text is cut at XLSX_CELL_MAX and ends with "…". BAD_INPUT when
 * the sheet is full. */
bool xlsx_row(Xlsx *xlsx, const Text *cells, size_t count, Problem *problem);
/* The same of cells: numbers are numbers, and days are dates. */
bool xlsx_cells(Xlsx *xlsx, const Cell *cells, size_t count, Problem *problem);
/* Whole rows of our own CSV (EXPORT_CSV, figures_csv): what one export_next has appended. */
bool xlsx_csv(Xlsx *xlsx, Text rows, Problem *problem);

/* From here on it is appended to another `out`. */
void xlsx_into(Xlsx *xlsx, Out *out);

bool xlsx_end(Xlsx *xlsx, Problem *problem); /* without it the file ends in the middle */
void xlsx_close(Xlsx *xlsx);                 /* accepts NULL */

static inline void xlsx_finish(Xlsx **xlsx)
{
    xlsx_close(*xlsx);
}
#define AUTO_XLSX __attribute__((cleanup(xlsx_finish))) Xlsx
