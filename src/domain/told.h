/* Told: what the private journal says of rows by their digests, of each the last. Private to the witness.
 *
 * In a deed it is an object: {"12":"<32 hexadecimal digits>","13":null}; null: the row is gone. */
#pragma once

#include "base/json.h"
#include "base/out.h"
#include "guard/seal.h"

enum {
    TOLD_DIGITS = 32 /* half of SHA-256 */,
    TOLD_AT_ONCE = 1000 /* rows that a deed tells of, when they are found */
};

typedef struct Told {
    int64_t id;
    size_t order;                 /* in which it was taken */
    char digest[TOLD_DIGITS + 1]; /* empty: the row is gone */
} Told;

typedef struct Tales {
    Told *items;
    size_t count, room;
} Tales;

void told_digest(const Hash *hash, char digest[TOLD_DIGITS + 1]);
/* One more member of an object; `digest` NULL: the row is gone. */
void told_put(Out *object, int64_t id, const char *digest);
/* Takes all members; those that say something else are passed over. Memory: `arena`. `object` may be NULL. */
void told_take(Arena *arena, Tales *tales, json_t *object);
/* Leaves of each row what was told last, in the order of their numbers. */
void told_sort(Tales *tales);
