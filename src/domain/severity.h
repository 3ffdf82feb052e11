/* Severity: the documented care-impact level of METHOD.md 6, from eight dimensions that are intervals. */
#pragma once

#include "base/base.h"

typedef enum Dimension {
#define DIMENSION(name, weight, words) name,
#include "domain/severity.def"
#undef DIMENSION
    DIMENSION_COUNT
} Dimension;

extern const char *const dimension_words[DIMENSION_COUNT]; /* in English, for translation */

typedef struct Interval {
    uint8_t low, high; /* 0 to 4 */
} Interval;

enum { FLOOR_PARTS = 3 };

/* What it takes for a level: each of these dimensions has at least that much. */
typedef struct SeverityFloor {
    uint8_t level;
    struct {
        Dimension dimension;
        uint8_t least; /* 0: no further one */
    } parts[FLOOR_PARTS];
} SeverityFloor;

typedef struct Severity {
    uint8_t level_low, level_high; /* 0 no effect ... 5 catastrophic */
    uint8_t index_low, index_high; /* 0 to 100 */
    uint8_t coverage;              /* percent of the weight whose dimension is known exactly */
    const SeverityFloor *floor;    /* that level_low stands on; NULL: none */
} Severity;

Severity severity_of(const Interval dimensions[DIMENSION_COUNT]);
enum { SEVERITY_LEVELS = 6 };
const char *severity_name(uint8_t level); /* code: no_effect, minor, moderate, major, severe, catastrophic */
