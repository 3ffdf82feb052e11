/* Name search: the names that a person has begun to type, among very many, each time a letter is added.
 *
 * A name is found when it has all the words: anywhere in it, or, those of one or two letters, where a word begins. The
 * names that begin with what was typed come first; both parts are in alphabetical order. */
#pragma once

#include "domain/grams.h"

/* The words of what was typed. Memory: `arena`. */
NameWords name_words(Arena *arena, const char *typed);
bool name_has(const char *folded, const NameWords *words); /* false when there are none */

typedef struct NameSearch { /* all zero at first, with its arena */
    Arena *arena;
    Name *names; /* those that the grams know, then the later ones; each part sorted after name_search_settle */
    size_t known, count, room;
    Grams *grams;   /* NULL: of none */
    char *text_end; /* where the next short text goes, and how much room there is */
    size_t text_room;
} NameSearch;

NameSearch name_search_new(void);
void name_search_free(NameSearch *search);
/* Before the next search it must be settled. The text is copied. */
void name_search_add(NameSearch *search, Name name);
void name_search_settle(NameSearch *search);

typedef struct NameRun { /* names of one part, in order */
    const Name *names;
    size_t at, end, skip_from, skip_to;
    const uint64_t *marks; /* those that may have the words; NULL: any may */
    bool sure;             /* all have them */
} NameRun;

typedef struct NameHits {
    const NameWords *words;
    NameRun runs[4]; /* those that begin so: known, later; the others: known, later */
} NameHits;

/* Lives as long as the words and `arena`, while nothing is added. */
NameHits name_search_find(const NameSearch *search, Arena *arena, const NameWords *words);
const Name *name_hits_next(NameHits *hits); /* NULL: no more */

typedef struct NameLike {
    const Name *name;
    int likeness; /* percent, by similar_names */
} NameLike;

enum { NAME_SAME = 100 };

/* The names in a country that resemble one, at least by `least`, the most alike first; at most `most`. With NAME_SAME
 * those that are the same letter by letter, without a look at any other. Memory: `arena`. */
typedef struct NameSought {
    const char *folded, *country;
    int least;
    size_t most;
} NameSought;

size_t name_search_like(const NameSearch *search, Arena *arena, const NameSought *sought, NameLike **found);
