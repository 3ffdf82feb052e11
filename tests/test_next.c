/* A snapshot that goes along with what is published must never answer other than one that is read anew: a figure that
 * drifts is worse than one that is late. */
#include "domain/rebuild.h"
#include "fixture.h"
#include "same_answers.h"
#include "synthetic.h"
#include "test.h"

enum { INCIDENTS = 700, ROUNDS = 45, QUESTIONS = 5, MANY = 4 };

static Snapshot *next_of(const Fixture *fixture, Snapshot *last)
{
    Problem problem = { 0 };
    Snapshot *next = snapshot_next(fixture->store, last, &problem);
    if (!next) {
        printf("Bail out! %s\n", problem.message);
        exit(1);
    }
    return next;
}

static Question random_question(Synthetic *synthetic, Arena *arena, Out *query)
{
    synthetic_query(synthetic, query);
    Question question = { .filter = filter_of(arena, out_view(query)) };
    question.skip = synthetic_below(&synthetic->random, 4) ? 0 : synthetic_below(&synthetic->random, INCIDENTS);
    question.most = 1 + synthetic_below(&synthetic->random, 2 * INCIDENTS);
    if (synthetic_chance(&synthetic->random, 20)) {
        int64_t *ids = NEW_ARRAY(arena, int64_t, INCIDENTS / 2);
        for (size_t i = 0; i < INCIDENTS / 2; i++)
            ids[i] = (int64_t)i * 3 + 1;
        question.filter.q = "hospital";
        question.ids = ids;
        question.id_count = INCIDENTS / 2;
    }
    return question;
}

/* The first difference between the answers to random questions, told with its question. */
static const char *difference(Synthetic *synthetic, const Snapshot *a, const Snapshot *b, Arena *arena)
{
    AUTO_OUT query = { 0 };
    const char *found = different_register(a, b);
    for (int i = 0; !found && i < QUESTIONS; i++) {
        Question question = random_question(synthetic, arena, &query);
        found = different_answer(a, b, &question, arena);
        if (found)
            found = arena_format(arena, "%s of %s", found, query.text ? query.text : "all");
    }
    return found;
}

/* One entry, or several at once as an import makes them. */
static void publish(Synthetic *synthetic)
{
    size_t count = 1 + synthetic_skewed(&synthetic->random, MANY);
    for (size_t i = 0; i < count; i++)
        synthetic_publish(synthetic,
                          synthetic_chance(&synthetic->random, 30)
                              ? 0
                              : 1 + (int64_t)synthetic_below(&synthetic->random, (size_t)synthetic->incidents));
}

static size_t rare_rows(const Snapshot *snapshot)
{
    size_t count = 0;
    for (size_t i = 0; i < snapshot->column_count; i++)
        count += snapshot->columns[i].rare.count;
    return count;
}

/* Random publications; the same answers after each. */
static void test_going_along(uint64_t random, unsigned churn)
{
    Fixture fixture;
    fixture_open(&fixture);
    Synthetic synthetic = {
        .db = fixture.db, .codebook = &codebook, .random = random, .incidents = INCIDENTS, .churn = churn
    };
    synthetic_fill(&synthetic);
    Snapshot *first = load(&fixture), *twin = load(&fixture), *last = snapshot_hold(first);
    size_t rare = rare_rows(first), woven = 0;
    for (int i = 0; i < ROUNDS; i++) {
        AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
        publish(&synthetic);
        Snapshot *next = next_of(&fixture, last), *whole = load(&fixture);
        const char *found = difference(&synthetic, next, whole, arena);
        CHECK(!found, "round %d, %zu rows: %s", i, next->rows, found ? found : "the same answers");
        woven += next->woven > last->woven;
        CHECK(snapshot_bytes(next) < snapshot_bytes(whole) + snapshot_bytes(whole) / 8,
              "in about as many bytes: %zu, %zu", snapshot_bytes(next), snapshot_bytes(whole));
        snapshot_release(last);
        snapshot_release(whole);
        last = next;
    }
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    CHECK(woven > ROUNDS / 2, "%zu of them were put together, not read anew", woven);
    const char *found = difference(&synthetic, first, twin, arena);
    CHECK(!found && last->rows > first->rows, "what is held stays what it was: %s", found ? found : "yes");
    printf("# rare sets: %zu rows, then %zu\n", rare, rare_rows(last));
    snapshot_release(first);
    snapshot_release(twin);
    snapshot_release(last);
    fixture_close(&fixture);
}

