/* Nothing in the journal must ever be changed, removed, added or reordered without `vigie verify` saying so. */
#include <sqlite3.h>

#include "base/sys.h"
#include "store/entry.h"
#include "store/journal.h"
#include "test.h"

enum { ENTRIES = 12 };

static const int64_t seals[] = { 4, 9, ENTRIES }; /* the sizes at which a checkpoint is signed */

static char folder[64], path[128];
static SigningKey key, other;
static Text sound;                /* the bytes of the undamaged database */
static Checkpoint notes[3], last; /* what was signed; `last` is kept outside */

static void remove_file(const char *name)
{
    char file[160];
    (void)snprintf(file, sizeof file, "%s/%s", folder, name);
    unlink(file);
}

static void restore(void)
{
    Problem problem = { 0 };
    remove_file("public.db-wal");
    remove_file("public.db-shm");
    if (!sys_write_file(path, sound, 0600, &problem))
        abort();
}

static bool append(Journal *journal, int64_t number, Problem *problem)
{
    char subject[32], body[64];
    (void)snprintf(subject, sizeof subject, "incident/%lld", (long long)number);
    (void)snprintf(body, sizeof body, "{\"title\":\"Incident %lld\"}", (long long)number);
    Entry entry = { .author = "import:test", .kind = "incident.open", .subject = subject, .body = text_of(body) };
    if (number == 11) {
        entry.kind = "redaction";
        entry.subject = "entry/3";
    }
    return journal_append(journal, &entry, problem) && entry.seq == number;
}

static void make_journal(Arena *arena)
{
    Problem problem = { 0 };
    AUTO_STORE *store = store_open(folder, STORE_PUBLIC, READ_WRITE, &problem);
    Journal *journal = store ? journal_open(arena, store, &key, &problem) : NULL;
    if (!journal)
        abort();
    size_t done = 0;
    bool good = true;
    for (int64_t i = 1; i <= ENTRIES; i++) {
        good = good && (i > 1 && i - 1 != seals[done - (done > 0)] ? true : store_begin(store, &problem));
        good = good && append(journal, i, &problem);
        usleep(2000); /* so that all moments differ */
        if (i == seals[done])
            good = good && journal_seal(journal, &notes[done++], &problem) && store_commit(store, &problem);
    }
    last = notes[2];
    CHECK(good && journal_size(journal) == ENTRIES, "12 entries in 3 batches (%s)", problem.message);
}

/* leaf(at, author, body, kind, seq, subject): what journal_append would have stored, for forgeries with a good hash */
static void leaf_of(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    AUTO_OUT text = { 0 };
    Entry entry = { .at = sqlite3_value_int64(values[0]),
                    .author = (const char *)sqlite3_value_text(values[1]),
                    .body = text_of((const char *)sqlite3_value_text(values[2])),
                    .kind = (const char *)sqlite3_value_text(values[3]),
                    .seq = sqlite3_value_int64(values[4]),
                    .subject = (const char *)sqlite3_value_text(values[5]) };
    entry_hash(&entry, &text, &entry.hash);
    sqlite3_result_blob(context, entry.hash.bytes, HASH_SIZE, SQLITE_TRANSIENT);
}

static Frontier frontier_now(sqlite3 *db)
{
    sqlite3_stmt *rows;
    Frontier frontier = { 0 };
    sqlite3_prepare_v2(db, "SELECT hash FROM entry ORDER BY seq", -1, &rows, NULL);
    while (sqlite3_step(rows) == SQLITE_ROW) {
        Hash leaf;
        memcpy(leaf.bytes, sqlite3_column_blob(rows, 0), HASH_SIZE);
        frontier_add(&frontier, &leaf);
    }
    sqlite3_finalize(rows);
    return frontier;
}

/* resign(with): the newest checkpoint of the entries as they stand, signed with our key (1) or another one (0) */
static void resign(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    Frontier frontier = frontier_now(sqlite3_context_db_handle(context));
    Checkpoint checkpoint;
    Problem problem = { 0 };
    if (!checkpoint_sign(sqlite3_value_int(values[0]) ? &key : &other, &frontier, &checkpoint, &problem))
        abort();
    sqlite3_result_text(context, checkpoint.note, -1, SQLITE_TRANSIENT);
}

