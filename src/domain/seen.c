#include "domain/seen.h"

enum { BITS = 1 << 26, BLOCK_BITS = 512, PROBES = 4 };

struct Seen {
    uint64_t words[BITS / 64];
};

Seen *seen_new(Arena *arena)
{
    return NEW(arena, Seen);
}

/* All probes of a hash fall into one block, which is a line of the processor's cache: F. Putze, P. Sanders,
 * J. Singler, "Cache-, hash- and space-efficient Bloom filters" (2007). Each takes nine bits of the hash, from those
 * that do not choose the block. */
static size_t bit_of(uint64_t hash, unsigned probe)
{
    return hash % (BITS / BLOCK_BITS) * BLOCK_BITS + (hash >> (28 + 9 * probe)) % BLOCK_BITS;
}

void seen_add(Seen *seen, uint64_t hash)
{
    for (unsigned probe = 0; probe < PROBES; probe++) {
        size_t bit = bit_of(hash, probe);
        seen->words[bit / 64] |= (uint64_t)1 << bit % 64;
    }
}

bool seen_perhaps(const Seen *seen, uint64_t hash)
{
    for (unsigned probe = 0; probe < PROBES; probe++) {
        size_t bit = bit_of(hash, probe);
        if (!(seen->words[bit / 64] >> bit % 64 & 1))
            return false;
    }
    return true;
}
