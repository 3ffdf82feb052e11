#include "work/alike.h"

#include "domain/waiting.h"

static bool find_published(const WorkRequest *request, const SimilarAsked *like, SimilarFound *found, Problem *problem)
{
    Store *published = pool_take(request->bench->published, problem);
    if (!published)
        return false;
    SimilarPlace place = { request->bench->finders[ACT_ORGANISATION], published };
    bool done = similar_find(request->arena, &place, like, found, problem);
    pool_give(request->bench->published, published);
    return done;
}

bool alike_find(const WorkRequest *request, Store *work, const AlikeAsked *asked, Alike *alike, Problem *problem)
{
    SimilarAsked like = { .record = asked->record, .least = asked->least };
    *alike = (Alike){ 0 };
    if (!similar_days(request->arena, request->bench->site->codebook, asked->record, &like.days))
        return true;
    const WaitingAsked others = { asked->id, &like, request->ceiling };
    return find_published(request, &like, &alike->incidents, problem) &&
           waiting_find(request->bench->waiting, request->arena, work, &others, &alike->candidates, problem);
}
