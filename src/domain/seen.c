#include "domain/seen.h"

enum { BITS = 1 << 26, PROBES = 3 };

struct Seen {
    uint64_t words[BITS / 64];
};

Seen *seen_new(Arena *arena)
{
    return NEW(arena, Seen);
}

/* Double hashing: A. Kirsch, M. Mitzenmacher, "Less hashing, same performance" (2006). */
static size_t bit_of(uint64_t hash, uint64_t probe)
{
    return (size_t)(hash + probe * (hash >> 32 | 1)) % BITS;
}

void seen_add(Seen *seen, uint64_t hash)
{
    for (uint64_t probe = 0; probe < PROBES; probe++) {
        size_t bit = bit_of(hash, probe);
        seen->words[bit / 64] |= (uint64_t)1 << bit % 64;
    }
}

bool seen_perhaps(const Seen *seen, uint64_t hash)
{
    for (uint64_t probe = 0; probe < PROBES; probe++) {
        size_t bit = bit_of(hash, probe);
        if (!(seen->words[bit / 64] >> bit % 64 & 1))
            return false;
    }
    return true;
}
