#include "domain/repeat.h"

static Text bytes_of(const Hash *hash)
{
    return (Text){ (const char *)hash->bytes, sizeof hash->bytes };
}

bool repeat_find(Arena *arena, Store *work, int64_t now, Repeat *repeat, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_REPEAT_GET, "iti", repeat->token, repeat->key, now - REPEAT_KEPT);
    if (!rows)
        return false;
    if (!rows_next(rows))
        return fail(problem, PROBLEM_NOT_FOUND, "nothing was sent with this key");
    if (!text_equal(rows_bytes(rows, 0), bytes_of(&repeat->sent)))
        return fail_field(problem, PROBLEM_CONFLICT, "key", "something else was sent with this Idempotency-Key");
    repeat->status = (int)rows_int(rows, 1);
    repeat->candidate = rows_int(rows, 2);
    repeat->answer = arena_string(arena, rows_text(rows, 3));
    return true;
}

bool repeat_keep(Store *work, int64_t now, const Repeat *repeat, Problem *problem)
{
    return store_do(work, problem, SQL_REPEAT_FORGET, "i", now - REPEAT_KEPT) &&
           store_do(work, problem, SQL_REPEAT_ADD, "itbiiit", repeat->token, repeat->key, bytes_of(&repeat->sent), now,
                    (int64_t)repeat->status, repeat->candidate, repeat->answer);
}
