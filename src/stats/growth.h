/* Growth: how the number of incidents of a period grows as they become known in the world, by METHOD.md 4a.
 *
 * It says so of today's record, and may change when older sources are found. */
#pragma once

#include "stats/figures.h"

typedef enum GrowthStep { GROWTH_BY_DAY, GROWTH_BY_MONTH } GrowthStep;

/* How many incidents figures_count counts with known_by at the end of each day on which the number changes
 * ("2021-05-09"), or of each month from the first such day to the last, without gaps ("2021-05"). The filter's own
 * known_by is the end of it; as_of, which is another clock, is not looked at. `ids` as for figures_count. Memory:
 * `arena`. */
Counts figures_growth(const Snapshot *snapshot, const Filter *filter, const int64_t *ids, size_t id_count,
                      GrowthStep step, Arena *arena);
