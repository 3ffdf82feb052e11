#include "stats/organisations.h"

#include "stats/match.h"
#include "stats/search.h"

/* The organisations that one row's incident attacked. */
static void mark_victims(const Snapshot *snapshot, uint32_t victims, uint64_t *marked)
{
    if (!(victims & VICTIMS_MANY)) {
        bit_set(marked, victims);
        return;
    }
    const uint32_t *many = snapshot->many + (victims & ~VICTIMS_MANY);
    for (uint32_t i = 1; i <= many[0]; i++)
        bit_set(marked, many[i]);
}

size_t organisations_hit(const Snapshot *snapshot, const Filter *filter, Arena *arena, int64_t **ids)
{
    AUTO_ARENA *scratch = arena_new(ARENA_NO_CAP);
    size_t words = words_of(snapshot->organisation_count), count = 0;
    uint64_t *marked = NEW_ARRAY(scratch, uint64_t, words + 1);
    Filter incidents = *filter;
    Match match;
    incidents.q = NULL;
    match_rows(snapshot, &incidents, (Words){ 0 }, kernel_best(), scratch, &match);
    for (size_t at = match.rows.from; at < match.rows.to; at++) {
        uint64_t word = match.rows.bits[at] & match_register(snapshot, REGISTER_COUNTED, at);
        for (; word; word &= word - 1)
            mark_victims(snapshot, snapshot->victims[at * WORD_ROWS + (size_t)__builtin_ctzll(word)], marked);
    }
    for (size_t i = 0; i < words; i++)
        count += (size_t)word_count(marked[i]);
    *ids = NEW_ARRAY(arena, int64_t, count + 1);
    count = 0;
    for (size_t i = 0; i < words; i++)
        for (uint64_t word = marked[i]; word; word &= word - 1)
            (*ids)[count++] = snapshot->organisation_ids[i * WORD_ROWS + (size_t)__builtin_ctzll(word)];
    return count;
}

static bool is_chosen(const Filter *filter, const char *key, const Rows *rows, int column)
{
    return !filter_facet(filter, key) || filter_chosen(filter, key, rows_text(rows, column));
}

/* What the organisation itself says: columns 2 to 4. */
static bool is_asked(const Filter *filter, const Rows *rows)
{
    return is_chosen(filter, "country", rows, 2) && is_chosen(filter, "sector", rows, 3) &&
           is_chosen(filter, "org_type", rows, 4);
}

/* Numbers ascending, each once; the two ways to be found by name bring them in two runs. */
typedef struct Numbers {
    Arena *arena;
    int64_t *items;
    size_t count, room;
} Numbers;

static void add_number(Numbers *numbers, int64_t id)
{
    numbers->items = arena_grow(numbers->arena, numbers->items, numbers->count, &numbers->room, sizeof(int64_t));
    numbers->items[numbers->count++] = id;
}

static int by_number(const void *left, const void *right)
{
    const int64_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

typedef enum Keep { KEEP_THEM, KEEP_OTHERS } Keep;

static size_t keep(int64_t *ids, size_t count, const Numbers *those, Keep which)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        bool among = those->count && bsearch(&ids[i], those->items, those->count, sizeof ids[i], by_number);
        if (among == (which == KEEP_THEM))
            ids[kept++] = ids[i];
    }
    return kept;
}

static bool find_asked(Store *store, const Filter *filter, const SearchWords *words, int64_t entries, Numbers *found,
                       Problem *problem)
{
    AUTO_ROWS *rows = store_run(store, problem, SQL_SEARCH_ORGANISATIONS, "tii", words->pattern, entries,
                                (int64_t)(filter->q != NULL));
    while (rows && rows_next(rows))
        if (is_asked(filter, rows) && search_has_all(words, rows_bytes(rows, 1)))
            add_number(found, rows_int(rows, 0));
    return !problem->kind;
}

static bool find_aliases(Store *store, const Filter *filter, const SearchWords *words, int64_t entries, Numbers *found,
                         Problem *problem)
{
    AUTO_ROWS *rows = store_run(store, problem, SQL_SEARCH_ALIASES, "ti", words->pattern, entries);
    while (rows && rows_next(rows))
        if (is_asked(filter, rows) && search_has_all(words, rows_bytes(rows, 1)))
            add_number(found, rows_int(rows, 0));
    return !problem->kind;
}

static bool find_withheld(Store *store, Numbers *found, Problem *problem)
{
    AUTO_ROWS *rows = store_run(store, problem, SQL_SEARCH_WITHHELD, "");
    while (rows && rows_next(rows))
        add_number(found, rows_int(rows, 0));
    return !problem->kind;
}

static bool asks_of_them(const Filter *filter)
{
    return filter->q || filter_facet(filter, "country") || filter_facet(filter, "sector") ||
           filter_facet(filter, "org_type");
}

bool organisations_narrow(Store *public_store, const Filter *filter, int64_t entries, int64_t *ids, size_t *count,
                          Problem *problem)
{
    AUTO_ARENA *scratch = arena_new(ARENA_NO_CAP);
    Numbers withheld = { .arena = scratch }, found = { .arena = scratch };
    SearchWords words = { .arena = scratch, .pattern = "%" };
    if (!find_withheld(public_store, &withheld, problem) ||
        (filter->q && !search_words(scratch, filter->q, &words, problem)))
        return false;
    *count = keep(ids, *count, &withheld, KEEP_OTHERS);
    if (!asks_of_them(filter))
        return true;
    if (!find_asked(public_store, filter, &words, entries, &found, problem) ||
        (filter->q && !find_aliases(public_store, filter, &words, entries, &found, problem)))
        return false;
    if (found.count)
        qsort(found.items, found.count, sizeof found.items[0], by_number);
    *count = keep(ids, *count, &found, KEEP_THEM);
    return true;
}
