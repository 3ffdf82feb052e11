#include "stats/figures.h"
#include "stats/match.h"

Register register_asked(const Filter *filter)
{
    const FacetChoice *levels = filter_facet(filter, "verification");
    bool claimed_only = levels && levels->count == 1 && text_starts(text_of(levels->codes[0]), "v1");
    return claimed_only ? REGISTER_CLAIMED : REGISTER_COUNTED;
}

static uint64_t in_register(const Snapshot *snapshot, Register which, size_t word)
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

size_t figures_list(const Snapshot *snapshot, const Listing *listing, int64_t *incidents, size_t *total)
{
    AUTO_ARENA *scratch = arena_new(ARENA_NO_CAP);
    Page page = { .skip = listing->skip, .most = listing->most };
    Words words = { listing->ids, listing->id_count };
    Match match;
    size_t dated = snapshot_dated(snapshot);
    match_rows(snapshot, listing->filter, words, kernel_best(), scratch, &match);
    page.incidents = incidents;
    *total = 0;
    for (size_t at = match.rows.from; at < match.rows.to; at++) {
        match.rows.bits[at] &= in_register(snapshot, listing->which, at);
        *total += (size_t)word_count(match.rows.bits[at]);
    }
    if (listing->order == OLDEST_FIRST)
        list_up(snapshot, &match.rows, 0, dated, &page);
    else
        list_down(snapshot, &match.rows, dated, &page);
    list_up(snapshot, &match.rows, dated, snapshot->rows, &page);
    return page.count;
}
