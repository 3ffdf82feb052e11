#include "domain/told.h"

void told_digest(const Hash *hash, char digest[TOLD_DIGITS + 1])
{
    char hex[2 * HASH_SIZE + 1];
    hash_hex(hash, hex);
    memcpy(digest, hex, TOLD_DIGITS);
    digest[TOLD_DIGITS] = '\0';
}

void told_put(Out *object, int64_t id, const char *digest)
{
    if (object->length)
        OUT_LITERAL(object, ",");
    OUT_LITERAL(object, "\"");
    out_int(object, id);
    OUT_LITERAL(object, "\":");
    out_json(object, digest);
}

/* The iterators of the library take no const; nothing is changed. */
void told_take(Arena *arena, Tales *tales, json_t *object)
{
    for (void *at = json_object_iter(object); at; at = json_object_iter_next(object, at)) {
        const json_t *value = json_object_iter_value(at);
        const char *digest = json_is_null(value) ? "" : json_string_value(value);
        Told told = { .order = tales->count };
        if (!digest || !text_int(text_of(json_object_iter_key(at)), &told.id))
            continue;
        (void)snprintf(told.digest, sizeof told.digest, "%s", digest);
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

void told_sort(Tales *tales)
{
    size_t kept = 0;
    if (tales->count)
        qsort(tales->items, tales->count, sizeof *tales->items, by_id);
    for (size_t i = 0; i < tales->count; i++)
        if (i + 1 == tales->count || tales->items[i + 1].id != tales->items[i].id)
            tales->items[kept++] = tales->items[i];
    tales->count = kept;
}
