#include <errno.h>

#include "store/later.h"

/* $1, $2, ... stand in a statement in any order and any number of times; their places are looked up once. */
static bool learn_parameters(Rows *rows, Statement statement, Problem *problem)
{
    int count = sqlite3_bind_parameter_count(rows->statement);
    if (count > PARAMETERS_MAX)
        return fail(problem, PROBLEM_BROKEN, "statement %d has more than %d parameters", statement, PARAMETERS_MAX);
    for (int i = 1; i <= count; i++) {
        const char *name = sqlite3_bind_parameter_name(rows->statement, i);
        int64_t number = 0;
        if (!name || name[0] != '$' || !text_int(text_of(name + 1), &number) || number < 1 || number > count)
            return fail(problem, PROBLEM_BROKEN, "statement %d: its parameters are not $1 to $%d", statement, count);
        rows->place[number - 1] = (unsigned char)i;
    }
    rows->count = (unsigned char)count;
    return true;
}

static bool prepare(Store *store, Rows *rows, Statement statement, Problem *problem)
{
    const char *sql = statement_text[statement];
    int state, tries = 0;
    do
        state = sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &rows->statement, NULL);
    while (sqlite_again(store, state, &tries));
    if (state != SQLITE_OK)
        return sqlite_failed(store, state, problem);
    rows->store = store;
    if (learn_parameters(rows, statement, problem))
        return true;
    sqlite3_finalize(rows->statement);
    rows->statement = NULL;
    return false;
}

static Rows *rows_ready(Store *store, Statement statement, Problem *problem)
{
    later_wait(store);
    if (store->stopped) {
        fail(problem, PROBLEM_STORE, "%.200s is closed for writing after an error of the disk; start again",
             store->path);
        return NULL;
    }
    if (atomic_load_explicit(&store->interrupted, memory_order_relaxed)) {
        sqlite_failed(store, SQLITE_INTERRUPT, problem);
        return NULL;
    }
    Rows *rows = &store->ready[statement];
    bool spare = rows->open;
    if (spare) {
        rows = calloc(1, sizeof *rows);
        if (!rows)
            abort();
    }
    if (!rows->statement && !prepare(store, rows, statement, problem)) {
        if (spare)
            free(rows);
        return NULL;
    }
    store->reading++;
    rows->spare = spare;
    rows->open = true;
    rows->problem = problem;
    rows->state = SQLITE_ROW;
    return rows;
}

typedef void (*Keeping)(void *); /* SQLITE_STATIC: used before the call ends; SQLITE_TRANSIENT: copied */

static int bind_text(sqlite3_stmt *statement, int place, const char *text, size_t length, Keeping keeping)
{
    return text ? sqlite3_bind_text64(statement, place, text, length, keeping, SQLITE_UTF8)
                : sqlite3_bind_null(statement, place);
}

static int bind_bytes(sqlite3_stmt *statement, int place, Text bytes, Keeping keeping)
{
    return bytes.at ? sqlite3_bind_blob64(statement, place, bytes.at, bytes.length, keeping)
                    : sqlite3_bind_null(statement, place);
}

static bool bind_all(Rows *rows, const char *shape, va_list values, Keeping keeping)
{
    sqlite3_stmt *statement = rows->statement;
    size_t count = strlen(shape);
    if (count != rows->count)
        return fail(rows->problem, PROBLEM_BROKEN, "%zu values for the %d of: %.200s", count, rows->count,
                    sqlite3_sql(statement));
    int state = SQLITE_OK;
    for (size_t i = 0; i < count && state == SQLITE_OK; i++) {
        int place = rows->place[i];
        const char *string;
        Text text;
        switch (shape[i]) {
        case 'i': state = sqlite3_bind_int64(statement, place, va_arg(values, int64_t)); break;
        case 'r': state = sqlite3_bind_double(statement, place, va_arg(values, double)); break;
        case 't':
            string = va_arg(values, const char *);
            state = bind_text(statement, place, string, string ? strlen(string) : 0, keeping);
            break;
        case 'v':
            text = va_arg(values, Text);
            state = bind_text(statement, place, text.at ? text.at : "", text.length, keeping);
            break;
        case 'b': state = bind_bytes(statement, place, va_arg(values, Text), keeping); break;
        default: return fail(rows->problem, PROBLEM_BROKEN, "'%c' is no shape of a parameter", shape[i]);
        }
    }
    return state == SQLITE_OK || sqlite_failed(rows->store, state, rows->problem);
}

