/* Migrations: the numbered scripts of schema/, each applied once; those that are missing in one transaction. */
#include "store/sqlite.h"

extern const char *const migrations_public[], *const migrations_work[]; /* made by tools/schema.awk, ended by NULL */

static const struct {
    const char *const *migrations;
    int mark; /* SQLite's application_id: tells our two kinds of files apart, and from files of others */
} schemas[] = {
    [STORE_WORK] = { migrations_work, 0x56696777 },     /* "Vigw" */
    [STORE_PUBLIC] = { migrations_public, 0x56696770 }, /* "Vigp" */
};

static int64_t newest(StoreKind kind)
{
    int64_t count = 0;
    while (schemas[kind].migrations[count])
        count++;
    return count;
}

/* The mark is read last: another process that makes the same store at this moment adds the tables and the mark at once,
 * so that whoever sees tables here sees the mark too. */
static bool is_ours(Store *store, int64_t version, Problem *problem)
{
    int64_t mark, tables;
    if (!sqlite_number(store, "SELECT count(*) FROM sqlite_schema", &tables, problem) ||
        !sqlite_number(store, "PRAGMA application_id", &mark, problem))
        return false;
    bool fresh = version == 0 && tables == 0 && mark == 0;
    return fresh || mark == schemas[store->kind].mark ||
           fail(problem, PROBLEM_DAMAGED, "%.200s is a database, but not the %s store of Vigie", store->path,
                store->kind == STORE_WORK ? "work" : "public");
}

static bool apply(Store *store, int64_t version, Problem *problem)
{
    char last[96];
    int64_t known = newest(store->kind);
    (void)snprintf(last, sizeof last, "PRAGMA application_id = %d; PRAGMA user_version = %d", schemas[store->kind].mark,
                   (int)known);
    for (; version < known; version++)
        if (!sqlite_script(store, schemas[store->kind].migrations[version], problem))
            return false;
    return sqlite_script(store, last, problem);
}

/* Asks again inside the transaction: two processes may start at the same moment. */
static bool migrate(Store *store, Problem *problem)
{
    int64_t version;
    bool good = store_begin(store, problem) && sqlite_number(store, "PRAGMA user_version", &version, problem) &&
                is_ours(store, version, problem);
    if (good && version < newest(store->kind) && apply(store, version, problem))
        return store_commit(store, problem);
    store_undo(store);
    return good && version >= newest(store->kind);
}

static bool compare(const Store *store, int64_t version, Problem *problem)
{
    int64_t known = newest(store->kind);
    if (version > known)
        return fail(problem, PROBLEM_CONFLICT,
                    "%.200s was made by a newer Vigie (schema %lld; this program knows up to %lld): update the program",
                    store->path, (long long)version, (long long)known);
    if (version < known && store->access == READ_ONLY)
        return fail(problem, PROBLEM_CONFLICT,
                    "%.200s has the older schema %lld: a command that writes to it brings it to schema %lld",
                    store->path, (long long)version, (long long)known);
    return true;
}

bool sqlite_is_known(Store *store, Problem *problem)
{
    int64_t version;
    return sqlite_number(store, "PRAGMA user_version", &version, problem) && compare(store, version, problem);
}

bool sqlite_migrate(Store *store, Problem *problem)
{
    int64_t version;
    if (!sqlite_number(store, "PRAGMA user_version", &version, problem) || !is_ours(store, version, problem) ||
        !compare(store, version, problem))
        return false;
    return version == newest(store->kind) || migrate(store, problem);
}
