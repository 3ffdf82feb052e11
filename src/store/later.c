/* Rows that are written many at a time: an INSERT of one row prepares, seeks and checks as much as one of a thousand.
 * The waiting rows are read by SQLite itself from a virtual table: INSERT INTO t (...) SELECT c0, c1, ... FROM later.
 */
#include "store/later.h"

enum {
    KINDS_MAX = 16,   /* statements whose rows may wait */
    ROWS_MAX = 20000, /* that wait */
    COLUMNS_MAX = 24,
    FIRST_ROOM = 256,
};

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

typedef struct Kind { /* the rows of one statement */
    Statement name;
    sqlite3_stmt *insert;
    size_t columns, rows, room; /* room: for cells */
    Cell *cells;
} Kind;

struct Later {
    Kind kinds[KINDS_MAX]; /* in the order of their statements */
    size_t known, rows;
    Out texts;
    const Kind *reading;
};

typedef struct Cursor {
    sqlite3_vtab_cursor base;
    const Later *later;
    size_t row;
} Cursor;

typedef struct Shown { /* the virtual table */
    sqlite3_vtab base;
    const Later *later;
} Shown;

static int connect_table(sqlite3 *db, void *later, int count, const char *const *words, sqlite3_vtab **table,
                         char **error)
{
    static const char columns[] =
        "CREATE TABLE later (c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, "
        "c15, c16, c17, c18, c19, c20, c21, c22, c23)";
    (void)count, (void)words, (void)error;
    Shown *shown = calloc(1, sizeof *shown);
    if (!shown)
        return SQLITE_NOMEM;
    shown->later = later;
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
    cursor->later = ((Shown *)table)->later;
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
    return !cursor->later->reading || cursor->row >= cursor->later->reading->rows;
}

