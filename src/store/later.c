/* Rows that are written many at a time: an INSERT of one row prepares, seeks and checks as much as one of a thousand.
 * The waiting rows are read by SQLite itself from a virtual table: INSERT INTO t (...) SELECT c0, c1, ... FROM later.
 * They wait on several sides, a ring: while a worker writes those that are full, the next one is filled. */
#include "store/later.h"

#include "base/worker.h"
#include "store/fold.h"

enum {
    KINDS_MAX = 16,  /* statements whose rows may wait */
    ROWS_MAX = 5000, /* that wait on one side */
    COLUMNS_MAX = 24,
    FIRST_ROOM = 256,
    SIDES = WORKER_QUEUE + 1, /* of which one is filled */
};

typedef struct Waiting { /* the rows of one statement on one side */
    size_t rows, room;   /* room: for cells */
    Cell *cells;
} Waiting;

typedef struct Kind {
    Statement name;
    sqlite3_stmt *insert;
    size_t columns;
    Waiting waiting[SIDES];
} Kind;

struct Later {
    Reading reading;       /* what the virtual table shows */
    Kind kinds[KINDS_MAX]; /* in the order of their statements */
    size_t known, rows;    /* rows on the side that is filled */
    Out texts[SIDES];
    int side;        /* that is filled */
    Worker worker;   /* writes the others */
    int written;     /* by the worker: the side that it writes next */
    bool writing;    /* it may be at work */
    Problem problem; /* of what it wrote, until somebody is told; what is given to it meanwhile is dropped */
    Problem commit;  /* of the last store_commit_beside */
};

