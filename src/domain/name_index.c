#include "domain/name_index.h"

#include "domain/seen.h"

enum { SLOTS = 2 * NAMES_IN_MEMORY }; /* half of them stay empty */

typedef struct Slot {
    uint64_t look_up;
    int64_t id; /* 0: nothing here */
} Slot;

struct NameIndex {
    Store *store;
    const NameStatements *statements;
    Seen *seen;         /* all hashes, or more */
    int64_t seen_until; /* the id up to which the store was read for it */
    int64_t last;
    size_t kept;       /* so many slots are taken */
    Slot slots[SLOTS]; /* of the ids behind the last multiple of NAMES_IN_MEMORY; open addressing */
};

NameIndex *name_index_new(Arena *arena, Store *public_store, const NameStatements *statements)
{
    NameIndex *index = NEW(arena, NameIndex);
    index->store = public_store;
    index->statements = statements;
    index->seen = seen_new(arena);
    return index;
}

int64_t name_index_last(const NameIndex *index)
{
    return index->last;
}

static size_t next_slot(size_t slot)
{
    return (slot + 1) % SLOTS;
}

static void keep(NameIndex *index, uint64_t look_up, int64_t id)
{
    size_t slot = look_up % SLOTS;
    while (index->slots[slot].id)
        slot = next_slot(slot);
    index->slots[slot] = (Slot){ look_up, id };
    index->kept++;
}

/* Memory that nobody wrote to is not there yet: it stays so. */
static void clear(NameIndex *index)
{
    if (index->kept)
        memset(index->slots, 0, sizeof index->slots);
    index->kept = 0;
}

/* The last id whose name is in the table. */
static int64_t written(int64_t last)
{
    return last / NAMES_IN_MEMORY * NAMES_IN_MEMORY;
}

bool name_index_reset(NameIndex *index, int64_t last, Problem *problem)
{
    int64_t from = MIN(index->seen_until, written(last));
    clear(index);
    index->last = last;
    Rows *rows = store_run(index->store, problem, index->statements->behind, "i", from);
    while (rows && rows_next(rows)) {
        uint64_t look_up = (uint64_t)rows_int(rows, 0);
        seen_add(index->seen, look_up);
        if (look_up && rows_int(rows, 1) > written(last))
            keep(index, look_up, rows_int(rows, 1));
    }
    index->seen_until = last;
    return rows && rows_close(rows);
}

static int by_hash(const void *a, const void *b)
{
    const Slot *left = a, *right = b;
    if (left->look_up != right->look_up)
        return (int64_t)left->look_up < (int64_t)right->look_up ? -1 : 1;
    return (left->id > right->id) - (left->id < right->id);
}

/* All that is in memory goes to the table. */
static bool write_kept(NameIndex *index, Problem *problem)
{
    size_t count = 0;
    bool written = true;
    for (size_t i = 0; i < SLOTS; i++)
        if (index->slots[i].id)
            index->slots[count++] = index->slots[i];
    qsort(index->slots, count, sizeof *index->slots, by_hash);
    for (size_t i = 0; i < count && written; i++)
        written = store_later(index->store, problem, index->statements->add, "ii", (int64_t)index->slots[i].look_up,
                              index->slots[i].id);
    clear(index);
    return written;
}

bool name_index_add(NameIndex *index, uint64_t look_up, Problem *problem)
{
    int64_t id = ++index->last;
    seen_add(index->seen, look_up);
    if (look_up)
        keep(index, look_up, id);
    return id % NAMES_IN_MEMORY != 0 || write_kept(index, problem);
}

static bool find_written(NameIndex *index, uint64_t look_up, Arena *arena, int64_t **ids, size_t *count,
                         Problem *problem)
{
    size_t room = 0;
    Rows *rows = store_run(index->store, problem, index->statements->find, "i", (int64_t)look_up);
    while (rows && rows_next(rows)) {
        *ids = arena_grow(arena, *ids, *count, &room, sizeof **ids);
        (*ids)[(*count)++] = rows_int(rows, 0);
    }
    return rows && rows_close(rows);
}

/* Those in memory stand behind those of the table, and among themselves in the order in which they were added. */
static void find_kept(const NameIndex *index, uint64_t look_up, Arena *arena, int64_t **ids, size_t *count)
{
    size_t room = *count;
    for (size_t slot = look_up % SLOTS; index->slots[slot].id; slot = next_slot(slot)) {
        if (index->slots[slot].look_up != look_up)
            continue;
        *ids = arena_grow(arena, *ids, *count, &room, sizeof **ids);
        (*ids)[(*count)++] = index->slots[slot].id;
    }
}

bool name_index_find(NameIndex *index, Arena *arena, uint64_t look_up, int64_t **ids, size_t *count, Problem *problem)
{
    *ids = NULL;
    *count = 0;
    if (!seen_perhaps(index->seen, look_up))
        return true;
    if (!store_settle(index->store, problem))
        return false;
    if (index->last >= NAMES_IN_MEMORY && !find_written(index, look_up, arena, ids, count, problem))
        return false;
    find_kept(index, look_up, arena, ids, count);
    return true;
}
