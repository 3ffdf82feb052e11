/* Agreement report: how far coders agree beyond chance, of one half-year: the body of the entry agreement.publish,
 * subject "agreement/20262" for the second half of 2026. It is measured over the blind second codings of published
 * incidents and published as numbers alone: who coded what stays in the work store. A later entry about the half-year
 * replaces it. */
#pragma once

#include "domain/record.h"

/* Below AGREEMENT_UNITS_MIN incidents no number is given, as no comparison is made below it anywhere (METHOD.md 5). */
enum { AGREEMENT_ROWS_MAX = 999, AGREEMENT_UNITS_MIN = 5, AGREEMENT_PERIOD_SIZE = 8 };

typedef struct AgreementRow {
    const char *alpha;    /* "0.743", "-0.050"; NULL: too few incidents, or nothing that could differ */
    const char *metric;   /* a word of agreement_metrics */
    int64_t units;        /* incidents that both have coded */
    const char *variable; /* as codebook_claimable takes it */
} AgreementRow;

typedef struct AgreementReport {
    const char *codebook; /* version */
    const char *period;   /* "2026-H2" */
    const char *reviewer; /* the account that agreed; NULL before */
    AgreementRow *rows;   /* by variable */
    size_t row_count;
} AgreementReport;

extern const char *const agreement_metrics[]; /* ended by NULL */

/* The number of the half-year in subjects: 20262; 0 when the text is none. */
int64_t agreement_number(const char *period);
/* "2026-H2", of the half-year of the moment. */
void agreement_period(int64_t moment, char period[AGREEMENT_PERIOD_SIZE]);
/* Thousandths of an alpha; false when it is no such number. */
bool agreement_thousandths(const char *alpha, int64_t *thousandths);

/* BAD_INPUT names what is wrong. */
bool agreement_report_check(const AgreementReport *report, int64_t number, Problem *problem);
/* Canonical JSON and back, as record_write and record_read. */
void agreement_report_write(Out *out, const AgreementReport *report);
bool agreement_report_read(Arena *arena, Text json, AgreementReport *report, Problem *problem);
