#include "domain/alert.h"

#include "base/date.h"

const char *const alert_words[ALERT_KIND_COUNT] = {
#define KIND(name, word) word,
    ALERT_KINDS(KIND)
#undef KIND
};

AlertKind alert_find(Text word)
{
    size_t kind = 0;
    while (kind < ALERT_KIND_COUNT && !text_is(word, alert_words[kind]))
        kind++;
    return (AlertKind)kind;
}

bool alert_take(Arena *arena, const Rows *rows, Alert *alert, Problem *problem)
{
    *alert = (Alert){ .id = rows_int(rows, 0),
                      .kind = alert_find(text_of(rows_text(rows, 1))),
                      .path = arena_string(arena, rows_text(rows, 2)),
                      .change = rows_int(rows, 3),
                      .incident = rows_int(rows, 4),
                      .day = rows_is_null(rows, 5) ? DAY_UNKNOWN : (int32_t)rows_int(rows, 5),
                      .at = rows_int(rows, 6),
                      .mail = arena_string(arena, rows_text(rows, 7)),
                      .trouble = rows_is_null(rows, 8) ? NULL : arena_string(arena, rows_text(rows, 8)) };
    return alert->kind < ALERT_KIND_COUNT ||
           fail(problem, PROBLEM_DAMAGED, "the alert %lld is of a kind that there is not", (long long)alert->id);
}

bool alert_list(Arena *arena, Store *work, AlertPlace place, Alerts *alerts, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_ALERT_PAGE, "iii", place.account,
                                (int64_t)MIN(place.most, INT64_MAX), (int64_t)place.ceiling);
    size_t room = 0;
    *alerts = (Alerts){ 0 };
    while (rows && rows_next(rows)) {
        alerts->items = arena_grow(arena, alerts->items, alerts->count, &room, sizeof *alerts->items);
        if (!alert_take(arena, rows, &alerts->items[alerts->count++], problem))
            return false;
    }
    return rows && !problem->kind;
}

bool alert_tell(Store *work, int64_t account, const AlertFacts *facts, Problem *problem)
{
    char incident[40];
    (void)snprintf(incident, sizeof incident, "/incidents/%lld", (long long)facts->incident);
    return store_do(work, problem, SQL_ALERT_ADD, "itttiirit", account, alert_words[facts->kind], facts->cause,
                    facts->path ? facts->path : incident, facts->change, facts->incident,
                    facts->day == DAY_UNKNOWN ? (double)NAN : (double)facts->day, facts->now, facts->author);
}

/* Read whole before the first is told: a statement is over before another begins to write. */
static bool people_of(Arena *arena, Store *work, int64_t incident, int64_t **people, size_t *count, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_ALERT_PEOPLE, "i", incident);
    size_t room = 0;
    *people = NULL;
    *count = 0;
    while (rows && rows_next(rows)) {
        *people = arena_grow(arena, *people, *count, &room, sizeof **people);
        (*people)[(*count)++] = rows_int(rows, 0);
    }
    return rows && !problem->kind;
}

bool alert_incident(Store *work, const AlertFacts *facts, Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    int64_t *people;
    size_t count;
    if (!people_of(arena, work, facts->incident, &people, &count, problem))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!alert_tell(work, people[i], facts, problem))
            return false;
    return true;
}

bool alert_concerns(Store *work, int64_t incident, bool *concerns, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_ALERT_PEOPLE, "i", incident);
    *concerns = rows && rows_next(rows);
    return rows && !problem->kind;
}

static int64_t notice_day(int64_t now)
{
    return moment_day(now) + (int64_t)ALERT_NOTICE_DAYS;
}

bool alert_replies_wait(Store *work, int64_t now, bool *wait, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_ALERT_REPLIES_DUE, "i", notice_day(now));
    *wait = rows && rows_next(rows);
    return rows && !problem->kind;
}

typedef struct Due { /* one reply, for one account */
    int64_t account, reply, change, incident;
    int32_t day;
} Due;

static bool tell_due(Arena *arena, Store *work, const Due *due, int64_t now, Problem *problem)
{
    const char *cause = arena_format(arena, "reply/%lld", (long long)due->reply);
    AlertFacts facts = { .kind = ALERT_REPLY,
                         .cause = cause,
                         .path = arena_format(arena, "/replies/%lld", (long long)due->reply),
                         .change = due->incident ? 0 : due->change,
                         .incident = due->incident,
                         .now = now,
                         .day = due->day };
    return alert_tell(work, due->account, &facts, problem);
}

bool alert_replies(Store *work, int64_t now, Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Rows *rows = store_run(work, problem, SQL_ALERT_REPLIES_DUE, "i", notice_day(now));
    Due *items = NULL;
    size_t count = 0, room = 0;
    while (rows && rows_next(rows)) {
        items = arena_grow(arena, items, count, &room, sizeof *items);
        items[count++] = (Due){ rows_int(rows, 0), rows_int(rows, 1), rows_int(rows, 2), rows_int(rows, 3),
                                (int32_t)rows_int(rows, 4) };
    }
    if (!rows_close(rows) || problem->kind)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!tell_due(arena, work, &items[i], now, problem))
            return false;
    return true;
}
