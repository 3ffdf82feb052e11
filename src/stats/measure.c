#include "stats/measure.h"

enum { BUCKETS = 2048 };

void measure_finish(Arena *arena, const double *numbers, const uint32_t *order, size_t rows, Measure *measure)
{
    size_t count = 0;
    for (size_t i = 0; i < rows; i++)
        count += isnan(numbers[i]) ? 0 : 1;
    *measure = (Measure){
        .known = NEW_ARRAY(arena, uint64_t, words_of(rows)),
        .before = NEW_ARRAY(arena, uint32_t, words_of(rows)),
        .numbers = NEW_ARRAY(arena, double, count),
    };
    for (size_t i = 0; i < rows; i++) {
        double number = numbers[order[i]];
        if (i % WORD_ROWS == 0)
            measure->before[i / WORD_ROWS] = (uint32_t)measure->count;
        if (isnan(number))
            continue;
        measure->smallest = measure->count ? fmin(measure->smallest, number) : number;
        measure->largest = measure->count ? fmax(measure->largest, number) : number;
        bit_set(measure->known, i);
        measure->numbers[measure->count++] = number;
    }
}

size_t measure_place(const Measure *measure, size_t row)
{
    uint64_t below = (UINT64_C(1) << (row % WORD_ROWS)) - 1;
    return measure->before[row / WORD_ROWS] + (size_t)word_count(measure->known[row / WORD_ROWS] & below);
}

double measure_number(const Measure *measure, size_t row)
{
    return bit_is_set(measure->known, row) ? measure->numbers[measure_place(measure, row)] : NAN;
}

/* A whole number that is in the order of the doubles: their bits are, but for the sign. */
static inline uint64_t key_of(double number)
{
    uint64_t bits, sign = UINT64_C(1) << 63;
    memcpy(&bits, &number, sizeof bits);
    return bits & sign ? ~bits : bits | sign;
}

static inline double number_of(uint64_t key)
{
    double number;
    uint64_t sign = UINT64_C(1) << 63, bits = key & sign ? key & ~sign : ~key;
    memcpy(&number, &bits, sizeof number);
    return number;
}

typedef struct Ranking { /* the numbers of a selection, counted by bucket: (key - base) >> shift */
    double *numbers;     /* in the order of rows */
    size_t count;
    uint64_t base, last; /* keys of the smallest and the largest number of all */
    unsigned shift;
    uint32_t buckets[BUCKETS];
    size_t listed_bucket; /* the one whose numbers are in `listed`, or BUCKETS */
    double *listed;       /* room for the fullest bucket */
} Ranking;

static inline size_t bucket_of(const Ranking *ranking, double number)
{
    return (size_t)((key_of(number) - ranking->base) >> ranking->shift);
}

/* Takes the lowest row off `word`, the word `at`, and gives its number. */
static inline double next_number(const Measure *measure, size_t at, uint64_t *word)
{
    uint64_t below = (*word & -*word) - 1;
    *word &= *word - 1;
    return measure->numbers[measure->before[at] + (uint32_t)word_count(measure->known[at] & below)];
}

static int64_t count_known(const Measure *measure, const Selection *selection)
{
    int64_t known = 0;
    for (size_t at = selection->from; at < selection->to; at++)
        known += word_count(selection->bits[at] & measure->known[at]);
    return known;
}

/* What must wait for the number before, the sum, is done while the next one is looked for. */
static void take_numbers(const Measure *measure, const Selection *selection, Ranking *ranking, MeasureFigures *figures)
{
    double *numbers = ranking->numbers, sum = 0, largest = measure->smallest;
    size_t count = 0;
    for (size_t at = selection->from; at < selection->to; at++) {
        uint64_t word = selection->bits[at] & measure->known[at];
        while (word) {
            double number = next_number(measure, at, &word);
            numbers[count++] = number;
            sum += number;
            largest = largest > number ? largest : number;
        }
    }
    ranking->count = count;
    figures->sum = sum;
    figures->largest = largest;
}

