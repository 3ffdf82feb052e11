#include "stats/measure.h"

enum { BUCKET_BITS = 11, BUCKETS = 1 << BUCKET_BITS };

static int by_value(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

/* The distinct numbers, ascending. */
static void list_values(Arena *arena, const double *numbers, size_t rows, Measure *measure)
{
    AUTO_ARENA *scratch = arena_new(ARENA_NO_CAP);
    double *sorted = NEW_ARRAY(scratch, double, rows);
    size_t count = 0, distinct = 0;
    for (size_t i = 0; i < rows; i++)
        if (!isnan(numbers[i]))
            sorted[count++] = numbers[i];
    if (count)
        qsort(sorted, count, sizeof *sorted, by_value);
    for (size_t i = 0; i < count; i++)
        if (distinct == 0 || sorted[distinct - 1] < sorted[i])
            sorted[distinct++] = sorted[i];
    measure->values = NEW_ARRAY(arena, double, distinct);
    if (distinct)
        memcpy(measure->values, sorted, distinct * sizeof *sorted);
    measure->value_count = distinct;
}

static uint32_t place_of(const Measure *measure, double number)
{
    size_t low = 0, high = measure->value_count - 1;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (measure->values[middle] < number)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint32_t)low;
}

void measure_finish(Arena *arena, const double *numbers, const uint32_t *order, size_t rows, Measure *measure)
{
    size_t count = 0, done = 0;
    list_values(arena, numbers, rows, measure);
    measure->known = NEW_ARRAY(arena, uint64_t, words_of(rows));
    measure->before = NEW_ARRAY(arena, uint32_t, words_of(rows));
    for (size_t i = 0; i < rows; i++)
        count += isnan(numbers[i]) ? 0 : 1;
    measure->places = NEW_ARRAY(arena, uint32_t, count);
    for (size_t i = 0; i < rows; i++) {
        double number = numbers[order[i]];
        if (i % WORD_ROWS == 0)
            measure->before[i / WORD_ROWS] = (uint32_t)done;
        if (isnan(number))
            continue;
        bit_set(measure->known, i);
        measure->places[done++] = place_of(measure, number);
    }
}

typedef struct Ranking { /* counts of the places of a selection, by bucket (place >> shift), one bucket in detail */
    const Measure *measure;
    const Selection *selection;
    unsigned shift;
    uint32_t buckets[BUCKETS];
    size_t fine_bucket; /* BUCKETS: none yet */
    uint32_t *fine;     /* its places */
} Ranking;

/* Takes the lowest row off `word`, the word `at`, and gives the place of its number. */
static inline uint32_t next_place(const Measure *measure, size_t at, uint64_t *word)
{
    uint64_t below = (*word & -*word) - 1;
    *word &= *word - 1;
    return measure->places[measure->before[at] + (uint32_t)word_count(measure->known[at] & below)];
}

static void count_buckets(Ranking *ranking, MeasureFigures *figures)
{
    const Measure *measure = ranking->measure;
    const Selection *selection = ranking->selection;
    uint32_t highest = 0;
    for (size_t at = selection->from; at < selection->to; at++) {
        uint64_t word = selection->bits[at] & measure->known[at];
        figures->known += word_count(word);
        while (word) {
            uint32_t place = next_place(measure, at, &word);
            ranking->buckets[place >> ranking->shift]++;
            highest = MAX(highest, place);
            figures->sum += measure->values[place];
        }
    }
    if (figures->known)
        figures->largest = measure->values[highest];
}

static void count_fine(Ranking *ranking, size_t bucket)
{
    const Selection *selection = ranking->selection;
    size_t places = (size_t)1 << ranking->shift;
    memset(ranking->fine, 0, places * sizeof *ranking->fine);
    ranking->fine_bucket = bucket;
    for (size_t at = selection->from; at < selection->to; at++) {
        uint64_t word = selection->bits[at] & ranking->measure->known[at];
        while (word) {
            uint32_t place = next_place(ranking->measure, at, &word);
            if (place >> ranking->shift == bucket)
                ranking->fine[place & (places - 1)]++;
        }
    }
}

/* The number with this rank, from 0, which is below the count of known ones. */
static double number_at(Ranking *ranking, int64_t rank)
{
    size_t bucket = 0;
    for (; rank >= ranking->buckets[bucket]; bucket++)
        rank -= ranking->buckets[bucket];
    size_t place = bucket << ranking->shift;
    if (ranking->shift == 0)
        return ranking->measure->values[place];
    if (ranking->fine_bucket != bucket)
        count_fine(ranking, bucket);
    for (const uint32_t *fine = ranking->fine; rank >= *fine; fine++, place++)
        rank -= *fine;
    return ranking->measure->values[place];
}

/* Hyndman & Fan (1996), definition 7. */
static double quantile(Ranking *ranking, int64_t known, double share)
{
    double at = (double)(known - 1) * share;
    int64_t rank = (int64_t)floor(at);
    double low = number_at(ranking, rank);
    double high = rank + 1 < known ? number_at(ranking, rank + 1) : low;
    return low + (at - (double)rank) * (high - low);
}

void measure_count(const Measure *measure, const Selection *selection, Quantiles quantiles, Arena *arena,
                   MeasureFigures *figures)
{
    *figures = (MeasureFigures){ .lower_quartile = NAN, .median = NAN, .upper_quartile = NAN };
    Ranking *ranking = NEW(arena, Ranking);
    ranking->measure = measure;
    ranking->selection = selection;
    ranking->fine_bucket = BUCKETS;
    while ((measure->value_count >> ranking->shift) >= BUCKETS)
        ranking->shift++;
    count_buckets(ranking, figures);
    if (figures->known == 0 || quantiles == QUANTILES_NONE)
        return;
    ranking->fine = NEW_ARRAY(arena, uint32_t, (size_t)1 << ranking->shift);
    figures->median = quantile(ranking, figures->known, 0.5);
    if (quantiles != QUANTILES_QUARTILES)
        return;
    figures->lower_quartile = quantile(ranking, figures->known, 0.25);
    figures->upper_quartile = quantile(ranking, figures->known, 0.75);
}
