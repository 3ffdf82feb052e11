#include "base/table.h"

enum { FIRST_ROOM = 16 };

typedef struct Slot {
    const char *key; /* NULL: empty */
    size_t length;
    uint64_t hash;
    int64_t value;
} Slot;

struct Table {
    Arena *arena;
    Slot *slots;
    size_t room, count; /* room is a power of two, at most three quarters full */
};

Table *table_new(Arena *arena)
{
    Table *table = NEW(arena, Table);
    *table = (Table){ .arena = arena, .slots = NEW_ARRAY(arena, Slot, FIRST_ROOM), .room = FIRST_ROOM };
    return table;
}

/* The slot of `key`, or the empty one where it belongs. */
static Slot *slot_of(const Table *table, Text key, uint64_t hash)
{
    for (size_t i = hash & (table->room - 1);; i = (i + 1) & (table->room - 1)) {
        Slot *slot = &table->slots[i];
        if (!slot->key || (slot->hash == hash && text_equal((Text){ slot->key, slot->length }, key)))
            return slot;
    }
}

int64_t *table_get(const Table *table, Text key)
{
    Slot *slot = slot_of(table, key, text_hash(key));
    return slot->key ? &slot->value : NULL;
}

static void widen(Table *table)
{
    Slot *old = table->slots;
    size_t room = table->room;
    table->room = size_times(room, 2);
    table->slots = NEW_ARRAY(table->arena, Slot, table->room);
    for (size_t i = 0; i < room; i++)
        if (old[i].key)
            *slot_of(table, (Text){ old[i].key, old[i].length }, old[i].hash) = old[i];
}

void table_put(Table *table, Text key, int64_t value)
{
    uint64_t hash = text_hash(key);
    Slot *slot = slot_of(table, key, hash);
    if (slot->key) {
        slot->value = value;
        return;
    }
    *slot = (Slot){ arena_text(table->arena, key), key.length, hash, value };
    if (++table->count * 4 > table->room * 3)
        widen(table);
}

size_t table_count(const Table *table)
{
    return table->count;
}
