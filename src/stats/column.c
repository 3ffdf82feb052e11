#include "stats/column.h"

void column_draft(Arena *arena, const char *key, ColumnDraft *draft)
{
    *draft = (ColumnDraft){ .arena = arena, .key = key };
    draft->value_table = table_new(arena);
    draft->set_table = table_new(arena);
    draft->set_room = 8;
    draft->sets.first = NEW_ARRAY(arena, uint32_t, draft->set_room);
    draft->sets.count = 1; /* the empty set is set 0: first[0] == first[1] == 0 */
    table_put(draft->set_table, (Text){ 0 }, 0);
}

uint32_t column_value(ColumnDraft *draft, const char *value)
{
    const int64_t *known = table_get(draft->value_table, text_of(value));
    if (known)
        return (uint32_t)*known;
    draft->values =
        arena_grow(draft->arena, draft->values, draft->value_count, &draft->value_room, sizeof *draft->values);
    draft->values[draft->value_count] = arena_string(draft->arena, value);
    table_put(draft->value_table, text_of(value), (int64_t)draft->value_count);
    return (uint32_t)draft->value_count++;
}

static int by_number(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

size_t set_of(uint32_t *members, size_t count)
{
    size_t kept = 0;
    if (count > 1)
        qsort(members, count, sizeof *members, by_number);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || members[kept - 1] != members[i])
            members[kept++] = members[i];
    return kept;
}

static void add_set(Arena *arena, Sets *sets, size_t *set_room, size_t *member_room, const uint32_t *members,
                    size_t count)
{
    size_t used = sets->first[sets->count];
    for (size_t i = 0; i < count; i++) {
        sets->members = arena_grow(arena, sets->members, used + i, member_room, sizeof *sets->members);
        sets->members[used + i] = members[i];
    }
    sets->count++;
    sets->first = arena_grow(arena, sets->first, sets->count, set_room, sizeof *sets->first);
    sets->first[sets->count] = (uint32_t)(used + count);
}

void column_put(ColumnDraft *draft, size_t row, uint32_t *members, size_t count)
{
    count = set_of(members, count);
    Text key = { (const char *)members, count * sizeof *members };
    const int64_t *known = count ? table_get(draft->set_table, key) : &(const int64_t){ 0 };
    uint32_t set = (uint32_t)(known ? *known : (int64_t)draft->sets.count);
    if (!known) {
        add_set(draft->arena, &draft->sets, &draft->set_room, &draft->member_room, members, count);
        table_put(draft->set_table, key, set);
    }
    while (row >= draft->row_room)
        draft->set_of_row =
            arena_grow(draft->arena, draft->set_of_row, draft->row_room, &draft->row_room, sizeof *draft->set_of_row);
    draft->set_of_row[row] = set;
}

static uint32_t set_at(const ColumnDraft *draft, uint32_t row)
{
    return row < draft->row_room ? draft->set_of_row[row] : 0;
}

/* The sets by falling frequency, ties in the order in which they came: count << 32 | ~place, sorted. */
static int by_frequency(const void *a, const void *b)
{
    uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return (left < right) - (left > right);
}

/* code_of[set]: its byte. */
static uint8_t *give_codes(const ColumnDraft *draft, const uint32_t *order, size_t rows, Sets *frequent)
{
    size_t count = draft->sets.count;
    uint64_t *keys = NEW_ARRAY(draft->arena, uint64_t, count);
    uint8_t *code_of = NEW_ARRAY(draft->arena, uint8_t, count);
    for (size_t i = 0; i < count; i++)
        keys[i] = UINT32_MAX - i;
    for (size_t i = 0; i < rows; i++)
        keys[set_at(draft, order[i])] += UINT64_C(1) << 32;
    qsort(keys, count, sizeof *keys, by_frequency);
    for (size_t i = 0; i < count; i++) {
        uint32_t set = UINT32_MAX - (uint32_t)keys[i];
        code_of[set] = (uint8_t)MIN(i, (size_t)RARE);
    }
    frequent->count = MIN(count, (size_t)RARE);
    return code_of;
}

static uint32_t set_size(const Sets *sets, size_t set)
{
    return sets->first[set + 1] - sets->first[set];
}

static void copy_set(const Sets *from, size_t set, Sets *to, size_t place)
{
    uint32_t size = set_size(from, set);
    if (size)
        memcpy(to->members + to->first[place], from->members + from->first[set], size * sizeof *to->members);
}