/* node(level): the root of a complete subtree of the entries as they stand; node(64): the root of all */
static void node_of(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    Frontier frontier = frontier_now(sqlite3_context_db_handle(context));
    Hash node;
    int level = sqlite3_value_int(values[0]);
    if (level == LOG_LEVELS)
        frontier_root(&frontier, &node);
    else
        node = frontier.nodes[level];
    sqlite3_result_blob(context, node.bytes, HASH_SIZE, SQLITE_TRANSIENT);
}

static bool damage(const char *sql)
{
    sqlite3 *db;
    bool done = sqlite3_open(path, &db) == SQLITE_OK &&
                sqlite3_create_function(db, "leaf", 6, SQLITE_UTF8, NULL, leaf_of, NULL, NULL) == SQLITE_OK &&
                sqlite3_create_function(db, "resign", 1, SQLITE_UTF8, NULL, resign, NULL, NULL) == SQLITE_OK &&
                sqlite3_create_function(db, "node", 1, SQLITE_UTF8, NULL, node_of, NULL, NULL) == SQLITE_OK &&
                sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
    if (!done)
        printf("# %s\n", sqlite3_errmsg(db));
    sqlite3_close(db);
    return done;
}

#define SET_LEAF "UPDATE entry SET hash = leaf(at, author, body, kind, seq, subject)"
#define SWAP(from, to, rest)                                                                             \
    "UPDATE entry SET seq = -1 WHERE seq = " #from "; UPDATE entry SET seq = " #from " WHERE seq = " #to \
    "; UPDATE entry SET seq = " #to " WHERE seq = -1;" rest

