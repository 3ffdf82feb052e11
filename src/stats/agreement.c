#include "stats/agreement.h"

typedef struct Measuring {
    Arena *arena;
    const Codebook *codebook;
    const CodedPair *pairs;
    size_t pair_count;
    Agreement *rows;
    size_t count, room;
} Measuring;

static bool in_period(const CodedPair *pair, const char *period)
{
    char text[AGREEMENT_PERIOD_SIZE];
    agreement_period(pair->at, text);
    return !*period || strcmp(text, period) == 0;
}

/* "s3_service_stopped": a letter and the rank. */
static bool is_ranked(const Variable *variable)
{
    for (size_t i = 0; i < variable->value_count; i++) {
        const char *code = variable->values[i].code;
        if (code[0] < 'a' || code[0] > 'z' || code[1] < '0' || code[1] > '9' || (code[2] && code[2] != '_'))
            return false;
    }
    return variable->value_count > 0;
}

static AlphaMetric metric_of(const Variable *variable, ValueType type)
{
    if (type == TYPE_COUNT || type == TYPE_NUMBER || type == TYPE_RANGE || type == TYPE_MONEY)
        return ALPHA_RATIO;
    if (type == TYPE_DATE)
        return ALPHA_INTERVAL;
    return variable->cardinality != ANY_NUMBER && is_ranked(variable) ? ALPHA_ORDINAL : ALPHA_NOMINAL;
}

/* The lower bound of the first claim about the variable that has a value. */
static double number_of(const Codebook *codebook, const Record *record, const char *variable)
{
    Problem ignored = { 0 };
    for (size_t i = 0; i < record->statement_count; i++)
        for (size_t j = 0; j < record->statements[i].claim_count; j++) {
            ClaimFacts claim = record->statements[i].claims[j];
            if (strcmp(claim.variable, variable) != 0 || !claim.value || !claim_understand(codebook, &claim, &ignored))
                continue;
            return claim.type == TYPE_DATE ? claim.parsed.span.first : claim.parsed.low;
        }
    return (double)NAN;
}

typedef struct Words { /* each text has its place as number */
    const char **items;
    size_t count;
} Words;

static double word_number(Words *words, const char *text)
{
    size_t place = 0;
    if (!*text)
        return (double)NAN;
    while (place < words->count && strcmp(words->items[place], text) != 0)
        place++;
    if (place == words->count)
        words->items[words->count++] = text;
    return (double)place;
}

static double rank_of(const char *text)
{
    return *text && text[0] != '(' ? text[1] - '0' : (double)NAN;
}

static void measure(Measuring *measuring, const char *period, const char *name)
{
    ValueType type;
    const Variable *variable = codebook_claimable(measuring->codebook, text_of(name), &type);
    if (!variable)
        return;
    AlphaMetric metric = metric_of(variable, type);
    Words words = { NEW_ARRAY(measuring->arena, const char *, 2 * measuring->pair_count + 1), 0 };
    double *values = NEW_ARRAY(measuring->arena, double, 2 * measuring->pair_count + 1);
    size_t units = 0, pairable;
    for (size_t i = 0; i < measuring->pair_count; i++) {
        const CodedPair *pair = &measuring->pairs[i];
        const Record *records[] = { &pair->first, &pair->second };
        for (size_t j = 0; in_period(pair, period) && j < 2; j++) {
            const char *text = coding_text(measuring->arena, records[j], name);
            values[2 * units + j] = metric == ALPHA_ORDINAL   ? rank_of(text)
                                    : metric == ALPHA_NOMINAL ? word_number(&words, text)
                                                              : number_of(measuring->codebook, records[j], name);
        }
        units += in_period(pair, period) ? 1 : 0;
    }
    double alpha = alpha_of(&(Codings){ values, units, 2 }, metric, &pairable);
    if (pairable == 0)
        return;
    measuring->rows =
        arena_grow(measuring->arena, measuring->rows, measuring->count, &measuring->room, sizeof *measuring->rows);
    measuring->rows[measuring->count++] = (Agreement){ period, name, metric, pairable / 2, alpha };
}

