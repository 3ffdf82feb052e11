#include "domain/facts.h"

void decisions_add(Arena *arena, Decisions *decisions, Decision decision)
{
    decisions->items =
        arena_grow(arena, decisions->items, decisions->count, &decisions->room, sizeof *decisions->items);
    decisions->items[decisions->count++] = decision;
}

static const char *kept(Arena *arena, const Rows *rows, int column)
{
    return rows_is_null(rows, column) ? NULL : arena_string(arena, rows_text(rows, column));
}

static AffectedFacts take_affected(Arena *arena, const Rows *rows)
{
    return (AffectedFacts){
        .organisation = { kept(arena, rows, 0), kept(arena, rows, 1), kept(arena, rows, 2), kept(arena, rows, 3),
                          kept(arena, rows, 4), kept(arena, rows, 5), NULL },
        .role = kept(arena, rows, 6),
        .naming = kept(arena, rows, 7),
    };
}

bool facts_affected(Arena *arena, Store *published, int64_t incident, Record *facts, Problem *problem)
{
    int64_t first = incident * ROWS_PER_INCIDENT;
    size_t room = 0;
    Rows *rows = store_run(published, problem, SQL_FACTS_AFFECTED, "ii", first, first + ROWS_PER_INCIDENT - 1);
    while (rows && rows_next(rows)) {
        facts->affected = arena_grow(arena, facts->affected, facts->affected_count, &room, sizeof *facts->affected);
        facts->affected[facts->affected_count++] = take_affected(arena, rows);
    }
    return rows && rows_close(rows);
}

bool facts_decided(Arena *arena, Store *published, int64_t incident, Record *facts, Decisions *decisions,
                   Problem *problem)
{
    int64_t first = incident * ROWS_PER_INCIDENT;
    Rows *rows = store_run(published, problem, SQL_FACTS_DECIDED, "ii", first, first + ROWS_PER_INCIDENT - 1);
    while (rows && rows_next(rows)) {
        const char *inclusion = kept(arena, rows, 1), *reason = kept(arena, rows, 2);
        bool open = inclusion_may_change(inclusion, reason);
        facts->inclusion = open ? NULL : inclusion;
        facts->reason = open ? NULL : reason;
        decisions_add(arena, decisions, (Decision){ rows_int(rows, 0), facts->inclusion, facts->reason });
    }
    return rows && rows_close(rows);
}
