#include "stats/weave.h"

#include "stats/draft.h"

static void add_piece(Weaving *weaving, Piece piece)
{
    Piece *before = weaving->count ? &weaving->pieces[weaving->count - 1] : NULL;
    if (piece.count == 0)
        return;
    if (before && before->of == piece.of && before->first + before->count == piece.first)
        before->count += piece.count;
    else
        weaving->pieces[weaving->count++] = piece;
}

/* The rows of `last` whose incident is gone, ascending. */
static uint32_t *rows_gone(const Snapshot *last, const uint64_t *gone, Arena *scratch, size_t *count)
{
    uint32_t *rows = NULL;
    size_t room = 0;
    *count = 0;
    for (size_t row = 0; row < last->rows; row++)
        if (bit_is_set(gone, last->incident[row])) {
            rows = arena_grow(scratch, rows, *count, &room, sizeof *rows);
            rows[(*count)++] = (uint32_t)row;
        }
    return rows;
}

/* The row of `last` before which a row of `fresh` comes: by day, then by incident. */
static size_t place_of(const Weaving *weaving, size_t row)
{
    const Snapshot *last = weaving->last, *fresh = weaving->fresh;
    bool dated = row < snapshot_dated(fresh);
    int32_t day = dated ? snapshot_day(fresh, row) : INT32_MAX;
    size_t low = dated ? snapshot_row_from(last, day) : snapshot_dated(last);
    size_t high = dated ? snapshot_row_from(last, day + 1) : last->rows;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (last->incident[middle] < fresh->incident[row])
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void find_pieces(Weaving *weaving, const uint64_t *gone)
{
    size_t gone_count, next = 0, at = 0;
    const Snapshot *last = weaving->last, *fresh = weaving->fresh;
    const uint32_t *rows = rows_gone(last, gone, weaving->scratch, &gone_count);
    weaving->pieces = NEW_ARRAY(weaving->scratch, Piece, gone_count + 2 * fresh->rows + 1);
    for (size_t row = 0; row <= fresh->rows; row++) {
        size_t to = row < fresh->rows ? place_of(weaving, row) : last->rows;
        for (; next < gone_count && rows[next] < to; at = rows[next++] + 1)
            add_piece(weaving, (Piece){ PIECE_LAST, at, rows[next] - at });
        add_piece(weaving, (Piece){ PIECE_LAST, at, to - at });
        at = to;
        if (row < fresh->rows)
            add_piece(weaving, (Piece){ PIECE_FRESH, row, 1 });
    }
    weaving->next->woven = last->woven + gone_count + fresh->rows;
}

static const Snapshot *side(const Weaving *weaving, const Piece *piece)
{
    return piece->of == PIECE_LAST ? weaving->last : weaving->fresh;
}

void weave_items(const Weaving *weaving, const void *last, const void *fresh, size_t size, void *to)
{
    unsigned char *at = to;
    for (size_t i = 0; i < weaving->count; i++) {
        const Piece *piece = &weaving->pieces[i];
        const unsigned char *from = piece->of == PIECE_LAST ? last : fresh;
        memcpy(at, from + piece->first * size, piece->count * size);
        at += piece->count * size;
    }
}

/* 64 bits from this one on; those behind the first `count` are anything. */
static uint64_t bits_from(const uint64_t *bits, size_t first, size_t count)
{
    size_t word = first / WORD_ROWS, shift = first % WORD_ROWS;
    uint64_t low = bits[word] >> shift;
    return shift + count > WORD_ROWS ? low | bits[word + 1] << (WORD_ROWS - shift) : low;
}

static void copy_bits(const uint64_t *from, size_t first, size_t count, uint64_t *to, size_t at)
{
    while (count > 0) {
        size_t shift = at % WORD_ROWS, taken = MIN(count, WORD_ROWS - shift);
        uint64_t mask = UINT64_MAX >> (WORD_ROWS - taken);
        to[at / WORD_ROWS] |= (bits_from(from, first, taken) & mask) << shift;
        first += taken;
        at += taken;
        count -= taken;
    }
}

static uint64_t *weave_bits(const Weaving *weaving, const uint64_t *last, const uint64_t *fresh)
{
    uint64_t *to = NEW_ARRAY(weaving->next->arena, uint64_t, words_of(weaving->next->rows));
    size_t at = 0;
    for (size_t i = 0; i < weaving->count; i++) {
        const Piece *piece = &weaving->pieces[i];
        copy_bits(piece->of == PIECE_LAST ? last : fresh, piece->first, piece->count, to, at);
        at += piece->count;
    }
    return to;
}

static void weave_rows(const Weaving *weaving)
{
    const Snapshot *last = weaving->last, *fresh = weaving->fresh;
    Snapshot *next = weaving->next;
    size_t padded = words_of(next->rows) * WORD_ROWS;
    next->since = NEW_ARRAY(next->arena, uint32_t, padded);
    next->until = NEW_ARRAY(next->arena, uint32_t, padded);
    next->incident = NEW_ARRAY(next->arena, uint32_t, next->rows);
    weave_items(weaving, last->since, fresh->since, sizeof *next->since, next->since);
    weave_items(weaving, last->until, fresh->until, sizeof *next->until, next->until);
    weave_items(weaving, last->incident, fresh->incident, sizeof *next->incident, next->incident);
    next->current = weave_bits(weaving, last->current, fresh->current);
    next->placeholder = weave_bits(weaving, last->placeholder, fresh->placeholder);
    for (size_t i = 0; i < SHELVES; i++)
        next->shelves[i] = weave_bits(weaving, last->shelves[i], fresh->shelves[i]);
    next->largest_incident = MAX(last->largest_incident, fresh->largest_incident);
}

/* The place in `days` of the day that a row has, or of the first one behind it. */
static size_t day_place(const Days *days, size_t row)
{
    return row_place(days->first, days->count, row + 1) - (row < days->first[days->count]);
}

static void add_days(const Days *from, const Piece *piece, size_t at, Days *days)
{
    size_t end = piece->first + piece->count;
    for (size_t i = day_place(from, piece->first); i < from->count && from->first[i] < end; i++) {
        if (days->count && days->day[days->count - 1] == from->day[i])
            continue;
        days->day[days->count] = from->day[i];
        days->first[days->count++] = (uint32_t)(at + MAX(from->first[i], piece->first) - piece->first);
    }
}

static void weave_days(const Weaving *weaving)
{
    Snapshot *next = weaving->next;
    Days *days = &next->days;
    size_t room = weaving->last->days.count + weaving->fresh->days.count, at = 0, dated = 0;
    days->day = NEW_ARRAY(next->arena, int32_t, room);
    days->first = NEW_ARRAY(next->arena, uint32_t, room + 1);
    for (size_t i = 0; i < weaving->count; i++) {
        const Piece *piece = &weaving->pieces[i];
        const Snapshot *from = side(weaving, piece);
        add_days(&from->days, piece, at, days);
        dated += MIN(piece->count, snapshot_dated(from) - MIN(piece->first, snapshot_dated(from)));
        at += piece->count;
    }
    days->first[days->count] = (uint32_t)dated;
}

/* The places of the rows of a piece in an ascending list of rows, and how far its rows move. */
typedef struct Part {
    size_t first, end;
    uint32_t shift; /* modulo 2^32 */
} Part;

static Part part_of(const Piece *piece, const uint32_t *rows, size_t count, size_t at)
{
    return (Part){ row_place(rows, count, piece->first), row_place(rows, count, piece->first + piece->count),
                   (uint32_t)(at - piece->first) };
}

static void weave_known(const Weaving *weaving)
{
    Snapshot *next = weaving->next;
    Known *known = &next->known;
    const Known *last = &weaving->last->known, *fresh = &weaving->fresh->known;
    size_t room = last->end_count + fresh->end_count, at = 0;
    known->days = NEW_ARRAY(next->arena, uint16_t, words_of(next->rows) * WORD_ROWS);
    weave_items(weaving, last->days, fresh->days, sizeof *known->days, known->days);
    known->end_rows = NEW_ARRAY(next->arena, uint32_t, room);
    known->ends = NEW_ARRAY(next->arena, uint16_t, room);
    for (size_t i = 0; i < weaving->count; i++) {
        const Piece *piece = &weaving->pieces[i];
        const Known *from = piece->of == PIECE_LAST ? last : fresh;
        Part part = part_of(piece, from->end_rows, from->end_count, at);
        for (size_t place = part.first; place < part.end; place++) {
            known->end_rows[known->end_count] = from->end_rows[place] + part.shift;
            known->ends[known->end_count++] = from->ends[place];
        }
        at += piece->count;
    }
}

static void weave_beside(const Weaving *weaving)
{
    Snapshot *next = weaving->next;
    Beside *beside = &next->beside;
    size_t room = weaving->last->beside.count + weaving->fresh->beside.count, at = 0;
    beside->rows = NEW_ARRAY(next->arena, uint32_t, room);
    beside->organisations = NEW_ARRAY(next->arena, uint32_t, room);
    beside->hits = NEW_ARRAY(next->arena, uint8_t, room);
    for (size_t i = 0; i < weaving->count; i++) {
        const Piece *piece = &weaving->pieces[i];
        const Beside *from = &side(weaving, piece)->beside;
        Part part = part_of(piece, from->rows, from->count, at);
        for (size_t place = part.first; place < part.end; place++) {
            beside->rows[beside->count] = from->rows[place] + part.shift;
            beside->organisations[beside->count] = from->organisations[place];
            beside->hits[beside->count++] = from->hits[place];
        }
        at += piece->count;
    }
}

static void weave_victims(const Weaving *weaving)
{
    const Snapshot *last = weaving->last, *fresh = weaving->fresh;
    Snapshot *next = weaving->next;
    size_t row = 0;
    next->victims = NEW_ARRAY(next->arena, uint32_t, next->rows);
    next->many = NEW_ARRAY(next->arena, uint32_t, last->many_count + fresh->many_count);
    next->many_count = 1; /* many[0] is the empty list */
    weave_items(weaving, last->victims, fresh->victims, sizeof *next->victims, next->victims);
    for (size_t i = 0; i < weaving->count; i++) {
        const uint32_t *many = side(weaving, &weaving->pieces[i])->many;
        for (size_t end = row + weaving->pieces[i].count; row < end; row++) {
            uint32_t victims = next->victims[row];
            if (victims & VICTIMS_MANY && victims != VICTIMS_NONE)
                snapshot_put_many(next, row, many + (victims & ~VICTIMS_MANY));
        }
    }
}

static size_t numbers_before(const Measure *measure, size_t row, size_t rows)
{
    return row < rows ? measure_place(measure, row) : measure->count;
}

static void copy_numbers(const Weaving *weaving, MeasureName name, Measure *measure)
{
    for (size_t i = 0; i < weaving->count; i++) {
        const Piece *piece = &weaving->pieces[i];
        const Snapshot *from = side(weaving, piece);
        const Measure *source = &from->measures[name];
        size_t first = numbers_before(source, piece->first, from->rows);
        size_t count = numbers_before(source, piece->first + piece->count, from->rows) - first;
        memcpy(measure->numbers + measure->count, source->numbers + first, count * sizeof *source->numbers);
        measure->count += count;
    }
}

/* The bounds are those of both: a number that is gone only makes them wider than they need be. */
static void set_bounds(const Measure *last, const Measure *fresh, Measure *measure)
{
    const Measure *first = last->count ? last : fresh, *second = fresh->count ? fresh : last;
    measure->smallest = fmin(first->smallest, second->smallest);
    measure->largest = fmax(first->largest, second->largest);
}

static void weave_measure(const Weaving *weaving, MeasureName name)
{
    Snapshot *next = weaving->next;
    Measure *measure = &next->measures[name];
    const Measure *last = &weaving->last->measures[name], *fresh = &weaving->fresh->measures[name];
    uint32_t before = 0;
    measure->known = weave_bits(weaving, last->known, fresh->known);
    measure->before = NEW_ARRAY(next->arena, uint32_t, words_of(next->rows));
    measure->numbers = NEW_ARRAY(next->arena, double, last->count + fresh->count);
    for (size_t i = 0; i < words_of(next->rows); i++) {
        measure->before[i] = before;
        before += (uint32_t)word_count(measure->known[i]);
    }
    copy_numbers(weaving, name, measure);
    set_bounds(last, fresh, measure);
}

void weave(const Snapshot *last, const uint64_t *gone, const Snapshot *fresh, Arena *scratch, Snapshot *next)
{
    Weaving weaving = { .last = last, .fresh = fresh, .next = next, .scratch = scratch };
    find_pieces(&weaving, gone);
    for (size_t i = 0; i < weaving.count; i++)
        next->rows += weaving.pieces[i].count;
    next->loaded = last->loaded;
    weave_rows(&weaving);
    weave_days(&weaving);
    weave_known(&weaving);
    next->column_count = fresh->column_count;
    next->columns = NEW_ARRAY(next->arena, Column, next->column_count);
    for (size_t i = 0; i < next->column_count; i++)
        weave_column(&weaving, i);
    for (MeasureName i = 0; i < MEASURES; i++)
        weave_measure(&weaving, i);
    weave_victims(&weaving);
    weave_beside(&weaving);
}
