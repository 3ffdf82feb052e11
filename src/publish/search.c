#include "publish/search.h"

#include "stats/search.h"

bool search_filter(Arena *arena, Store *public_store, const Filter *filter, Found *found, Problem *problem)
{
    *found = (Found){ 0 };
    return !filter->q || search_incidents(public_store, arena, filter->q, &found->ids, &found->count, problem);
}
