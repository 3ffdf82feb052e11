#include "store/sqlite.h"

#include <errno.h>
#include <sys/stat.h>

#include "base/out.h"
#include "base/sys.h"
#include "store/fold.h"
#include "store/later.h"
#include "store/watching.h"

enum {
    BUSY_PAUSE = 5000,        /* milliseconds before "in use by another process" */
    RETRY_PAUSE = 10,         /* milliseconds */
    VALUE_MAX = 64 * 1048576, /* bytes of one value or row */
    STEPS = 10000,            /* of SQLite's machine between two looks whether to break off: well below a millisecond */
};

/* Memory stays flat: dirty pages beyond the cache go to the write-ahead log. Pages of 16 kB cost a bulk import less
 * processor time than smaller ones and write as many bytes; larger ones gain nothing more. */
static const char for_writing[] = "PRAGMA page_size = 16384;"
                                  "PRAGMA cache_size = -65536;"
                                  "PRAGMA synchronous = FULL;"
                                  "PRAGMA secure_delete = ON;"
                                  "PRAGMA journal_size_limit = 134217728;";

/* What points where in the public store is computed, not given: each of its rows is made from the journal, and
 * verifying makes them again and compares. Looking up what each row points to would slow every
 * bulk import.
 */
static const char *const for_kind[] = {
    [STORE_WORK] = "PRAGMA foreign_keys = ON;",
    [STORE_PUBLIC] = "PRAGMA foreign_keys = OFF;",
};

static const char for_reading[] = "PRAGMA query_only = ON;"
                                  "PRAGMA cache_size = -4096;";

static const char for_both[] = "PRAGMA temp_store = MEMORY;"
                               "PRAGMA mmap_size = 0;"
                               "PRAGMA cell_size_check = ON;";

static const struct {
    int limit, most;
} limits[] = {
    { SQLITE_LIMIT_LENGTH, VALUE_MAX },
    { SQLITE_LIMIT_SQL_LENGTH, 65536 },
    { SQLITE_LIMIT_COLUMN, 100 },
    { SQLITE_LIMIT_EXPR_DEPTH, 100 },
    { SQLITE_LIMIT_COMPOUND_SELECT, 20 },
    { SQLITE_LIMIT_VDBE_OP, 25000 },
    { SQLITE_LIMIT_FUNCTION_ARG, 16 },
    { SQLITE_LIMIT_ATTACHED, 0 },
    { SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 4096 },
    { SQLITE_LIMIT_VARIABLE_NUMBER, 100 },
    { SQLITE_LIMIT_TRIGGER_DEPTH, 10 },
    { SQLITE_LIMIT_WORKER_THREADS, 0 },
};

static const struct {
    int setting, value;
} switches[] = {
    { SQLITE_DBCONFIG_DEFENSIVE, 1 },
    { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
    { SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0 },
    { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
    { SQLITE_DBCONFIG_DQS_DML, 0 },
    { SQLITE_DBCONFIG_DQS_DDL, 0 },
    { SQLITE_DBCONFIG_ENABLE_TRIGGER, 0 },
    { SQLITE_DBCONFIG_ENABLE_VIEW, 0 }, /* we have none; somebody else's never act */
};

bool sqlite_again(const Store *store, int state, int *tries)
{
    if (store->access == READ_WRITE || (state & 0xFF) != SQLITE_READONLY || ++*tries > store->patience / RETRY_PAUSE)
        return false;
    sqlite3_sleep(RETRY_PAUSE);
    return true;
}

bool sqlite_execute(Store *store, const char *sql, Problem *problem)
{
    if (store->stopped)
        return fail(problem, PROBLEM_STORE, "%.200s is closed for writing after an error of the disk; start again",
                    store->path);
    errno = 0;
    int state, tries = 0;
    do
        state = sqlite3_exec(store->db, sql, NULL, NULL, NULL);
    while (sqlite_again(store, state, &tries));
    return state == SQLITE_OK || sqlite_failed(store, state, problem);
}

bool sqlite_script(Store *store, const char *sql, Problem *problem)
{
    later_wait(store);
    return sqlite_execute(store, sql, problem);
}

bool sqlite_number(Store *store, const char *sql, int64_t *number, Problem *problem)
{
    sqlite3_stmt *statement = NULL;
    int state, tries = 0;
    later_wait(store);
    do {
        sqlite3_finalize(statement);
        state = sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL);
        if (state == SQLITE_OK)
            state = sqlite3_step(statement);
    } while (sqlite_again(store, state, &tries));
    if (state == SQLITE_ROW)
        *number = sqlite3_column_int64(statement, 0);
    else
        sqlite_failed(store, state, problem);
    sqlite3_finalize(statement);
    return state == SQLITE_ROW;
}

/* What a reader may do, whatever the statement says. */
static int only_reading(void *unused, int action, const char *first, const char *second, const char *database,
                        const char *trigger)
{
    (void)unused, (void)database, (void)trigger;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE:
    case SQLITE_TRANSACTION: return SQLITE_OK;
    case SQLITE_FUNCTION: return strcmp(second, "load_extension") == 0 ? SQLITE_DENY : SQLITE_OK;
    case SQLITE_PRAGMA:
        return (strcmp(first, "data_version") == 0 && !second) || strcmp(first, "integrity_check") == 0 ? SQLITE_OK
                                                                                                        : SQLITE_DENY;
    default: return SQLITE_DENY;
    }
}

