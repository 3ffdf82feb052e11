#include "work/change_view.h"

#include "work/outcome_view.h"

bool change_is_record(const Change *change)
{
    return strcmp(change->kind, KIND_OPEN) == 0 || strcmp(change->kind, KIND_ADD) == 0;
}

bool change_content(const WorkRequest *request, const Change *change, Record *record, ChangePage *page,
                    Problem *problem)
{
    *record = (Record){ 0 };
    if (strcmp(change->kind, KIND_RELEASE) == 0)
        return release_view(request, change, page, problem);
    if (strcmp(change->kind, KIND_AGREEMENT) == 0)
        return agreement_view(request, change, page, problem);
    return act_find(change->kind) == ACT_KIND_COUNT ? record_read(request->arena, change->body, record, problem)
                                                    : act_view(request, change, page, problem);
}

bool change_outcome(const WorkRequest *request, const Change *change, const Record *record, OutcomeView *view,
                    Problem *problem)
{
    Act act;
    ActKind kind = act_find(change->kind);
    if (strcmp(change->state, "draft") != 0 && strcmp(change->state, "in_review") != 0)
        return true;
    if (change_is_record(change))
        return outcome_view(request, &(OutcomeCase){ change->subject, record, NULL }, view, problem);
    if (kind == ACT_KIND_COUNT || !outcome_of_act(kind))
        return true;
    return act_read(request->arena, change->body, &act, problem) &&
           outcome_view(request, &(OutcomeCase){ change->subject, NULL, &act }, view, problem);
}

bool change_why(const WorkRequest *request, const Change *change, ChangeWhy *why, Problem *problem)
{
    Record record;
    ChangePage content = { 0 };
    *why = (ChangeWhy){ 0 };
    if (!change_content(request, change, &record, &content, problem))
        return false;
    why->about = content.about;
    why->reason = content.reason;
    return change_outcome(request, change, &record, &why->outcome, problem);
}
