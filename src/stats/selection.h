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

/* The first place in ascending `rows` whose row is `row` or later. */
static inline size_t row_place(const uint32_t *rows, size_t count, size_t row)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (rows[middle] < row)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static inline int64_t word_count(uint64_t word)
{
    /* Henry S. Warren, Hacker's Delight, 5-1. The compiler's own becomes a call where the instruction is not sure. */
    word -= word >> 1 & UINT64_C(0x5555555555555555);
    word = (word & UINT64_C(0x3333333333333333)) + (word >> 2 & UINT64_C(0x3333333333333333));
    word = (word + (word >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return (int64_t)(word * UINT64_C(0x0101010101010101) >> 56);
}
