/* What was committed must never be lost or half there, and a reader must never be able to write. */
#include <fcntl.h>
#include <sys/stat.h>

#include "store_harness.h"

static void test_reading_back(void)
{
    Problem problem = { 0 };
    AUTO_STORE *store = store_open(NULL, STORE_PUBLIC, READ_WRITE, &problem);
    CHECK(store, "a store opens in memory (%s)", problem.message);
    CHECK(add_entry(store, 1, &problem) && add_entry(store, 2, &problem), "rows are added (%s)", problem.message);
    AUTO_ROWS *rows = store_run(store, &problem, SQL_ENTRIES_FROM, "i", (int64_t)1);
    CHECK(rows_next(rows) && rows_int(rows, 0) == 1 && strcmp(rows_text(rows, 2), "me") == 0, "a row is read");
    AUTO_ROWS *inner = store_run(store, &problem, SQL_ENTRIES_FROM, "i", (int64_t)2);
    CHECK(inner && rows_next(inner) && rows_int(inner, 0) == 2, "the same statement runs while its rows are open");
    CHECK(rows_next(rows) && rows_int(rows, 0) == 2 && !rows_next(rows) && !rows_next(rows),
          "and the outer rows go on to the end, and stay there");
    CHECK(!add_entry(store, 1, &problem) && problem.kind == PROBLEM_CONFLICT, "a second row 1 is a conflict (%s)",
          problem.message);
    problem = (Problem){ 0 };
    CHECK(!store_do(store, &problem, SQL_ENTRIES_FROM, "ii", (int64_t)1, (int64_t)2) && problem.kind == PROBLEM_BROKEN,
          "a wrong number of parameters is a fault of the program (%s)", problem.message);
    problem = (Problem){ 0 };
    CHECK(!store_do(store, &problem, SQL_ENTRIES_FROM, "?", 1) && problem.kind == PROBLEM_BROKEN,
          "so is a shape that there is not (%s)", problem.message);
}

/* Values come back as they went in: the ends of the numbers, texts that are empty or missing, bytes of any kind. */
static void test_values(void)
{
    Problem problem = { 0 };
    AUTO_STORE *store = store_open(NULL, STORE_PUBLIC, READ_WRITE, &problem);
    bool added = store_do(store, &problem, SQL_ENTRY_ADD, "iitttvb", INT64_MAX, INT64_MIN, "", "\xC3\xA9", "x",
                          (Text){ 0 }, (Text){ "\0a", 2 }) &&
                 store_do(store, &problem, SQL_ENTRY_ADD, "iittttb", (int64_t)1, (int64_t)0, "a", "b", "c", NULL,
                          (Text){ "", 0 });
    CHECK(added, "values are added (%s)", problem.message);
    AUTO_ROWS *rows = store_run(store, &problem, SQL_ENTRIES_FROM, "i", (int64_t)0);
    CHECK(rows_next(rows) && rows_is_null(rows, 5) && rows_bytes(rows, 5).at == NULL && rows_text(rows, 5)[0] == '\0' &&
              isnan(rows_real(rows, 5)),
          "a missing text is NULL");
    CHECK(!rows_is_null(rows, 6) && rows_bytes(rows, 6).at && rows_bytes(rows, 6).length == 0, "no bytes are not NULL");
    CHECK(rows_next(rows) && rows_int(rows, 0) == INT64_MAX && rows_int(rows, 1) == INT64_MIN, "the largest numbers");
    CHECK(!rows_is_null(rows, 2) && strcmp(rows_text(rows, 3), "\xC3\xA9") == 0 && !rows_is_null(rows, 5),
          "an empty text is not NULL");
    CHECK(rows_bytes(rows, 6).length == 2 && memcmp(rows_bytes(rows, 6).at, "\0a", 2) == 0, "bytes with a NUL");
    problem = (Problem){ 0 };
    CHECK(!store_do(store, &problem, SQL_ENTRY_ADD, "iitttvb", (int64_t)2, (int64_t)0, NULL, "b", "c", TEXT("{}"),
                    TEXT("h")) &&
              problem.kind == PROBLEM_CONFLICT,
          "a NULL where there must be a value is a conflict (%s)", problem.message);
}

static void test_transactions(void)
{
    Problem problem = { 0 };
    new_folder();
    Store *store = store_open(folder, STORE_PUBLIC, READ_ONLY, &problem);
    CHECK(!store && problem.kind == PROBLEM_NOT_FOUND, "a missing store is not made by a reader (%s)", problem.message);
    problem = (Problem){ 0 };
    store = open_writer();
    CHECK(store && commit_entry(store, 1, &problem), "a commit is answered (%s)", problem.message);
    AUTO_STORE *reader = store_open(folder, STORE_PUBLIC, READ_ONLY, &problem);
    CHECK(reader && has_entries(reader, 1), "a reader sees it while the writer is there (%s)", problem.message);
    CHECK(!add_entry(reader, 2, &problem) && problem.kind == PROBLEM_NOT_ALLOWED, "a reader cannot add (%s)",
          problem.message);
    problem = (Problem){ 0 };
    int64_t version = store_data_version(reader);
    CHECK(has_entries(reader, 1) && store_data_version(reader) == version, "no commit, same data version");
    CHECK(commit_entry(store, 2, &problem) && store_data_version(reader) != version,
          "a commit changes the data version");
    CHECK(store_read_begin(reader, &problem) && has_entries(reader, 2), "a read transaction begins");
    CHECK(commit_entry(store, 3, &problem) && has_entries(reader, 2), "and keeps its state while others write");
    store_undo(reader);
    CHECK(has_entries(reader, 3), "until it ends");
    CHECK(store_begin(store, &problem) && add_entry(store, 4, &problem), "an insert");
    store_undo(store);
    CHECK(has_entries(store, 3), "that is undone is gone");
    store_close(store);
    CHECK(has_entries(reader, 3), "a reader goes on after the writer has left");
    version = store_data_version(reader);
    CHECK(has_entries(reader, 3) && store_data_version(reader) == version, "and its data version rests");
    end_folder();
}

