#include "domain/severity.h"

typedef uint8_t Point[DIMENSION_COUNT]; /* one end of the eight intervals */

#define DIMENSION(name, weight, words) [name] = (words),
const char *const dimension_words[DIMENSION_COUNT] = {
#include "domain/severity.def"
};
#undef DIMENSION

#define DIMENSION(name, weight, words) [name] = (weight),
static const int weights[DIMENSION_COUNT] = {
#include "domain/severity.def"
};
#undef DIMENSION

enum { WEIGHT = 17, HIGHEST = 4 };

/* The highest first; the first that holds decides. */
static const SeverityFloor floors[] = {
    { 5, { { HARM, 4 } } },
    { 5, { { SERVICE, 4 }, { SCALE, 4 }, { DURATION, 3 } } },
    { 4, { { HARM, 3 } } },
    { 4, { { SERVICE, 3 }, { DURATION, 4 } } },
    { 4, { { SERVICE, 2 }, { SCALE, 4 } } },
    { 4, { { DATA, 4 } } },
    { 4, { { SPILLOVER, 4 } } },
    { 4, { { RECOVERABILITY, 4 } } },
    { 3, { { SERVICE, 3 } } },
    { 3, { { SERVICE, 2 }, { DURATION, 3 } } },
    { 3, { { DATA, 3 } } },
    { 3, { { VOLUME, 3 } } },
    { 3, { { HARM, 2 } } },
    { 3, { { SPILLOVER, 3 } } },
    { 2, { { SERVICE, 2 } } },
    { 2, { { DATA, 2 } } },
    { 2, { { DURATION, 2 } } },
    { 2, { { VOLUME, 2 } } },
    { 2, { { RECOVERABILITY, 2 } } },
    { 2, { { SPILLOVER, 2 } } },
    { 2, { { HARM, 1 } } },
    { 1, { { SERVICE, 1 } } },
    { 1, { { DURATION, 1 } } },
    { 1, { { VOLUME, 1 } } },
    { 1, { { DATA, 1 } } },
    { 1, { { RECOVERABILITY, 1 } } },
    { 1, { { SPILLOVER, 1 } } },
};

static int index_of(const Point v)
{
    int sum = 0;
    for (int i = 0; i < DIMENSION_COUNT; i++)
        sum += weights[i] * v[i];
    return (2 * 100 * sum + HIGHEST * WEIGHT) / (2 * HIGHEST * WEIGHT);
}

static bool holds(const SeverityFloor *floor, const Point v)
{
    for (size_t i = 0; i < FLOOR_PARTS && floor->parts[i].least; i++)
        if (v[floor->parts[i].dimension] < floor->parts[i].least)
            return false;
    return true;
}

static const SeverityFloor *floor_of(const Point v)
{
    for (size_t i = 0; i < COUNT_OF(floors); i++)
        if (holds(&floors[i], v))
            return &floors[i];
    return NULL;
}

Severity severity_of(const Interval dimensions[DIMENSION_COUNT])
{
    Point low, high;
    int known = 0;
    for (int i = 0; i < DIMENSION_COUNT; i++) {
        low[i] = dimensions[i].low;
        high[i] = dimensions[i].high;
        if (low[i] == high[i])
            known += weights[i];
    }
    const SeverityFloor *lowest = floor_of(low), *highest = floor_of(high);
    return (Severity){
        .floor = lowest,
        .level_low = lowest ? lowest->level : 0,
        .level_high = highest ? highest->level : 0,
        .index_low = (uint8_t)index_of(low),
        .index_high = (uint8_t)index_of(high),
        .coverage = (uint8_t)((2 * 100 * known + WEIGHT) / (2 * WEIGHT)),
    };
}

const char *severity_name(uint8_t level)
{
    static const char *const names[SEVERITY_LEVELS] = { "no_effect", "minor",  "moderate",
                                                        "major",     "severe", "catastrophic" };
    return names[MIN(level, SEVERITY_LEVELS - 1)];
}