/* secure_delete: what is deleted is overwritten with zeros, in free pages too, so that what was redacted is gone.
 * Nearly everything here only grows, so that this costs nothing. */
static bool set_up(Store *store, Problem *problem)
{
    sqlite3_extended_result_codes(store->db, 1);
    sqlite3_busy_timeout(store->db, store->patience);
    for (size_t i = 0; i < COUNT_OF(limits); i++)
        sqlite3_limit(store->db, limits[i].limit, limits[i].most);
    for (size_t i = 0; i < COUNT_OF(switches); i++)
        sqlite3_db_config(store->db, switches[i].setting, switches[i].value, NULL);
    return sqlite_script(store, for_both, problem) && sqlite_script(store, for_kind[store->kind], problem) &&
           sqlite_script(store, store->access == READ_ONLY ? for_reading : for_writing, problem);
}

static int ask_for_write_ahead_log(Store *store, bool *taken)
{
    sqlite3_stmt *statement = NULL;
    int state = sqlite3_prepare_v2(store->db, "PRAGMA journal_mode = WAL", -1, &statement, NULL);
    if (state == SQLITE_OK)
        state = sqlite3_step(statement);
    *taken = state == SQLITE_ROW && strcmp((const char *)sqlite3_column_text(statement, 0), "wal") == 0;
    if (state == SQLITE_ROW)
        state = sqlite3_step(statement); /* only now it is written */
    sqlite3_finalize(statement);
    return state;
}

static bool use_write_ahead_log(Store *store, Problem *problem)
{
    int keep = 1; /* readers must always find the files beside the database, which they may not make */
    sqlite3_file_control(store->db, "main", SQLITE_FCNTL_PERSIST_WAL, &keep);
    int64_t end = sys_tick() + BUSY_PAUSE * INT64_C(1000);
    bool taken;
    int state = ask_for_write_ahead_log(store, &taken);
    /* When several processes make the same database, SQLite does not wait here by itself. */
    while ((state & 0xFF) == SQLITE_BUSY && sys_tick() < end) {
        sqlite3_sleep(RETRY_PAUSE);
        state = ask_for_write_ahead_log(store, &taken);
    }
    if (state != SQLITE_DONE)
        return sqlite_failed(store, state, problem);
    return taken || fail(problem, PROBLEM_STORE,
                         "%.200s is on a file system without shared memory, which the database needs", store->path);
}

/* One entry in the write-ahead log, which changes nothing: over an empty log, readers without a writer would forget
 * their cache at each transaction, as if it had changed. */
static bool touch(Store *store, Problem *problem)
{
    int64_t version;
    char sql[48];
    if (!sqlite_number(store, "PRAGMA user_version", &version, problem))
        return false;
    (void)snprintf(sql, sizeof sql, "PRAGMA user_version = %d", (int)version);
    return sqlite_script(store, sql, problem);
}

static bool open_writer(Store *store, bool in_memory, Problem *problem)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    int state = sqlite3_open_v2(store->path, &store->db, flags, sqlite_files(READ_WRITE));
    if (state != SQLITE_OK)
        return sqlite_failed(store, state, problem);
    if (store->kind == STORE_WORK && !in_memory)
        (void)chmod(store->path, 0600); /* drafts; its side files take the same mode */
    return set_up(store, problem) &&
           (in_memory || (use_write_ahead_log(store, problem) && fold_start(store, problem))) &&
           sqlite_migrate(store, problem);
}

static bool has_file(const Store *store, const char *end)
{
    char path[PATH_MAX];
    return (size_t)snprintf(path, sizeof path, "%s%s", store->path, end) < sizeof path && sys_exists(path);
}

