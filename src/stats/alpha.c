#include "stats/alpha.h"

#include "base/arena.h"

typedef struct Sample {
    double *values; /* the different ones, ascending */
    double *totals; /* how often each was given, where it can be compared */
    size_t count;
} Sample;

static size_t coded(const Codings *codings, size_t unit)
{
    size_t count = 0;
    for (size_t i = 0; i < codings->coders; i++)
        count += isnan(codings->values[unit * codings->coders + i]) ? 0 : 1;
    return count;
}

static int by_size(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static size_t place_of(const Sample *sample, double value)
{
    size_t low = 0, high = sample->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sample->values[middle] < value)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* All values that can be compared. */
static size_t gather(const Codings *codings, double *all)
{
    size_t count = 0;
    for (size_t unit = 0; unit < codings->units; unit++)
        for (size_t i = 0; coded(codings, unit) > 1 && i < codings->coders; i++)
            if (!isnan(codings->values[unit * codings->coders + i]))
                all[count++] = codings->values[unit * codings->coders + i];
    return count;
}

static void tally(double *all, size_t count, Sample *sample)
{
    qsort(all, count, sizeof *all, by_size);
    for (size_t i = 0; i < count; i++) {
        if (sample->count == 0 || sample->values[sample->count - 1] < all[i])
            sample->values[sample->count++] = all[i];
        sample->totals[sample->count - 1]++;
    }
}

/* The squared difference of two values, which are places in the sample, the first one lower. */
static double distance(const Sample *sample, AlphaMetric metric, size_t low, size_t high)
{
    double between = 0;
    switch (metric) {
    case ALPHA_NOMINAL: return low == high ? 0 : 1;
    case ALPHA_INTERVAL: between = sample->values[high] - sample->values[low]; break;
    case ALPHA_RATIO:
        if (sample->values[high] + sample->values[low] > 0)
            between = (sample->values[high] - sample->values[low]) / (sample->values[high] + sample->values[low]);
        break;
    case ALPHA_ORDINAL:
        for (size_t i = low; i <= high; i++)
            between += sample->totals[i];
        between -= (sample->totals[low] + sample->totals[high]) / 2;
        break;
    }
    return between * between;
}

/* Disagreement seen within units: each pair of a unit weighs 1 / (values of the unit - 1). */
static double observed(const Codings *codings, const Sample *sample, AlphaMetric metric)
{
    double sum = 0;
    for (size_t unit = 0; unit < codings->units; unit++) {
        const double *row = &codings->values[unit * codings->coders];
        size_t count = coded(codings, unit);
        for (size_t i = 0; count > 1 && i < codings->coders; i++)
            for (size_t j = i + 1; j < codings->coders; j++) {
                if (isnan(row[i]) || isnan(row[j]))
                    continue;
                size_t a = place_of(sample, row[i]), b = place_of(sample, row[j]);
                sum += 2 * distance(sample, metric, MIN(a, b), MAX(a, b)) / (double)(count - 1);
            }
    }
    return sum;
}

/* Disagreement that chance would give, times (values - 1). */
static double expected(const Sample *sample, AlphaMetric metric)
{
    double sum = 0;
    for (size_t low = 0; low < sample->count; low++)
        for (size_t high = low + 1; high < sample->count; high++)
            sum += 2 * sample->totals[low] * sample->totals[high] * distance(sample, metric, low, high);
    return sum;
}

double alpha_of(const Codings *codings, AlphaMetric metric, size_t *pairable)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    size_t most = size_times(codings->units, codings->coders);
    double *all = NEW_ARRAY(arena, double, most + 1);
    Sample sample = { NEW_ARRAY(arena, double, most + 1), NEW_ARRAY(arena, double, most + 1), 0 };
    *pairable = gather(codings, all);
    tally(all, *pairable, &sample);
    if (*pairable < 2 || sample.count > ALPHA_VALUES_MAX)
        return (double)NAN;
    double chance = expected(&sample, metric);
    if (chance <= 0)
        return (double)NAN;
    return 1 - (double)(*pairable - 1) * observed(codings, &sample, metric) / chance;
}
