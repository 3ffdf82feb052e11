/* The incidents that a filter's words select, in the form that figures and lists take. */
#pragma once

#include "stats/filter.h"
#include "store/store.h"

typedef struct Found {
    int64_t *ids; /* sorted; NULL when the filter asks for no words */
    size_t count;
} Found;

/* Memory: `arena`. */
bool search_filter(Arena *arena, Store *public_store, const Filter *filter, Found *found, Problem *problem);
