/* The journal over HTTP: what changed, the signed checkpoints, and all that verifies them. */
#include "publish/about.h"
#include "publish/journal_data.h"
#include "publish/journal_page.h"
#include "web/download.h"
#include "web/route.h"

enum { ROWS_OF_ONE = 1000 };

/* A date begins with its first moment. */
static bool read_since(const Request *request, int64_t *since, Problem *problem)
{
    Span span;
    *since = INT64_MIN;
    if (request->since.length == 0 || moment_read(request->since, since))
        return true;
    if (span_read(request->since, &span)) {
        *since = span.first * DAY_MS;
        return true;
    }
    return fail_field(problem, PROBLEM_BAD_INPUT, "since",
                      "since takes a date as YYYY, YYYY-MM or YYYY-MM-DD, or a moment as 2021-05-09T12:00:00Z");
}

/* The entry behind which the answer begins. A request has one reader of the store at a time: there are no more. */
static bool find_after(const Request *request, int64_t *after, Problem *problem)
{
    JournalOrder behind = { .after = request->after };
    AUTO_HANDLE handle = { 0 };
    return read_since(request, &behind.since, problem) && handle_take(request, &handle, problem) &&
           journal_after(handle.store, &behind, after, problem);
}

/* All of it, unless a limit is set: a file is not cut into pieces. */
static bool answer_file(Request *request, Reply *reply, ExportTable table, Problem *problem)
{
    static const char *const titles[] = {
        [EXPORT_CHANGES] = N_("Journal: entries"), [EXPORT_CHECKPOINTS] = N_("Journal: checkpoints")
    };
    static const char *const names[] = { [EXPORT_CHANGES] = "changes", [EXPORT_CHECKPOINTS] = "checkpoints" };
    View view = request_bare_view(request);
    XlsxAbout *about = NEW(request->arena, XlsxAbout);
    *about = about_view(&view, say(view.language, titles[table]), "/journal");
    ExportOrder order = { .table = table, .filter = &request->filter, .about = about, .most = (size_t)request->limit };
    return find_after(request, &order.after, problem) && download_stream(request, reply, names[table], &order, problem);
}

typedef bool Writer(Out *out, Store *public_store, const JournalOrder *order, int64_t *last, Problem *problem);

static bool answer_part(Request *request, Reply *reply, Writer *write, Problem *problem)
{
    AUTO_HANDLE handle = { 0 };
    int64_t last = 0, most = request->limit ? MIN(request->limit, ROWS_OF_ONE) : ROWS_OF_ONE;
    JournalOrder order = { .after = request->after, .most = most };
    reply->type = "application/json";
    if (!read_since(request, &order.since, problem) || !handle_take(request, &handle, problem) ||
        !write(&reply->body, handle.store, &order, &last, problem))
        return false;
    if (last)
        reply->next =
            arena_format(request->arena, "%s?limit=%lld&after=%lld", request->path, (long long)most, (long long)last);
    return true;
}

bool answer_api_changes(Request *request, Reply *reply, Problem *problem)
{
    if (download_is_asked(request))
        return answer_file(request, reply, EXPORT_CHANGES, problem);
    return answer_part(request, reply, changes_json, problem);
}

bool answer_api_checkpoints(Request *request, Reply *reply, Problem *problem)
{
    if (download_is_asked(request))
        return answer_file(request, reply, EXPORT_CHECKPOINTS, problem);
    return answer_part(request, reply, checkpoints_json, problem);
}

bool answer_checkpoint(Request *request, Reply *reply, Problem *problem)
{
    AUTO_HANDLE handle = { 0 };
    reply->type = "text/plain; charset=utf-8";
    return handle_take(request, &handle, problem) && checkpoint_newest(&reply->body, handle.store, problem);
}

/* Tiles never change; a bundle does when an entry in it is redacted. */
bool answer_tile(Request *request, Reply *reply, Problem *problem)
{
    static const char prefix[] = "/tile/";
    AUTO_HANDLE handle = { 0 };
    TilePlace place;
    if (!tile_place(text_of(request->path + sizeof prefix - 1), &place))
        return fail(problem, PROBLEM_NOT_FOUND, "%.200s is not the address of a tile", request->path);
    reply->type = "application/octet-stream";
    reply->freshness = place.level == TILE_OF_ENTRIES ? FRESH_DAY : FRESH_FOREVER;
    return handle_take(request, &handle, problem) &&
           tile_write(request->app->tiles, handle.store, &place, &reply->body, problem);
}

bool answer_api_entry(Request *request, Reply *reply, Problem *problem)
{
    AUTO_HANDLE handle = { 0 };
    int64_t seq = 0;
    if (!text_int(request->parts[request->part_count - 1], &seq))
        return fail(problem, PROBLEM_NOT_FOUND, "there is no entry with this number");
    reply->type = "application/json";
    return handle_take(request, &handle, problem) && entry_write(handle.store, seq, &reply->body, problem);
}

bool answer_log_key(Request *request, Reply *reply, Problem *problem)
{
    (void)problem;
    reply->type = "text/plain; charset=utf-8";
    out_raw(&reply->body, request->app->log_key, strlen(request->app->log_key));
    return true;
}

bool answer_journal(Request *request, Reply *reply, Problem *problem)
{
    AUTO_HANDLE handle = { 0 };
    View view = request_bare_view(request);
    JournalPage page;
    if (!handle_take(request, &handle, problem) ||
        !journal_page(&view, handle.store, request->app->log_key, &page, problem))
        return false;
    Frame frame = frame_of(&view, page.text.place, "/journal");
    frame_title(&frame, &view, page.text.document->title, page.text.description);
    reply->type = "text/html; charset=utf-8";
    journal_html(&reply->body, &frame, &page);
    return true;
}
