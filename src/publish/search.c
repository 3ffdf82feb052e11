#include "publish/search.h"

#include "stats/organisations.h"

bool search_filter(Arena *arena, const Searched *searched, const Filter *filter, Found *found, Problem *problem)
{
    SearchWords words;
    SearchBesides beside;
    SearchFound those;
    *found = (Found){ 0 };
    if (!filter->q)
        return true;
    if (!search_words(arena, filter->q, &words, problem) || !attributed_find(searched, &words, &beside, problem) ||
        !search_incidents(searched->store, &words, &beside, &those, problem))
        return false;
    *found = (Found){ those.ids, those.count };
    return true;
}

bool organisations_found(Arena *arena, const Snapshot *snapshot, Store *public_store, const Filter *filter,
                         Found *found, Problem *problem)
{
    *found = (Found){ 0 };
    found->count = organisations_hit(snapshot, filter, arena, &found->ids);
    return organisations_narrow(public_store, filter, snapshot_entries_at(snapshot, filter->as_of), found->ids,
                                &found->count, problem);
}