/* Descriptors of files in the folder that could write */
static int writable_descriptors(void)
{
    int found = 0;
    for (int i = 3; i < 100; i++) {
        char link[64], target[256] = "";
        (void)snprintf(link, sizeof link, "/proc/self/fd/%d", i);
        if (readlink(link, target, sizeof target - 1) > 0 && strncmp(target, folder, strlen(folder)) == 0)
            found += (fcntl(i, F_GETFL) & O_ACCMODE) != O_RDONLY;
    }
    return found;
}

static void test_readers(void)
{
    Problem problem = { 0 };
    new_folder();
    Store *store = open_writer();
    CHECK(commit_entry(store, 1, &problem) && writable_descriptors() > 0, "a writer's descriptors can write");
    store_close(store);
    store = store_open(folder, STORE_PUBLIC, READ_ONLY, &problem);
    CHECK(store && has_entries(store, 1), "a reader opens without a writer (%s)", problem.message);
    CHECK(writable_descriptors() == 0, "a reader's descriptors cannot write, those beside the database neither");
    store_close(store);
    forget_side_files();
    store = store_open(folder, STORE_PUBLIC, READ_ONLY, &problem);
    CHECK(store && has_entries(store, 1) && writable_descriptors() == 0,
          "a database that was copied alone can be read (%s)", problem.message);
    store_close(store);
    struct stat facts;
    AUTO_STORE *work = store_open(folder, STORE_WORK, READ_WRITE, &problem);
    CHECK(work && stat(path_of("work.db"), &facts) == 0 && (facts.st_mode & 0777) == 0600 &&
              stat(path_of("work.db-wal"), &facts) == 0 && (facts.st_mode & 0777) == 0600,
          "drafts are for their owner only");
    end_folder();
}

/* Each named statement must be right for one of the two schemas, and none may touch what the journal has said. */
static int note_changes(void *context, int action, const char *first, const char *second, const char *database,
                        const char *trigger)
{
    (void)second, (void)database, (void)trigger;
    bool *changes_journal = context;
    if ((action == SQLITE_UPDATE || action == SQLITE_DELETE) &&
        (strcmp(first, "entry") == 0 || strcmp(first, "checkpoint") == 0))
        *changes_journal = true;
    return SQLITE_OK;
}

static bool is_valid(sqlite3 *db, const char *sql, bool *changes_journal)
{
    sqlite3_stmt *statement = NULL;
    const char *rest = "";
    sqlite3_set_authorizer(db, note_changes, changes_journal);
    bool valid = sqlite3_prepare_v2(db, sql, -1, &statement, &rest) == SQLITE_OK && statement && *rest == '\0';
    sqlite3_finalize(statement);
    return valid;
}

static void test_statements(void)
{
    Problem problem = { 0 };
    new_folder();
    store_close(open_writer());
    store_close(store_open(folder, STORE_WORK, READ_WRITE, &problem));
    sqlite3 *public_db, *work_db;
    sqlite3_open(path_of("public.db"), &public_db);
    sqlite3_open(path_of("work.db"), &work_db);
    size_t invalid = 0, forbidden = 0;
    for (size_t i = 0; i < STATEMENT_COUNT; i++) {
        const char *sql = statement_text[i];
        bool changes_journal = false;
        bool valid = is_valid(public_db, sql, &changes_journal) || is_valid(work_db, sql, &changes_journal);
        bool replaces = strcasestr(sql, "or replace") || strncasecmp(sql, "replace", strlen("replace")) == 0;
        if (!valid)
            printf("# %s: %s; %s\n", sql, sqlite3_errmsg(public_db), sqlite3_errmsg(work_db));
        if (changes_journal || replaces)
            printf("# %s\n", sql);
        invalid += !valid;
        forbidden += changes_journal || replaces;
    }
    sqlite3_close(public_db);
    sqlite3_close(work_db);
    CHECK(invalid == 0, "each of the %d statements is valid in a schema", STATEMENT_COUNT);
    CHECK(forbidden == 0, "no statement changes or removes an entry or a checkpoint, or replaces rows unseen");
    end_folder();
}

int main(void)
{
    test_reading_back();
    test_values();
    test_transactions();
    test_readers();
    test_statements();
    return DONE();
}
