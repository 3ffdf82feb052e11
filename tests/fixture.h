/* A public store in a folder of its own with a raw handle beside it, and what tests of figures do with one. */
#pragma once

#include <sqlite3.h>

#include "base/sys.h"
#include "stats/match.h"

static Codebook codebook;

typedef struct Fixture { /* a public store in a folder of its own, and a handle beside it */
    char folder[256];
    Store *store;
    sqlite3 *db;
} Fixture;

static inline void fixture_open(Fixture *fixture)
{
    Problem problem = { 0 };
    char path[300];
    const char *temporary = getenv("TMPDIR");
    (void)snprintf(fixture->folder, sizeof fixture->folder, "%.200s/vigie-figures-XXXXXX",
                   temporary ? temporary : "/tmp");
    fixture->store = mkdtemp(fixture->folder) ? store_open(fixture->folder, STORE_PUBLIC, READ_WRITE, &problem) : NULL;
    (void)snprintf(path, sizeof path, "%s/public.db", fixture->folder);
    if (!fixture->store || sqlite3_open(path, &fixture->db) != SQLITE_OK) {
        printf("Bail out! %s\n", problem.message);
        exit(1);
    }
}

static inline void fixture_close(Fixture *fixture)
{
    static const char *const files[] = { "public.db", "public.db-wal", "public.db-shm", "" };
    sqlite3_close(fixture->db);
    store_close(fixture->store);
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        char path[300];
        (void)snprintf(path, sizeof path, "%s/%s", fixture->folder, files[i]);
        (void)remove(path);
    }
}

static inline void add_rows(Fixture *fixture, const char *sql)
{
    char *message = NULL;
    if (sqlite3_exec(fixture->db, sql, NULL, NULL, &message) != SQLITE_OK) {
        printf("Bail out! %s\n", message);
        exit(1);
    }
}

static inline Snapshot *load(const Fixture *fixture)
{
    Problem problem = { 0 };
    Snapshot *snapshot = snapshot_load(fixture->store, &codebook, &problem);
    if (!snapshot) {
        printf("Bail out! %s\n", problem.message);
        exit(1);
    }
    return snapshot;
}

static inline Filter filter_of(Arena *arena, Text query)
{
    Problem problem = { 0 };
    Filter filter;
    if (!filter_read(arena, &codebook, query, NULL, &filter, &problem)) {
        printf("Bail out! %.*s: %s\n", (int)query.length, query.at, problem.message);
        exit(1);
    }
    return filter;
}

/* The embedded codebook, for all of the program's life. */
static inline void codebook_start(void)
{
    Problem problem = { 0 };
    if (codebook_read(arena_new(ARENA_NO_CAP), codebook_embedded(), &codebook, &problem))
        return;
    printf("Bail out! %s\n", problem.message);
    exit(1);
}
