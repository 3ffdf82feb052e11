/* What was changed after it was published: a page, data and a feed. */
#include "publish/corrections.h"

#include "publish/about.h"
#include "publish/link.h"
#include "web/download.h"
#include "web/route.h"

static const char *older_link(const Request *request, int64_t before)
{
    return before ? arena_format(request->arena, "%s?before=%lld", request->path, (long long)before) : NULL;
}

static void answer_page(Request *request, const View *view, const CorrectionList *list, Reply *reply)
{
    CorrectionsPage page = { .text = text_page(view, TEXT_corrections),
                             .first = { .label = say(view->language, N_("What was changed")), .address = "#changed" },
                             .list = *list,
                             .older = older_link(request, list->before),
                             .newest = request->before ? request->path : NULL };
    View bare = request_bare_view(request);
    Frame frame = frame_of(&bare, page.text.place, "/corrections");
    frame_title(&frame, &bare, page.text.document->title, page.text.description);
    frame_data(&frame, &bare, "/corrections");
    frame.atom = link_in(request->arena, request->language, "/corrections.atom", NULL);
    reply->type = "text/html; charset=utf-8";
    corrections_html(&reply->body, &frame, &page);
}

/* All of them: a file is not cut into pages. */
static bool answer_file(Request *request, Reply *reply, Problem *problem)
{
    Found none;
    View *view = NEW(request->arena, View); /* a stream looks at both after this call */
    XlsxAbout *about = NEW(request->arena, XlsxAbout);
    if (!request_view(request, view, &none, problem))
        return false;
    *about = about_view(view, text_page(view, TEXT_corrections).document->title, "/corrections");
    ExportOrder order = { .table = EXPORT_CORRECTIONS,
                          .filter = view->filter,
                          .about = about,
                          .view = view,
                          .before = request->before ? request->before : INT64_MAX };
    return download_stream(request, reply, "corrections", &order, problem);
}

bool answer_corrections(Request *request, Reply *reply, Problem *problem)
{
    View view;
    Found found;
    CorrectionList list;
    AUTO_HANDLE handle = { 0 };
    if (download_is_asked(request))
        return answer_file(request, reply, problem);
    if (!request_view(request, &view, &found, problem) || !handle_take(request, &handle, problem) ||
        !corrections_read(&view, handle.store, request->before ? request->before : INT64_MAX, &list, problem))
        return false;
    if (request->route->about || text_is(request->extension, "json")) {
        reply->type = "application/json";
        reply->next = older_link(request, list.before);
        corrections_json(&reply->body, &list);
    } else if (text_is(request->extension, "atom")) {
        Feed feed = corrections_feed(&view, &list);
        reply->type = FEED_ATOM_TYPE;
        feed_atom(&reply->body, &feed);
    } else {
        answer_page(request, &view, &list, reply);
    }
    return true;
}
