#include "stats/figures.h"
#include "stats/match.h"

const char *const order_words[ORDERS + 1] = {
#define ORDER(name, word) word,
#include "stats/order.def"
#undef ORDER
    NULL
};

Register register_asked(const Filter *filter)
{
    const FacetChoice *levels = filter_facet(filter, "verification");
    bool claimed_only = levels && levels->count == 1 && text_starts(text_of(levels->codes[0]), "v1");
    return claimed_only ? REGISTER_CLAIMED : REGISTER_COUNTED;
}

uint64_t match_register(const Snapshot *snapshot, Register which, size_t word)
{
    switch (which) {
    case REGISTER_COUNTED: return snapshot->shelves[SHELF_COUNTED][word];
    case REGISTER_CLAIMED: return snapshot->shelves[SHELF_CLAIMED][word];
    case REGISTER_EXCLUDED: return snapshot->shelves[SHELF_EXCLUDED][word];
    case REGISTER_ALL: break;
    }
    return UINT64_MAX;
}

typedef struct Page {
    size_t skip, most, count;
    int64_t *incidents;
} Page;

static void add_incident(Page *page, int64_t incident)
{
    if (page->skip > 0)
        page->skip--;
    else if (page->count < page->most)
        page->incidents[page->count++] = incident;
}

/* Words without a row for the page are passed over by their count. */
static bool pass_over(Page *page, uint64_t word)
{
    size_t count = (size_t)word_count(word);
    if (page->count < page->most && page->skip < count)
        return false;
    page->skip -= MIN(page->skip, count);
    return true;
}

/* Rows [from, to) upwards. */
static void list_up(const Snapshot *snapshot, const Selection *rows, size_t from, size_t to, Page *page)
{
    for (size_t at = MAX(from / WORD_ROWS, rows->from); at < MIN(words_of(to), rows->to); at++) {
        uint64_t word = rows->bits[at];
        if (at == from / WORD_ROWS)
            word &= UINT64_MAX << (from % WORD_ROWS);
        if (at == to / WORD_ROWS)
            word &= ~(UINT64_MAX << (to % WORD_ROWS));
        if (pass_over(page, word))
            continue;
        for (; word; word &= word - 1)
            add_incident(page, snapshot->incident[at * WORD_ROWS + (size_t)__builtin_ctzll(word)]);
    }
}

/* Rows [0, to) downwards. */
static void list_down(const Snapshot *snapshot, const Selection *rows, size_t to, Page *page)
{
    for (size_t at = MIN(words_of(to), rows->to); at-- > rows->from;) {
        uint64_t word = rows->bits[at];
        if (at == to / WORD_ROWS)
            word &= ~(UINT64_MAX << (to % WORD_ROWS));
        if (pass_over(page, word))
            continue;
        while (word) {
            unsigned i = WORD_ROWS - 1 - (unsigned)__builtin_clzll(word);
            word &= ~(UINT64_C(1) << i);
            add_incident(page, snapshot->incident[at * WORD_ROWS + i]);
        }
    }
}

typedef struct Ranked {
    double key;     /* the greatest first; -INFINITY when it is not known */
    uint32_t place; /* in the order of NEWEST_FIRST */
    uint32_t row;
} Ranked;

static int by_rank(const void *left, const void *right)
{
    const Ranked *a = left, *b = right;
    if (a->key < b->key || b->key < a->key)
        return a->key > b->key ? -1 : 1;
    return (a->place > b->place) - (a->place < b->place);
}

/* The column's first values are the levels, which are too few for one to be rare. */
static double level_of(const Snapshot *snapshot, size_t row)
{
    const Column *column = &snapshot->columns[FACET_SEVERITY];
    return column->frequent.members[column->frequent.first[column->codes[row]]];
}

static double key_of(const Snapshot *snapshot, Order order, size_t row)
{
    switch (order) {
    case MOST_PERSONS: return measure_number(&snapshot->measures[MEASURE_PERSONS], row);
    case MOST_DAYS: return measure_number(&snapshot->measures[MEASURE_DISTURBED_DAYS], row);
    case MOST_APPOINTMENTS: return measure_number(&snapshot->measures[MEASURE_APPOINTMENTS], row);
    case MOST_PROCEDURES: return measure_number(&snapshot->measures[MEASURE_PROCEDURES], row);
    case MOST_SEVERE: return level_of(snapshot, row);
    case LATEST_ADDED: return snapshot->incident[row];
    case NEWEST_FIRST:
    case OLDEST_FIRST:
    case ORDERS: break;
    }
    return NAN;
}

/* In an order that is not that of the rows: all that match are sorted for each page. */
static void list_ranked(const Snapshot *snapshot, const Selection *rows, Order order, size_t total, Page *page)
{
    AUTO_ARENA *scratch = arena_new(ARENA_NO_CAP);
    Ranked *ranked = NEW_ARRAY(scratch, Ranked, total + 1);
    size_t count = 0, dated = snapshot_dated(snapshot);
    for (size_t at = rows->from; at < rows->to; at++)
        for (uint64_t word = rows->bits[at]; word; word &= word - 1) {
            size_t row = at * WORD_ROWS + (size_t)__builtin_ctzll(word);
            double key = key_of(snapshot, order, row);
            ranked[count++] = (Ranked){ .key = isfinite(key) ? key : -INFINITY,
                                        .place = (uint32_t)(row < dated ? dated - 1 - row : row),
                                        .row = (uint32_t)row };
        }
    qsort(ranked, count, sizeof *ranked, by_rank);
    for (size_t i = page->skip; i < count && page->count < page->most; i++)
        page->incidents[page->count++] = snapshot->incident[ranked[i].row];
}

static void list_dated(const Snapshot *snapshot, const Selection *rows, Order order, Page *page)
{
    size_t dated = snapshot_dated(snapshot);
    if (order == OLDEST_FIRST)
        list_up(snapshot, rows, 0, dated, page);
    else
        list_down(snapshot, rows, dated, page);
    list_up(snapshot, rows, dated, snapshot->rows, page);
}

size_t figures_list(const Snapshot *snapshot, const Listing *listing, int64_t *incidents, size_t *total)
{
    AUTO_ARENA *scratch = arena_new(ARENA_NO_CAP);
    Page page = { .skip = listing->skip, .most = listing->most };
    Words words = { listing->ids, listing->id_count };
    Match match;
    match_rows(snapshot, listing->filter, words, kernel_best(), scratch, &match);
    page.incidents = incidents;
    *total = 0;
    for (size_t at = match.rows.from; at < match.rows.to; at++) {
        match.rows.bits[at] &= match_register(snapshot, listing->which, at);
        *total += (size_t)word_count(match.rows.bits[at]);
    }
    if (listing->order == NEWEST_FIRST || listing->order == OLDEST_FIRST)
        list_dated(snapshot, &match.rows, listing->order, &page);
    else
        list_ranked(snapshot, &match.rows, listing->order, *total, &page);
    return page.count;
}