/* Each damage is done to a copy; `findings` is how many sentences it must make, and `words` the first of them. */
static const struct {
    const char *what, *sql;
    size_t findings;
    int64_t seq;
    const char *words;
} damages[] = {
    { "nothing", "SELECT 1", 0, 0, "" },
    { "a changed author", "UPDATE entry SET author = 'me' WHERE seq = 6", 1, 6, "entry 6 was changed" },
    { "a changed kind", "UPDATE entry SET kind = 'claim.add' WHERE seq = 6", 1, 6, "entry 6 was changed" },
    { "a changed subject", "UPDATE entry SET subject = 'incident/7' WHERE seq = 6", 1, 6, "entry 6 was changed" },
    { "a changed body", "UPDATE entry SET body = replace(body, '6', '7') WHERE seq = 6", 1, 6, "entry 6 was changed" },
    { "an emptied body", "UPDATE entry SET body = '' WHERE seq = 6", 1, 6, "entry 6 was changed" },
    { "a changed hash", "UPDATE entry SET hash = zeroblob(32) WHERE seq = 6", 2, 6, "entry 6 was changed" },
    { "a hash that is cut", "UPDATE entry SET hash = x'00' WHERE seq = 6", 1, 6, "entry 6 was changed" },
    { "an earlier moment", "UPDATE entry SET at = at - 86400000 WHERE seq = 6", 1, 6, "entry 6 was changed" },
    { "an earlier moment with its new hash",
      "UPDATE entry SET at = at - 86400000 WHERE seq = 6;" SET_LEAF " WHERE seq = 6", 2, 6, "entry 6 is not in order" },
    { "a later moment", "UPDATE entry SET at = at + 86400000 WHERE seq = 12", 1, 12, "entry 12 was changed" },
    { "half a millisecond", "UPDATE entry SET at = at + 0.5 WHERE seq = 6", 1, 6, "entry 6 was changed" },
    { "a moment that is a text", "UPDATE entry SET at = at || 'x' WHERE seq = 6", 1, 6, "entry 6 was changed" },
    { "a moment far away", "UPDATE entry SET at = 9223372036854775807 WHERE seq = 6", 1, 6, "entry 6 was changed" },
    { "bytes hidden behind a NUL", "UPDATE entry SET author = author || char(0) || 'me' WHERE seq = 6", 1, 6,
      "entry 6 was changed" },
    { "a changed body with its new hash", "UPDATE entry SET body = '{}' WHERE seq = 6;" SET_LEAF " WHERE seq = 6", 1, 5,
      "entries 5 to 9 are not those that were signed" },
    { "a body that is gone", "UPDATE entry SET body = NULL WHERE seq = 6", 1, 6, "entry 6 was changed: its body is" },
    { "a body that was redacted", "UPDATE entry SET body = NULL WHERE seq = 3", 0, 0, "" },
    { "the first entry removed", "DELETE FROM entry WHERE seq = 1", 1, 1, "entry 1 is missing" },
    { "an entry removed", "DELETE FROM entry WHERE seq = 6", 1, 6, "entry 6 is missing" },
    { "several removed", "DELETE FROM entry WHERE seq BETWEEN 3 AND 10", 1, 3, "entries 3 to 10 are missing" },
    { "the last removed", "DELETE FROM entry WHERE seq = 12", 1, 12, "entries 12 to 12 are missing" },
    { "all removed", "DELETE FROM entry", 1, 12, "entries 1 to 12 are missing" },
    { "one removed, the rest moved up",
      "DELETE FROM entry WHERE seq = 6; UPDATE entry SET seq = -seq WHERE seq > 6; UPDATE entry SET seq = -seq - 1 "
      "WHERE seq < 0",
      8, 6, "entry 6 is not in order: it was entry 7" },
    { "one removed, the rest moved up and hashed again",
      "DELETE FROM entry WHERE seq = 6; UPDATE entry SET seq = -seq WHERE seq > 6; UPDATE entry SET seq = -seq - 1 "
      "WHERE seq < 0; " SET_LEAF " WHERE seq >= 6",
      2, 5, "entries 5 to 9 are not those that were signed" },
    { "one added at the end",
      "INSERT INTO entry SELECT 13, at, author, kind, subject, body, hash FROM entry "
      "WHERE seq = 12; " SET_LEAF " WHERE seq = 13",
      1, 13, "entries 13 to 13 come after the last checkpoint" },
    { "one added ahead", "INSERT INTO entry SELECT 0, at, author, kind, subject, body, hash FROM entry WHERE seq = 1",
      1, 0, "entry 0 was added" },
    { "one added far behind",
      "INSERT INTO entry SELECT 9223372036854775807, at, author, kind, subject, body, hash FROM entry WHERE seq = 1", 3,
      13, "entries 13 to 9223372036854775806 are missing" },
    { "one added between",
      "UPDATE entry SET seq = -seq WHERE seq > 6; UPDATE entry SET seq = -seq + 1 WHERE seq < 0; INSERT INTO entry "
      "SELECT 7, at, author, kind, subject, body, hash FROM entry WHERE seq = 6",
      10, 7, "entry 7 was changed" },
    { "two that changed places", SWAP(6, 8, ""), 3, 6, "entry 6 is not in order: it was entry 8" },
    { "two neighbours of different batches", SWAP(9, 10, ""), 4, 9, "entry 9 is not in order: it was entry 10" },
    { "two contents that changed places",
      SWAP(6, 8,
           "CREATE TEMP TABLE t AS SELECT 14 - seq AS seq, hash FROM entry WHERE seq IN (6, 8);"
           "UPDATE entry SET hash = (SELECT t.hash FROM t WHERE t.seq = entry.seq) WHERE seq IN (6, 8)"),
      2, 6, "entry 6 is not in order: it was entry 8" },
    { "two that changed places, hashed again", SWAP(6, 8, SET_LEAF), 3, 7, "entry 7 is not in order: its moment" },
    { "a checkpoint with another root", "UPDATE checkpoint SET root = zeroblob(32) WHERE size = 9", 1, 9,
      "checkpoint 9 was changed: its size and root" },
    { "a checkpoint with another size", "UPDATE checkpoint SET size = 8 WHERE size = 9", 1, 8,
      "checkpoint 8 was changed: its size and root" },
    { "a checkpoint with other subtrees", "UPDATE checkpoint SET frontier = zeroblob(64) WHERE size = 9", 1, 9,
      "checkpoint 9 was changed: its subtrees" },
    { "a checkpoint with subtrees missing", "UPDATE checkpoint SET frontier = x'' WHERE size = 9", 1, 9,
      "checkpoint 9 was changed: its subtrees" },
    { "a checkpoint with another moment", "UPDATE checkpoint SET at = at + 1 WHERE size = 9", 1, 9,
      "checkpoint 9 was changed: its moment" },
    { "a checkpoint with another number", "UPDATE checkpoint SET number = 5 WHERE size = 9", 2, 9,
      "3 of the checkpoints" },
    { "a checkpoint whose signature is another's",
      "UPDATE checkpoint SET note = (SELECT note FROM checkpoint WHERE size = 4) WHERE size = 9", 1, 9,
      "checkpoint 9 was changed: its size and root" },
    { "a checkpoint whose text was changed",
      "UPDATE checkpoint SET note = replace(note, char(10) || '9' || char(10), "
      "char(10) || '8' || char(10)) WHERE size = 9",
      1, 9, "checkpoint 9: the checkpoint's signature is wrong" },
    { "a checkpoint that is no text", "UPDATE checkpoint SET note = 'hello' WHERE size = 9", 1, 9,
      "checkpoint 9: this is not a checkpoint" },
    { "a checkpoint of another key", "UPDATE checkpoint SET note = resign(0) WHERE size = 12", 1, 12,
      "checkpoint 12: the checkpoint was signed by another key" },
    { "a checkpoint removed", "DELETE FROM checkpoint WHERE size = 9", 1, 12,
      "1 of the checkpoints between entries 4 and 12 are missing" },
    { "the last checkpoint removed", "DELETE FROM checkpoint WHERE size = 12", 1, 10,
      "entries 10 to 12 come after the last checkpoint" },
    { "all checkpoints removed", "DELETE FROM checkpoint", 1, 1, "entries 1 to 12 come after the last checkpoint" },
    { "a checkpoint added",
      "INSERT INTO checkpoint SELECT 6, 2, at, root, frontier, note FROM checkpoint WHERE size = 4", 2, 6,
      "checkpoint 6 was changed: its size and root" },
};

