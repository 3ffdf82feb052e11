#include "stats/match.h"

static void set_range(Selection *rows, size_t from, size_t to)
{
    if (from >= to)
        return;
    rows->from = from / WORD_ROWS;
    rows->to = words_of(to);
    memset(rows->bits + rows->from, 0xFF, (rows->to - rows->from) * sizeof *rows->bits);
    rows->bits[rows->from] &= UINT64_MAX << (from % WORD_ROWS);
    if (to % WORD_ROWS)
        rows->bits[rows->to - 1] &= UINT64_MAX >> (WORD_ROWS - to % WORD_ROWS);
}

/* Rows without a date are in no period: they are selected only when none is asked for. */
static void keep_period(const Snapshot *snapshot, const Filter *filter, Selection *rows)
{
    bool open = filter->from == INT32_MIN && filter->to == INT32_MAX;
    size_t from = snapshot_row_from(snapshot, filter->from);
    size_t to = filter->to == INT32_MAX ? snapshot_dated(snapshot) : snapshot_row_from(snapshot, filter->to + 1);
    set_range(rows, open ? 0 : from, open ? snapshot->rows : to);
}

static void keep_moment(const Snapshot *snapshot, const Kernel *kernel, Match *match)
{
    Selection *rows = &match->rows;
    size_t from = rows->from, count = rows->to - rows->from;
    if (match->entries < snapshot->size) {
        kernel->keep_held(rows->bits + from, snapshot->since + from * WORD_ROWS, snapshot->until + from * WORD_ROWS,
                          count, match->entries);
        return;
    }
    for (size_t i = from; i < rows->to; i++)
        rows->bits[i] &= snapshot->current[i];
}

uint16_t known_after(int32_t day)
{
    return (uint16_t)(day < 0 ? 0 : MIN(day, KNOWN_NEVER - 1) + 1);
}

size_t known_end_from(const Known *known, size_t row)
{
    return row_place(known->end_rows, known->end_count, row);
}

static void keep_known(const Snapshot *snapshot, const Kernel *kernel, uint16_t after, Selection *rows)
{
    kernel->keep_before(rows->bits + rows->from, snapshot->known.days + rows->from * WORD_ROWS, rows->to - rows->from,
                        after);
}

static void drop_ended(const Known *known, uint16_t after, Selection *rows)
{
    for (size_t i = known_end_from(known, rows->from * WORD_ROWS); i < known->end_count; i++) {
        uint32_t row = known->end_rows[i];
        if (row >= rows->to * WORD_ROWS)
            return;
        if (known->ends[i] < after)
            rows->bits[row / WORD_ROWS] &= ~(UINT64_C(1) << (row % WORD_ROWS));
    }
}

static bool is_chosen(const FacetChoice *choice, const char *code)
{
    size_t low = 0, high = choice->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(choice->codes[middle], code);
        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

static bool any_wanted(const Sets *sets, size_t set, const uint8_t *wanted)
{
    for (uint32_t at = sets->first[set]; at < sets->first[set + 1]; at++)
        if (wanted[sets->members[at]])
            return true;
    return false;
}

static void keep_choice(const Column *column, const FacetChoice *choice, const Kernel *kernel, Arena *arena,
                        Selection *rows)
{
    uint8_t *values = NEW_ARRAY(arena, uint8_t, column->value_count); /* wanted */
    uint8_t codes[BYTE_CODES] = { [RARE] = 1 };                       /* rare sets are looked at one by one */
    for (size_t i = 0; i < column->value_count; i++)
        values[i] = is_chosen(choice, column->values[i]);
    for (size_t i = 0; i < column->frequent.count; i++)
        codes[i] = any_wanted(&column->frequent, i, values);
    kernel->keep_codes(rows->bits + rows->from, column->codes + rows->from * WORD_ROWS, rows->to - rows->from, codes);
    for (size_t i = column_rare_from(column, rows->from * WORD_ROWS); i < column->rare.count; i++) {
        uint32_t row = column->rare_rows[i];
        if (row >= rows->to * WORD_ROWS)
            return;
        if (bit_is_set(rows->bits, row) && !any_wanted(&column->rare, i, values))
            rows->bits[row / WORD_ROWS] &= ~(UINT64_C(1) << (row % WORD_ROWS));
    }
}

static void keep_found(const Snapshot *snapshot, Words words, Arena *arena, Selection *rows)
{
    uint64_t *found = NEW_ARRAY(arena, uint64_t, words_of((size_t)snapshot->largest_incident + 1));
    for (size_t i = 0; i < words.count; i++)
        if (words.ids[i] >= 0 && words.ids[i] <= snapshot->largest_incident)
            bit_set(found, (size_t)words.ids[i]);
    for (size_t at = rows->from; at < rows->to; at++)
        for (uint64_t word = rows->bits[at]; word; word &= word - 1) {
            unsigned i = (unsigned)__builtin_ctzll(word);
            if (!bit_is_set(found, snapshot->incident[at * WORD_ROWS + i]))
                rows->bits[at] &= ~(UINT64_C(1) << i);
        }
}

static void start_match(const Snapshot *snapshot, const Filter *filter, Arena *arena, Match *match)
{
    match->rows = (Selection){ .bits = NEW_ARRAY(arena, uint64_t, words_of(snapshot->rows)) };
    match->entries = (uint32_t)snapshot_entries_at(snapshot, filter->as_of);
    keep_period(snapshot, filter, &match->rows);
}

/* What else the filter asks. */
static void narrow(const Snapshot *snapshot, const Filter *filter, Words words, const Kernel *kernel, Arena *arena,
                   Match *match)
{
    for (size_t i = 0; i < filter->facet_count; i++) {
        const Column *column = snapshot_column(snapshot, filter->facets[i].key);
        if (column)
            keep_choice(column, &filter->facets[i], kernel, arena, &match->rows);
        else
            match->rows.to = match->rows.from; /* nothing has a value of it */
    }
    if (filter->q)
        keep_found(snapshot, words, arena, &match->rows);
}

void match_rows(const Snapshot *snapshot, const Filter *filter, Words words, const Kernel *kernel, Arena *arena,
                Match *match)
{
    start_match(snapshot, filter, arena, match);
    if (filter->known_by_text) {
        uint16_t after = known_after(filter->known_by);
        keep_known(snapshot, kernel, after, &match->rows);
        drop_ended(&snapshot->known, after, &match->rows);
    } else {
        keep_moment(snapshot, kernel, match);
    }
    narrow(snapshot, filter, words, kernel, arena, match);
}

void match_known(const Snapshot *snapshot, const Filter *filter, Words words, const Kernel *kernel, Arena *arena,
                 Match *match)
{
    start_match(snapshot, filter, arena, match);
    keep_known(snapshot, kernel, KNOWN_NEVER, &match->rows);
    narrow(snapshot, filter, words, kernel, arena, match);
}

Selection match_shelf(const Snapshot *snapshot, const Selection *rows, Shelf shelf, Arena *arena)
{
    Selection part = *rows;
    part.bits = NEW_ARRAY(arena, uint64_t, words_of(snapshot->rows));
    for (size_t i = rows->from; i < rows->to; i++)
        part.bits[i] = rows->bits[i] & snapshot->shelves[shelf][i];
    return part;
}
