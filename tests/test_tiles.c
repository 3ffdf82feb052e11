/* A tile must never hold other hashes than those of its place in the tree, whatever its level. */
#include "fixture.h"
#include "store/log.h"
#include "store/tiles.h"
#include "test.h"

enum { ENTRIES = 256 * 256 + 300 };

static const struct {
    const char *path;
    bool good;
    TilePlace place;
} addresses[] = {
    { "0/000", true, { 0, 0, 256 } },
    { "0/001.p/17", true, { 0, 1, 17 } },
    { "7/x001/x234/067", true, { 7, 1234067, 256 } },
    { "entries/x012/345.p/255", true, { TILE_OF_ENTRIES, 12345, 255 } },
    { "0/x000/000", false, { 0 } },
    { "8/000", false, { 0 } },
    { "0/12", false, { 0 } },
    { "0/+12", false, { 0 } },
    { "0/000.p/0", false, { 0 } },
    { "0/000.p/256", false, { 0 } },
    { "0/000.p/-1", false, { 0 } },
    { "0/001/002", false, { 0 } },
    { "0/x001", false, { 0 } },
    { "0", false, { 0 } },
    { "", false, { 0 } },
};

static void test_addresses(void)
{
    for (size_t i = 0; i < COUNT_OF(addresses); i++) {
        TilePlace place;
        const TilePlace *wanted = &addresses[i].place;
        bool good = tile_place(text_of(addresses[i].path), &place);
        CHECK(good == addresses[i].good && (!good || (place.level == wanted->level && place.number == wanted->number &&
                                                      place.width == wanted->width)),
              "the address \"%s\"", addresses[i].path);
    }
}

/* As the entries below: 32 digits. */
static void leaf(int64_t seq, Hash *hash)
{
    char digits[HASH_SIZE + 1];
    (void)snprintf(digits, sizeof digits, "%032lld", (long long)seq);
    memcpy(hash->bytes, digits, HASH_SIZE);
}

static Hash root_over(int64_t first, int64_t count)
{
    Frontier frontier = { 0 };
    Hash hash;
    for (int64_t i = 0; i < count; i++) {
        leaf(first + i, &hash);
        frontier_add(&frontier, &hash);
    }
    frontier_root(&frontier, &hash);
    return hash;
}

static bool holds(const Out *out, size_t place, Hash hash)
{
    return out->length >= (place + 1) * HASH_SIZE && memcmp(out->text + place * HASH_SIZE, hash.bytes, HASH_SIZE) == 0;
}

static void test_levels(Store *store, Tiles *tiles)
{
    Problem problem = { 0 };
    AUTO_OUT two = { 0 }, one = { 0 }, last = { 0 };
    CHECK(tile_write(tiles, store, &(TilePlace){ 2, 0, 1 }, &two, &problem) && two.length == HASH_SIZE &&
              holds(&two, 0, root_over(1, 65536)),
          "level 2 holds the root of 65,536 entries (%s)", problem.message);
    CHECK(tile_write(tiles, store, &(TilePlace){ 1, 0, 256 }, &one, &problem) && one.length == 256 * HASH_SIZE &&
              holds(&one, 0, root_over(1, 256)) && holds(&one, 255, root_over(65536 - 255, 256)),
          "level 1 holds the roots of 256 entries each (%s)", problem.message);
    CHECK(tile_write(tiles, store, &(TilePlace){ 1, 1, 1 }, &last, &problem) && holds(&last, 0, root_over(65537, 256)),
          "so does its second tile, which is partial (%s)", problem.message);
    CHECK(!tile_write(tiles, store, &(TilePlace){ 1, 1, 2 }, &last, &problem) && problem.kind == PROBLEM_NOT_FOUND,
          "what is not full yet is not in the level above");
}

static void test_missing(Fixture *fixture)
{
    Problem problem = { 0 };
    AUTO_OUT out = { 0 };
    Tiles *tiles = tiles_open();
    add_rows(fixture, "DELETE FROM entry WHERE seq = 1000");
    CHECK(!tile_write(tiles, fixture->store, &(TilePlace){ 2, 0, 1 }, &out, &problem) &&
              problem.kind == PROBLEM_DAMAGED && strstr(problem.message, "entry 1000 is missing"),
          "a gap in the journal is told, not hashed over (%s)", problem.message);
    tiles_close(tiles);
}

int main(void)
{
    Fixture fixture;
    Tiles *tiles = tiles_open();
    char sql[400];
    fixture_open(&fixture);
    (void)snprintf(sql, sizeof sql,
                   "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n WHERE i < %d) INSERT INTO entry "
                   "SELECT i, i, 'a', 'incident.open', 'incident/1', '{}', CAST(printf('%%032d', i) AS BLOB) FROM n",
                   ENTRIES);
    add_rows(&fixture, sql);
    test_addresses();
    test_levels(fixture.store, tiles);
    test_missing(&fixture);
    tiles_close(tiles);
    fixture_close(&fixture);
    return DONE();
}