static void copy_frequent(const ColumnDraft *draft, Arena *arena, const uint8_t *code_of, Sets *frequent)
{
    frequent->first = NEW_ARRAY(arena, uint32_t, frequent->count + 1);
    for (size_t set = 0; set < draft->sets.count; set++)
        if (code_of[set] != RARE)
            frequent->first[code_of[set] + 1] = set_size(&draft->sets, set);
    for (size_t code = 0; code < frequent->count; code++)
        frequent->first[code + 1] += frequent->first[code];
    frequent->members = NEW_ARRAY(arena, uint32_t, frequent->first[frequent->count]);
    for (size_t set = 0; set < draft->sets.count; set++)
        if (code_of[set] != RARE)
            copy_set(&draft->sets, set, frequent, code_of[set]);
}

static void copy_rare(const ColumnDraft *draft, Arena *arena, const uint32_t *order, size_t rows, Column *column)
{
    size_t count = 0;
    for (size_t i = 0; i < rows; i++)
        count += column->codes[i] == RARE;
    column->rare_rows = NEW_ARRAY(arena, uint32_t, count);
    column->rare.first = NEW_ARRAY(arena, uint32_t, count + 1);
    for (size_t i = 0; i < rows; i++) {
        if (column->codes[i] != RARE)
            continue;
        size_t place = column->rare.count++;
        column->rare_rows[place] = (uint32_t)i;
        column->rare.first[place + 1] = column->rare.first[place] + set_size(&draft->sets, set_at(draft, order[i]));
    }
    column->rare.members = NEW_ARRAY(arena, uint32_t, column->rare.first[count]);
    for (size_t i = 0; i < count; i++)
        copy_set(&draft->sets, set_at(draft, order[column->rare_rows[i]]), &column->rare, i);
}

void column_finish(ColumnDraft *draft, Arena *arena, const uint32_t *order, size_t rows, Column *column)
{
    *column = (Column){ .key = arena_string(arena, draft->key), .value_count = draft->value_count };
    column->values = NEW_ARRAY(arena, const char *, draft->value_count);
    for (size_t i = 0; i < draft->value_count; i++)
        column->values[i] = arena_string(arena, draft->values[i]);
    const uint8_t *code_of = give_codes(draft, order, rows, &column->frequent);
    column->codes = NEW_ARRAY(arena, uint8_t, words_of(rows) * WORD_ROWS);
    for (size_t i = 0; i < rows; i++)
        column->codes[i] = code_of[set_at(draft, order[i])];
    copy_frequent(draft, arena, code_of, &column->frequent);
    copy_rare(draft, arena, order, rows, column);
}

size_t column_rare_from(const Column *column, size_t row)
{
    return row_place(column->rare_rows, column->rare.count, row);
}

/* The place behind the values is for sets without one. */
static void add_to_values(const Column *column, const Sets *sets, size_t set, uint32_t rows, int64_t *counts)
{
    if (sets->first[set] == sets->first[set + 1])
        counts[column->value_count] += rows;
    for (uint32_t at = sets->first[set]; at < sets->first[set + 1]; at++)
        counts[sets->members[at]] += rows;
}

void column_count_rare(const Column *column, const Selection *selection, int64_t *counts)
{
    const Sets *rare = &column->rare;
    for (size_t i = column_rare_from(column, selection->from * WORD_ROWS); i < rare->count; i++) {
        if (column->rare_rows[i] >= selection->to * WORD_ROWS)
            return;
        if (bit_is_set(selection->bits, column->rare_rows[i]))
            add_to_values(column, rare, i, 1, counts);
    }
}

void column_spread(const Column *column, const uint32_t counters[BYTE_CODES], int64_t *counts)
{
    for (size_t code = 0; code < column->frequent.count; code++)
        add_to_values(column, &column->frequent, code, counters[code], counts);
}

void column_count(const Column *column, const Selection *selection, int64_t *counts)
{
    uint32_t counters[BYTE_CODES] = { 0 };
    for (size_t at = selection->from; at < selection->to; at++)
        for (uint64_t word = selection->bits[at]; word; word &= word - 1)
            counters[column->codes[at * WORD_ROWS + (size_t)__builtin_ctzll(word)]]++;
    column_spread(column, counters, counts);
    column_count_rare(column, selection, counts);
}
