#include "stats/draft.h"

#include "domain/severity.h"

/* The codebook's values first, so that places follow its order. */
static void list_values(const Codebook *codebook, const FacetInfo *facet, ColumnDraft *column)
{
    const Variable *variable = codebook_variable(codebook, facet->variable);
    for (size_t i = 0; variable && i < variable->value_count; i++)
        column_value(column, variable->values[i].code);
    for (size_t level = 0; facet->values == VALUES_SEVERITY && level < SEVERITY_LEVELS; level++)
        column_value(column, severity_name((uint8_t)level));
}

static ColumnDraft *add_column(Draft *draft, const char *key)
{
    draft->columns =
        arena_grow(draft->arena, draft->columns, draft->column_count, &draft->column_room, sizeof *draft->columns);
    ColumnDraft *column = &draft->columns[draft->column_count++];
    column_draft(draft->arena, key, column);
    return column;
}

static void keep_columns(Draft *draft, const Snapshot *last)
{
    for (size_t i = 0; i < last->column_count; i++) {
        const Column *known = &last->columns[i];
        ColumnDraft *column = add_column(draft, known->key);
        for (size_t j = 0; j < known->value_count; j++)
            column_value(column, known->values[j]);
        if (i >= FIXED_FACETS)
            table_put(draft->column_table, text_of(known->key), (int64_t)i);
    }
}

void draft_start(Draft *draft, Arena *arena, const Codebook *codebook, const Snapshot *last)
{
    *draft = (Draft){ .arena = arena, .codebook = codebook, .column_table = table_new(arena) };
    for (size_t i = 0; i < FIXED_FACETS; i++) {
        if (!last)
            list_values(codebook, &facet_info[i], add_column(draft, facet_info[i].key));
        table_put(draft->column_table, text_of(facet_info[i].variable), NO_COLUMN);
    }
    table_put(draft->column_table, text_of(facet_info[FACET_TYPE].variable), FACET_TYPE);
    if (last)
        keep_columns(draft, last);
    draft_victims(draft, NULL, 0);
}

int64_t draft_column(Draft *draft, const char *variable)
{
    const int64_t *known = table_get(draft->column_table, text_of(variable));
    if (known)
        return *known;
    FacetInfo facet;
    int64_t place = facet_find(draft->codebook, text_of(variable), &facet) ? (int64_t)draft->column_count : NO_COLUMN;
    if (place != NO_COLUMN)
        list_values(draft->codebook, &facet, add_column(draft, facet.key));
    table_put(draft->column_table, text_of(variable), place);
    return place;
}

void draft_add(Draft *draft, const DraftRow *row, const double numbers[MEASURES])
{
    draft->rows = arena_grow(draft->arena, draft->rows, draft->count, &draft->room, sizeof *draft->rows);
    draft->rows[draft->count] = *row;
    draft->rows[draft->count].beside = draft->beside_count;
    for (size_t i = 0; i < MEASURES; i++) {
        draft->numbers[i] = arena_grow(draft->arena, draft->numbers[i], draft->count, &draft->number_room[i],
                                       sizeof *draft->numbers[i]);
        draft->numbers[i][draft->count] = numbers[i];
    }
    draft->count++;
}

static void add_many(Draft *draft, uint32_t number)
{
    draft->many = arena_grow(draft->arena, draft->many, draft->many_count, &draft->many_room, sizeof *draft->many);
    draft->many[draft->many_count++] = number;
}

uint32_t draft_victims(Draft *draft, const uint32_t *organisations, size_t count)
{
    if (count == 1)
        return organisations[0];
    if (count == 0 && draft->many_count > 0)
        return VICTIMS_NONE;
    uint32_t place = (uint32_t)draft->many_count;
    add_many(draft, (uint32_t)count);
    for (size_t i = 0; i < count; i++)
        add_many(draft, organisations[i]);
    return VICTIMS_MANY | place;
}

void draft_beside(Draft *draft, uint32_t organisation, Hit hit)
{
    draft->beside =
        arena_grow(draft->arena, draft->beside, draft->beside_count, &draft->beside_room, sizeof *draft->beside);
    draft->beside[draft->beside_count].organisation = organisation;
    draft->beside[draft->beside_count++].hit = hit;
    draft->rows[draft->count - 1].beside_count++;
}

static int by_key(const void *a, const void *b)
{
    uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return (left > right) - (left < right);
}

/* order[i]: the row as it was read that becomes row i. Rows are read by incident, so days are all that is sorted. */
static uint32_t *sort_rows(const Draft *draft)
{
    uint64_t *keys = NEW_ARRAY(draft->arena, uint64_t, draft->count);
    uint32_t *order = NEW_ARRAY(draft->arena, uint32_t, draft->count);
    for (size_t i = 0; i < draft->count; i++)
        keys[i] = (uint64_t)((int64_t)draft->rows[i].day - INT32_MIN) << 32 | i;
    if (draft->count)
        qsort(keys, draft->count, sizeof *keys, by_key);
    for (size_t i = 0; i < draft->count; i++)
        order[i] = (uint32_t)keys[i];
    return order;
}

