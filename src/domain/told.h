/* Told: what the private journal says of rows by their digests, of each the last. Private to the witness.
 *
 * In a deed it is an object: {"12":["<32 hexadecimal digits>"],"13":["<digits>","<digits>"],"14":[null,"<digits>"]}: of
 * a row that is new, that was another before, that is gone. Without brackets: it is not told what was before. */
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
    char before[TOLD_DIGITS + 1]; /* empty: there was none */
    bool knows_before;
    bool broken; /* after told_sort: before one of the times that it was told of, it was not what was told last */
} Told;

typedef struct Tales {
    Told *items;
    size_t count, room;
} Tales;

void told_digest(const Hash *hash, char digest[TOLD_DIGITS + 1]);
/* One more member of an object, of a row as it is found. */
void told_put_found(Out *object, int64_t id, const char *digest);
/* Of one that was written. `digest` NULL: it is gone; `before` NULL: there was none. */
void told_put(Out *object, int64_t id, const char *digest, const char *before);
/* Takes all members; those that say something else are passed over. Memory: `arena`. `object` may be NULL. */
void told_take(Arena *arena, Tales *tales, json_t *object);
/* Leaves of each row what was told last, in the order of their numbers. */
void told_sort(Tales *tales);
