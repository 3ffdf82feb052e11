#include "cli/public.h"

#include "publish/site.h"

bool public_open(const Call *call, const char *query, Published *published, Problem *problem)
{
    if (!call_codebook(call, &published->codebook, problem))
        return false;
    if (!filter_read(call->arena, &published->codebook, text_of(query), "", &published->filter, problem))
        return false;
    published->store = store_open(call->var, STORE_PUBLIC, READ_ONLY, problem);
    if (!published->store)
        return false;
    published->snapshot = snapshot_load(published->store, &published->codebook, problem);
    ActorBook book;
    if (!published->snapshot || !site_actors(call->arena, &book, problem))
        return false;
    Searched searched = { published->store, &book, snapshot_entries_at(published->snapshot, published->filter.as_of) };
    return search_filter(call->arena, &searched, &published->filter, &published->found, problem);
}

void public_close(Published *published)
{
    snapshot_release(published->snapshot);
    store_close(published->store);
}
