#include "stats/figures.h"

#include "domain/derive.h"
#include "stats/match.h"

/* Neighbours often have the same code, and a counter cannot be raised again before it was stored: four take turns. */
enum { LANES = 4 };
enum { CHUNK_WORDS = 16, CHUNK_ROWS = CHUNK_WORDS * WORD_ROWS, CLOSED_AFTER_DAYS = 56, DAYS_A_WEEK = 7 };

/* The columns that are counted over the counted incidents. */
static const FixedFacet tallied[] = { FACET_TYPE,     FACET_MAIN_TYPE,  FACET_COUNTRY,     FACET_SECTOR,
                                      FACET_SEVERITY, FACET_RANSOMWARE, FACET_VERIFICATION };

/* The same of variables that a register need not have: then all are unknown. */
static const char *const tallied_too[] = { "care_disruption", "first_discloser", "attribution_basis",
                                           "attribution_status" };
enum { TALLIED = COUNT_OF(tallied) + COUNT_OF(tallied_too) };

typedef struct Tally {
    const Column *columns[TALLIED];
    size_t count;
    uint32_t counters[TALLIED][LANES][BYTE_CODES]; /* by code */
    uint64_t *organisations;                       /* bit by organisation that was hit */
    int64_t links;
} Tally;

typedef struct Counting {
    const Snapshot *snapshot;
    const Filter *filter;
    Arena *arena;
    Match match;
    Selection counted; /* U of METHOD.md 5 */
    Figures *figures;
} Counting;

static int64_t count_rows(const Selection *rows)
{
    int64_t count = 0;
    for (size_t i = rows->from; i < rows->to; i++)
        count += word_count(rows->bits[i]);
    return count;
}

/* Set bits in rows [from, to). */
static int64_t count_between(const uint64_t *bits, size_t from, size_t to)
{
    int64_t count = 0;
    if (from >= to)
        return 0;
    size_t first = from / WORD_ROWS, last = (to - 1) / WORD_ROWS;
    for (size_t i = first; i <= last; i++) {
        uint64_t word = bits[i];
        if (i == first)
            word &= UINT64_MAX << (from % WORD_ROWS);
        if (i == last)
            word &= UINT64_MAX >> (WORD_ROWS - 1 - (to - 1) % WORD_ROWS);
        count += word_count(word);
    }
    return count;
}

static size_t list_rows(const Selection *rows, size_t from, uint32_t list[CHUNK_ROWS])
{
    size_t count = 0, to = MIN(rows->to, from + CHUNK_WORDS);
    for (size_t at = from; at < to; at++)
        for (uint64_t word = rows->bits[at]; word; word &= word - 1)
            list[count++] = (uint32_t)(at * WORD_ROWS) + (uint32_t)__builtin_ctzll(word);
    return count;
}

/* The links of one row. A bit set, because its cost is that of the rows selected: rows sorted by organisation and
 * counted without one are faster only when more than half of all rows are. */
static uint32_t tally_victims(const Snapshot *snapshot, uint32_t victims, uint64_t *organisations)
{
    if (!(victims & VICTIMS_MANY)) {
        bit_set(organisations, victims);
        return 1;
    }
    const uint32_t *many = snapshot->many + (victims & ~VICTIMS_MANY);
    for (uint32_t i = 1; i <= many[0]; i++)
        bit_set(organisations, many[i]);
    return many[0];
}

static void count_codes(const uint8_t *codes, const uint32_t *list, size_t count, uint32_t counters[LANES][BYTE_CODES])
{
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) {
        counters[0][codes[list[i]]]++;
        counters[1][codes[list[i + 1]]]++;
        counters[2][codes[list[i + 2]]]++;
        counters[3][codes[list[i + 3]]]++;
    }
    for (; i < count; i++)
        counters[0][codes[list[i]]]++;
}

/* Organisations that were not attacked but affected, by how. */
static void count_beside(const Counting *counting)
{
    const Snapshot *snapshot = counting->snapshot;
    const Beside *beside = &snapshot->beside;
    const Selection *rows = &counting->counted;
    int64_t counts[HITS] = { 0 };
    uint64_t *seen[HITS];
    for (size_t hit = 0; hit < HITS; hit++)
        seen[hit] = NEW_ARRAY(counting->arena, uint64_t, beside->count ? words_of(snapshot->organisation_count) : 0);
    for (size_t i = 0; i < beside->count; i++) {
        uint32_t row = beside->rows[i], organisation = beside->organisations[i];
        uint8_t hit = beside->hits[i];
        if (row < rows->from * WORD_ROWS || row >= rows->to * WORD_ROWS || !bit_is_set(rows->bits, row))
            continue;
        counts[hit] += !bit_is_set(seen[hit], organisation);
        bit_set(seen[hit], organisation);
    }
    counting->figures->organisations_beside.precautionary = counts[HIT_PRECAUTIONARY];
    counting->figures->organisations_beside.collateral = counts[HIT_COLLATERAL];
    counting->figures->organisations_beside.spillover = counts[HIT_SPILLOVER];
}

