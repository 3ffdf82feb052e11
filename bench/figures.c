/* How much faster figures_count is than SQL: the same random questions to both, every answer compared.
 *
 * Usage: figures [INCIDENTS [QUESTIONS [ASKED IN SQL TOO]]] */
#include "base/progress.h"
#include "fixture.h"
#include "sql_figures.h"
#include "synthetic.h"

enum { INCIDENTS = 1000000, QUESTIONS = 2000, ASKED_IN_SQL = 100 };

typedef struct Times {
    double *seconds;
    size_t count;
} Times;

static double now(void)
{
    return (double)sys_tick() / 1e6;
}

static int by_time(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static double share_of(Times *times, double share)
{
    qsort(times->seconds, times->count, sizeof *times->seconds, by_time);
    return times->count ? times->seconds[(size_t)(share * (double)(times->count - 1))] : NAN;
}

static void tell(const char *what, Times *times)
{
    printf("%-28s %9.3f ms median, %9.3f ms for 19 of 20, %9.3f ms at most, %zu questions\n", what,
           1e3 * share_of(times, 0.5), 1e3 * share_of(times, 0.95), 1e3 * share_of(times, 1), times->count);
}

typedef struct Bench {
    Snapshot *snapshot;
    SqlFigures sql;
    Times plain, vector, sql_plain, sql_times; /* sql_plain: of the best kernel, for the questions that SQL had too */
    size_t wrong;
} Bench;

static Figures timed(const Kernel *kernel, const Bench *bench, const Filter *filter, Arena *arena, Times *times)
{
    Figures figures;
    double start = now();
    figures_count_by(kernel, bench->snapshot, filter, (Words){ 0 }, arena, &figures);
    times->seconds[times->count++] = now() - start;
    return figures;
}

static void complain(Bench *bench, const char *query, const char *difference)
{
    if (!difference)
        return;
    bench->wrong++;
    printf("WRONG: %s of %s\n", difference, query);
}

static void ask(Bench *bench, const char *query, bool in_sql)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Filter filter = filter_of(arena, text_of(query));
    Figures plain = timed(kernel_plain(), bench, &filter, arena, &bench->plain), expected;
    Figures best = timed(kernel_best(), bench, &filter, arena, &bench->vector);
    complain(bench, query, first_difference(&plain, &best));
    if (!in_sql)
        return;
    bench->sql_plain.seconds[bench->sql_plain.count++] = bench->vector.seconds[bench->vector.count - 1];
    double start = now();
    sql_figures(&bench->sql, &filter, arena, &expected);
    bench->sql_times.seconds[bench->sql_times.count++] = now() - start;
    complain(bench, query, first_difference(&best, &expected));
}

static size_t argument(int count, char **texts, int place, size_t otherwise)
{
    int64_t number = 0;
    return count > place && text_int(text_of(texts[place]), &number) && number > 0 ? (size_t)number : otherwise;
}

static void ask_all(Bench *bench, Synthetic *synthetic, size_t questions, size_t asked_in_sql)
{
    AUTO_OUT query = { 0 };
    size_t every = MAX(questions / MAX(asked_in_sql, 1), 1);
    Progress progress = progress_start("Asking", (int64_t)questions);
    for (size_t i = 0; i < questions; i++) {
        synthetic_query(synthetic, &query);
        OUT_LITERAL(&query, "&");
        ask(bench, query.text, i % every == 0);
        progress_show(&progress, (int64_t)i, (int64_t)i);
    }
    progress_end(&progress);
}

int main(int count, char **texts)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    size_t incidents = argument(count, texts, 1, INCIDENTS), questions = argument(count, texts, 2, QUESTIONS);
    Fixture fixture;
    Bench bench = { 0 };
    codebook_start();
    fixture_open(&fixture);
    Synthetic synthetic = {
        .db = fixture.db, .codebook = &codebook, .random = 1, .incidents = (int64_t)incidents, .churn = 1
    };
    double start = now();
    synthetic_fill(&synthetic);
    double filled = now();
    bench.snapshot = load(&fixture);
    double loaded = now();
    bench.sql = (SqlFigures){ .db = fixture.db, .codebook = &codebook };
    sql_open(&bench.sql);
    printf("%zu incidents (%zu versions) written in %.1f s, read as a snapshot in %.1f s, indexed for SQL in %.1f s\n",
           incidents, snapshot_rows(bench.snapshot), filled - start, loaded - filled, now() - loaded);
    Times *all[] = { &bench.plain, &bench.vector, &bench.sql_plain, &bench.sql_times };
    for (size_t i = 0; i < COUNT_OF(all); i++)
        all[i]->seconds = NEW_ARRAY(arena, double, questions);
    ask_all(&bench, &synthetic, questions, argument(count, texts, 3, ASKED_IN_SQL));
    tell("figures, plain kernel", &bench.plain);
    tell("figures, best kernel", &bench.vector);
    tell("figures, asked in SQL too", &bench.sql_plain);
    tell("SQLite", &bench.sql_times);
    printf("snapshot: %.1f bytes an incident (at most 64)\n",
           (double)snapshot_bytes(bench.snapshot) / (double)incidents);
    printf("figures are %.0f times faster than SQL (medians; at least 30); %zu answers of %zu differ\n",
           share_of(&bench.sql_times, 0.5) / share_of(&bench.sql_plain, 0.5), bench.wrong,
           bench.vector.count + bench.sql_times.count);
    sql_close(&bench.sql);
    snapshot_release(bench.snapshot);
    fixture_close(&fixture);
    return bench.wrong > 0;
}