static void list_days(const Draft *draft, const uint32_t *order, Snapshot *snapshot)
{
    Days *days = &snapshot->days;
    size_t count = 0, dated = 0;
    for (; dated < draft->count && draft->rows[order[dated]].day != DAY_NONE; dated++)
        count += dated == 0 || draft->rows[order[dated]].day != draft->rows[order[dated - 1]].day;
    days->day = NEW_ARRAY(snapshot->arena, int32_t, count);
    days->first = NEW_ARRAY(snapshot->arena, uint32_t, count + 1);
    for (size_t i = 0; i < dated; i++) {
        int32_t day = draft->rows[order[i]].day;
        if (days->count && days->day[days->count - 1] == day)
            continue;
        days->day[days->count] = day;
        days->first[days->count++] = (uint32_t)i;
    }
    days->first[count] = (uint32_t)dated;
}

static void place_rows(const Draft *draft, const uint32_t *order, Snapshot *snapshot)
{
    Arena *arena = snapshot->arena;
    size_t words = words_of(draft->count);
    snapshot->since = NEW_ARRAY(arena, uint32_t, words * WORD_ROWS);
    snapshot->until = NEW_ARRAY(arena, uint32_t, words * WORD_ROWS);
    snapshot->incident = NEW_ARRAY(arena, uint32_t, draft->count);
    snapshot->victims = NEW_ARRAY(arena, uint32_t, draft->count);
    snapshot->current = NEW_ARRAY(arena, uint64_t, words);
    snapshot->placeholder = NEW_ARRAY(arena, uint64_t, words);
    for (size_t i = 0; i < SHELVES; i++)
        snapshot->shelves[i] = NEW_ARRAY(arena, uint64_t, words);
    for (size_t i = 0; i < draft->count; i++) {
        const DraftRow *row = &draft->rows[order[i]];
        snapshot->since[i] = row->since;
        snapshot->until[i] = row->until;
        snapshot->incident[i] = row->incident;
        snapshot->victims[i] = row->victims;
        snapshot->largest_incident = MAX(snapshot->largest_incident, row->incident);
        bit_set(snapshot->shelves[row->shelf], i);
        if (row->until == ENTRY_NEVER)
            bit_set(snapshot->current, i);
        if (row->placeholder)
            bit_set(snapshot->placeholder, i);
    }
}

static void place_known(const Draft *draft, const uint32_t *order, Snapshot *snapshot)
{
    Known *known = &snapshot->known;
    size_t count = 0, padded = words_of(draft->count) * WORD_ROWS;
    for (size_t i = 0; i < draft->count; i++)
        count += draft->rows[i].known_end != KNOWN_NEVER;
    known->days = NEW_ARRAY(snapshot->arena, uint16_t, padded);
    known->end_rows = NEW_ARRAY(snapshot->arena, uint32_t, count);
    known->ends = NEW_ARRAY(snapshot->arena, uint16_t, count);
    for (size_t i = 0; i < draft->count; i++) {
        const DraftRow *row = &draft->rows[order[i]];
        known->days[i] = row->known;
        if (row->known_end == KNOWN_NEVER)
            continue;
        known->end_rows[known->end_count] = (uint32_t)i;
        known->ends[known->end_count++] = row->known_end;
    }
}

void snapshot_put_many(Snapshot *snapshot, size_t row, const uint32_t *list)
{
    memcpy(snapshot->many + snapshot->many_count, list, (list[0] + 1) * sizeof *list);
    snapshot->victims[row] = VICTIMS_MANY | (uint32_t)snapshot->many_count;
    snapshot->many_count += list[0] + 1;
}

/* The lists of organisations in the order of the rows, so that counting reads them forwards. */
static void place_many(const Draft *draft, Snapshot *snapshot)
{
    snapshot->many = NEW_ARRAY(snapshot->arena, uint32_t, draft->many_count);
    snapshot->many_count = 1; /* many[0] is the empty list */
    for (size_t i = 0; i < draft->count; i++) {
        uint32_t victims = snapshot->victims[i];
        if (victims & VICTIMS_MANY && victims != VICTIMS_NONE)
            snapshot_put_many(snapshot, i, draft->many + (victims & ~VICTIMS_MANY));
    }
}

static void place_beside(const Draft *draft, const uint32_t *order, Snapshot *snapshot)
{
    Beside *beside = &snapshot->beside;
    beside->rows = NEW_ARRAY(snapshot->arena, uint32_t, draft->beside_count);
    beside->organisations = NEW_ARRAY(snapshot->arena, uint32_t, draft->beside_count);
    beside->hits = NEW_ARRAY(snapshot->arena, uint8_t, draft->beside_count);
    for (size_t i = 0; i < draft->count; i++) {
        const DraftRow *row = &draft->rows[order[i]];
        for (size_t at = row->beside; at < row->beside + row->beside_count; at++) {
            beside->rows[beside->count] = (uint32_t)i;
            beside->organisations[beside->count] = draft->beside[at].organisation;
            beside->hits[beside->count++] = (uint8_t)draft->beside[at].hit;
        }
    }
}

void draft_finish(Draft *draft, Snapshot *snapshot)
{
    const uint32_t *order = sort_rows(draft);
    snapshot->rows = draft->count;
    list_days(draft, order, snapshot);
    place_rows(draft, order, snapshot);
    place_known(draft, order, snapshot);
    snapshot->columns = NEW_ARRAY(snapshot->arena, Column, draft->column_count);
    snapshot->column_count = draft->column_count;
    for (size_t i = 0; i < draft->column_count; i++)
        column_finish(&draft->columns[i], snapshot->arena, order, draft->count, &snapshot->columns[i]);
    for (size_t i = 0; i < MEASURES; i++)
        measure_finish(snapshot->arena, draft->numbers[i], order, draft->count, &snapshot->measures[i]);
    place_many(draft, snapshot);
    place_beside(draft, order, snapshot);
}
