#include "stats/kernel.h"

static void keep_codes(uint64_t *bits, const uint8_t *codes, size_t words, const uint8_t wanted[BYTE_CODES])
{
    for (size_t word = 0; word < words; word++, codes += WORD_ROWS) {
        uint64_t kept = 0;
        if (bits[word] == 0)
            continue;
        for (size_t i = 0; i < WORD_ROWS; i++)
            kept |= (uint64_t)wanted[codes[i]] << i;
        bits[word] &= kept;
    }
}

static void keep_held(uint64_t *bits, const uint32_t *since, const uint32_t *until, size_t words, uint32_t entry)
{
    for (size_t word = 0; word < words; word++, since += WORD_ROWS, until += WORD_ROWS) {
        uint64_t kept = 0;
        if (bits[word] == 0)
            continue;
        for (size_t i = 0; i < WORD_ROWS; i++)
            kept |= (uint64_t)(since[i] <= entry && until[i] > entry) << i;
        bits[word] &= kept;
    }
}

static void keep_before(uint64_t *bits, const uint16_t *days, size_t words, uint16_t end)
{
    for (size_t word = 0; word < words; word++, days += WORD_ROWS) {
        uint64_t kept = 0;
        if (bits[word] == 0)
            continue;
        for (size_t i = 0; i < WORD_ROWS; i++)
            kept |= (uint64_t)(days[i] < end) << i;
        bits[word] &= kept;
    }
}

const Kernel *kernel_plain(void)
{
    static const Kernel plain = { "plain", keep_codes, keep_held, keep_before };
    return &plain;
}

const Kernel *kernel_best(void)
{
    const Kernel *vector = kernel_vector();
    return vector ? vector : kernel_plain();
}
