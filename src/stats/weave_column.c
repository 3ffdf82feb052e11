#include "stats/weave.h"

typedef struct Set {
    const uint32_t *members;
    uint32_t count;
} Set;

static Set set_at(const Sets *sets, size_t place)
{
    return (Set){ sets->members + sets->first[place], sets->first[place + 1] - sets->first[place] };
}

static Set set_of_row(const Column *column, size_t row)
{
    uint8_t code = column->codes[row];
    return code == RARE ? set_at(&column->rare, column_rare_from(column, row)) : set_at(&column->frequent, code);
}

static bool same_set(Set a, Set b)
{
    return a.count == b.count && (a.count == 0 || memcmp(a.members, b.members, a.count * sizeof *a.members) == 0);
}

/* Behind the others; its members have room. */
static void append_set(Sets *sets, Set set)
{
    uint32_t used = sets->first[sets->count];
    if (set.count)
        memcpy(sets->members + used, set.members, set.count * sizeof *set.members);
    sets->first[++sets->count] = used + set.count;
}

/* The code of a set; a new one when there is one left, else RARE. */
static uint8_t code_of(Sets *frequent, Set set)
{
    for (size_t code = 0; code < frequent->count; code++)
        if (same_set(set_at(frequent, code), set))
            return (uint8_t)code;
    if (frequent->count < RARE)
        append_set(frequent, set);
    else
        return RARE;
    return (uint8_t)(frequent->count - 1);
}

static uint32_t members_of(const Sets *sets)
{
    return sets->count ? sets->first[sets->count] : 0;
}

/* The codes of `last` stay; where it has no such column all its rows have the empty set, code 0. */
static void start_frequent(const Column *last, const Column *fresh, Arena *arena, Sets *frequent)
{
    size_t most = last->frequent.count + fresh->frequent.count + fresh->rare.count + 1;
    frequent->first = NEW_ARRAY(arena, uint32_t, MIN(most, (size_t)RARE) + 1);
    frequent->members = NEW_ARRAY(
        arena, uint32_t, members_of(&last->frequent) + members_of(&fresh->frequent) + members_of(&fresh->rare));
    for (size_t code = 0; code < last->frequent.count; code++)
        append_set(frequent, set_at(&last->frequent, code));
    if (frequent->count == 0)
        append_set(frequent, (Set){ 0 });
}

/* The code in `column` of each row of `fresh`; `members` gets the size of its sets that are rare. */
static uint8_t *recode(const Column *fresh, size_t rows, Arena *scratch, Column *column, size_t *members)
{
    uint8_t *codes = NEW_ARRAY(scratch, uint8_t, rows), known[BYTE_CODES] = { 0 };
    for (size_t code = 0; code < fresh->frequent.count; code++)
        known[code] = code_of(&column->frequent, set_at(&fresh->frequent, code));
    *members = 0;
    for (size_t row = 0; row < rows; row++) {
        Set set = set_of_row(fresh, row);
        codes[row] = fresh->codes[row] == RARE ? code_of(&column->frequent, set) : known[fresh->codes[row]];
        *members += codes[row] == RARE ? set.count : 0;
    }
    return codes;
}

static void add_rare(Column *column, size_t row, Set set)
{
    column->rare_rows[column->rare.count] = (uint32_t)row;
    append_set(&column->rare, set);
}

static void add_rare_of_piece(const Column *from, const Piece *piece, size_t at, Column *column)
{
    const uint32_t *rows = from->rare_rows;
    for (size_t i = row_place(rows, from->rare.count, piece->first);
         i < from->rare.count && rows[i] < piece->first + piece->count; i++)
        add_rare(column, at + rows[i] - piece->first, set_at(&from->rare, i));
}

static void weave_rare(const Weaving *weaving, const Column *last, const Column *fresh, size_t members, Column *column)
{
    Arena *arena = weaving->next->arena;
    size_t at = 0, room = last->rare.count + (members ? weaving->fresh->rows : 0);
    column->rare_rows = NEW_ARRAY(arena, uint32_t, room);
    column->rare.first = NEW_ARRAY(arena, uint32_t, room + 1);
    column->rare.members = NEW_ARRAY(arena, uint32_t, members_of(&last->rare) + members);
    for (size_t i = 0; i < weaving->count; i++) {
        const Piece *piece = &weaving->pieces[i];
        if (piece->of == PIECE_LAST)
            add_rare_of_piece(last, piece, at, column);
        for (size_t row = 0; piece->of == PIECE_FRESH && row < piece->count; row++)
            if (column->codes[at + row] == RARE)
                add_rare(column, at + row, set_of_row(fresh, piece->first + row));
        at += piece->count;
    }
}

static void copy_values(const Column *fresh, Arena *arena, Column *column)
{
    column->key = arena_string(arena, fresh->key);
    column->value_count = fresh->value_count;
    column->values = NEW_ARRAY(arena, const char *, fresh->value_count);
    for (size_t i = 0; i < fresh->value_count; i++)
        column->values[i] = arena_string(arena, fresh->values[i]);
}

void weave_column(const Weaving *weaving, size_t place)
{
    const Snapshot *last = weaving->last;
    Snapshot *next = weaving->next;
    Column *column = &next->columns[place];
    const Column *fresh = &weaving->fresh->columns[place];
    const Column *before = place < last->column_count ? &last->columns[place] : NULL;
    Column none = { .codes = before ? NULL : NEW_ARRAY(weaving->scratch, uint8_t, last->rows) };
    size_t members;
    before = before ? before : &none;
    copy_values(fresh, next->arena, column);
    start_frequent(before, fresh, next->arena, &column->frequent);
    const uint8_t *codes = recode(fresh, weaving->fresh->rows, weaving->scratch, column, &members);
    column->codes = NEW_ARRAY(next->arena, uint8_t, words_of(next->rows) * WORD_ROWS);
    weave_items(weaving, before->codes, codes, sizeof *codes, column->codes);
    weave_rare(weaving, before, fresh, members, column);
}
