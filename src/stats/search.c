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

bool search_incidents(Store *public_store, Arena *arena, const char *q, int64_t **ids, size_t *count, Problem *problem)
{
    SearchWords words;
    size_t room = 0;
    *ids = NULL;
    *count = 0;
    if (!search_words(arena, q, &words, problem))
        return false;
    AUTO_ROWS *rows = store_run(public_store, problem, SQL_SEARCH_INCIDENTS, "t", words.pattern);
    while (rows && rows_next(rows)) {
        if (!search_has_all(&words, rows_bytes(rows, 1)))
            continue;
        *ids = arena_grow(arena, *ids, *count, &room, sizeof **ids);
        (*ids)[(*count)++] = rows_int(rows, 0);
    }
    return !problem->kind;
}
