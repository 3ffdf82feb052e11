#include "stats/choices.h"

#include "stats/match.h"

typedef struct Choosing {
    const Snapshot *snapshot;
    const Listing *listing;
    Arena *arena, *scratch; /* scratch: of this question */
    Selection asked;        /* by the whole filter: good for every key that it does not ask */
} Choosing;

static Selection select_by(const Choosing *choosing, const Filter *filter)
{
    const Listing *listing = choosing->listing;
    Match match;
    match_rows(choosing->snapshot, filter, (Words){ listing->ids, listing->id_count }, kernel_best(), choosing->scratch,
               &match);
    for (size_t at = match.rows.from; at < match.rows.to; at++)
        match.rows.bits[at] &= match_register(choosing->snapshot, listing->which, at);
    return match.rows;
}

static Selection select_without(const Choosing *choosing, const char *key)
{
    const Filter *filter = choosing->listing->filter;
    if (!filter_facet(filter, key))
        return choosing->asked;
    Filter open = *filter;
    open.facet_count = 0;
    for (size_t i = 0; i < filter->facet_count; i++)
        if (strcmp(filter->facets[i].key, key) != 0)
            open.facets[open.facet_count++] = filter->facets[i];
    return select_by(choosing, &open);
}

static Counts codes_of(const Choosing *choosing, const char *key)
{
    const Column *column = snapshot_column(choosing->snapshot, key);
    Counts result = { 0 };
    if (!column)
        return result;
    Selection rows = select_without(choosing, key);
    int64_t *counts = NEW_ARRAY(choosing->scratch, int64_t, column->value_count + 1);
    column_count(column, &rows, counts);
    result.items = NEW_ARRAY(choosing->arena, Count, column->value_count);
    for (size_t i = 0; i < column->value_count; i++)
        if (counts[i])
            result.items[result.count++] = (Count){ arena_string(choosing->arena, column->values[i]), counts[i] };
    return result;
}

static int year_of(const Snapshot *snapshot, size_t row)
{
    int year, month, of_month;
    day_split(snapshot_day(snapshot, row), &year, &month, &of_month);
    return year;
}

static Counts years_of(const Choosing *choosing)
{
    const Snapshot *snapshot = choosing->snapshot;
    Filter open = *choosing->listing->filter;
    size_t dated = snapshot_dated(snapshot), room = 0, end = 0;
    Counts years = { 0 };
    open.from = INT32_MIN;
    open.to = INT32_MAX;
    Selection rows = select_by(choosing, &open);
    for (size_t at = rows.from; at < rows.to; at++)
        for (uint64_t word = rows.bits[at]; word; word &= word - 1) {
            size_t row = at * WORD_ROWS + (size_t)__builtin_ctzll(word);
            if (row >= dated)
                return years;
            if (row >= end) {
                int year = year_of(snapshot, row);
                end = snapshot_row_from(snapshot, day_of(year + 1, 1, 1));
                years.items = arena_grow(choosing->arena, years.items, years.count, &room, sizeof *years.items);
                years.items[years.count++] = (Count){ arena_format(choosing->arena, "%04d", year), 0 };
            }
            years.items[years.count - 1].count++;
        }
    return years;
}

void figures_choices(const Snapshot *snapshot, const Listing *listing, const char *const *keys, size_t count,
                     Arena *arena, Counts *counts)
{
    AUTO_ARENA *scratch = arena_new(ARENA_NO_CAP);
    Choosing choosing = { .snapshot = snapshot, .listing = listing, .arena = arena, .scratch = scratch };
    choosing.asked = select_by(&choosing, listing->filter);
    for (size_t i = 0; i < count; i++)
        counts[i] = strcmp(keys[i], CHOICE_YEARS) == 0 ? years_of(&choosing) : codes_of(&choosing, keys[i]);
}
