/* Seen: a Bloom filter (B. H. Bloom, 1970) over 64-bit hashes: whether one was certainly never added. Always 8 MB, so
 * that memory stays flat; with two million hashes it errs in 1 of 1,000 cases, always towards "perhaps". */
#pragma once

#include "base/arena.h"

typedef struct Seen Seen;

Seen *seen_new(Arena *arena);
void seen_add(Seen *seen, uint64_t hash);
bool seen_perhaps(const Seen *seen, uint64_t hash);
