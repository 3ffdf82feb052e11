#include "publish/search.h"

#include "stats/organisations.h"
#include "stats/search.h"

bool search_filter(Arena *arena, Store *public_store, const Filter *filter, Found *found, Problem *problem)
{
    *found = (Found){ 0 };
    return !filter->q || search_incidents(public_store, arena, filter->q, &found->ids, &found->count, problem);
}

bool organisations_found(Arena *arena, const Snapshot *snapshot, Store *public_store, const Filter *filter,
                         Found *found, Problem *problem)
{
    *found = (Found){ 0 };
    found->count = organisations_hit(snapshot, filter, arena, &found->ids);
    return organisations_narrow(public_store, filter, snapshot_entries_at(snapshot, filter->as_of), found->ids,
                                &found->count, problem);
}
