/* A row that waits to be written together with others must never come out as another row than if it had been written at
 * once, nor survive a transaction that was undone. */
#include "register.h"
#include "store/store.h"
#include "test.h"

static Problem problem;

static bool add(Store *store, bool wait, int64_t seq, const char *subject)
{
    Text hash = { "a\0b", 3 };
    return wait ? store_later(store, &problem, SQL_ENTRY_ADD, "iitttvb", seq, INT64_MIN, "me", "", subject, (Text){ 0 },
                              hash)
                : store_do(store, &problem, SQL_ENTRY_ADD, "iitttvb", seq, INT64_MIN, "me", "", subject, (Text){ 0 },
                           hash);
}

static bool add_source(Store *store, bool wait, int64_t id, double published)
{
    const char *none = NULL;
    return wait ? store_later(store, &problem, SQL_SOURCE_ADD, "iitttttttttri", id, INT64_MAX, "u", none, "media_own",
                              "b", none, none, none, none, none, published, (int64_t)1)
                : store_do(store, &problem, SQL_SOURCE_ADD, "iitttttttttri", id, INT64_MAX, "u", none, "media_own", "b",
                           none, none, none, none, none, published, (int64_t)1);
}

static bool add_incident(Store *store, int64_t id)
{
    const char *none = NULL;
    return store_later(store, &problem, SQL_INCIDENT_ADD, "ittttti", id, "d", "e", "t", none, "f", (int64_t)1);
}

static bool add_statement(Store *store, int64_t id, int64_t incident, int64_t source)
{
    const char *none = NULL;
    return store_later(store, &problem, SQL_STATEMENT_ADD, "iiittttrrir", id, incident, source, none, "victim",
                       "asserts", "c2", (double)NAN, 17.0, (int64_t)1, (double)NAN);
}

static const char *db(const char *sql)
{
    return ask("public.db", sql);
}

static void test_same_rows(Store *store)
{
    CHECK(store_begin(store, &problem) && add(store, false, 1, "s/1") && add(store, true, 2, "s/1") &&
              add_source(store, false, 1, 12.5) && add_source(store, false, 2, (double)NAN) &&
              add_source(store, true, 3, 12.5) && add_source(store, true, 4, (double)NAN) &&
              store_commit(store, &problem),
          "rows at once and later (%s)", problem.message);
    CHECK(strcmp(db("SELECT count(DISTINCT at || quote(author) || quote(kind) || quote(subject) || quote(body) || "
                    "quote(hash)), count(*) FROM entry"),
                 "1|2") == 0,
          "texts, numbers and bytes are the same: %s", db("SELECT quote(kind), quote(body), quote(hash) FROM entry"));
    CHECK(strcmp(db("SELECT id, look_up, url, title, published FROM source"),
                 "1|9223372036854775807|u|NULL|12.5; 2|9223372036854775807|u|NULL|NULL; "
                 "3|9223372036854775807|u|NULL|12.5; 4|9223372036854775807|u|NULL|NULL") == 0,
          "real numbers and NULL too: %s", db("SELECT published FROM source"));
}

static void test_waiting(Store *store)
{
    CHECK(store_begin(store, &problem) && add(store, true, 3, "s/3"), "a row waits");
    AUTO_ROWS *rows = store_run(store, &problem, SQL_ENTRIES_FROM, "i", (int64_t)3);
    CHECK(rows && !rows_next(rows), "and is not seen");
    CHECK(store_settle(store, &problem), "until it is written");
    AUTO_ROWS *again = store_run(store, &problem, SQL_ENTRIES_FROM, "i", (int64_t)3);
    CHECK(again && rows_next(again) && rows_int(again, 0) == 3, "then it is");
    CHECK(add(store, true, 4, "s/4"), "another waits");
    rows_close(again);
    rows_close(rows);
    rows = again = NULL;
    store_undo(store);
    CHECK(store_begin(store, &problem) && store_commit(store, &problem) &&
              strcmp(db("SELECT count(*) FROM entry"), "2") == 0,
          "what was undone is not written by the next commit: %s", db("SELECT count(*) FROM entry"));
}

