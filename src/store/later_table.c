/* The waiting rows as a virtual table, from which SQLite reads them itself. */
#include "store/later.h"

typedef struct Cursor {
    sqlite3_vtab_cursor base;
    const Reading *reading;
    size_t row;
} Cursor;

typedef struct Shown { /* the virtual table */
    sqlite3_vtab base;
    const Reading *reading;
} Shown;

static int connect_table(sqlite3 *db, void *reading, int count, const char *const *words, sqlite3_vtab **table,
                         char **error)
{
    static const char columns[] =
        "CREATE TABLE later (c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, "
        "c15, c16, c17, c18, c19, c20, c21, c22, c23)";
    (void)count, (void)words, (void)error;
    Shown *shown = calloc(1, sizeof *shown);
    if (!shown)
        return SQLITE_NOMEM;
    shown->reading = reading;
    *table = &shown->base;
    return sqlite3_declare_vtab(db, columns);
}

static int disconnect_table(sqlite3_vtab *table)
{
    free(table);
    return SQLITE_OK;
}

static int plan(sqlite3_vtab *table, sqlite3_index_info *info)
{
    (void)table;
    info->estimatedRows = 1000;
    return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *table, sqlite3_vtab_cursor **opened)
{
    Cursor *cursor = calloc(1, sizeof *cursor);
    if (!cursor)
        return SQLITE_NOMEM;
    cursor->reading = ((Shown *)table)->reading;
    *opened = &cursor->base;
    return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor *cursor)
{
    free(cursor);
    return SQLITE_OK;
}

static int start(sqlite3_vtab_cursor *cursor, int number, const char *name, int count, sqlite3_value **values)
{
    (void)number, (void)name, (void)count, (void)values;
    ((Cursor *)cursor)->row = 0;
    return SQLITE_OK;
}

static int next_row(sqlite3_vtab_cursor *cursor)
{
    ((Cursor *)cursor)->row++;
    return SQLITE_OK;
}

static int at_end(sqlite3_vtab_cursor *base)
{
    const Cursor *cursor = (const Cursor *)base;
    return cursor->row >= cursor->reading->rows;
}

static int give_cell(sqlite3_vtab_cursor *base, sqlite3_context *to, int column)
{
    const Cursor *cursor = (const Cursor *)base;
    const Reading *reading = cursor->reading;
    const Cell *cell = &reading->cells[cursor->row * reading->columns + (size_t)column];
    const char *text = reading->texts + (cell->type >= CELL_TEXT ? cell->at : 0);
    switch (cell->type) {
    case CELL_INTEGER: sqlite3_result_int64(to, cell->integer); break;
    case CELL_REAL: sqlite3_result_double(to, cell->real); break;
    case CELL_TEXT: sqlite3_result_text64(to, text, cell->length, SQLITE_STATIC, SQLITE_UTF8); break;
    case CELL_BYTES: sqlite3_result_blob64(to, text, cell->length, SQLITE_STATIC); break;
    case CELL_NULL: sqlite3_result_null(to); break;
    }
    return SQLITE_OK;
}

static int give_row(sqlite3_vtab_cursor *cursor, sqlite3_int64 *row)
{
    *row = (sqlite3_int64)((Cursor *)cursor)->row;
    return SQLITE_OK;
}

const sqlite3_module later_table = {
    .xConnect = connect_table, /* without xCreate it is there by its name and cannot be made otherwise */
    .xDisconnect = disconnect_table,
    .xBestIndex = plan,
    .xOpen = open_cursor,
    .xClose = close_cursor,
    .xFilter = start,
    .xNext = next_row,
    .xEof = at_end,
    .xColumn = give_cell,
    .xRowid = give_row,
};
