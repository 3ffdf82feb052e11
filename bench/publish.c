/* How long after the commit of one publication it is served, beside reading the whole register anew; and whether a
 * reader waits meanwhile. Then what a preview of a publication takes.
 *
 * Usage: publish [INCIDENTS [PUBLICATIONS]] */
#include <pthread.h>
#include <stdatomic.h>

#include "fixture.h"
#include "publish/preview.h"
#include "same_answers.h"
#include "synthetic.h"
#include "web/edition.h"

enum { INCIDENTS = 1000000, PUBLICATIONS = 50, PAUSE_MS = 400, SERVED_MS = 200, PREVIEWS = 9 };

typedef struct Bench {
    Live *live;
    atomic_bool over;
    double *processor; /* seconds of processor time of each new edition */
    size_t editions, room;
    double longest; /* that a reader waited for an edition or to let it go, seconds */
    size_t asked;
} Bench;

static double now(void)
{
    return (double)sys_tick() / 1e6;
}

/* What this thread has used. */
static double processor(void)
{
    struct timespec used;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return (double)used.tv_sec + (double)used.tv_nsec / 1e9;
}

static void wait_for(double seconds)
{
    struct timespec pause = { .tv_sec = (time_t)seconds, .tv_nsec = (long)(fmod(seconds, 1) * 1e9) };
    (void)nanosleep(&pause, NULL);
}

static int64_t served(Bench *bench)
{
    Edition *edition = live_hold(bench->live);
    int64_t size = snapshot_size(edition_snapshot(edition));
    edition_release(edition);
    return size;
}

static void *watch(void *context)
{
    Bench *bench = context;
    Problem problem = { 0 };
    while (!atomic_load(&bench->over)) {
        wait_for(LIVE_POLL_MS / 1e3);
        int64_t before = served(bench);
        double start = processor();
        if (!live_refresh(bench->live, &problem))
            printf("Bail out! %s\n", problem.message);
        if (served(bench) != before && bench->editions < bench->room)
            bench->processor[bench->editions++] = processor() - start;
    }
    return NULL;
}

static void *read_on(void *context)
{
    Bench *bench = context;
    for (; !atomic_load(&bench->over); bench->asked++) {
        AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
        Figures figures;
        Filter filter = filter_of(arena, TEXT("country=FR&type=ransomware"));
        double start = now();
        Edition *edition = live_hold(bench->live);
        double held = now();
        figures_count(edition_snapshot(edition), &filter, NULL, 0, arena, &figures);
        double counted = now();
        edition_release(edition);
        bench->longest = fmax(bench->longest, fmax(held - start, now() - counted));
        wait_for(0.002);
    }
    return NULL;
}