Rows *store_run(Store *store, Problem *problem, Statement statement, const char *shape, ...)
{
    Rows *rows = rows_ready(store, statement, problem);
    if (!rows)
        return NULL;
    va_list values;
    va_start(values, shape);
    bool bound = bind_all(rows, shape, values, SQLITE_TRANSIENT);
    va_end(values);
    if (bound)
        return rows;
    rows_close(rows);
    return NULL;
}

bool store_do(Store *store, Problem *problem, Statement statement, const char *shape, ...)
{
    Rows *rows = rows_ready(store, statement, problem);
    if (!rows)
        return false;
    va_list values;
    va_start(values, shape);
    bool bound = bind_all(rows, shape, values, SQLITE_STATIC);
    va_end(values);
    if (bound)
        rows_next(rows);
    return rows_close(rows) && bound;
}

bool rows_next(Rows *rows)
{
    if (rows->state != SQLITE_ROW)
        return false;
    errno = 0;
    int tries = 0;
    do
        rows->state = sqlite3_step(rows->statement);
    while (sqlite_again(rows->store, rows->state, &tries));
    if (rows->state != SQLITE_ROW && rows->state != SQLITE_DONE)
        sqlite_failed(rows->store, rows->state, rows->problem);
    return rows->state == SQLITE_ROW;
}

int64_t rows_int(const Rows *rows, int column)
{
    return sqlite3_column_int64(rows->statement, column);
}

double rows_real(const Rows *rows, int column)
{
    return rows_is_null(rows, column) ? (double)NAN : sqlite3_column_double(rows->statement, column);
}

const char *rows_text(const Rows *rows, int column)
{
    const unsigned char *text = sqlite3_column_text(rows->statement, column);
    return text ? (const char *)text : "";
}

Text rows_bytes(const Rows *rows, int column)
{
    const char *bytes = sqlite3_column_blob(rows->statement, column);
    int length = sqlite3_column_bytes(rows->statement, column);
    if (!bytes) /* SQLite has no address for zero bytes */
        return (Text){ rows_is_null(rows, column) ? NULL : "", 0 };
    return (Text){ bytes, (size_t)length };
}

bool rows_is_null(const Rows *rows, int column)
{
    return sqlite3_column_type(rows->statement, column) == SQLITE_NULL;
}

static void write_sized(Out *out, const char *letter, Text bytes)
{
    out_raw(out, letter, 1);
    out_count(out, bytes.length);
    OUT_LITERAL(out, ":");
    out_raw(out, bytes.at, bytes.length);
}

void rows_write(const Rows *rows, int first, Out *out)
{
    for (int i = first; i < sqlite3_column_count(rows->statement); i++)
        switch (sqlite3_column_type(rows->statement, i)) {
        case SQLITE_NULL: OUT_LITERAL(out, "n"); break;
        case SQLITE_INTEGER:
            OUT_LITERAL(out, "i");
            out_int(out, rows_int(rows, i));
            OUT_LITERAL(out, ":");
            break;
        case SQLITE_FLOAT: write_sized(out, "r", rows_bytes(rows, i)); break;
        case SQLITE_TEXT: write_sized(out, "t", rows_bytes(rows, i)); break;
        default: write_sized(out, "b", rows_bytes(rows, i));
        }
}

static int declared(const char *type)
{
    static const struct {
        const char *word;
        int type;
    } types[] = { { "INTEGER", SQLITE_INTEGER },
                  { "TEXT", SQLITE_TEXT },
                  { "BLOB", SQLITE_BLOB },
                  { "DOUBLE PRECISION", SQLITE_FLOAT } };
    for (size_t i = 0; i < COUNT_OF(types); i++)
        if (strcmp(types[i].word, type) == 0)
            return types[i].type;
    return 0;
}

bool rows_fits(const Rows *rows, int column)
{
    int type = sqlite3_column_type(rows->statement, column);
    const char *words = sqlite3_column_decltype(rows->statement, column);
    if (type == SQLITE_NULL || !words) /* computed ones have no declaration */
        return true;
    return type == declared(words) &&
           (type != SQLITE_TEXT || strlen(rows_text(rows, column)) == rows_bytes(rows, column).length);
}

bool rows_all_fit(const Rows *rows)
{
    for (int i = 0; i < sqlite3_column_count(rows->statement); i++)
        if (!rows_fits(rows, i))
            return false;
    return true;
}

bool rows_close(Rows *rows)
{
    if (!rows)
        return true;
    bool complete = rows->state == SQLITE_ROW || rows->state == SQLITE_DONE;
    sqlite3_reset(rows->statement);
    sqlite3_clear_bindings(rows->statement); /* they may point at memory of the caller */
    rows->open = false;
    rows->store->reading--;
    if (rows->spare) {
        sqlite3_finalize(rows->statement);
        free(rows);
    }
    return complete;
}
