/* Agreement: Krippendorff's alpha of each variable over the blind second codings, by half-year, as METHOD.md 8 asks: a
 * variable below 0.667 is not charted, below 0.8 it is flagged.
 *
 * Enumerations are compared as sets of codes; those whose codes carry their order ("s0_none", "s1_admin") by rank;
 * dates and numbers by their lower bounds. A missing code is an answer of its own among codes, and no number. */
#pragma once

#include "domain/coding.h"
#include "stats/alpha.h"

typedef struct Agreement {
    const char *period; /* "2026-H2"; "" for all together */
    const char *variable;
    AlphaMetric metric;
    size_t units; /* incidents that both have coded */
    double alpha; /* NaN: cannot be computed */
} Agreement;

extern const char *const alpha_metrics[]; /* by AlphaMetric: nominal, ordinal, interval */

/* By period, all together first, then by variable. Memory: `arena`. */
void agreement_of(Arena *arena, const Codebook *codebook, const CodedPair *pairs, size_t pair_count, Agreement **rows,
                  size_t *count);
