/* A name that the register knows must never be taken for a new one, however many names there are; nor another for it.
 */
#include "domain/name_index.h"
#include "fixture.h"
#include "test.h"

enum { NAMES = NAMES_IN_MEMORY + 1000 };

static const NameStatements statements = { SQL_SOURCE_NAMES_BEHIND, SQL_SOURCE_NAME_ADD, SQL_SOURCE_NAME_FIND };

/* Every hundredth name has the same hash as the one before. */
static uint64_t hash_of(int64_t id)
{
    return (uint64_t)(id % 100 == 0 ? id - 1 : id) * UINT64_C(0x9E3779B97F4A7C15) | 1;
}

static bool fill(Fixture *fixture, NameIndex *index, Problem *problem)
{
    bool done = store_begin(fixture->store, problem);
    const char *none = NULL;
    for (int64_t id = 1; id <= NAMES && done; id++)
        done = store_later(fixture->store, problem, SQL_SOURCE_ADD, "iitttttttttri", id, (int64_t)hash_of(id), "u",
                           none, "media_own", "b", none, none, none, none, none, (double)NAN, (int64_t)1) &&
               name_index_add(index, hash_of(id), problem);
    return done && store_commit(fixture->store, problem);
}

/* How many of the names are not found as those that have their hash, in order. */
static int64_t lost(NameIndex *index, Problem *problem)
{
    int64_t wrong = 0;
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    for (int64_t id = 1; id <= NAMES; id += id < NAMES_IN_MEMORY - 100 ? 97 : 1) {
        int64_t *ids, first = id % 100 == 0 ? id - 1 : id;
        size_t count, wanted = id % 100 == 0 || (id % 100 == 99 && id < NAMES) ? 2 : 1;
        arena_reset(arena);
        wrong += !name_index_find(index, arena, hash_of(id), &ids, &count, problem) || count != wanted ||
                 ids[0] != first || (count == 2 && ids[1] != first + 1);
    }
    return wrong;
}

static int64_t found_by_chance(NameIndex *index, Problem *problem)
{
    int64_t found = 0;
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    for (int64_t id = NAMES + 100; id < NAMES + 10000; id++) {
        int64_t *ids;
        size_t count;
        found += !name_index_find(index, arena, hash_of(id), &ids, &count, problem) || count > 0;
    }
    return found;
}

int main(void)
{
    Fixture fixture;
    Problem problem = { 0 };
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    fixture_open(&fixture);
    NameIndex *index = name_index_new(arena, fixture.store, &statements);
    CHECK(name_index_reset(index, 0, &problem) && fill(&fixture, index, &problem), "names (%s)", problem.message);
    CHECK(name_index_last(index) == NAMES, "each with the next id");
    CHECK(lost(index, &problem) == 0, "all are found, those in memory and those in the store (%s)", problem.message);
    CHECK(found_by_chance(index, &problem) == 0, "and no others");
    NameIndex *again = name_index_new(arena, fixture.store, &statements);
    CHECK(name_index_reset(again, NAMES, &problem), "another reader of the same store (%s)", problem.message);
    CHECK(lost(again, &problem) == 0 && found_by_chance(again, &problem) == 0, "finds the same");
    CHECK(name_index_reset(index, NAMES, &problem) && lost(index, &problem) == 0, "so does the first, read again");
    fixture_close(&fixture);
    return DONE();
}