static void test_many(Store *store)
{
    bool added = store_begin(store, &problem);
    for (int64_t i = 1; i <= 10000; i++)
        added = added && add_incident(store, i) && add_statement(store, 2 * i, i, 1) &&
                add_statement(store, 2 * i + 1, i, 2);
    CHECK(added && store_commit(store, &problem), "more rows than may wait, in turns (%s)", problem.message);
    CHECK(strcmp(db("SELECT count(*), sum(incident = id / 2), min(typeof(as_of)), max(known_since) FROM statement"),
                 "20000|20000|integer|NULL") == 0,
          "stand in their order: %s", db("SELECT count(*), sum(incident = id / 2) FROM statement"));
}

static void test_faults(Store *store)
{
    CHECK(store_begin(store, &problem) && add_incident(store, 17000) && add_incident(store, 1), "a number twice waits");
    CHECK(!store_commit(store, &problem) && problem.kind == PROBLEM_CONFLICT, "and is told by the commit (%s)",
          problem.message);
    problem = (Problem){ 0 };
    CHECK(strcmp(db("SELECT count(*) FROM incident WHERE id = 17000"), "0") == 0, "which leaves nothing");
    CHECK(!store_later(store, &problem, SQL_ENTRIES_FROM, "i", (int64_t)1) && problem.kind == PROBLEM_BROKEN,
          "only plain INSERTs wait (%s)", problem.message);
    problem = (Problem){ 0 };
    CHECK(!store_later(store, &problem, SQL_INCIDENT_ADD, "i", (int64_t)1) && problem.kind == PROBLEM_BROKEN,
          "with all their values (%s)", problem.message);
    problem = (Problem){ 0 };
    CHECK(store_begin(store, &problem) && add_incident(store, 18000) && store_commit(store, &problem),
          "after all that the store goes on (%s)", problem.message);
}

static void test_commit_beside(Store *store)
{
    CHECK(store_begin(store, &problem) && add_incident(store, 20001) && store_commit_beside(store, &problem) &&
              add_incident(store, 20002) && store_committed(store, &problem),
          "a commit beside the next rows (%s)", problem.message);
    CHECK(strcmp(db("SELECT group_concat(id) FROM incident WHERE id > 20000"), "20001") == 0, "is on disk alone: %s",
          db("SELECT group_concat(id) FROM incident WHERE id > 20000"));
    CHECK(store_commit(store, &problem) && strcmp(db("SELECT count(*) FROM incident WHERE id > 20000"), "2") == 0,
          "then the rows behind it");
    CHECK(store_begin(store, &problem) && add_incident(store, 20003) && add_incident(store, 20003) &&
              store_commit_beside(store, &problem) && add_incident(store, 20004),
          "rows behind a commit that fails");
    CHECK(!store_committed(store, &problem) && problem.kind == PROBLEM_CONFLICT, "it is told (%s)", problem.message);
    problem = (Problem){ 0 };
    CHECK(store_begin(store, &problem) && store_commit(store, &problem) &&
              strcmp(db("SELECT count(*) FROM incident WHERE id > 20000"), "2") == 0,
          "and leaves nothing of both");
    CHECK(store_begin(store, &problem) && store_commit_beside(store, &problem) && add_incident(store, 20001) &&
              store_committed(store, &problem) && !store_settle(store, &problem),
          "a row behind a good commit that cannot be written is told when it is settled (%s)", problem.message);
    problem = (Problem){ 0 };
    store_undo(store);
    CHECK(store_begin(store, &problem) && add_incident(store, 20005) && store_commit(store, &problem),
          "and the store goes on (%s)", problem.message);
}

int main(void)
{
    new_folder();
    Store *store = store_open(folder, STORE_PUBLIC, READ_WRITE, &problem);
    CHECK(store, "a store (%s)", problem.message);
    test_same_rows(store);
    test_waiting(store);
    test_many(store);
    test_faults(store);
    test_commit_beside(store);
    store_close(store);
    return DONE();
}
