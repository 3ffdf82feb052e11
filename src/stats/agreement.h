/* Agreement: Krippendorff's alpha of each variable over the blind second codings, by half-year, as METHOD.md 8 asks: a
 * variable below 0.667 is not charted, below 0.8 it is flagged.
 *
 * Enumerations are compared as sets of codes; those whose codes carry their order ("s0_none", "s1_admin") by rank;
 * dates by the days between them, amounts by their ratio, both by their lower bounds. A missing code is an answer of
 * its own among codes, and no number. */
#pragma once

#include "domain/agreement_report.h"
#include "domain/coding.h"
#include "stats/alpha.h"

typedef struct Agreement {
    const char *period; /* "2026-H2"; "" for all together */
    const char *variable;
    AlphaMetric metric; /* also its place in agreement_metrics */
    size_t units;       /* incidents that both have coded */
    double alpha;       /* NaN: cannot be computed */
} Agreement;

/* By period, all together first, then by variable. Memory: `arena`. */
void agreement_of(Arena *arena, const Codebook *codebook, const CodedPair *pairs, size_t pair_count, Agreement **rows,
                  size_t *count);

/* What can be published of one half-year. NOT_FOUND when nothing can. */
bool agreement_report_of(Arena *arena, Store *work, const Codebook *codebook, const char *period,
                         AgreementReport *report, Problem *problem);
/* What can be published of each half-year, in their order: of published incidents alone, and no number below
 * AGREEMENT_UNITS_MIN of them. Memory: `arena`. */
bool agreement_reports(Arena *arena, Store *work, const Codebook *codebook, AgreementReport **reports, size_t *count,
                       Problem *problem);
