/* Search: the incidents whose words a reader looks for. What else they are to be found by is said beside: names of
 * attackers follow from the claims and the registry as of a moment. */
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
bool search_has_any(const SearchWords *words, Text folded);

typedef struct SearchBeside { /* an incident with words that it is found by beside its own */
    int64_t incident;
    const char *folded;
} SearchBeside;

typedef struct SearchBesides {
    const SearchBeside *items; /* sorted by incident, one each */
    size_t count;
} SearchBesides;

typedef struct SearchFound {
    int64_t *ids; /* sorted, as figures_count takes them */
    size_t count, room;
} SearchFound;

/* The incidents of which every word, folded, occurs in title, organisations, places or what stands beside. Memory: that
 * of `words`. */
bool search_incidents(Store *public_store, const SearchWords *words, const SearchBesides *beside, SearchFound *found,
                      Problem *problem);
