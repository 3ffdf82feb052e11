/* Organisations: which of them the incidents of a filter attacked. */
#pragma once

#include "stats/filter.h"
#include "stats/snapshot.h"

/* The numbers of the organisations that the counted incidents attacked (roles direct and via_supplier), ascending: as
 * many as figures_count counts. The filter's words (q) are not looked at. Memory: `arena`. */
size_t organisations_hit(const Snapshot *snapshot, const Filter *filter, Arena *arena, int64_t **ids);

/* Those among `ids` (ascending) that are themselves what the filter asks for: country, sector, org_type; whose name, or
 * a name that they had, has every word of q; whose name may be shown when there is a q; and that are not withheld.
 * Narrows the list in place and answers how many are left. BAD_INPUT, field q, when there is no letter or digit in it.
 */
bool organisations_narrow(Store *public_store, const Filter *filter, int64_t entries, int64_t *ids, size_t *count,
                          Problem *problem);