static int by_time(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

/* Seconds from each commit until it is served, sorted. Every second one is about a new incident. */
static double *publish(Bench *bench, Synthetic *synthetic, Arena *arena, size_t count)
{
    double *seconds = NEW_ARRAY(arena, double, count + 1);
    for (size_t i = 0; i < count; i++) {
        uint64_t *random = &synthetic->random;
        int64_t before = served(bench), incidents = synthetic->incidents;
        wait_for(PAUSE_MS / 1e3 + (double)synthetic_below(random, LIVE_POLL_MS) / 1e3);
        synthetic_publish(synthetic, i % 2 ? 0 : 1 + (int64_t)synthetic_below(random, (size_t)incidents));
        double committed = now();
        while (served(bench) == before)
            wait_for(0.0002);
        seconds[i] = now() - committed;
    }
    qsort(seconds, count, sizeof *seconds, by_time);
    return seconds;
}

/* What is served must be what the whole register says. */
static const char *wrong(Bench *bench, Snapshot *whole, Arena *arena)
{
    Edition *edition = live_hold(bench->live);
    Question all = { .filter = filter_of(arena, TEXT("")), .most = 1000 };
    const char *difference = different_register(edition_snapshot(edition), whole);
    difference = difference ? difference : different_answer(edition_snapshot(edition), whole, &all, arena);
    printf("the snapshot served: %.1f bytes an incident (at most 64)\n",
           (double)snapshot_bytes(edition_snapshot(edition)) / (double)whole->largest_incident);
    edition_release(edition);
    return difference;
}

static double look(Fixture *fixture, LedgerMoment moment, Out *figures)
{
    Problem problem = { 0 };
    double start = processor();
    out_clear(figures);
    if (!preview_look(moment, fixture->store, &codebook, figures, &problem))
        printf("Bail out! %s\n", problem.message);
    return processor() - start;
}

/* What it takes to show how a publication would change the figures, beside reading all before it and after it. */
static bool preview(Fixture *fixture, Synthetic *synthetic)
{
    AUTO_OUT before = { 0 }, after = { 0 }, whole = { 0 };
    double used[PREVIEWS], first = look(fixture, LEDGER_BEFORE, &before);
    for (size_t i = 0; i < PREVIEWS; i++) {
        used[i] = look(fixture, LEDGER_BEFORE, &before);
        synthetic_publish(synthetic,
                          i % 2 ? 0 : 1 + (int64_t)synthetic_below(&synthetic->random, (size_t)synthetic->incidents));
        used[i] += look(fixture, LEDGER_AFTER, &after);
    }
    preview_forget();
    (void)look(fixture, LEDGER_AFTER, &whole);
    qsort(used, PREVIEWS, sizeof *used, by_time);
    printf("a preview: %.0f ms of processor time in the middle, %.0f times less than reading all twice (%.0f ms)\n",
           used[PREVIEWS / 2] * 1e3, 2 * first / used[PREVIEWS / 2], 2e3 * first);
    return text_equal(out_view(&after), out_view(&whole)) && !text_equal(out_view(&before), out_view(&after));
}

static size_t argument(int count, char **texts, int place, size_t otherwise)
{
    int64_t number = 0;
    return count > place && text_int(text_of(texts[place]), &number) && number > 0 ? (size_t)number : otherwise;
}

int main(int count, char **texts)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    size_t incidents = argument(count, texts, 1, INCIDENTS), publications = argument(count, texts, 2, PUBLICATIONS);
    Fixture fixture;
    Problem problem = { 0 };
    Bench bench = { .processor = NEW_ARRAY(arena, double, publications), .room = publications };
    pthread_t threads[2];
    codebook_start();
    fixture_open(&fixture);
    Synthetic synthetic = {
        .db = fixture.db, .codebook = &codebook, .random = 1, .incidents = (int64_t)incidents, .churn = 1
    };
    synthetic_fill(&synthetic);
    bench.live = live_open(arena, fixture.store, &codebook, &problem);
    if (!bench.live || pthread_create(&threads[0], NULL, watch, &bench) ||
        pthread_create(&threads[1], NULL, read_on, &bench))
        return 1;
    double *seconds = publish(&bench, &synthetic, arena, publications);
    atomic_store(&bench.over, true);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    double start = now(), used = processor();
    Snapshot *whole = load(&fixture);
    qsort(bench.processor, bench.editions, sizeof *bench.processor, by_time);
    double median_used = bench.processor[bench.editions / 2];
    used = processor() - used;
    double loaded = now() - start, median = seconds[publications / 2], most = seconds[publications - 1];
    printf("%zu incidents: one publication is served %.0f ms after its commit (median; %.0f ms at most of %zu; within "
           "%d)\n",
           incidents, 1e3 * median, 1e3 * most, publications, SERVED_MS);
    printf("reading all of it anew takes %.0f ms: %.0f times as long\n", 1e3 * loaded, loaded / median);
    printf("processor time: %.0f ms and %.0f ms, %.0f times as much\n", 1e3 * median_used, 1e3 * used,
           used / median_used);
    printf("a reader waited %.2f ms at most, %zu questions\n", 1e3 * bench.longest, bench.asked);
    const char *difference = wrong(&bench, whole, arena);
    printf("%s\n", difference ? difference : "what is served is what the whole register says");
    snapshot_release(whole);
    live_close(bench.live);
    bool same = preview(&fixture, &synthetic);
    printf("%s\n", same ? "what a preview shows is what the whole register says" : "a preview shows other figures");
    fixture_close(&fixture);
    return difference || !same;
}