/* The first incidents, and the first of everything. */
static void test_from_nothing(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Fixture fixture;
    fixture_open(&fixture);
    Synthetic synthetic = { .db = fixture.db, .codebook = &codebook, .random = 5, .churn = 9 };
    add_rows(&fixture, "PRAGMA synchronous = OFF");
    Snapshot *last = load(&fixture);
    for (int i = 0; i < 30; i++) {
        synthetic_publish(&synthetic, i % 4 == 3 ? i / 4 + 1 : 0);
        last->loaded = SIZE_MAX / 2; /* never read anew */
        Snapshot *next = next_of(&fixture, last), *whole = load(&fixture);
        const char *found = difference(&synthetic, next, whole, arena);
        CHECK(!found && next->woven > last->woven, "entry %d: %s", i + 1, found ? found : "the same answers");
        snapshot_release(last);
        snapshot_release(whole);
        last = next;
    }
    snapshot_release(last);
    fixture_close(&fixture);
}

/* As much again as there was: then all is read, so that codes go by frequency again. */
static void test_growth(void)
{
    Fixture fixture;
    fixture_open(&fixture);
    Synthetic synthetic = { .db = fixture.db, .codebook = &codebook, .random = 6, .incidents = 40, .churn = 1 };
    synthetic_fill(&synthetic);
    Snapshot *last = load(&fixture);
    size_t loaded = last->loaded, entries = 0;
    for (; last->loaded == loaded && entries < 200; entries++) {
        synthetic_publish(&synthetic, 0);
        Snapshot *next = next_of(&fixture, last);
        snapshot_release(last);
        last = next;
    }
    CHECK(entries > loaded / 2 && entries <= loaded + 1 && last->woven == 0 && last->loaded == last->rows,
          "after %zu rows more than %zu all is read", entries, loaded);
    Snapshot *same = next_of(&fixture, last);
    CHECK(same == last, "nothing new: the same snapshot");
    snapshot_release(same);
    snapshot_release(last);
    fixture_close(&fixture);
}

/* Rows that are made anew for entries that were read already. */
static void test_rebuild(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Fixture fixture;
    Problem problem = { 0 };
    RebuildReport report;
    fixture_open(&fixture);
    Synthetic synthetic = { .db = fixture.db, .codebook = &codebook, .random = 7, .incidents = 30, .churn = 1 };
    synthetic_fill(&synthetic);
    Snapshot *last = load(&fixture);
    add_rows(&fixture, "UPDATE entry SET body = NULL, hash = zeroblob(32)"); /* makes no rows */
    CHECK(rebuild_replace(fixture.store, &codebook, &report, &problem) && report.entries == snapshot_size(last),
          "the rows are made anew (%s)", problem.message);
    Snapshot *next = next_of(&fixture, last), *whole = load(&fixture);
    const char *found = difference(&synthetic, next, whole, arena);
    CHECK(last->rows > 0 && next->rows == 0 && !found, "what was read before is read anew: %s", found ? found : "");
    snapshot_release(last);
    snapshot_release(next);
    snapshot_release(whole);
    fixture_close(&fixture);
}

int main(void)
{
    codebook_start();
    test_going_along(3, 3);
    test_going_along(4, 16);
    test_from_nothing();
    test_growth();
    test_rebuild();
    return DONE();
}
