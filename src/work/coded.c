#include "work/coded.h"

bool coded_find(const WorkRequest *request, Store *work, Coded *coded, Problem *problem)
{
    Change *change = &coded->change;
    if (!change_find(request->arena, work, desk_number_of(request), change, problem))
        return false;
    if (act_find(change->kind) != ACT_KIND_COUNT)
        return fail(problem, PROBLEM_NOT_FOUND, "change %lld has no record to code", (long long)change->id);
    coded->path = arena_format(request->arena, "/changes/%lld", (long long)change->id);
    coded->version = change->version;
    return record_read(request->arena, change->body, &coded->record, problem);
}

bool coded_read(const WorkRequest *request, Coded *coded, Problem *problem)
{
    AUTO_READER reader = { 0 };
    return reader_take(request, &reader, problem) && coded_find(request, reader.store, coded, problem);
}
