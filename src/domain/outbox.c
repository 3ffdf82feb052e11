#include "domain/outbox.h"

#include "base/date.h"

enum { FIRST_PAUSE = 5000, LONGEST_PAUSE = 6 * 3600 * 1000, GROWTH = 3 }; /* milliseconds */

int64_t outbox_pause(int64_t tries)
{
    int64_t pause = FIRST_PAUSE;
    for (; tries > 0 && pause < LONGEST_PAUSE; tries--)
        pause *= GROWTH;
    return MIN(pause, LONGEST_PAUSE);
}

/* Whoever is known by no role gets nothing. */
static bool may_know(const Rows *rows)
{
    AccountRole role;
    return account_role_find(text_of(rows_text(rows, 12)), &role) &&
           tlp_of(rows_int(rows, 13)) <= account_roles[role].ceiling;
}

static bool next_known(Rows *rows)
{
    while (rows_next(rows))
        if (may_know(rows))
            return true;
    return false;
}

static bool take(Arena *arena, const Rows *rows, Waiting *one, Problem *problem)
{
    *one = (Waiting){ .tries = rows_int(rows, 9),
                      .address = arena_string(arena, rows_text(rows, 10)),
                      .language = arena_string(arena, rows_text(rows, 11)) };
    return alert_take(arena, rows, &one->alert, problem);
}

bool outbox_due(Arena *arena, Store *work, int64_t now, size_t most, Outbox *due, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_OUTBOX_WAITING, "iii", now, INT64_C(0), INT64_MAX);
    size_t room = 0;
    *due = (Outbox){ 0 };
    while (rows && due->count < most && next_known(rows)) {
        due->items = arena_grow(arena, due->items, due->count, &room, sizeof *due->items);
        if (!take(arena, rows, &due->items[due->count++], problem))
            return false;
    }
    return rows && !problem->kind;
}

bool outbox_stands(Store *work, const Waiting *waiting, int64_t now, bool *stands, Problem *problem)
{
    int64_t id = waiting->alert.id;
    AUTO_ROWS *rows = store_run(work, problem, SQL_OUTBOX_WAITING, "iii", now, id, id);
    *stands = rows && rows_next(rows) && may_know(rows) && strcmp(rows_text(rows, 10), waiting->address) == 0;
    return rows && !problem->kind;
}

static int64_t stale_before(int64_t now)
{
    return now - OUTBOX_DAYS * DAY_MS;
}

bool outbox_stale(Store *work, int64_t now, bool *stale, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_OUTBOX_OLD, "i", stale_before(now));
    *stale = rows && rows_next(rows);
    return rows && !problem->kind;
}

bool outbox_sent(Store *work, int64_t alert, Problem *problem)
{
    AUTO_UNDO *undo = work;
    return store_begin(work, problem) && store_do(work, problem, SQL_OUTBOX_PUT_SENT, "i", alert) &&
           store_commit(work, problem);
}

bool outbox_failed(Store *work, const Waiting *waiting, int64_t now, const char *trouble, Problem *problem)
{
    AUTO_UNDO *undo = work;
    return store_begin(work, problem) &&
           store_do(work, problem, SQL_OUTBOX_PUT_FAILED, "iit", waiting->alert.id, now + outbox_pause(waiting->tries),
                    trouble) &&
           store_commit(work, problem);
}

bool outbox_give_up(Store *work, int64_t now, Problem *problem)
{
    AUTO_UNDO *undo = work;
    return store_begin(work, problem) && store_do(work, problem, SQL_OUTBOX_PUT_GIVEN_UP, "i", stale_before(now)) &&
           store_commit(work, problem);
}
