/* Later: the rows of a store that wait to be written together. */
#pragma once

#include "base/out.h"
#include "store/sqlite.h"

typedef struct Later Later;

/* Until nobody but the caller uses the database's handle: before anything is asked of it. What could not be written
 * meanwhile is told by store_settle. */
void later_wait(Store *store);
void later_drop(Store *store);  /* forgets them */
void later_close(Store *store); /* gives everything back, before the database is closed */

typedef enum CellType { CELL_NULL, CELL_INTEGER, CELL_REAL, CELL_TEXT, CELL_BYTES } CellType;

typedef struct Cell {
    CellType type;
    union {
        int64_t integer;
        double real;
        struct {
            size_t at, length; /* in the texts */
        };
    };
} Cell;

typedef struct Reading { /* the rows that the virtual table shows */
    const Cell *cells;
    size_t rows, columns;
    const char *texts;
} Reading;

/* The virtual table; its module's data is a Reading. */
extern const sqlite3_module later_table;
