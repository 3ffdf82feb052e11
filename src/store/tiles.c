#include "store/tiles.h"

#include <pthread.h>

#include "store/entry.h"

enum { GROUP_DIGITS = 3, GROUPS_MAX = 6 };

struct Tiles {
    Arena *arena; /* this struct lives in it */
    pthread_mutex_t lock;
    Hash *roots; /* of the full tiles of level 0 */
    size_t count, room;
};

/* "017": exactly three digits. */
static bool read_group(Text group, int64_t *number)
{
    bool digits = group.length == GROUP_DIGITS;
    for (size_t i = 0; digits && i < group.length; i++)
        digits = group.at[i] >= '0' && group.at[i] <= '9';
    return digits && text_int(group, number);
}

/* "x001/x234/067" is 1234067: all groups but the last begin with x, and the first of several is not zero. */
static bool read_number(Text path, int64_t *number)
{
    Text group;
    int64_t part;
    *number = 0;
    for (int i = 0; i < GROUPS_MAX && text_split(&path, '/', &group); i++) {
        bool last = path.at == NULL;
        if (!last && !text_starts(group, "x"))
            return false;
        if (!read_group(last ? group : text_slice(group, 1, group.length), &part) || (i == 0 && !last && part == 0))
            return false;
        *number = *number * 1000 + part;
        if (last)
            return true;
    }
    return false;
}

/* Cuts ".p/17" off the end: the width of a partial tile. */
static bool read_width(Text *path, int *width)
{
    size_t dot = text_find(*path, ".p/");
    int64_t number;
    *width = TILE_HASHES;
    if (dot == path->length)
        return true;
    Text digits = text_slice(*path, dot + 3, path->length);
    *path = text_slice(*path, 0, dot);
    if (digits.length == 0 || digits.at[0] < '1' || digits.at[0] > '9' || !text_int(digits, &number) ||
        number >= TILE_HASHES)
        return false;
    *width = (int)number;
    return true;
}

static bool read_level(Text level, TilePlace *place)
{
    place->level = TILE_OF_ENTRIES;
    if (text_is(level, "entries"))
        return true;
    place->level = level.length == 1 ? level.at[0] - '0' : TILE_LEVELS;
    return place->level >= 0 && place->level < TILE_LEVELS;
}

bool tile_place(Text path, TilePlace *place)
{
    Text level;
    return text_split(&path, '/', &level) && path.at && read_level(level, place) && read_width(&path, &place->width) &&
           read_number(path, &place->number);
}

Tiles *tiles_open(void)
{
    Arena *arena = arena_new(ARENA_NO_CAP);
    Tiles *tiles = NEW(arena, Tiles);
    *tiles = (Tiles){ .arena = arena, .lock = PTHREAD_MUTEX_INITIALIZER };
    return tiles;
}

void tiles_close(Tiles *tiles)
{
    if (!tiles)
        return;
    pthread_mutex_destroy(&tiles->lock);
    arena_free(tiles->arena);
}

static bool ends_before(Problem *problem)
{
    return problem->kind ? false : fail(problem, PROBLEM_NOT_FOUND, "the journal has not so many entries yet");
}

/* Takes the hash of the next row, which is that of entry `seq`. */
static bool next_hash(Rows *rows, int64_t seq, Hash *hash, Problem *problem)
{
    if (!rows_next(rows))
        return ends_before(problem);
    Text bytes = rows_bytes(rows, 1);
    if (rows_int(rows, 0) != seq || bytes.length != HASH_SIZE)
        return fail(problem, PROBLEM_DAMAGED, "entry %lld is missing or has no hash (\"vigie verify\" says more)",
                    (long long)seq);
    memcpy(hash->bytes, bytes.at, HASH_SIZE);
    return true;
}

static bool write_leaves(Store *store, const TilePlace *place, Out *out, Problem *problem)
{
    int64_t first = place->number * TILE_HASHES + 1;
    AUTO_ROWS *rows = store_run(store, problem, SQL_ENTRY_HASHES, "ii", first, (int64_t)place->width);
    Hash hash;
    if (!rows)
        return false;
    for (int i = 0; i < place->width; i++) {
        if (!next_hash(rows, first + i, &hash, problem))
            return false;
        out_raw(out, (const char *)hash.bytes, HASH_SIZE);
    }
    return true;
}

