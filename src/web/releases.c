/* Releases over HTTP: their list, and their files. */
#include "base/sys.h"
#include "domain/release.h"
#include "publish/link.h"
#include "publish/release_page.h"
#include "web/download.h"
#include "web/route.h"

enum { FILE_MOST = 1 << 30 };

bool answer_releases(Request *request, Reply *reply, Problem *problem)
{
    AUTO_HANDLE handle = { 0 };
    ReleasesPage page;
    View view = request_bare_view(request);
    if (!handle_take(request, &handle, problem))
        return false;
    if (text_is(request->extension, "json")) {
        reply->type = "application/json";
        return releases_json(&view, handle.store, &reply->body, problem);
    }
    if (download_is_asked(request)) {
        Sheet sheet;
        const TableFile file = { "releases", say(view.language, "Releases"), "/releases", NULL };
        return releases_sheet(&view, handle.store, &sheet, problem) &&
               download_sheet(request, reply, &view, &file, &sheet, problem);
    }
    if (!releases_page(&view, handle.store, &page, problem))
        return false;
    Frame frame = frame_of(&view, PAGE_ELSEWHERE, "/releases");
    frame_title(&frame, &view, say(view.language, N_("Releases")),
                say(view.language, N_("The data of the register as signed files that stay.")));
    frame_data(&frame, &view, "/releases");
    reply->type = "text/html; charset=utf-8";
    releases_html(&reply->body, &frame, &page);
    return true;
}

static const char *type_of(Text name)
{
    static const struct {
        const char *end, *type;
    } types[] = { { ".csv", "text/csv; charset=utf-8; header=present" }, { ".json", "application/json" } };
    for (size_t i = 0; i < COUNT_OF(types); i++)
        if (text_ends(name, types[i].end))
            return types[i].type;
    return "text/plain; charset=utf-8";
}

/* "/releases/3/incidents.csv": a plain name that the store knows, so that nothing else in the folder can be asked for.
 */
bool answer_release_file(Request *request, Reply *reply, Problem *problem)
{
    static const char prefix[] = "/releases/";
    Text rest = text_of(request->path + sizeof prefix - 1), part = { 0 }, bytes;
    int64_t number = 0;
    const char *sums = NULL;
    bool numbered = text_split(&rest, '/', &part) && text_int(part, &number) && number > 0;
    if (numbered && release_file_name(rest)) {
        AUTO_HANDLE handle = { 0 };
        if (!handle_take(request, &handle, problem) ||
            !release_has_file(request->arena, handle.store, number, rest, &sums, problem))
            return false;
    }
    if (!sums)
        return fail(problem, PROBLEM_NOT_FOUND, "no release has a file %.100s", request->path + sizeof prefix - 1);
    const char *folder = release_folder(request->arena, request->app->releases, number, sums);
    const char *path = arena_format(request->arena, "%s/%.*s", folder, (int)rest.length, rest.at);
    if (!sys_read_file(request->arena, path, FILE_MOST, &bytes, problem))
        return false;
    out_raw(&reply->body, bytes.at, bytes.length);
    reply->type = type_of(rest);
    reply->file_name = arena_format(request->arena, "vigie-%lld-%.*s", (long long)number, (int)rest.length, rest.at);
    reply->freshness = FRESH_FOREVER;
    return true;
}