static int give_cell(sqlite3_vtab_cursor *base, sqlite3_context *to, int column)
{
    const Cursor *cursor = (const Cursor *)base;
    const Kind *kind = cursor->later->reading;
    const Cell *cell = &kind->cells[cursor->row * kind->columns + (size_t)column];
    const char *text = cursor->later->texts.text + (cell->type >= CELL_TEXT ? cell->at : 0);
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

static const sqlite3_module module = {
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

static Later *later_of(Store *store, Problem *problem)
{
    if (store->later)
        return store->later;
    store->later = calloc(1, sizeof *store->later);
    if (!store->later)
        abort();
    OUT_LITERAL(&store->later->texts, "");
    int state = sqlite3_create_module(store->db, "later", &module, store->later);
    if (state == SQLITE_OK)
        return store->later;
    sqlite_failed(store, state, problem);
    return NULL;
}

/* "INSERT INTO t (a, b) VALUES ($1, $2)" as "INSERT INTO t (a, b) SELECT c0, c1 FROM later". */
static bool rewrite(const char *sql, size_t columns, Out *rewritten)
{
    AUTO_OUT values = { 0 };
    const char *at = strstr(sql, " VALUES (");
    for (size_t i = 0; i < columns; i++) {
        out_raw(&values, i ? ", $" : " VALUES ($", i ? 3 : 10);
        out_count(&values, i + 1);
    }
    OUT_LITERAL(&values, ")");
    if (!at || columns > COLUMNS_MAX || strcmp(at, values.text) != 0)
        return false;
    out_raw(rewritten, sql, (size_t)(at - sql));
    for (size_t i = 0; i < columns; i++) {
        out_raw(rewritten, i ? ", c" : " SELECT c", i ? 3 : 9);
        out_count(rewritten, i);
    }
    OUT_LITERAL(rewritten, " FROM later");
    return true;
}

static bool prepare(Store *store, Kind *kind, Problem *problem)
{
    AUTO_OUT sql = { 0 };
    if (!rewrite(statement_text[kind->name], kind->columns, &sql))
        return fail(problem, PROBLEM_BROKEN, "no INSERT of %zu plain values: %.200s", kind->columns,
                    statement_text[kind->name]);
    int state = sqlite3_prepare_v3(store->db, sql.text, -1, SQLITE_PREPARE_PERSISTENT, &kind->insert, NULL);
    return state == SQLITE_OK || sqlite_failed(store, state, problem);
}

/* A place for the rows of one more statement, among the others in their order. */
static Kind *new_kind(Store *store, size_t place, Statement name, size_t columns, Problem *problem)
{
    Later *later = store->later;
    Kind kind = { .name = name, .columns = columns };
    if (later->known == KINDS_MAX) {
        fail(problem, PROBLEM_BROKEN, "the rows of more than %d statements wait", KINDS_MAX);
        return NULL;
    }
    if (!prepare(store, &kind, problem))
        return NULL;
    memmove(&later->kinds[place + 1], &later->kinds[place], (later->known - place) * sizeof kind);
    later->kinds[place] = kind;
    later->known++;
    return &later->kinds[place];
}

static Kind *kind_of(Store *store, Statement name, size_t columns, Problem *problem)
{
    Later *later = store->later;
    size_t place = 0;
    while (place < later->known && later->kinds[place].name < name)
        place++;
    if (place < later->known && later->kinds[place].name == name)
        return &later->kinds[place];
    return new_kind(store, place, name, columns, problem);
}

static Cell text_cell(Later *later, CellType type, Text text)
{
    Cell cell = { .type = text.at ? type : CELL_NULL, .at = later->texts.length, .length = text.length };
    out_raw(&later->texts, text.at, text.length);
    return cell;
}

static bool take_cell(Later *later, char shape, va_list *values, Cell *cell)
{
    Text text;
    switch (shape) {
    case 'i': *cell = (Cell){ .type = CELL_INTEGER, .integer = va_arg(*values, int64_t) }; return true;
    case 'r': *cell = (Cell){ .type = CELL_REAL, .real = va_arg(*values, double) }; return true;
    case 't': *cell = text_cell(later, CELL_TEXT, text_of(va_arg(*values, const char *))); return true;
    case 'v':
        text = va_arg(*values, Text);
        *cell = text_cell(later, CELL_TEXT, text.at ? text : TEXT(""));
        return true;
    case 'b': *cell = text_cell(later, CELL_BYTES, va_arg(*values, Text)); return true;
    default: return false;
    }
}

static Cell *room_for_row(Kind *kind)
{
    size_t needed = size_times(kind->rows + 1, kind->columns);
    if (needed > kind->room) {
        kind->room = size_times(MAX(kind->room, FIRST_ROOM), 2);
        kind->cells = realloc(kind->cells, size_times(MAX(kind->room, needed), sizeof *kind->cells));
        if (!kind->cells)
            abort();
    }
    return &kind->cells[needed - kind->columns];
}

bool store_later(Store *store, Problem *problem, Statement statement, const char *shape, ...)
{
    Later *later = later_of(store, problem);
    size_t columns = strlen(shape);
    Kind *kind = later ? kind_of(store, statement, columns, problem) : NULL;
    if (!kind)
        return false;
    if (kind->columns != columns)
        return fail(problem, PROBLEM_BROKEN, "%zu values for %zu columns", columns, kind->columns);
    Cell *cells = room_for_row(kind);
    bool known = true;
    va_list values;
    va_start(values, shape);
    for (size_t i = 0; i < columns && known; i++)
        known = take_cell(later, shape[i], &values, &cells[i]);
    va_end(values);
    if (!known)
        return fail(problem, PROBLEM_BROKEN, "'%s' is no shape of a row", shape);
    kind->rows++;
    return ++later->rows < ROWS_MAX || store_settle(store, problem);
}

static bool write_kind(Store *store, Kind *kind, Problem *problem)
{
    store->later->reading = kind;
    int state = sqlite3_step(kind->insert);
    if (state != SQLITE_DONE)
        sqlite_failed(store, state, problem);
    sqlite3_reset(kind->insert);
    store->later->reading = NULL;
    return state == SQLITE_DONE;
}

bool store_settle(Store *store, Problem *problem)
{
    Later *later = store->later;
    bool written = true;
    for (size_t i = 0; later && later->rows && written && i < later->known; i++)
        written = later->kinds[i].rows == 0 || write_kind(store, &later->kinds[i], problem);
    later_drop(store);
    return written;
}

void later_drop(Store *store)
{
    Later *later = store->later;
    if (!later)
        return;
    for (size_t i = 0; i < later->known; i++)
        later->kinds[i].rows = 0;
    later->rows = 0;
    out_clear(&later->texts);
}

void later_close(Store *store)
{
    Later *later = store->later;
    if (!later)
        return;
    for (size_t i = 0; i < later->known; i++) {
        sqlite3_finalize(later->kinds[i].insert);
        free(later->kinds[i].cells);
    }
    out_free(&later->texts);
    free(later);
    store->later = NULL;
}
