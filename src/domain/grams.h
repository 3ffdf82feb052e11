/* Grams: which of many texts may have a word in them, found by the word's pieces of three bytes, as if two blanks stood
 * before it and one behind. What is found may be wrong now and then; nothing is left out.
 *
 * A piece that many texts have is a row of bits, one a text, a rare one is a list: at 600,000 names of organisations
 * about 60 bytes a name. Two rows are put together at the speed of memory, however many texts have both pieces. */
#pragma once

#include "base/arena.h"

typedef enum NameUse { NAME_PROPER, NAME_ALIAS } NameUse;

typedef struct Name {   /* one that an organisation has or had */
    const char *folded; /* unicode_fold */
    uint32_t owner;     /* the organisation */
    uint8_t use;        /* NameUse */
    char country[2];    /* of the organisation; zero: not known */
} Name;

enum { NAME_WORDS_MOST = 16, WORD_SHORT = 2 /* bytes */ };

typedef struct NameWords {              /* what somebody looks for */
    const char *whole;                  /* folded */
    const char *items[NAME_WORDS_MOST]; /* its first words, each with a blank before it */
    size_t count;
} NameWords;

typedef struct Grams Grams;

/* Of names that stay as they are and live as long. Memory: `arena`. */
Grams *grams_new(Arena *arena, const Name *names, size_t count);

/* The names that may have all words: one bit each, by their places. Memory: `arena`. */
uint64_t *grams_find(const Grams *grams, Arena *arena, const NameWords *words);

/* How many different pieces of `folded` each of the names has whose bits are set in `only`, by its place, as grams_find
 * gives them; what it says of others means nothing. And of how many pieces each is made. Memory of the answer: `arena`.
 */
uint16_t *grams_shared(const Grams *grams, Arena *arena, const char *folded, const uint64_t *only);
size_t grams_size(const Grams *grams, size_t name);
