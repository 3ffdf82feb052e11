/* Repeat: what a partner's request with an Idempotency-Key was answered, so that a program that lost the answer sends
 * it again without sending twice (draft-ietf-httpapi-idempotency-key-header). A key belongs to the token. */
#pragma once

#include "domain/token.h"

#define REPEAT_KEPT (2 * INT64_C(86400000)) /* milliseconds; then the key is free again */
enum { REPEAT_KEY_MOST = 128 };             /* bytes */

typedef struct Repeat {
    int64_t token;
    const char *key;
    Hash sent; /* of all that was sent with it */
    int status;
    int64_t candidate;
    const char *answer;
} Repeat;

/* What was answered at that key within REPEAT_KEPT: `repeat` has token, key and sent. NOT_FOUND when nothing was;
 * CONFLICT with the field "key" when something else was sent with it. Memory: `arena`. */
bool repeat_find(Arena *arena, Store *work, int64_t now, Repeat *repeat, Problem *problem);

/* Within the caller's transaction; forgets those that are older. */
bool repeat_keep(Store *work, int64_t now, const Repeat *repeat, Problem *problem);
