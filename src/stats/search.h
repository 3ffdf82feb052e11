/* Search: the incidents whose words a reader looks for. */
#pragma once

#include "store/store.h"

/* The incidents of which every word of `q`, folded, occurs in title, organisations or places: sorted numbers, as
 * figures_count takes them. Memory: `arena`. BAD_INPUT, field q, when there is no letter or digit in it. */
bool search_incidents(Store *public_store, Arena *arena, const char *q, int64_t **ids, size_t *count, Problem *problem);