/* A database that was copied without its side files gets them from a writer, who opens it for a moment. */
static bool make_side_files(Store *store, Problem *problem)
{
    if (has_file(store, "-wal") && has_file(store, "-shm"))
        return true;
    Store writer = { .path = store->path, .kind = store->kind, .access = READ_WRITE, .patience = store->patience };
    int state =
        sqlite3_open_v2(writer.path, &writer.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, sqlite_files(READ_WRITE));
    bool done = state == SQLITE_OK
                    ? set_up(&writer, problem) && use_write_ahead_log(&writer, problem) && touch(&writer, problem)
                    : sqlite_failed(&writer, state, problem);
    sqlite3_db_config(writer.db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    sqlite3_close(writer.db);
    return done;
}

static int is_interrupted(void *store)
{
    return atomic_load_explicit(&((const Store *)store)->interrupted, memory_order_relaxed);
}

void store_interrupt(Store *store)
{
    atomic_store_explicit(&store->interrupted, true, memory_order_relaxed);
}

static bool open_reader(Store *store, Problem *problem)
{
    if (!sys_exists(store->path))
        return errno == EACCES ? fail(problem, PROBLEM_NOT_ALLOWED, "%.200s may not be read", store->path)
               : errno == ENOENT
                   ? fail(problem, PROBLEM_NOT_FOUND, "%.200s does not exist", store->path)
                   : fail(problem, PROBLEM_STORE, "%.200s cannot be looked at: %s", store->path, strerror(errno));
    if (!make_side_files(store, problem))
        return false;
    AUTO_OUT address = { 0 };
    OUT_LITERAL(&address, "file:");
    out_url(&address, store->path);
    OUT_LITERAL(&address, "?mode=ro&readonly_shm=1");
    int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;
    int state = sqlite3_open_v2(address.text, &store->db, flags, sqlite_files(READ_ONLY));
    if (state != SQLITE_OK)
        return sqlite_failed(store, state, problem);
    if (!set_up(store, problem) || !sqlite_migrate(store, problem))
        return false;
    sqlite3_set_authorizer(store->db, only_reading, NULL);
    sqlite3_progress_handler(store->db, STEPS, is_interrupted, store);
    return true;
}

Store *store_open(const char *folder, StoreKind kind, Access access, Problem *problem)
{
    Store *store = calloc(1, sizeof *store);
    char *path = malloc(PATH_MAX);
    if (!store || !path)
        abort();
    *store = (Store){ .path = path, .kind = kind, .access = access, .patience = BUSY_PAUSE };
    const char *name = kind == STORE_WORK ? "work.db" : "public.db";
    int length = folder ? snprintf(path, PATH_MAX, "%s/%s", folder, name) : snprintf(path, PATH_MAX, ":memory:");
    bool opened = length < PATH_MAX - 8 ? true : fail(problem, PROBLEM_BAD_INPUT, "the folder's path is too long");
    if (opened)
        opened = access == READ_ONLY ? open_reader(store, problem) : open_writer(store, !folder, problem);
    if (opened)
        return store;
    fold_end(store);
    sqlite3_close(store->db);
    free(store->path);
    free(store);
    return NULL;
}

/* Folds the write-ahead log back into the database. Failing at this loses nothing: the next writer does it. */
static void tidy(Store *store)
{
    Problem ignored = { 0 };
    sqlite3_busy_timeout(store->db, 0);
    if (!store->stopped &&
        sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) == SQLITE_OK)
        touch(store, &ignored);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
}

void store_close(Store *store)
{
    if (!store)
        return;
    store_undo(store);
    watch_close(store);
    later_close(store);
    for (size_t i = 0; i < COUNT_OF(store->ready); i++)
        sqlite3_finalize(store->ready[i].statement);
    fold_end(store);
    if (store->access == READ_WRITE)
        tidy(store);
    sqlite3_close_v2(store->db);
    free(store->path);
    free(store);
}

void store_patience(Store *store, int milliseconds)
{
    store->patience = milliseconds;
    sqlite3_busy_timeout(store->db, milliseconds);
}

bool store_begin(Store *store, Problem *problem)
{
    if (!sqlite_script(store, "BEGIN IMMEDIATE", problem))
        return false;
    if (sqlite_is_known(store, problem))
        return true;
    store_undo(store);
    return false;
}

bool store_commit(Store *store, Problem *problem)
{
    if (store_settle(store, problem) && watch_tell(store, problem) && sqlite_script(store, "COMMIT", problem)) {
        fold_step(store);
        return true;
    }
    store_undo(store);
    return false;
}

void store_undo(Store *store)
{
    later_drop(store);
    if (sqlite3_get_autocommit(store->db))
        return;
    sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    watch_drop(store);
}

bool store_read_begin(Store *store, Problem *problem)
{
    int64_t version; /* a transaction begins with its first read */
    if (sqlite_script(store, "BEGIN", problem) &&
        sqlite_number(store, "SELECT count(*) FROM sqlite_schema", &version, problem))
        return true;
    store_undo(store);
    return false;
}

int64_t store_data_version(Store *store)
{
    int64_t version = 0;
    Problem ignored = { 0 };
    sqlite_number(store, "PRAGMA data_version", &version, &ignored);
    return version;
}
