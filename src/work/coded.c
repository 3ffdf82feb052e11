#include "work/coded.h"

#include "domain/coding.h"

bool coded_is_blind(const WorkRequest *request)
{
    return request->part_count > 3 && text_is(request->parts[3], "second");
}

static bool find_second(const WorkRequest *request, Store *work, Coded *coded, Problem *problem)
{
    Hand hand = hand_of(request);
    coded->path = coded->form = arena_format(request->arena, "%s/second", coded->path);
    CodingDraft draft;
    if (!coding_open(request->arena, work, &hand, coded->change.id, &draft, problem))
        return false;
    coded->record = draft.record;
    coded->version = draft.version;
    return true;
}

bool coded_find(const WorkRequest *request, Store *work, Coded *coded, Problem *problem)
{
    Change *change = &coded->change;
    if (!change_find(request->arena, work, desk_number_of(request), change, problem))
        return false;
    if (act_find(change->kind) != ACT_KIND_COUNT)
        return fail(problem, PROBLEM_NOT_FOUND, "change %lld has no record to code", (long long)change->id);
    coded->blind = coded_is_blind(request);
    coded->path = arena_format(request->arena, "/changes/%lld", (long long)change->id);
    coded->form = arena_format(request->arena, "%s/form", coded->path);
    coded->version = change->version;
    return coded->blind ? find_second(request, work, coded, problem)
                        : record_read(request->arena, change->body, &coded->record, problem);
}

bool coded_save(const WorkRequest *request, Store *work, const Coded *coded, int64_t version, Problem *problem)
{
    AUTO_OUT body = { 0 };
    Hand hand = hand_of(request);
    record_write(&body, &coded->record);
    return coded->blind ? coding_keep(work, &hand, coded->change.id, version, out_view(&body), problem)
                        : change_save(work, &hand, coded->change.id, version, out_view(&body), problem);
}

bool coded_take_out(const WorkRequest *request, Store *work, Problem *problem)
{
    Coded coded;
    int64_t number, version;
    if (!text_int(text_of(sent(request, "claim")), &number) || number < 0 ||
        !text_int(text_of(sent(request, "version")), &version))
        return fail(problem, PROBLEM_BAD_INPUT, "the number of a claim and of a version are expected");
    if (!coded_find(request, work, &coded, problem))
        return false;
    if (version == coded.version && !record_remove_claim(&coded.record, (size_t)number))
        return fail(problem, PROBLEM_NOT_FOUND, "there is no such claim");
    return coded_save(request, work, &coded, version, problem);
}

bool coded_read(const WorkRequest *request, Coded *coded, Problem *problem)
{
    AUTO_READER reader = { 0 };
    return reader_take(request, &reader, problem) && coded_find(request, reader.store, coded, problem);
}
