/* Agreed: how far coders agree on each variable, as it was published, and what the method lets be drawn by it: a
 * variable whose alpha is below 0.667 is not charted, one below 0.8 is flagged (METHOD 8). */
#pragma once

#include "store/store.h"

typedef struct Measured { /* one variable in one half-year */
    const char *variable, *period;
    int64_t at;          /* moment at which it was published */
    int64_t thousandths; /* of Krippendorff's alpha */
} Measured;

typedef struct Agreed {
    const Measured *items; /* by variable and half-year, those that were replaced before those that replace them */
    size_t count;
} Agreed;

typedef enum Trust { TRUST_GOOD, TRUST_FLAGGED, TRUST_NONE } Trust;

Trust trust_of(int64_t thousandths);

/* All numbers that were ever published. Memory: `arena`. */
bool agreed_read(Arena *arena, Store *published, Agreed *agreed, Problem *problem);

/* Of the variables, with blanks between them, the one on which coders agree least, by the newest half-year with a
 * number that was published by the moment `as_of`. NULL when there is none. */
const Measured *agreed_least(const Agreed *agreed, const char *variables, int64_t as_of);
