/* No row that a transaction wrote may be committed without whoever answers for it having been told, and nobody may be
 * told of what was undone. */
#include "store/watch.h"
#include "store_harness.h"

enum { HEARD_MOST = 8, OWN_ENTRY = 100 };

static WrittenRow heard[HEARD_MOST];
static size_t heard_count, calls;
static int64_t stood, stands; /* rows when it was heard */
static bool agrees = true;

/* Writes a row too, of which it must not be told again. */
static bool hear(Store *store, Store *before, const WrittenRow *rows, size_t count, Problem *problem)
{
    calls++;
    stood = count_entries(before, problem);
    stands = count_entries(store, problem);
    for (heard_count = 0; heard_count < count && heard_count < HEARD_MOST; heard_count++)
        heard[heard_count] = rows[heard_count];
    if (!agrees)
        return fail(problem, PROBLEM_STORE, "nobody answers for it");
    return add_entry(store, OWN_ENTRY + (int64_t)calls, problem);
}

static const char *const entries[] = { "entry" };
static const Watch watch = { entries, COUNT_OF(entries), hear };

static void test_transactions(Store *store)
{
    Problem problem = { 0 };
    bool done = store_begin(store, &problem) && add_entry(store, 2, &problem) && add_entry(store, 1, &problem) &&
                store_commit(store, &problem);
    CHECK(done && calls == 1 && heard_count == 2 && heard[0].row == 1 && heard[1].row == 2,
          "each row is told once, in their order, and not what was written while it was told (%s)", problem.message);
    CHECK(stood == 0 && stands == 2, "beside what stood before the transaction: %d, %d", (int)stood, (int)stands);
    done = store_begin(store, &problem) && add_entry(store, 3, &problem);
    store_undo(store);
    CHECK(done && store_begin(store, &problem) && store_commit(store, &problem) && calls == 1,
          "what was undone is not told (%s)", problem.message);
    agrees = false;
    done = store_begin(store, &problem) && add_entry(store, 4, &problem) && store_commit(store, &problem);
    CHECK(!done && problem.kind == PROBLEM_STORE && calls == 2 && has_entries(store, 3),
          "what nobody answers for is not committed (%s)", problem.message);
    agrees = true;
}

static void test_outside(Store *store)
{
    Problem problem = { 0 };
    size_t before = calls;
    CHECK(add_entry(store, 5, &problem) && calls == before, "a row outside a transaction (%s)", problem.message);
    store_close(store);
    CHECK(calls == before + 1 && heard_count == 1 && heard[0].row == 5,
          "is told at the latest when the store is closed");
}

int main(void)
{
    new_folder();
    Store *store = open_writer();
    Problem problem = { 0 };
    CHECK(store_watch(store, folder, &watch, &problem), "a store is watched (%s)", problem.message);
    test_transactions(store);
    test_outside(store);
    end_folder();
    return DONE();
}