/* Reads on until there are `wanted` roots. */
static bool extend(Tiles *tiles, Store *store, size_t wanted, Problem *problem)
{
    if (tiles->count >= wanted)
        return true;
    int64_t seq = (int64_t)tiles->count * TILE_HASHES, last = (int64_t)wanted * TILE_HASHES;
    AUTO_ROWS *rows = store_run(store, problem, SQL_ENTRY_HASHES, "ii", seq + 1, last - seq);
    while (rows && seq < last) {
        Frontier frontier = { 0 };
        Hash hash;
        for (int i = 0; i < TILE_HASHES; i++) {
            if (!next_hash(rows, ++seq, &hash, problem))
                return false;
            frontier_add(&frontier, &hash);
        }
        tiles->roots = arena_grow(tiles->arena, tiles->roots, tiles->count, &tiles->room, sizeof *tiles->roots);
        frontier_root(&frontier, &tiles->roots[tiles->count++]);
    }
    return !problem->kind;
}

static bool count_entries(Store *store, size_t *count, Problem *problem)
{
    AUTO_ROWS *rows = store_run(store, problem, SQL_JOURNAL_END, "");
    *count = rows && rows_next(rows) ? (size_t)rows_int(rows, 0) : 0;
    return !problem->kind;
}

/* Each hash of a level above 0 is the root of `each` neighbouring tiles of level 0. */
static bool write_roots(Tiles *tiles, Store *store, const TilePlace *place, Out *out, Problem *problem)
{
    size_t each = 1, entries;
    for (int level = 1; level < place->level; level++)
        each *= TILE_HASHES;
    if (!count_entries(store, &entries, problem))
        return false;
    size_t full = entries / TILE_HASHES / each, first = (size_t)place->number * TILE_HASHES;
    if (first + (size_t)place->width > full)
        return ends_before(problem);
    if (!extend(tiles, store, (first + (size_t)place->width) * each, problem))
        return false;
    for (size_t i = first; i < first + (size_t)place->width; i++) {
        Frontier frontier = { 0 };
        Hash root;
        for (size_t j = 0; j < each; j++)
            frontier_add(&frontier, &tiles->roots[i * each + j]);
        frontier_root(&frontier, &root);
        out_raw(out, (const char *)root.bytes, HASH_SIZE);
    }
    return true;
}

static void put_entry(Out *out, const Entry *entry, Out *text)
{
    Hash hash;
    out_clear(text);
    if (entry->body.at)
        entry_hash(entry, text, &hash);
    if (text->length > BUNDLE_ENTRY_MAX)
        out_clear(text);
    const char length[] = { (char)(text->length >> 8), (char)(text->length & 0xFF) };
    out_raw(out, length, sizeof length);
    out_raw(out, text->text, text->length);
}

static bool write_bundle(Store *store, const TilePlace *place, Out *out, Problem *problem)
{
    int64_t first = place->number * TILE_HASHES + 1;
    AUTO_ROWS *rows = store_run(store, problem, SQL_ENTRIES_FROM_SOME, "ii", first, (int64_t)place->width);
    AUTO_OUT text = { 0 };
    for (int i = 0; rows && i < place->width; i++) {
        Entry entry;
        if (!rows_next(rows))
            return ends_before(problem);
        const char *wrong = entry_take(rows, &entry);
        if (wrong || entry.seq != first + i)
            return fail(problem, PROBLEM_DAMAGED, "entry %lld is missing or was changed (\"vigie verify\" says more)",
                        (long long)(first + i));
        put_entry(out, &entry, &text);
    }
    return !problem->kind;
}

bool tile_write(Tiles *tiles, Store *public_store, const TilePlace *place, Out *out, Problem *problem)
{
    if (place->number > INT64_MAX / TILE_HASHES / TILE_HASHES)
        return ends_before(problem);
    if (place->level == TILE_OF_ENTRIES)
        return write_bundle(public_store, place, out, problem);
    if (place->level == 0)
        return write_leaves(public_store, place, out, problem);
    pthread_mutex_lock(&tiles->lock);
    bool written = write_roots(tiles, public_store, place, out, problem);
    pthread_mutex_unlock(&tiles->lock);
    return written;
}

bool entry_write(Store *public_store, int64_t seq, Out *out, Problem *problem)
{
    AUTO_ROWS *rows = store_run(public_store, problem, SQL_ENTRIES_FROM_SOME, "ii", seq, (int64_t)1);
    Entry entry;
    Hash hash;
    if (!rows)
        return false;
    if (!rows_next(rows) || rows_int(rows, 0) != seq)
        return ends_before(problem);
    if (entry_take(rows, &entry))
        return fail(problem, PROBLEM_DAMAGED, "entry %lld was changed (\"vigie verify\" says more)", (long long)seq);
    if (!entry.body.at)
        return fail(problem, PROBLEM_NOT_FOUND, "the body of entry %lld was redacted; its hash stands in the tiles",
                    (long long)seq);
    entry_hash(&entry, out, &hash);
    return true;
}