static Tally *tally_new(const Counting *counting)
{
    const Snapshot *snapshot = counting->snapshot;
    Tally *tally = NEW(counting->arena, Tally);
    for (size_t i = 0; i < COUNT_OF(tallied); i++)
        tally->columns[tally->count++] = &snapshot->columns[tallied[i]];
    for (size_t i = 0; i < COUNT_OF(tallied_too); i++) {
        const Column *column = snapshot_column(snapshot, tallied_too[i]);
        if (column)
            tally->columns[tally->count++] = column;
    }
    return tally;
}

/* Column after column over a list of rows: short loops that keep the processor's pipelines full. */
static Tally *tally_rows(const Counting *counting)
{
    const Snapshot *snapshot = counting->snapshot;
    const Selection *rows = &counting->counted;
    Tally *tally = tally_new(counting);
    tally->organisations = NEW_ARRAY(counting->arena, uint64_t, words_of(snapshot->organisation_count));
    uint32_t list[CHUNK_ROWS];
    int64_t links = 0;
    for (size_t from = rows->from; from < rows->to; from += CHUNK_WORDS) {
        size_t count = list_rows(rows, from, list);
        for (size_t t = 0; t < tally->count; t++)
            count_codes(tally->columns[t]->codes, list, count, tally->counters[t]);
        for (size_t i = 0; i < count; i++)
            links += tally_victims(snapshot, snapshot->victims[list[i]], tally->organisations);
    }
    tally->links = links;
    return tally;
}

/* Rows by value of a tallied column, and behind the values those without one. */
static int64_t *values_of(const Counting *counting, const Tally *tally, const Column *column)
{
    int64_t *counts = NEW_ARRAY(counting->arena, int64_t, column->value_count + 1);
    for (size_t t = 0; t < tally->count; t++)
        if (tally->columns[t] == column)
            for (size_t lane = 0; lane < LANES; lane++)
                column_spread(column, tally->counters[t][lane], counts);
    column_count_rare(column, &counting->counted, counts);
    return counts;
}

static Counts counts_of(const Counting *counting, const Column *column, const int64_t *counts)
{
    Counts result = { .items = NEW_ARRAY(counting->arena, Count, column->value_count + 1) };
    for (size_t i = 0; i <= column->value_count; i++) {
        const char *code = i < column->value_count ? column->values[i] : "";
        if (counts[i])
            result.items[result.count++] = (Count){ arena_string(counting->arena, code), counts[i] };
    }
    return result;
}

static Counts tallied_counts(const Counting *counting, const Tally *tally, FixedFacet facet)
{
    const Column *column = &counting->snapshot->columns[facet];
    return counts_of(counting, column, values_of(counting, tally, column));
}

static Counts told_counts(const Counting *counting, const Tally *tally, const char *variable)
{
    const Column *column = snapshot_column(counting->snapshot, variable);
    if (column)
        return counts_of(counting, column, values_of(counting, tally, column));
    Counts unknown = { .items = NEW_ARRAY(counting->arena, Count, 1), .count = counting->figures->incidents > 0 };
    unknown.items[0] = (Count){ "", counting->figures->incidents };
    return unknown;
}

/* More first, then by code; unknown last. */
static int by_count(const void *a, const void *b)
{
    const Count *left = a, *right = b;
    if (!*left->code != !*right->code)
        return *left->code ? -1 : 1;
    if (left->count != right->count)
        return left->count < right->count ? 1 : -1;
    return strcmp(left->code, right->code);
}

static void count_countries(const Counting *counting, const Tally *tally)
{
    Figures *figures = counting->figures;
    Counts *countries = &figures->by_country;
    *countries = tallied_counts(counting, tally, FACET_COUNTRY);
    qsort(countries->items, countries->count, sizeof *countries->items, by_count);
    for (size_t i = 0; i < countries->count; i++)
        figures->countries += *countries->items[i].code != '\0';
}

static int64_t count_of(const Counts *counts, const char *code)
{
    for (size_t i = 0; i < counts->count; i++)
        if (strcmp(counts->items[i].code, code) == 0)
            return counts->items[i].count;
    return 0;
}

static void count_ransomware(const Counting *counting, const Tally *tally)
{
    Counts statuses = tallied_counts(counting, tally, FACET_RANSOMWARE);
    counting->figures->ransomware_confirmed = count_of(&statuses, "confirmed");
    counting->figures->ransomware_suspected = count_of(&statuses, "suspected");
}