static Verification *verify(Arena *arena, Text outside)
{
    Problem problem = { 0 };
    Verification *result = NEW(arena, Verification);
    AUTO_STORE *store = store_open(folder, STORE_PUBLIC, READ_ONLY, &problem);
    if (!store || !journal_verify(arena, store, &key, outside, result, &problem))
        printf("# %s\n", problem.message);
    return result;
}

static bool says(const Verification *result, int64_t seq, const char *words)
{
    return result->finding_count > 0 && result->findings[0].seq == seq &&
           text_starts(text_of(result->findings[0].what), words);
}

static void tell(const Verification *result)
{
    for (size_t i = 0; i < result->finding_count; i++)
        printf("# %lld: %s\n", (long long)result->findings[i].seq, result->findings[i].what);
}

static void test_damages(void)
{
    for (size_t i = 0; i < COUNT_OF(damages); i++) {
        AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
        restore();
        bool done = damage(damages[i].sql);
        const Verification *result = verify(arena, (Text){ 0 });
        bool good = result->finding_count == damages[i].findings &&
                    (damages[i].findings == 0 || says(result, damages[i].seq, damages[i].words));
        CHECK(done && good, "%s: %s", damages[i].what, damages[i].findings ? damages[i].words : "no finding");
        if (!good)
            tell(result);
    }
}

