/* How long a search for an organisation takes at each letter that is typed, beside the same searches by SQLite: LIKE,
 * and its full-text search (FTS5) with an index of the beginnings of words.
 *
 * Usage: names [NAMES [QUESTIONS]] */
#include "names.h"

#include "domain/finder.h"
#include "fixture.h"

enum { NAMES = 600000, QUESTIONS = 400, SHOWN = 51, ROUNDS = 3, PEER_EVERY = 40, MOST_MS = 5 };

typedef struct Timed { /* milliseconds of each keystroke: the quickest of three */
    double *ms;
    size_t count, room;
} Timed;

static double processor(void)
{
    struct timespec used;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return 1e3 * (double)used.tv_sec + (double)used.tv_nsec / 1e6;
}

static void stop(const char *what)
{
    printf("Bail out! %s\n", what);
    exit(1);
}

static sqlite3_stmt *prepared(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
        stop(sqlite3_errmsg(db));
    return statement;
}

static void fill(Fixture *fixture, size_t names)
{
    uint64_t random = 1;
    char name[NAME_SIZE];
    add_rows(fixture, "CREATE VIRTUAL TABLE temp.words USING fts5(name, prefix = '1 2 3'); BEGIN");
    sqlite3_stmt *row =
        prepared(fixture->db, "INSERT INTO organisation (id, look_up, name, folded, country, org_type, since) "
                              "VALUES (?1, ?1, ?2, ?2, 'US', 'hospital', 1)");
    sqlite3_stmt *word = prepared(fixture->db, "INSERT INTO words (rowid, name) VALUES (?1, ?2)");
    for (size_t i = 1; i <= names; i++) {
        name_make(&random, name);
        sqlite3_stmt *both[] = { row, word };
        for (size_t j = 0; j < COUNT_OF(both); j++) {
            sqlite3_bind_int64(both[j], 1, (int64_t)i);
            sqlite3_bind_text(both[j], 2, name, -1, SQLITE_STATIC);
            if (sqlite3_step(both[j]) != SQLITE_DONE)
                stop(sqlite3_errmsg(fixture->db));
            sqlite3_reset(both[j]);
        }
    }
    sqlite3_finalize(row);
    sqlite3_finalize(word);
    add_rows(fixture, "COMMIT");
}

/* One part of a question to a peer for each word: folded LIKE '%word%', or "word"*. */
static const char *parts(Arena *arena, const char *typed, const char *before, const char *after, const char *between)
{
    AUTO_OUT out = { 0 };
    Text rest = text_trim(text_of(typed)), word;
    for (size_t i = 0; text_split(&rest, ' ', &word); i++) {
        out_raw(&out, between, i ? strlen(between) : 0);
        out_raw(&out, before, strlen(before));
        out_raw(&out, word.at, word.length);
        out_raw(&out, after, strlen(after));
    }
    return arena_text(arena, out_view(&out));
}

static const char *like(Arena *arena, const char *typed)
{
    return arena_format(arena, "SELECT id, name, country, org_type FROM organisation WHERE %s LIMIT %d",
                        parts(arena, typed, "folded LIKE '%", "%'", " AND "), SHOWN);
}

static const char *full_text(Arena *arena, const char *typed)
{
    return arena_format(arena,
                        "SELECT organisation.id, organisation.name, country, org_type FROM words "
                        "JOIN organisation ON organisation.id = words.rowid WHERE words MATCH '%s' LIMIT %d",
                        parts(arena, typed, "\"", "\"*", " "), SHOWN);
}

static double peer(sqlite3 *db, const char *sql)
{
    double best = HUGE_VAL;
    for (int round = 0; round < ROUNDS; round++) {
        double start = processor();
        sqlite3_stmt *statement = prepared(db, sql);
        while (sqlite3_step(statement) == SQLITE_ROW) {
        }
        sqlite3_finalize(statement);
        best = fmin(best, processor() - start);
    }
    return best;
}

static double ours(Finder *finder, Store *store, const char *typed)
{
    double best = HUGE_VAL;
    for (int round = 0; round < ROUNDS; round++) {
        AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
        Problem problem = { 0 };
        PartyRows found;
        double start = processor();
        if (!finder_find(finder, arena, store, &(FinderAsked){ typed, SHOWN }, &found, &problem))
            stop(problem.message);
        best = fmin(best, processor() - start);
    }
    return best;
}

static void keep(Arena *arena, Timed *timed, double ms)
{
    timed->ms = arena_grow(arena, timed->ms, timed->count, &timed->room, sizeof *timed->ms);
    timed->ms[timed->count++] = ms;
}

static int by_time(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static double sum(const Timed *timed)
{
    double all = 0;
    for (size_t i = 0; i < timed->count; i++)
        all += timed->ms[i];
    return all;
}

static void tell(const char *what, Timed *timed)
{
    qsort(timed->ms, timed->count, sizeof *timed->ms, by_time);
    printf("%-34s %7.3f ms in the middle, %7.3f at worst (%zu keystrokes)\n", what, timed->ms[timed->count / 2],
           timed->ms[timed->count - 1], timed->count);
}

int main(int count, char **texts)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    int64_t names = NAMES, questions = QUESTIONS;
    Fixture fixture;
    Problem problem = { 0 };
    Timed all = { 0 }, same = { 0 }, by_like = { 0 }, by_words = { 0 };
    uint64_t random = 2;
    if ((count > 1 && !text_int(text_of(texts[1]), &names)) || (count > 2 && !text_int(text_of(texts[2]), &questions)))
        return 64;
    fixture_open(&fixture);
    fill(&fixture, (size_t)names);
    Finder *finder = finder_open(arena, party_of(ACT_ORGANISATION), FIND_OFTEN);
    double start = processor();
    if (!finder_refresh(finder, fixture.store, &problem))
        stop(problem.message);
    printf("%lld names read in %.0f ms\n", (long long)names, processor() - start);
    for (int64_t i = 0; i < questions; i++) {
        char whole[NAME_SIZE];
        name_type(&random, whole);
        for (size_t length = 1; length <= strlen(whole); length++) {
            const char *typed = arena_copy(arena, whole, length);
            keep(arena, &all, ours(finder, fixture.store, typed));
            if (all.count % PEER_EVERY)
                continue;
            keep(arena, &same, all.ms[all.count - 1]);
            keep(arena, &by_like, peer(fixture.db, like(arena, typed)));
            keep(arena, &by_words, peer(fixture.db, full_text(arena, typed)));
        }
    }
    printf("%.0f times SQLite's LIKE, %.1f times its full-text search, by the processor time of the same keystrokes\n",
           sum(&by_like) / sum(&same), sum(&by_words) / sum(&same));
    tell("vigie", &all);
    tell("SQLite, LIKE", &by_like);
    tell("SQLite, FTS5 (beginnings of words)", &by_words);
    bool quick = all.ms[all.count - 1] < MOST_MS;
    printf("at worst below %d ms: %s\n", MOST_MS, quick ? "yes" : "no");
    finder_close(finder);
    fixture_close(&fixture);
    return quick ? 0 : 1;
}
