/* The incidents that a filter's words select, in the form that figures and lists take. */
#pragma once

#include "publish/attributed.h"
#include "stats/filter.h"
#include "stats/snapshot.h"
#include "store/store.h"

typedef struct Found {
    int64_t *ids; /* sorted; NULL when the filter asks for no words */
    size_t count;
} Found;

/* The organisations that are attacked in the incidents of the filter and are themselves what it asks for; its words
 * are looked for in their names. Memory: `arena`. */
bool organisations_found(Arena *arena, const Snapshot *snapshot, Store *public_store, const Filter *filter,
                         Found *found, Problem *problem);

/* By words of the incidents and by names of those who are said to have attacked. Memory: `arena`. */
bool search_filter(Arena *arena, const Searched *searched, const Filter *filter, Found *found, Problem *problem);
