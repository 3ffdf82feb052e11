/* Kernel: the inner loops that decide which rows match, for 64 rows at a time. The plain one is the reference;
 * the other uses the vector instructions of the processor at hand and gives the same answers. */
#pragma once

#include "stats/column.h"

typedef struct Kernel {
    const char *name;
    /* Takes from bits[0..words) the rows whose code is not wanted (wanted[code] is 0 or 1). */
    void (*keep_codes)(uint64_t *bits, const uint8_t *codes, size_t words, const uint8_t wanted[BYTE_CODES]);
    /* Takes the rows that do not hold as of an entry: since <= entry < until. */
    void (*keep_held)(uint64_t *bits, const uint32_t *since, const uint32_t *until, size_t words, uint32_t entry);
    /* Takes the rows whose day is not before `end`. */
    void (*keep_before)(uint64_t *bits, const uint16_t *days, size_t words, uint16_t end);
} Kernel;

const Kernel *kernel_plain(void);
const Kernel *kernel_vector(void); /* NULL when this processor has none */
const Kernel *kernel_best(void);
