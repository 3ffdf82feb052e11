/* The methodology with how far the coders agree, and that as data. */
#include "publish/agreement_page.h"
#include "publish/link.h"
#include "web/download.h"
#include "web/route.h"

static bool as_download(Request *request, const View *view, Store *store, Reply *reply, Problem *problem)
{
    Sheet sheet;
    const TableFile file = { "agreement", say(view->language, "How far coders agree: the figures"), "/methodology",
                             NULL };
    return agreement_sheet(request->arena, store, &sheet, problem) &&
           download_sheet(request, reply, view, &file, &sheet, problem);
}

bool answer_methodology(Request *request, Reply *reply, Problem *problem)
{
    AUTO_HANDLE handle = { 0 };
    MethodologyPage page;
    View view = request_bare_view(request);
    if (!handle_take(request, &handle, problem))
        return false;
    if (download_is_asked(request))
        return as_download(request, &view, handle.store, reply, problem);
    if (request->route->about || text_is(request->extension, "json")) {
        reply->type = "application/json";
        return agreement_json(request->arena, handle.store, &reply->body, problem);
    }
    if (!methodology_page(&view, handle.store, &page, problem))
        return false;
    Frame frame = frame_of(&view, page.text.place, "/methodology");
    frame_title(&frame, &view, page.text.document->title, page.text.description);
    frame_data(&frame, &view, "/methodology");
    reply->type = "text/html; charset=utf-8";
    methodology_html(&reply->body, &frame, &page);
    return true;
}
