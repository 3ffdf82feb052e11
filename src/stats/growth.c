#include "stats/growth.h"

#include "stats/match.h"

typedef struct Changes { /* of the number of incidents, by day as in Known */
    int32_t *by;
    int32_t first, last; /* the days that change it; last is before first when none does */
} Changes;

static void note_change(Changes *changes, uint16_t day, uint16_t after, int32_t by)
{
    if (day < after)
        changes->by[day] += by;
}

/* Rows begin on their day; those with an end give way on it to what was known then. */
static Changes changes_of(const Snapshot *snapshot, const Selection *rows, uint16_t after, Arena *arena)
{
    const Known *known = &snapshot->known;
    Changes changes = { .by = NEW_ARRAY(arena, int32_t, KNOWN_NEVER), .first = KNOWN_NEVER, .last = -1 };
    for (size_t at = rows->from; at < rows->to; at++)
        for (uint64_t word = rows->bits[at]; word; word &= word - 1)
            note_change(&changes, known->days[at * WORD_ROWS + (size_t)__builtin_ctzll(word)], after, 1);
    for (size_t i = known_end_from(known, rows->from * WORD_ROWS); i < known->end_count; i++)
        if (known->end_rows[i] < rows->to * WORD_ROWS && bit_is_set(rows->bits, known->end_rows[i]))
            note_change(&changes, known->ends[i], after, -1);
    for (int32_t day = 0; day < after; day++)
        if (changes.by[day]) {
            changes.first = MIN(changes.first, day);
            changes.last = day;
        }
    return changes;
}

static Counts by_day(const Changes *changes, Arena *arena)
{
    Counts days = { 0 };
    int64_t count = 0;
    size_t room = 0;
    for (int32_t day = changes->first; day <= changes->last; day++) {
        char text[DATE_TEXT_SIZE];
        if (!changes->by[day])
            continue;
        count += changes->by[day];
        day_write(day, text);
        days.items = arena_grow(arena, days.items, days.count, &room, sizeof *days.items);
        days.items[days.count++] = (Count){ arena_string(arena, text), count };
    }
    return days;
}

static Counts by_month(const Changes *changes, Arena *arena)
{
    Counts months = { 0 };
    int64_t count = 0;
    size_t room = 0;
    for (int32_t day = changes->first; day <= changes->last; day++) {
        int year, month, of_month, next_year, next_month;
        count += changes->by[day];
        day_split(day, &year, &month, &of_month);
        day_split(day + 1, &next_year, &next_month, &of_month);
        if (month == next_month && day < changes->last)
            continue;
        months.items = arena_grow(arena, months.items, months.count, &room, sizeof *months.items);
        months.items[months.count++] = (Count){ arena_format(arena, "%04d-%02d", year, month), count };
    }
    return months;
}

Counts figures_growth(const Snapshot *snapshot, const Filter *filter, const int64_t *ids, size_t id_count,
                      GrowthStep step, Arena *arena)
{
    AUTO_ARENA *scratch = arena_new(ARENA_NO_CAP);
    Match match;
    match_known(snapshot, filter, (Words){ ids, id_count }, kernel_best(), scratch, &match);
    Selection counted = match_shelf(snapshot, &match.rows, SHELF_COUNTED, scratch);
    uint16_t after = filter->known_by_text ? known_after(filter->known_by) : KNOWN_NEVER;
    Changes changes = changes_of(snapshot, &counted, after, scratch);
    return step == GROWTH_BY_MONTH ? by_month(&changes, arena) : by_day(&changes, arena);
}
