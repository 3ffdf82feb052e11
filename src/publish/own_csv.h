/* Own CSV: what was written as CSV here, read again cell by cell, to make a workbook or a file for spreadsheets of it.
 */
#pragma once

#include "base/out.h"

/* Cuts one cell off `rest`, without its quotes; true when another one follows in the row. `write` points to room for
 * the cell's bytes and moves behind them; as much room as the whole text has is always enough. (base/csv guesses the
 * separator from the first line, and here a row with a long list "a; b; c" may come first.) */
bool own_csv_cell(char **write, Text *rest, Text *cell);

/* The same rows for spreadsheets: with a byte order mark, and no cell of words is run as a formula. */
void own_csv_defused(Out *out, Text rows);
