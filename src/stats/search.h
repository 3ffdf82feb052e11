/* Search: the incidents whose words a reader looks for. */
#pragma once

#include "store/store.h"

typedef struct SearchWords { /* what a reader looks for, folded */
    Arena *arena;
    const char *pattern; /* of the longest one, for LIKE ... ESCAPE '!' */
    const char **items;
    size_t count;
} SearchWords;

/* BAD_INPUT, field q, when there is no letter or digit in it. Memory: `arena`. */
bool search_words(Arena *arena, const char *q, SearchWords *words, Problem *problem);
bool search_has_all(const SearchWords *words, Text folded); /* whether every word occurs in it */

/* The incidents of which every word of `q`, folded, occurs in title, organisations or places: sorted numbers, as
 * figures_count takes them. Memory: `arena`. BAD_INPUT, field q, when there is no letter or digit in it. */
bool search_incidents(Store *public_store, Arena *arena, const char *q, int64_t **ids, size_t *count, Problem *problem);
