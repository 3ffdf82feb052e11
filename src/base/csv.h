/* CSV: rows of cells from a stream of bytes, as RFC 4180 and as people write it.
 *
 * Cells keep CR and LF; bytes are kept raw (no decoding here). A row ends at LF, CRLF or CR outside quotes. A UTF-8
 * byte order mark at the start is skipped. The separator is ',', ';' or a tab, found in the first line. Memory is
 * flat: one row at a time, at most CSV_ROW_MAX bytes and CSV_CELLS_MAX cells. */
#pragma once

#include "base/arena.h"
#include "base/problem.h"

enum { CSV_ROW_MAX = 1 << 20, CSV_CELLS_MAX = 1024 };

typedef struct Csv Csv;

typedef struct CsvRow {
    Text cells[CSV_CELLS_MAX];
    size_t count;
    Text raw;          /* the row's own bytes, without its end of line */
    size_t line;       /* of the file where the row starts, from 1 */
    size_t end;        /* bytes of the file up to the end of this row */
    const char *error; /* why this row cannot be read (open quote at the end, text after a closing quote, too long);
                          NULL when it can */
} CsvRow;

/* Reads from an open file descriptor, which the caller keeps. Memory: `arena`. */
Csv *csv_new(Arena *arena, int descriptor);
/* Reads from memory: for tests and fuzzing. */
Csv *csv_of(Arena *arena, Text bytes);

/* The next row; false at the end or with STORE when reading fails. Blank lines are skipped. The row is valid until
 * the next call. A row with `error` set is returned as far as its raw bytes are known, and reading goes on. */
bool csv_next(Csv *csv, CsvRow *row, Problem *problem);
