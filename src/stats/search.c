#include "stats/search.h"

#include "base/out.h"
#include "base/unicode.h"

/* The word anywhere in a text, as LIKE ... ESCAPE '!' writes it. */
static const char *pattern_of(Arena *arena, Text word)
{
    AUTO_OUT pattern = { 0 };
    OUT_LITERAL(&pattern, "%");
    for (size_t i = 0; i < word.length; i++) {
        if (strchr("!%_", word.at[i]))
            OUT_LITERAL(&pattern, "!");
        out_raw(&pattern, &word.at[i], 1);
    }
    OUT_LITERAL(&pattern, "%");
    return arena_text(arena, out_view(&pattern));
}

static Text longest_word(Text words)
{
    Text word, longest = { 0 };
    while (text_split(&words, ' ', &word))
        if (word.length > longest.length)
            longest = word;
    return longest;
}

bool search_words(Arena *arena, const char *q, SearchWords *words, Problem *problem)
{
    Text all = text_trim(text_of(unicode_fold(arena, text_of(q)))), rest = all, word, longest = longest_word(all);
    size_t room = 0;
    *words = (SearchWords){ .arena = arena };
    if (longest.length == 0)
        return fail_field(problem, PROBLEM_BAD_INPUT, "q", "a search needs at least one letter or digit");
    words->pattern = pattern_of(arena, longest);
    while (text_split(&rest, ' ', &word)) {
        words->items = arena_grow(arena, words->items, words->count, &room, sizeof *words->items);
        words->items[words->count++] = arena_text(arena, word);
    }
    return true;
}

bool search_has_all(const SearchWords *words, Text folded)
{
    for (size_t i = 0; i < words->count; i++)
        if (*words->items[i] && text_find(folded, words->items[i]) == folded.length)
            return false;
    return true;
}

bool search_has_any(const SearchWords *words, Text folded)
{
    for (size_t i = 0; i < words->count; i++)
        if (*words->items[i] && text_find(folded, words->items[i]) < folded.length)
            return true;
    return false;
}

static void add(const SearchWords *words, SearchFound *found, int64_t incident)
{
    found->ids = arena_grow(words->arena, found->ids, found->count, &found->room, sizeof *found->ids);
    found->ids[found->count++] = incident;
}

static int by_incident(const void *left, const void *right)
{
    const SearchBeside *a = left, *b = right;
    return (a->incident > b->incident) - (a->incident < b->incident);
}

static int by_number(const void *left, const void *right)
{
    const int64_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

/* What an incident is found by, its own words first. */
static Text with_beside(const SearchWords *words, Text folded, const SearchBeside *beside)
{
    return beside ? text_of(arena_format(words->arena, "%.*s %s", (int)folded.length, folded.at, beside->folded))
                  : folded;
}

/* Those whose own words have the longest one that is looked for. */
static bool find_own(Store *store, const SearchWords *words, const SearchBesides *beside, SearchFound *found,
                     Problem *problem)
{
    AUTO_ROWS *rows = store_run(store, problem, SQL_SEARCH_INCIDENTS, "t", words->pattern);
    while (rows && rows_next(rows)) {
        SearchBeside key = { .incident = rows_int(rows, 0) };
        const SearchBeside *more =
            beside->count ? bsearch(&key, beside->items, beside->count, sizeof key, by_incident) : NULL;
        if (search_has_all(words, with_beside(words, rows_bytes(rows, 1), more)))
            add(words, found, key.incident);
    }
    return !problem->kind;
}

/* Those that only what stands beside them may lead to; one found by its own words already comes twice. */
static bool find_beside(Store *store, const SearchWords *words, const SearchBeside *beside, SearchFound *found,
                        Problem *problem)
{
    AUTO_ROWS *rows = store_run(store, problem, SQL_SEARCH_INCIDENT_WORDS, "i", beside->incident);
    if (rows && rows_next(rows) && search_has_all(words, with_beside(words, rows_bytes(rows, 0), beside)))
        add(words, found, beside->incident);
    return !problem->kind;
}

bool search_incidents(Store *public_store, const SearchWords *words, const SearchBesides *beside, SearchFound *found,
                      Problem *problem)
{
    size_t kept = 0;
    *found = (SearchFound){ 0 };
    if (!find_own(public_store, words, beside, found, problem))
        return false;
    for (size_t i = 0; i < beside->count; i++)
        if (!find_beside(public_store, words, &beside->items[i], found, problem))
            return false;
    if (found->count)
        qsort(found->ids, found->count, sizeof *found->ids, by_number);
    for (size_t i = 0; i < found->count; i++)
        if (!kept || found->ids[kept - 1] != found->ids[i])
            found->ids[kept++] = found->ids[i];
    found->count = kept;
    return true;
}
