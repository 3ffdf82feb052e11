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

static bool has_all(Arena *arena, Text folded, Text words)
{
    Text word;
    while (text_split(&words, ' ', &word)) {
        const char *needle = arena_text(arena, word);
        if (word.length && text_find(folded, needle) == folded.length)
            return false;
    }
    return true;
}

bool search_incidents(Store *public_store, Arena *arena, const char *q, int64_t **ids, size_t *count, Problem *problem)
{
    AUTO_ARENA *scratch = arena_new(ARENA_NO_CAP); /* of one row */
    Text words = text_trim(text_of(unicode_fold(arena, text_of(q)))), longest = longest_word(words);
    size_t room = 0;
    *ids = NULL;
    *count = 0;
    if (longest.length == 0)
        return fail_field(problem, PROBLEM_BAD_INPUT, "q", "a search needs at least one letter or digit");
    AUTO_ROWS *rows = store_run(public_store, problem, SQL_SEARCH_INCIDENTS, "t", pattern_of(arena, longest));
    while (rows && rows_next(rows)) {
        arena_reset(scratch);
        if (!has_all(scratch, rows_bytes(rows, 1), words))
            continue;
        *ids = arena_grow(arena, *ids, *count, &room, sizeof **ids);
        (*ids)[(*count)++] = rows_int(rows, 0);
    }
    return !problem->kind;
}
