/* How public figures would change by one change, and why. */
#include "work/change_view.h"
#include "work/figures_view.h"

bool work_preview(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Change change;
    Problem refused = { 0 };
    const int64_t number = desk_number_of(request);
    const char *back = arena_format(request->arena, "/changes/%lld", (long long)number);
    PreviewPage page = { .back = work_link(request, back) };
    if (!figures_view(request, (Numbers){ &number, 1 }, &change, &page.figures, &refused))
        return desk_is_refusal(&refused) ? fault_page(request, 409, desk_refusal(request, &refused), back, reply)
                                         : fail(problem, refused.kind, "%s", refused.message);
    if (!change_why(request, &change, &page.why, problem))
        return false;
    WorkFrame frame = work_frame(request, reply, say(request->language, N_("How public figures would change")));
    figure_changes_html(&reply->body, &frame, &page);
    return true;
}
