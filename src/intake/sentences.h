/* Sentences: the words of an article cut into what can be quoted. */
#pragma once

#include "base/arena.h"
#include "base/text.h"

typedef struct Sentence {
    Text text;
    size_t passage; /* from 1 */
} Sentence;

/* The sentences of the passages behind the first line, which is the title, in order: as the Unicode standard finds them
 * (UAX 29), whatever the language. Memory: `arena`; they point into `words`. */
void sentences_of(Arena *arena, Text words, Sentence **sentences, size_t *count);

/* Whether the words hold the quotation letter by letter, one stretch of white space being as good as another. An empty
 * one they do not. */
bool sentences_hold(Arena *arena, Text words, Text quote);
