#include "domain/severity.h"

typedef uint8_t Point[DIMENSION_COUNT]; /* one end of the eight intervals */

static const int weights[DIMENSION_COUNT] = {
    [SERVICE] = 3, [DURATION] = 2, [VOLUME] = 2,         [HARM] = 4,
    [SCALE] = 2,   [DATA] = 2,     [RECOVERABILITY] = 1, [SPILLOVER] = 1,
};

enum { WEIGHT = 17, HIGHEST = 4 };

static int index_of(const Point v)
{
    int sum = 0;
    for (int i = 0; i < DIMENSION_COUNT; i++)
        sum += weights[i] * v[i];
    return (2 * 100 * sum + HIGHEST * WEIGHT) / (2 * HIGHEST * WEIGHT);
}

static bool catastrophic(const Point v)
{
    return v[HARM] == 4 || (v[SERVICE] == 4 && v[SCALE] == 4 && v[DURATION] >= 3);
}

static bool severe(const Point v)
{
    return v[HARM] == 3 || (v[SERVICE] >= 3 && v[DURATION] == 4) || (v[SERVICE] >= 2 && v[SCALE] == 4) ||
           v[DATA] == 4 || v[SPILLOVER] == 4 || v[RECOVERABILITY] == 4;
}

static bool major_effect(const Point v)
{
    return v[SERVICE] >= 3 || (v[SERVICE] == 2 && v[DURATION] >= 3) || v[DATA] == 3 || v[VOLUME] >= 3 || v[HARM] == 2 ||
           v[SPILLOVER] == 3;
}

static bool moderate(const Point v)
{
    return v[SERVICE] == 2 || v[DATA] == 2 || v[DURATION] >= 2 || v[VOLUME] == 2 || v[RECOVERABILITY] >= 2 ||
           v[SPILLOVER] == 2 || v[HARM] == 1;
}

static bool minor_effect(const Point v)
{
    for (int i = 0; i < DIMENSION_COUNT; i++)
        if (i != SCALE && v[i])
            return true;
    return false;
}

static uint8_t level_of(const Point v)
{
    if (catastrophic(v))
        return 5;
    if (severe(v))
        return 4;
    if (major_effect(v))
        return 3;
    if (moderate(v))
        return 2;
    return minor_effect(v) ? 1 : 0;
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
    return (Severity){
        .level_low = level_of(low),
        .level_high = level_of(high),
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
