/* Search: which incidents hold all the words of a filter's q, in their titles, organisations and places. */
#pragma once

#include "stats/filter.h"
#include "store/store.h"

typedef struct Found {
    const int64_t *ids; /* sorted; NULL when the filter asks for no words */
    size_t count;
} Found;

/* Memory: `arena`. Case, accents and punctuation make no difference. */
bool search_incidents(Arena *arena, Store *public_store, const Filter *filter, Found *found, Problem *problem);
