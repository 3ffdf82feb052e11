/* Words that every room uses: integer sizes, array length, printf checking. */
#pragma once

/* System headers come before banned.h, which forbids some of the names that they declare. */
#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/banned.h"

#define COUNT_OF(a) (sizeof(a) / sizeof((a)[0]))
#define PRINTF_LIKE(text, first) __attribute__((__format__(__printf__, text, first)))
#define NEVER_NULL __attribute__((returns_nonnull))
#define MUST_CHECK __attribute__((warn_unused_result))
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))
/* Marks a text for people, which tools/pot.py collects and `say` translates where it is shown. */
#define N_(english) english

/* a + b and a * b for sizes; ends the program when the result does not fit, so that no allocation is ever too small. */
static inline size_t size_add(size_t a, size_t b)
{
    size_t sum;
    if (__builtin_add_overflow(a, b, &sum))
        abort();
    return sum;
}

static inline size_t size_times(size_t a, size_t b)
{
    size_t product;
    if (__builtin_mul_overflow(a, b, &product))
        abort();
    return product;
}
