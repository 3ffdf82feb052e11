#include "cli/public.h"

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
    return published->snapshot &&
           search_filter(call->arena, published->store, &published->filter, &published->found, problem);
}

void public_close(Published *published)
{
    snapshot_release(published->snapshot);
    store_close(published->store);
}
