/* A public store in a folder of its own, with entries that take some room. */
#pragma once

#include <sqlite3.h>

#include "base/sys.h"
#include "store/store.h"
#include "test.h"

static char folder[128];

static inline const char *path_of(const char *name)
{
    static char paths[4][192];
    static size_t next;
    char *path = paths[next++ % COUNT_OF(paths)];
    (void)snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

static inline void new_folder(void)
{
    const char *temporary = getenv("TMPDIR");
    (void)snprintf(folder, sizeof folder, "%.100s/vigie-store-XXXXXX", temporary ? temporary : "/tmp");
    if (!mkdtemp(folder))
        abort();
}

static inline void end_folder(void)
{
    static const char *const names[] = { "public.db", "public.db-wal", "public.db-shm",
                                         "work.db",   "work.db-wal",   "work.db-shm" };
    for (size_t i = 0; i < COUNT_OF(names); i++)
        unlink(path_of(names[i]));
    rmdir(folder);
}

static inline bool add_entry(Store *store, int64_t seq, Problem *problem)
{
    static char body[2048] = "{}";
    memset(body + 2, ' ', sizeof body - 2);
    return store_do(store, problem, SQL_ENTRY_ADD, "iitttvb", seq, (int64_t)1000, "me", "source.add", "source/1",
                    (Text){ body, sizeof body }, TEXT("hash"));
}

static inline bool commit_entry(Store *store, int64_t seq, Problem *problem)
{
    return store_begin(store, problem) && add_entry(store, seq, problem) && store_commit(store, problem);
}

static inline int64_t count_entries(Store *store, Problem *problem)
{
    AUTO_ROWS *rows = store_run(store, problem, SQL_ENTRIES_FROM, "i", (int64_t)0);
    int64_t count = 0;
    while (rows && rows_next(rows))
        count++;
    return problem->kind ? -1 : count;
}

static inline bool has_entries(Store *store, int64_t count)
{
    Problem problem = { 0 };
    return count_entries(store, &problem) == count;
}

static inline Store *open_writer(void)
{
    Problem problem = { 0 };
    Store *store = store_open(folder, STORE_PUBLIC, READ_WRITE, &problem);
    if (!store)
        printf("# %s\n", problem.message);
    return store;
}

static inline bool is_whole(void)
{
    sqlite3 *db;
    sqlite3_stmt *rows = NULL;
    bool whole = sqlite3_open(path_of("public.db"), &db) == SQLITE_OK &&
                 sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &rows, NULL) == SQLITE_OK &&
                 sqlite3_step(rows) == SQLITE_ROW && strcmp((const char *)sqlite3_column_text(rows, 0), "ok") == 0;
    sqlite3_finalize(rows);
    sqlite3_close(db);
    return whole;
}

static inline void forget_side_files(void)
{
    unlink(path_of("public.db-wal"));
    unlink(path_of("public.db-shm"));
}