/* What only the checkpoint that is kept outside can tell */
static void test_outside(void)
{
    static const char cut[] = "DELETE FROM entry WHERE seq > 9; DELETE FROM checkpoint WHERE size > 9",
                      rewritten[] = "UPDATE entry SET body = '{}' WHERE seq = 12;" SET_LEAF
                                    " WHERE seq = 12; UPDATE checkpoint SET note = resign(1) WHERE size = 12";
    const struct {
        const char *what, *sql, *outside;
        size_t findings;
        int64_t seq;
        const char *words;
    } rows[] = {
        { "the newest agrees", "SELECT 1", last.note, 0, 0, "" },
        { "an older one agrees", "SELECT 1", notes[1].note, 0, 0, "" },
        { "a clean cut is not seen without it", cut, "", 0, 0, "" },
        { "a clean cut is seen with it", cut, last.note, 1, 12, "the end was cut off at entry 9" },
        { "a clean cut with an older one", cut, notes[1].note, 0, 0, "" },
        { "all gone", "DELETE FROM entry; DELETE FROM checkpoint", last.note, 1, 12, "the end was cut off at entry 0" },
        { "a history that the holder of the key wrote again", rewritten, last.note, 2, 12,
          "the checkpoint kept outside" },
        { "a checkpoint of that size was removed", "DELETE FROM checkpoint WHERE size = 9", notes[1].note, 2, 12,
          "1 of the checkpoints" },
        { "no checkpoint at all", "SELECT 1", "hello", 1, 0, "the checkpoint kept outside: this is not" },
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
        restore();
        bool done = damage(rows[i].sql);
        const Verification *result = verify(arena, text_of(rows[i].outside));
        bool good = result->finding_count == rows[i].findings &&
                    (rows[i].findings == 0 || says(result, rows[i].seq, rows[i].words));
        CHECK(done && good, "outside: %s", rows[i].what);
        if (!good)
            tell(result);
    }
}

static void test_counts(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    restore();
    damage("UPDATE entry SET body = NULL WHERE seq = 3");
    const Verification *result = verify(arena, text_of(last.note));
    CHECK(result->entries == ENTRIES && result->checkpoints == 3 && result->redacted == 1, "the counts are right");
}

static void test_many_findings(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    restore();
    damage(
        "WITH RECURSIVE n (i) AS (SELECT 13 UNION ALL SELECT i + 1 FROM n WHERE i < 1500) INSERT INTO entry SELECT i, "
        "at, author, kind, subject, body, hash FROM n, entry WHERE seq = 1");
    const Verification *result = verify(arena, (Text){ 0 });
    CHECK(result->finding_count == 1000 && result->entries == 1500, "at most 1,000 findings are kept");
}

static void test_appending(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Problem problem = { 0 };
    restore();
    AUTO_STORE *store = store_open(folder, STORE_PUBLIC, READ_WRITE, &problem);
    Journal *journal = journal_open(arena, store, &key, &problem);
    Checkpoint again;
    CHECK(journal && journal_size(journal) == ENTRIES, "the journal goes on where it was (%s)", problem.message);
    CHECK(journal_seal(journal, &again, &problem) && strcmp(again.note, last.note) == 0,
          "without new entries the checkpoint is the same");
    CHECK(store_begin(store, &problem) && append(journal, 13, &problem), "an entry that is undone");
    store_undo(store);
    CHECK(journal_reload(journal, &problem) && journal_size(journal) == ENTRIES, "is forgotten");
    CHECK(store_begin(store, &problem) && append(journal, 13, &problem) && journal_seal(journal, &again, &problem) &&
              store_commit(store, &problem),
          "and its place is taken by the next (%s)", problem.message);
    const Verification *result = verify(arena, text_of(again.note));
    CHECK(result->finding_count == 0 && result->entries == 13, "all of it verifies");
    Journal *reading = journal_open(arena, store, NULL, &problem);
    CHECK(reading && !journal_seal(reading, &again, &problem) && problem.kind == PROBLEM_NOT_ALLOWED,
          "without the key nothing is sealed");
    problem = (Problem){ 0 };
    Entry empty = { .author = "me", .kind = "source.add", .subject = "source/1" };
    CHECK(!journal_append(journal, &empty, &problem) && problem.kind == PROBLEM_BROKEN, "an entry has a body");
}