typedef struct Names {
    Arena *arena;
    const char **items;
    size_t count, room;
} Names;

static void add_once(Names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++)
        if (strcmp(names->items[i], name) == 0)
            return;
    names->items = arena_grow(names->arena, names->items, names->count, &names->room, sizeof *names->items);
    names->items[names->count++] = name;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void add_variables(Names *names, const Record *record)
{
    for (size_t i = 0; i < record->statement_count; i++)
        for (size_t j = 0; j < record->statements[i].claim_count; j++)
            add_once(names, record->statements[i].claims[j].variable);
}

void agreement_of(Arena *arena, const Codebook *codebook, const CodedPair *pairs, size_t pair_count, Agreement **rows,
                  size_t *count)
{
    Measuring measuring = { arena, codebook, pairs, pair_count, NULL, 0, 0 };
    Names periods = { .arena = arena }, variables = { .arena = arena };
    add_once(&periods, "");
    for (size_t i = 0; i < pair_count; i++) {
        char period[AGREEMENT_PERIOD_SIZE];
        agreement_period(pairs[i].at, period);
        add_once(&periods, arena_string(arena, period));
        add_variables(&variables, &pairs[i].first);
        add_variables(&variables, &pairs[i].second);
    }
    if (variables.count)
        qsort(variables.items, variables.count, sizeof *variables.items, by_name);
    for (size_t i = 0; i < periods.count; i++)
        for (size_t j = 0; j < variables.count; j++)
            measure(&measuring, periods.items[i], variables.items[j]);
    *rows = measuring.rows;
    *count = measuring.count;
}

/* "0.743", and never a zero below zero. */
static const char *alpha_text(Arena *arena, double alpha)
{
    long thousandths = lround(alpha * 1000);
    return arena_format(arena, "%s%ld.%03ld", thousandths < 0 ? "-" : "", labs(thousandths) / 1000,
                        labs(thousandths) % 1000);
}

static void fill_report(Arena *arena, const Agreement *measured, size_t count, const char *period,
                        AgreementReport *report)
{
    report->rows = NEW_ARRAY(arena, AgreementRow, count + 1);
    report->row_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(measured[i].period, period) != 0)
            continue;
        bool told = measured[i].units >= AGREEMENT_UNITS_MIN && !isnan(measured[i].alpha);
        report->rows[report->row_count++] = (AgreementRow){ .alpha = told ? alpha_text(arena, measured[i].alpha) : NULL,
                                                            .metric = agreement_metrics[measured[i].metric],
                                                            .units = (int64_t)measured[i].units,
                                                            .variable = measured[i].variable };
    }
}

bool agreement_reports(Arena *arena, Store *work, const Codebook *codebook, AgreementReport **reports, size_t *count,
                       Problem *problem)
{
    CodedPair *pairs;
    Agreement *measured;
    size_t pair_count, measured_count;
    if (!coding_pairs(arena, work, CODED_PUBLISHED, &pairs, &pair_count, problem))
        return false;
    agreement_of(arena, codebook, pairs, pair_count, &measured, &measured_count);
    *reports = NEW_ARRAY(arena, AgreementReport, measured_count + 1);
    *count = 0;
    for (size_t i = 0; i < measured_count; i++) {
        const char *period = measured[i].period;
        if (!*period || (*count && strcmp((*reports)[*count - 1].period, period) == 0))
            continue;
        AgreementReport *report = &(*reports)[(*count)++];
        *report = (AgreementReport){ .codebook = codebook->version, .period = period };
        fill_report(arena, measured, measured_count, period, report);
    }
    return true;
}

bool agreement_report_of(Arena *arena, Store *work, const Codebook *codebook, const char *period,
                         AgreementReport *report, Problem *problem)
{
    AgreementReport *reports;
    size_t count;
    if (!agreement_reports(arena, work, codebook, &reports, &count, problem))
        return false;
    for (size_t i = 0; i < count; i++)
        if (strcmp(reports[i].period, period) == 0) {
            *report = reports[i];
            return true;
        }
    return fail_field(problem, PROBLEM_NOT_FOUND, "period", "nothing published was coded twice in '%.20s'", period);
}