/* All levels that are told, counted or beside. */
static void count_levels(const Counting *counting, const Tally *tally)
{
    const Column *column = &counting->snapshot->columns[FACET_VERIFICATION];
    int64_t *counts = values_of(counting, tally, column);
    for (size_t i = 0; i < column->value_count; i++) {
        if (strcmp(column->values[i], verification_codes[V1_CLAIMED]) == 0)
            counts[i] += counting->figures->claimed_only;
        if (strcmp(column->values[i], verification_codes[V0_UNVERIFIED]) == 0)
            counts[i] += counting->figures->unverified;
    }
    counting->figures->by_verification = counts_of(counting, column, counts);
}

static void count_excluded(const Counting *counting)
{
    const Column *column = &counting->snapshot->columns[FACET_INCLUSION];
    Selection rows = match_shelf(counting->snapshot, &counting->match.rows, SHELF_EXCLUDED, counting->arena);
    int64_t *counts = NEW_ARRAY(counting->arena, int64_t, column->value_count + 1);
    column_count(column, &rows, counts);
    counting->figures->excluded = count_rows(&rows);
    counting->figures->by_exclusion = counts_of(counting, column, counts);
}

static size_t first_row(const Selection *rows)
{
    for (size_t at = rows->from; at < rows->to; at++)
        if (rows->bits[at])
            return at * WORD_ROWS + (size_t)__builtin_ctzll(rows->bits[at]);
    return SIZE_MAX;
}

static size_t last_row_before(const Selection *rows, size_t end)
{
    for (size_t at = MIN(words_of(end), rows->to); at-- > rows->from;) {
        uint64_t word = rows->bits[at];
        if (at == end / WORD_ROWS)
            word &= ~(UINT64_MAX << (end % WORD_ROWS));
        if (word)
            return at * WORD_ROWS + (WORD_ROWS - 1) - (size_t)__builtin_clzll(word);
    }
    return SIZE_MAX;
}

static void find_days(const Counting *counting)
{
    const Snapshot *snapshot = counting->snapshot;
    Figures *figures = counting->figures;
    size_t last = last_row_before(&counting->counted, snapshot_dated(snapshot));
    figures->first_day = figures->last_day = DAY_UNKNOWN;
    if (last == SIZE_MAX)
        return;
    figures->first_day = snapshot_day(snapshot, first_row(&counting->counted));
    figures->last_day = snapshot_day(snapshot, last);
}

static int month_number(int32_t day)
{
    int year, month, of_month;
    day_split(day, &year, &month, &of_month);
    return year * 12 + month - 1;
}

static size_t month_row(const Snapshot *snapshot, int month)
{
    return snapshot_row_from(snapshot, day_of(month / 12, month % 12 + 1, 1));
}

static void count_months(const Counting *counting)
{
    const Snapshot *snapshot = counting->snapshot;
    Figures *figures = counting->figures;
    Counts *months = &figures->by_month;
    bool any = figures->first_day != DAY_UNKNOWN;
    int first = any ? month_number(figures->first_day) : 0, last = any ? month_number(figures->last_day) : -1;
    int64_t rest = figures->incidents;
    months->items = NEW_ARRAY(counting->arena, Count, (size_t)(last - first + 2));
    for (int month = first; month <= last; month++) {
        int64_t count =
            count_between(counting->counted.bits, month_row(snapshot, month), month_row(snapshot, month + 1));
        months->items[months->count++] =
            (Count){ arena_format(counting->arena, "%04d-%02d", month / 12, month % 12 + 1), count };
        rest -= count;
    }
    if (rest)
        months->items[months->count++] = (Count){ "", rest };
}

/* METHOD.md 5.5: only what closed at least 8 weeks before; later weeks are, or by then were, still being reported. */
static void count_weeks(const Counting *counting)
{
    Figures *figures = counting->figures;
    const Filter *filter = counting->filter;
    int32_t closed = figures->told_until - CLOSED_AFTER_DAYS;
    int32_t first = filter->from == INT32_MIN ? figures->first_day : filter->from;
    int32_t last = filter->to == INT32_MAX ? closed : filter->to;
    figures->per_week = NAN;
    figures->week_first = figures->week_last = DAY_UNKNOWN;
    if (figures->entries == 0 || first == DAY_UNKNOWN || last < first || last > closed)
        return;
    int64_t incidents = count_between(counting->counted.bits, snapshot_row_from(counting->snapshot, first),
                                      snapshot_row_from(counting->snapshot, last + 1));
    figures->per_week = (double)(incidents * DAYS_A_WEEK) / ((double)last - first + 1);
    figures->week_first = first;
    figures->week_last = last;
}

