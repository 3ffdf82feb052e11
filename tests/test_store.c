/* What was committed must never be lost or half there, and a reader must never be able to write. */
#include <errno.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/sys.h"
#include "store/store.h"
#include "test.h"

static char folder[64];

static void new_folder(void)
{
    (void)snprintf(folder, sizeof folder, "/tmp/vigie-store-XXXXXX");
    if (!mkdtemp(folder))
        abort();
}

static const char *path_of(const char *name)
{
    static char path[128];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static bool add_entry(Store *store, int64_t seq, Problem *problem)
{
    return store_do(store, problem, SQL_ENTRY_ADD, "iitttvb", seq, (int64_t)1000, "me", "source.add", "source/1",
                    TEXT("{}"), TEXT("hash"));
}

static int64_t count_entries(Store *store)
{
    Problem problem = { 0 };
    AUTO_ROWS *rows = store_run(store, &problem, SQL_ENTRIES_FROM, "i", (int64_t)0);
    int64_t count = 0;
    while (rows && rows_next(rows))
        count++;
    return problem.kind ? -1 : count;
}

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
    CHECK(rows_next(rows) && rows_int(rows, 0) == 2 && !rows_next(rows), "and the outer rows go on to the end");
    CHECK(!add_entry(store, 1, &problem) && problem.kind == PROBLEM_CONFLICT, "a second row 1 is a conflict (%s)",
          problem.message);
    problem = (Problem){ 0 };
    CHECK(!store_do(store, &problem, SQL_ENTRIES_FROM, "ii", (int64_t)1, (int64_t)2) && problem.kind == PROBLEM_BROKEN,
          "a wrong number of parameters is a fault of the program (%s)", problem.message);
}

static void test_roundtrip_on_disk(void)
{
    Problem problem = { 0 };
    new_folder();
    Store *store = store_open(folder, STORE_PUBLIC, READ_ONLY, &problem);
    CHECK(!store && problem.kind == PROBLEM_NOT_FOUND, "a missing store is not made by a reader (%s)", problem.message);
    problem = (Problem){ 0 };
    store = store_open(folder, STORE_PUBLIC, READ_WRITE, &problem);
    CHECK(store && store_begin(store, &problem) && add_entry(store, 1, &problem) && store_commit(store, &problem),
          "a commit is answered (%s)", problem.message);
    AUTO_STORE *reader = store_open(folder, STORE_PUBLIC, READ_ONLY, &problem);
    CHECK(reader && count_entries(reader) == 1, "a reader sees it while the writer is there (%s)", problem.message);
    CHECK(!add_entry(reader, 2, &problem) && problem.kind == PROBLEM_NOT_ALLOWED, "a reader cannot add (%s)",
          problem.message);
    int64_t version = store_data_version(reader);
    CHECK(count_entries(reader) == 1 && store_data_version(reader) == version, "no commit, same data version");
    problem = (Problem){ 0 };
    CHECK(store_begin(store, &problem) && add_entry(store, 2, &problem) && store_commit(store, &problem) &&
              store_data_version(reader) != version,
          "a commit changes the data version");
    CHECK(store_read_begin(reader, &problem) && count_entries(reader) == 2, "a read transaction begins");
    CHECK(store_begin(store, &problem) && add_entry(store, 3, &problem) && store_commit(store, &problem) &&
              count_entries(reader) == 2,
          "and keeps its state while others write");
    store_undo(reader);
    CHECK(count_entries(reader) == 3, "until it ends");
    CHECK(store_begin(store, &problem) && add_entry(store, 4, &problem), "an insert");
    store_undo(store);
    CHECK(count_entries(store) == 3, "that is undone is gone");
    store_close(store);
    CHECK(count_entries(reader) == 3, "a reader goes on after the writer has left");
    version = store_data_version(reader);
    CHECK(count_entries(reader) == 3 && store_data_version(reader) == version, "and its data version rests");
}

int main(void)
{
    test_reading_back();
    test_roundtrip_on_disk();
    return DONE();
}