static Later *later_of(Store *store, Problem *problem)
{
    if (store->later)
        return store->later;
    store->later = calloc(1, sizeof *store->later);
    if (!store->later)
        abort();
    for (int side = 0; side < SIDES; side++)
        OUT_LITERAL(&store->later->texts[side], "");
    int state = sqlite3_create_module(store->db, "later", &later_table, &store->later->reading);
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
    later_wait(store);
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

/* Written where it stays, field by field: copied whole, it cost one part in forty of an import. */
static void take_text(Later *later, CellType type, Text text, Cell *cell)
{
    Out *texts = &later->texts[later->side];
    cell->type = text.at ? type : CELL_NULL;
    cell->at = texts->length;
    cell->length = text.length;
    out_raw(texts, text.at, text.length);
}

static bool take_cell(Later *later, char shape, va_list *values, Cell *cell)
{
    Text text;
    switch (shape) {
    case 'i': *cell = (Cell){ .type = CELL_INTEGER, .integer = va_arg(*values, int64_t) }; return true;
    case 'r': *cell = (Cell){ .type = CELL_REAL, .real = va_arg(*values, double) }; return true;
    case 't': take_text(later, CELL_TEXT, text_of(va_arg(*values, const char *)), cell); return true;
    case 'v':
        text = va_arg(*values, Text);
        take_text(later, CELL_TEXT, text.at ? text : TEXT(""), cell);
        return true;
    case 'b': take_text(later, CELL_BYTES, va_arg(*values, Text), cell); return true;
    default: return false;
    }
}

static Cell *room_for_row(Waiting *waiting, size_t columns)
{
    size_t needed = size_times(waiting->rows + 1, columns);
    if (needed > waiting->room) {
        waiting->room = MAX(needed, size_times(MAX(waiting->room, FIRST_ROOM), 2));
        waiting->cells = realloc(waiting->cells, size_times(waiting->room, sizeof *waiting->cells));
        if (!waiting->cells)
            abort();
    }
    return &waiting->cells[needed - columns];
}

static bool write_kind(Store *store, Kind *kind, int side, Problem *problem)
{
    Later *later = store->later;
    Waiting *waiting = &kind->waiting[side];
    later->reading = (Reading){ waiting->cells, waiting->rows, kind->columns, later->texts[side].text };
    int state = sqlite3_step(kind->insert);
    if (state != SQLITE_DONE)
        sqlite_failed(store, state, problem);
    sqlite3_reset(kind->insert);
    later->reading = (Reading){ 0 };
    return state == SQLITE_DONE;
}

static void forget(Later *later, int side)
{
    for (size_t i = 0; i < later->known; i++)
        later->kinds[i].waiting[side].rows = 0;
    out_clear(&later->texts[side]);
}

static void write_side(Store *store, int side, Problem *problem)
{
    Later *later = store->later;
    bool written = true;
    for (size_t i = 0; written && i < later->known; i++)
        written = later->kinds[i].waiting[side].rows == 0 || write_kind(store, &later->kinds[i], side, problem);
    forget(later, side);
}

static int next_side(int side)
{
    return (side + 1) % SIDES;
}

/* The worker's part. */
static void write_next(void *context)
{
    Store *store = context;
    Later *later = store->later;
    if (later->problem.kind)
        forget(later, later->written);
    else
        write_side(store, later->written, &later->problem);
    later->written = next_side(later->written);
}

/* What the worker wrote: whether all of it could be. */
static bool told(Later *later, Problem *problem)
{
    if (!later->problem.kind)
        return true;
    *problem = later->problem;
    later->problem = (Problem){ 0 };
    return false;
}

static void give(Store *store, Work *work)
{
    store->later->writing = true;
    worker_give(&store->later->worker, work, store);
}

/* The full side goes to the worker, the next one is filled from now on: the worker holds one side less than there are.
 * A statement whose rows are being read shares the database's handle with its reader, so then nothing is written beside
 * it. */
static bool hand_over(Store *store, Problem *problem)
{
    Later *later = store->later;
    if (store->reading)
        return store_settle(store, problem);
    later->side = next_side(later->side);
    later->rows = 0;
    give(store, write_next);
    return true;
}

void later_wait(Store *store)
{
    if (!store->later || !store->later->writing)
        return;
    worker_wait(&store->later->worker);
    store->later->writing = false;
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
    Waiting *waiting = &kind->waiting[later->side];
    Cell *cells = room_for_row(waiting, columns);
    bool known = true;
    va_list values;
    va_start(values, shape);
    for (size_t i = 0; i < columns && known; i++)
        known = take_cell(later, shape[i], &values, &cells[i]);
    va_end(values);
    if (!known)
        return fail(problem, PROBLEM_BROKEN, "'%s' is no shape of a row", shape);
    waiting->rows++;
    return ++later->rows < ROWS_MAX || hand_over(store, problem);
}

bool store_settle(Store *store, Problem *problem)
{
    Later *later = store->later;
    if (!later)
        return true;
    later_wait(store);
    bool written = told(later, problem);
    if (written && later->rows)
        write_side(store, later->side, problem);
    written = written && !problem->kind;
    later_drop(store);
    return written;
}

void later_drop(Store *store)
{
    Later *later = store->later;
    if (!later)
        return;
    later_wait(store);
    forget(later, later->side);
    later->rows = 0;
    later->problem = (Problem){ 0 };
}

/* The worker's part. What could not be written is not committed, and nothing goes on behind it. */
static void commit_and_begin(void *context)
{
    Store *store = context;
    Later *later = store->later;
    if (!later->problem.kind && sqlite_execute(store, "COMMIT", &later->problem))
        fold_step(store);
    later->commit = later->problem;
    if (!later->problem.kind)
        (void)sqlite_execute(store, "BEGIN IMMEDIATE", &later->problem);
}

bool store_commit_beside(Store *store, Problem *problem)
{
    if (!later_of(store, problem) || (store->later->rows && !hand_over(store, problem)))
        return false;
    give(store, commit_and_begin);
    return true;
}

bool store_committed(Store *store, Problem *problem)
{
    later_wait(store);
    if (!store->later->commit.kind)
        return true;
    *problem = store->later->commit;
    store_undo(store);
    return false;
}

void later_close(Store *store)
{
    Later *later = store->later;
    if (!later)
        return;
    worker_end(&later->worker);
    for (size_t i = 0; i < later->known; i++) {
        sqlite3_finalize(later->kinds[i].insert);
        for (int side = 0; side < SIDES; side++)
            free(later->kinds[i].waiting[side].cells);
    }
    for (int side = 0; side < SIDES; side++)
        out_free(&later->texts[side]);
    free(later);
    store->later = NULL;
}
