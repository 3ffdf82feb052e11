/* Recent: what the register learned in the last days before the moment that is asked for. */
#pragma once

#include "stats/figures.h"

enum { RECENT_MOST = 5 };

typedef struct RecentIncident {
    int64_t incident;
    bool added; /* it was not there before; else another version of it was */
} RecentIncident;

typedef struct Recent {
    int64_t added, changed; /* of the incidents that figures_count counts */
    RecentIncident newest[RECENT_MOST];
    size_t count; /* of newest: the last one first */
} Recent;

/* Since `span` milliseconds before the newest entry that the filter's as_of lets see; known_by, which is another clock,
 * is not looked at. `ids` as for figures_count. */
void figures_recent(const Snapshot *snapshot, const Filter *filter, const int64_t *ids, size_t id_count, int64_t span,
                    Recent *recent);
