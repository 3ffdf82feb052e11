#include "domain/told.h"

void told_digest(const Hash *hash, char digest[TOLD_DIGITS + 1])
{
    char hex[2 * HASH_SIZE + 1];
    hash_hex(hash, hex);
    memcpy(digest, hex, TOLD_DIGITS);
    digest[TOLD_DIGITS] = '\0';
}

static void put_id(Out *object, int64_t id)
{
    if (object->length)
        OUT_LITERAL(object, ",");
    OUT_LITERAL(object, "\"");
    out_int(object, id);
    OUT_LITERAL(object, "\":");
}

void told_put_found(Out *object, int64_t id, const char *digest)
{
    put_id(object, id);
    out_json(object, digest);
}

void told_put(Out *object, int64_t id, const char *digest, const char *before)
{
    put_id(object, id);
    OUT_LITERAL(object, "[");
    out_json(object, digest);
    if (before) {
        OUT_LITERAL(object, ",");
        out_json(object, before);
    }
    OUT_LITERAL(object, "]");
}

static bool take_digest(const json_t *value, char digest[TOLD_DIGITS + 1])
{
    bool none = !value || json_is_null(value);
    if (!none && !json_is_string(value))
        return false;
    (void)snprintf(digest, TOLD_DIGITS + 1, "%s", none ? "" : json_string_value(value));
    return true;
}

static bool take_one(const char *id, const json_t *value, Told *told)
{
    told->knows_before = json_is_array(value);
    return text_int(text_of(id), &told->id) &&
           take_digest(told->knows_before ? json_array_get(value, 0) : value, told->digest) &&
           take_digest(told->knows_before ? json_array_get(value, 1) : NULL, told->before);
}

/* The iterators of the library take no const; nothing is changed. */
void told_take(Arena *arena, Tales *tales, json_t *object)
{
    for (void *at = json_object_iter(object); at; at = json_object_iter_next(object, at)) {
        Told told = { .order = tales->count };
        if (!take_one(json_object_iter_key(at), json_object_iter_value(at), &told))
            continue;
        tales->items = arena_grow(arena, tales->items, tales->count, &tales->room, sizeof *tales->items);
        tales->items[tales->count++] = told;
    }
}

static int by_id(const void *a, const void *b)
{
    const Told *left = a, *right = b;
    if (left->id != right->id)
        return left->id < right->id ? -1 : 1;
    return left->order < right->order ? -1 : 1;
}

/* `last`: what was told of the same row before; NULL: nothing. */
static bool breaks(const Told *told, const Told *last)
{
    return (last && last->broken) || (told->knows_before && strcmp(told->before, last ? last->digest : "") != 0);
}

void told_sort(Tales *tales)
{
    size_t kept = 0;
    if (tales->count)
        qsort(tales->items, tales->count, sizeof *tales->items, by_id);
    for (size_t i = 0; i < tales->count; i++) {
        Told told = tales->items[i];
        bool again = kept && tales->items[kept - 1].id == told.id;
        told.broken = breaks(&told, again ? &tales->items[kept - 1] : NULL);
        kept += !again;
        tales->items[kept - 1] = told;
    }
    tales->count = kept;
}
