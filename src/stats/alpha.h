/* Alpha: how far coders agree beyond chance. K. Krippendorff, "Content Analysis" (2004), chapter 11; the computation by
 * coincidences is that of his "Computing Krippendorff's Alpha-Reliability" (2011). 1 is perfect, 0 what chance gives.
 */
#pragma once

#include "base/base.h"

typedef enum AlphaMetric {
    ALPHA_NOMINAL,  /* codes: equal or not */
    ALPHA_ORDINAL,  /* ranks: by how many values lie between two */
    ALPHA_INTERVAL, /* days: by their difference */
    ALPHA_RATIO     /* amounts, from 0: by their difference over their sum */
} AlphaMetric;

enum { ALPHA_VALUES_MAX = 4096 };

typedef struct Codings {
    const double *values; /* unit by unit, one of each coder; NaN: not coded */
    size_t units, coders;
} Codings;

/* NaN when fewer than two values can be compared, when all are the same (nothing could differ), or when there are more
 * than ALPHA_VALUES_MAX values. `pairable`: the values in units that at least two have coded. */
double alpha_of(const Codings *codings, AlphaMetric metric, size_t *pairable);
