/* Selection: a bit for each row of the snapshot, 64 to a word; only the words from `from` up to, without it, `to` may
 * hold a set bit. */
#pragma once

#include "base/base.h"

enum { WORD_ROWS = 64 };

typedef struct Selection {
    uint64_t *bits;
    size_t from, to;
} Selection;

static inline size_t words_of(size_t rows)
{
    return (rows + WORD_ROWS - 1) / WORD_ROWS;
}

static inline bool bit_is_set(const uint64_t *bits, size_t row)
{
    return bits[row / WORD_ROWS] >> (row % WORD_ROWS) & 1;
}

static inline void bit_set(uint64_t *bits, size_t row)
{
    bits[row / WORD_ROWS] |= UINT64_C(1) << (row % WORD_ROWS);
}

static inline int64_t word_count(uint64_t word)
{
    return __builtin_popcountll(word);
}