/* When the clock was set back, an entry must not seem to be older than the one ahead of it. */
static void test_moments(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Problem problem = { 0 };
    restore();
    bool done = damage("UPDATE entry SET at = at + 86400000 WHERE seq = 12;" SET_LEAF " WHERE seq = 12");
    done = done && damage("UPDATE checkpoint SET note = resign(1), at = at + 86400000, root = node(64), "
                          "frontier = CAST(node(3) || node(2) AS BLOB) WHERE size = 12");
    AUTO_STORE *store = store_open(folder, STORE_PUBLIC, READ_WRITE, &problem);
    Journal *journal = journal_open(arena, store, &key, &problem);
    Entry entry = { .author = "me", .kind = "source.add", .subject = "source/1", .body = TEXT("{}") };
    CHECK(done && journal && journal_append(journal, &entry, &problem) && entry.at > sys_now() + 80000000,
          "a moment is never before that of the entry ahead (%s)", problem.message);
}

static void test_damaged_ends(void)
{
    static const struct {
        const char *what, *sql;
    } rows[] = {
        { "an unsigned entry",
          "INSERT INTO entry SELECT 13, at, author, kind, subject, body, hash FROM entry WHERE seq = 1" },
        { "a missing entry", "DELETE FROM entry WHERE seq = 12" },
        { "other subtrees", "UPDATE checkpoint SET frontier = zeroblob(64) WHERE size = 12" },
        { "another root", "UPDATE checkpoint SET root = zeroblob(32) WHERE size = 12" },
        { "a checkpoint of another key", "UPDATE checkpoint SET note = resign(0) WHERE size = 12" },
        { "an older checkpoint's text",
          "UPDATE checkpoint SET note = (SELECT note FROM checkpoint WHERE size = 9) WHERE size = 12" },
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
        Problem problem = { 0 };
        restore();
        bool done = damage(rows[i].sql);
        AUTO_STORE *store = store_open(folder, STORE_PUBLIC, READ_WRITE, &problem);
        CHECK(done && !journal_open(arena, store, &key, &problem) && problem.kind == PROBLEM_DAMAGED,
              "nothing is appended behind %s (%s)", rows[i].what, problem.message);
    }
}

static bool count_to_three(void *context, const Entry *entry, Problem *problem)
{
    int64_t *sum = context;
    (void)problem;
    *sum += entry->seq;
    return entry->seq < 8;
}

static void test_each(void)
{
    Problem problem = { 0 };
    int64_t sum = 0;
    restore();
    Store *store = store_open(folder, STORE_PUBLIC, READ_ONLY, &problem);
    CHECK(journal_each(store, 6, count_to_three, &sum, &problem) && sum == 6 + 7 + 8,
          "entries are visited from one on until the visitor has enough");
    store_close(store);
    damage("UPDATE entry SET hash = x'00' WHERE seq = 7");
    store = store_open(folder, STORE_PUBLIC, READ_ONLY, &problem);
    CHECK(!journal_each(store, 6, count_to_three, &sum, &problem) && problem.kind == PROBLEM_DAMAGED,
          "a row that is no entry is not visited (%s)", problem.message);
    store_close(store);
}

int main(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Problem problem = { 0 };
    char key_path[128];
    (void)snprintf(folder, sizeof folder, "/tmp/vigie-journal-XXXXXX");
    if (!mkdtemp(folder) || !seal_start(&problem))
        return 1;
    (void)snprintf(path, sizeof path, "%s/public.db", folder);
    (void)snprintf(key_path, sizeof key_path, "%s/a.key", folder);
    if (!key_open(key_path, "example.org/log", &key, &problem))
        return 1;
    (void)snprintf(key_path, sizeof key_path, "%s/b.key", folder);
    if (!key_open(key_path, "example.org/log", &other, &problem))
        return 1;
    make_journal(arena);
    if (!sys_read_file(arena, path, 1 << 24, &sound, &problem))
        return 1;
    test_damages();
    test_outside();
    test_counts();
    test_many_findings();
    test_appending();
    test_moments();
    test_damaged_ends();
    test_each();
    static const char *const names[] = { "a.key",     "a.key.pub",     "b.key",        "b.key.pub",
                                         "public.db", "public.db-wal", "public.db-shm" };
    for (size_t i = 0; i < COUNT_OF(names); i++)
        remove_file(names[i]);
    rmdir(folder);
    return DONE();
}
