/* Severity: the documented care-impact level of METHOD.md 6, from eight dimensions that are intervals. */
#pragma once

#include "base/base.h"

typedef enum Dimension {
    SERVICE,
    DURATION,
    VOLUME,
    HARM,
    SCALE,
    DATA,
    RECOVERABILITY,
    SPILLOVER,
    DIMENSION_COUNT
} Dimension;

typedef struct Interval {
    uint8_t low, high; /* 0 to 4 */
} Interval;

typedef struct Severity {
    uint8_t level_low, level_high; /* 0 no effect ... 5 catastrophic */
    uint8_t index_low, index_high; /* 0 to 100 */
    uint8_t coverage;              /* percent of the weight whose dimension is known exactly */
} Severity;

Severity severity_of(const Interval dimensions[DIMENSION_COUNT]);
enum { SEVERITY_LEVELS = 6 };
const char *severity_name(uint8_t level); /* code: no_effect, minor, moderate, major, severe, catastrophic */