static void count_buckets(Ranking *ranking)
{
    for (size_t i = 0; i < ranking->count; i++)
        ranking->buckets[bucket_of(ranking, ranking->numbers[i])]++;
}

static void list_bucket(Ranking *ranking, size_t bucket)
{
    size_t count = 0;
    uint64_t first = ranking->base + ((uint64_t)bucket << ranking->shift);
    double least = number_of(first), most = number_of(MIN(ranking->last, first + (UINT64_C(1) << ranking->shift) - 1));
    ranking->listed_bucket = bucket;
    for (size_t i = 0; i < ranking->count; i++) {
        double number = ranking->numbers[i];
        ranking->listed[count] = number; /* overwritten by the next one unless it belongs here */
        count += (number >= least) & (number <= most);
    }
}

/* The number with this rank among `count`, which change places. Hoare's selection, equal numbers kept together. */
static double select_number(double *numbers, size_t count, size_t rank)
{
    while (count > 1) {
        double pivot = numbers[count / 2];
        size_t less = 0, more = count;
        for (size_t i = 0; i < more;) {
            double number = numbers[i];
            if (number < pivot) {
                numbers[i++] = numbers[less];
                numbers[less++] = number;
            } else if (number > pivot) {
                numbers[i] = numbers[--more];
                numbers[more] = number;
            } else {
                i++;
            }
        }
        if (rank >= less && rank < more)
            return pivot;
        if (rank >= more) {
            numbers += more;
            rank -= more;
            count -= more;
        } else {
            count = less;
        }
    }
    return numbers[0];
}

/* The number with this rank, from 0, which is below the count of known ones. */
static double number_at(Ranking *ranking, size_t rank)
{
    size_t bucket = 0;
    for (; rank >= ranking->buckets[bucket]; bucket++)
        rank -= ranking->buckets[bucket];
    if (ranking->listed_bucket != bucket)
        list_bucket(ranking, bucket);
    return select_number(ranking->listed, ranking->buckets[bucket], rank);
}

/* Hyndman & Fan (1996), definition 7. */
static double quantile(Ranking *ranking, int64_t known, double share)
{
    double at = (double)(known - 1) * share;
    size_t rank = (size_t)at;
    double low = number_at(ranking, rank);
    double high = rank + 1 < (size_t)known ? number_at(ranking, rank + 1) : low;
    return low + (at - (double)rank) * (high - low);
}

void measure_count(const Measure *measure, const Selection *selection, Quantiles quantiles, Arena *arena,
                   MeasureFigures *figures)
{
    uint32_t fullest = 0;
    *figures = (MeasureFigures){ .lower_quartile = NAN, .median = NAN, .upper_quartile = NAN };
    figures->known = count_known(measure, selection);
    if (figures->known == 0)
        return;
    Ranking *ranking = NEW(arena, Ranking);
    ranking->numbers = NEW_ARRAY(arena, double, (size_t)figures->known);
    take_numbers(measure, selection, ranking, figures);
    if (quantiles == QUANTILES_NONE)
        return;
    ranking->base = key_of(measure->smallest);
    ranking->last = key_of(measure->largest);
    ranking->listed_bucket = BUCKETS;
    while (bucket_of(ranking, measure->largest) >= BUCKETS)
        ranking->shift++;
    count_buckets(ranking);
    for (size_t i = 0; i < BUCKETS; i++)
        fullest = MAX(fullest, ranking->buckets[i]);
    ranking->listed = NEW_ARRAY(arena, double, (size_t)fullest + 1);
    figures->median = quantile(ranking, figures->known, 0.5);
    if (quantiles != QUANTILES_QUARTILES)
        return;
    figures->lower_quartile = quantile(ranking, figures->known, 0.25);
    figures->upper_quartile = quantile(ranking, figures->known, 0.75);
}
