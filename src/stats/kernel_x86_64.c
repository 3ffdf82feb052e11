/* The kernel in AVX2: 32 codes, 16 days or 8 entry numbers an instruction. The build takes this file on x86_64; whether
 * the processor has AVX2 is asked when the program runs. */
#include <immintrin.h>

#include "stats/kernel.h"

#define AVX2 __attribute__((target("avx2,popcnt")))

/* Which codes are wanted as 256 bits: bit (code & 7) of byte (code >> 3). Two halves, each doubled for both lanes. */
typedef struct Wanted {
    __m256i low, high; /* codes below 128, codes from 128 */
} Wanted;

AVX2 static Wanted pack(const uint8_t wanted[BYTE_CODES])
{
    uint8_t bytes[BYTE_CODES / 8] = { 0 };
    for (size_t code = 0; code < BYTE_CODES; code++)
        bytes[code / 8] = (uint8_t)(bytes[code / 8] | wanted[code] << (code % 8));
    return (Wanted){
        _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)bytes)),
        _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(bytes + 16))),
    };
}

AVX2 static inline uint32_t test_32(const uint8_t *codes, Wanted wanted)
{
    const __m256i bit_of = _mm256_setr_epi8(1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16,
                                            32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128);
    __m256i code = _mm256_loadu_si256((const __m256i *)codes);
    __m256i place = _mm256_and_si256(_mm256_srli_epi16(code, 3), _mm256_set1_epi8(15));
    __m256i byte = _mm256_blendv_epi8(_mm256_shuffle_epi8(wanted.low, place), _mm256_shuffle_epi8(wanted.high, place),
                                      code); /* by the highest bit of the code */
    __m256i bit = _mm256_shuffle_epi8(bit_of, _mm256_and_si256(code, _mm256_set1_epi8(7)));
    return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_and_si256(byte, bit), bit));
}

AVX2 static void keep_codes(uint64_t *bits, const uint8_t *codes, size_t words, const uint8_t wanted[BYTE_CODES])
{
    Wanted packed = pack(wanted);
    for (size_t word = 0; word < words; word++, codes += WORD_ROWS)
        if (bits[word])
            bits[word] &= test_32(codes, packed) | (uint64_t)test_32(codes + 32, packed) << 32;
}

AVX2 static inline uint64_t held_8(const uint32_t *since, const uint32_t *until, __m256i entry, __m256i next)
{
    __m256i begins = _mm256_loadu_si256((const __m256i *)since), ends = _mm256_loadu_si256((const __m256i *)until);
    __m256i begun = _mm256_cmpeq_epi32(_mm256_max_epu32(begins, entry), entry);
    __m256i open = _mm256_cmpeq_epi32(_mm256_min_epu32(ends, next), next); /* until >= entry + 1 */
    return (uint64_t)(uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_and_si256(begun, open)));
}

AVX2 static void keep_held(uint64_t *bits, const uint32_t *since, const uint32_t *until, size_t words, uint32_t entry)
{
    __m256i now = _mm256_set1_epi32((int32_t)entry), next = _mm256_set1_epi32((int32_t)(entry + 1));
    for (size_t word = 0; word < words; word++, since += WORD_ROWS, until += WORD_ROWS) {
        uint64_t kept = 0;
        if (bits[word] == 0)
            continue;
        for (unsigned i = 0; i < WORD_ROWS; i += 8)
            kept |= held_8(since + i, until + i, now, next) << i;
        bits[word] &= kept;
    }
}

AVX2 static inline __m256i before_16(const uint16_t *days, __m256i end)
{
    __m256i day = _mm256_loadu_si256((const __m256i *)days);
    return _mm256_cmpeq_epi16(_mm256_max_epu16(day, end), day); /* all ones where it is not before */
}

AVX2 static inline uint32_t before_32(const uint16_t *days, __m256i end)
{
    __m256i late = _mm256_packs_epi16(before_16(days, end), before_16(days + 16, end)); /* each half in two places */
    return ~(uint32_t)_mm256_movemask_epi8(_mm256_permute4x64_epi64(late, _MM_SHUFFLE(3, 1, 2, 0)));
}

AVX2 static void keep_before(uint64_t *bits, const uint16_t *days, size_t words, uint16_t end)
{
    __m256i ends = _mm256_set1_epi16((int16_t)end);
    for (size_t word = 0; word < words; word++, days += WORD_ROWS)
        if (bits[word])
            bits[word] &= before_32(days, ends) | (uint64_t)before_32(days + 32, ends) << 32;
}

const Kernel *kernel_vector(void)
{
    static const Kernel avx2 = { "AVX2", keep_codes, keep_held, keep_before };
    return __builtin_cpu_supports("avx2") ? &avx2 : NULL;
}