static void measure_all(const Counting *counting)
{
    const Measure *measures = counting->snapshot->measures;
    const Selection *rows = &counting->counted;
    Figures *figures = counting->figures;
    MeasureFigures found;
    measure_count(&measures[MEASURE_PERSONS], rows, QUANTILES_MEDIAN, counting->arena, &found);
    figures->persons_affected.known = found.known;
    figures->persons_affected.sum = found.known ? found.sum : NAN;
    figures->persons_affected.median = found.median;
    figures->persons_affected.largest_share = found.sum > 0 ? found.largest / found.sum : NAN;
    for (size_t i = rows->from; i < rows->to; i++)
        figures->persons_affected.placeholders += word_count(rows->bits[i] & counting->snapshot->placeholder[i]);
    measure_count(&measures[MEASURE_DISTURBED_DAYS], rows, QUANTILES_QUARTILES, counting->arena, &found);
    figures->days_of_disturbed_care.known = found.known;
    figures->days_of_disturbed_care.sum = found.known ? found.sum : NAN;
    figures->days_of_disturbed_care.median = found.median;
    figures->days_of_disturbed_care.lower_quartile = found.lower_quartile;
    figures->days_of_disturbed_care.upper_quartile = found.upper_quartile;
    measure_count(&measures[MEASURE_APPOINTMENTS], rows, QUANTILES_NONE, counting->arena, &found);
    figures->care_not_delivered.appointments = found.known ? found.sum : NAN;
    figures->care_not_delivered.appointments_known = found.known;
    measure_count(&measures[MEASURE_PROCEDURES], rows, QUANTILES_NONE, counting->arena, &found);
    figures->care_not_delivered.procedures = found.known ? found.sum : NAN;
    figures->care_not_delivered.procedures_known = found.known;
}

static void count_shelves(Counting *counting)
{
    const Snapshot *snapshot = counting->snapshot;
    const Selection *rows = &counting->match.rows;
    Figures *figures = counting->figures;
    counting->counted = match_shelf(snapshot, rows, SHELF_COUNTED, counting->arena);
    figures->incidents = count_rows(&counting->counted);
    for (size_t i = rows->from; i < rows->to; i++) {
        figures->claimed_only += word_count(rows->bits[i] & snapshot->shelves[SHELF_CLAIMED][i]);
        figures->unverified += word_count(rows->bits[i] & snapshot->shelves[SHELF_UNVERIFIED][i]);
    }
}

static void count_tallied(const Counting *counting)
{
    Figures *figures = counting->figures;
    const Tally *tally = tally_rows(counting);
    for (size_t i = 0; i < words_of(counting->snapshot->organisation_count); i++)
        figures->organisations += word_count(tally->organisations[i]);
    figures->attacks_on_organisations = tally->links;
    figures->by_type = tallied_counts(counting, tally, FACET_TYPE);
    figures->by_main_type = tallied_counts(counting, tally, FACET_MAIN_TYPE);
    figures->by_sector = tallied_counts(counting, tally, FACET_SECTOR);
    figures->by_care = told_counts(counting, tally, "care_disruption");
    figures->by_discloser = told_counts(counting, tally, "first_discloser");
    figures->by_attribution = told_counts(counting, tally, "attribution_basis");
    figures->by_attribution_status = told_counts(counting, tally, "attribution_status");
    figures->by_severity = tallied_counts(counting, tally, FACET_SEVERITY);
    count_countries(counting, tally);
    count_ransomware(counting, tally);
    count_levels(counting, tally);
}

void figures_count_by(const Kernel *kernel, const Snapshot *snapshot, const Filter *filter, Words words, Arena *arena,
                      Figures *figures)
{
    *figures = (Figures){ 0 };
    Counting counting = { .snapshot = snapshot, .filter = filter, .arena = arena, .figures = figures };
    match_rows(snapshot, filter, words, kernel, arena, &counting.match);
    figures->entries = counting.match.entries;
    figures->as_of = snapshot_moment(snapshot, counting.match.entries);
    figures->told_until = moment_day(figures->as_of);
    if (filter->known_by_text)
        figures->told_until = MIN(figures->told_until, filter->known_by);
    count_shelves(&counting);
    count_tallied(&counting);
    count_beside(&counting);
    count_excluded(&counting);
    find_days(&counting);
    count_months(&counting);
    count_weeks(&counting);
    measure_all(&counting);
}

void figures_count(const Snapshot *snapshot, const Filter *filter, const int64_t *ids, size_t id_count, Arena *arena,
                   Figures *figures)
{
    figures_count_by(kernel_best(), snapshot, filter, (Words){ ids, id_count }, arena, figures);
}
