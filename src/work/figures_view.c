#include "work/figures_view.h"

#include "publish/preview.h"

/* What is published already would be counted twice. */
static bool propose(const WorkRequest *request, Store *work, int64_t number, Change *change, Proposal *proposal,
                    Problem *problem)
{
    if (!change_find(request->arena, work, number, change, problem))
        return false;
    if (strcmp(change->state, "draft") != 0 && strcmp(change->state, "in_review") != 0)
        return fail(problem, PROBLEM_CONFLICT, "change %lld is %s, not %s", (long long)number, change->state,
                    "in_review");
    return change_proposal(request->arena, change, request->session.name, request->bench->site->codebook, proposal,
                           problem);
}

static bool try_them(const WorkRequest *request, Numbers numbers, Change *changes, Text looks[2], Problem *problem)
{
    AUTO_WRITER writing = { 0 };
    Proposal *proposals = NEW_ARRAY(request->arena, Proposal, numbers.count);
    if (!request->bench->ledger)
        return fail(problem, PROBLEM_UNAVAILABLE, "the log process is not there");
    writer_take(request, &writing); /* one asks the log at a time */
    for (size_t i = 0; i < numbers.count; i++)
        if (!propose(request, writing.store, numbers.items[i], &changes[i], &proposals[i], problem))
            return false;
    return ledger_preview(request->bench->ledger, request->arena, "preview", (Proposals){ proposals, numbers.count },
                          looks, problem);
}

bool figures_view(const WorkRequest *request, Numbers numbers, Change *changes, FiguresView *view, Problem *problem)
{
    Text looks[2];
    FigureChange *figures;
    size_t count;
    if (!try_them(request, numbers, changes, looks, problem))
        return false;
    preview_changes(request->arena, looks[0], looks[1], &figures, &count);
    DifferenceRow *rows = NEW_ARRAY(request->arena, DifferenceRow, count + 1);
    const View words = desk_view(request);
    size_t shown = 0;
    for (size_t i = 0; i < count; i++) {
        const DifferenceRow row = { preview_figure(&words, &figures[i]), preview_code(&words, &figures[i]),
                                    preview_value(&words, figures[i].figure, figures[i].before),
                                    preview_value(&words, figures[i].figure, figures[i].after) };
        if (strcmp(row.before, row.after) != 0) /* less than its last digit changes nothing that is read */
            rows[shown++] = row;
    }
    *view = (FiguresView){ rows, shown };
    return true;
}
