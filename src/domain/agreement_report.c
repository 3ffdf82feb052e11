#include "domain/agreement_report.h"

#include "domain/shape.h"

enum { THOUSAND = 1000, HALF = 6, YEAR_FIRST = 1900, YEAR_LAST = 2999 };

const char *const agreement_metrics[] = { "nominal", "ordinal", "interval", "ratio", NULL };

int64_t agreement_number(const char *period)
{
    int64_t year;
    if (!period || strlen(period) != AGREEMENT_PERIOD_SIZE - 1 || memcmp(period + 4, "-H", 2) != 0 ||
        (period[6] != '1' && period[6] != '2') || !text_int((Text){ period, 4 }, &year) || year < YEAR_FIRST ||
        year > YEAR_LAST)
        return 0;
    return year * 10 + (period[6] - '0');
}

void agreement_period(int64_t moment, char period[AGREEMENT_PERIOD_SIZE])
{
    int year, month, day;
    day_split(moment_day(moment), &year, &month, &day);
    unsigned shown = (unsigned)year % (YEAR_LAST + 1);
    (void)snprintf(period, AGREEMENT_PERIOD_SIZE, "%04u-H%d", shown, month <= HALF ? 1 : 2);
}

/* An optional sign, 0 or 1, a full stop and three digits, from -1 to 1. */
bool agreement_thousandths(const char *alpha, int64_t *thousandths)
{
    bool negative = alpha[0] == '-';
    const char *digits = alpha + (negative ? 1 : 0);
    int64_t part;
    if (strlen(digits) != 5 || (digits[0] != '0' && digits[0] != '1') || digits[1] != '.' ||
        strspn(digits + 2, "0123456789") != 3 || !text_int(text_of(digits + 2), &part))
        return false;
    int64_t size = (int64_t)(digits[0] - '0') * THOUSAND + part;
    *thousandths = negative ? -size : size;
    return size <= THOUSAND && !(negative && size == 0);
}

static bool is_metric(const char *word)
{
    for (size_t i = 0; word && agreement_metrics[i]; i++)
        if (strcmp(agreement_metrics[i], word) == 0)
            return true;
    return false;
}

static bool row_check(const AgreementReport *report, size_t i, Problem *problem)
{
    const AgreementRow *row = &report->rows[i];
    int64_t thousandths;
    if (!row->variable || (i && strcmp(report->rows[i - 1].variable, row->variable) >= 0))
        return fail_field(problem, PROBLEM_BAD_INPUT, "rows", "variables stand in their order, each once");
    if (!is_metric(row->metric) || row->units < 1)
        return fail_field(problem, PROBLEM_BAD_INPUT, "rows", "%.60s has no metric or no incidents", row->variable);
    if (row->alpha && row->units < AGREEMENT_UNITS_MIN)
        return fail_field(problem, PROBLEM_BAD_INPUT, "rows", "%.60s: below %d incidents no agreement is published",
                          row->variable, AGREEMENT_UNITS_MIN);
    return !row->alpha || agreement_thousandths(row->alpha, &thousandths) ||
           fail_field(problem, PROBLEM_BAD_INPUT, "rows", "%.60s: '%.20s' is no alpha", row->variable, row->alpha);
}

bool agreement_report_check(const AgreementReport *report, int64_t number, Problem *problem)
{
    if (!report->codebook || !report->period || !number || agreement_number(report->period) != number)
        return fail(problem, PROBLEM_BAD_INPUT, "a report of agreement has a codebook and its half-year");
    if (!report->row_count || report->row_count > AGREEMENT_ROWS_MAX)
        return fail_field(problem, PROBLEM_BAD_INPUT, "rows", "a report of agreement has 1 to %d rows",
                          AGREEMENT_ROWS_MAX);
    for (size_t i = 0; i < report->row_count; i++)
        if (!row_check(report, i, problem))
            return false;
    return true;
}

void agreement_report_write(Out *out, const AgreementReport *report)
{
    shape_write(out, report, &agreement_report_shape);
}

bool agreement_report_read(Arena *arena, Text json, AgreementReport *report, Problem *problem)
{
    *report = (AgreementReport){ 0 };
    return shape_read(arena, json, report, &agreement_report_shape, problem);
}
