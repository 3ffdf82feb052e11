/* The register as data: figures, tables, and the files that pages need. */
#include "publish/figure.h"
#include "publish/figures_json.h"
#include "publish/journal_data.h"
#include "web/route.h"

static const char csv_type[] = "text/csv; charset=utf-8; header=present";
static const char json_type[] = "application/json";
static const char xlsx_type[] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

static bool is_csv(const Request *request)
{
    return text_is(request->extension, "csv");
}

static void download(Request *request, Reply *reply, const Figure *figure, const char *type)
{
    reply->type = type;
    reply->file_name =
        arena_format(request->arena, "vigie-%s.%s", figure->name, arena_text(request->arena, request->extension));
}

static bool write_figure(Request *request, const View *view, const Figure *figure, Reply *reply, Problem *problem)
{
    if (text_is(request->extension, "svg")) {
        reply->type = "image/svg+xml";
        figure_svg(&reply->body, view, figure, CHART_FILE);
    } else if (is_csv(request)) {
        download(request, reply, figure, csv_type);
        figure_csv(&reply->body, view, figure);
    } else if (text_is(request->extension, "xlsx")) {
        download(request, reply, figure, xlsx_type);
        return figure_xlsx(&reply->body, view, figure, problem);
    } else if (text_is(request->extension, "geojson")) {
        if (figure->kind != FIGURE_MAP)
            return fail(problem, PROBLEM_NOT_OFFERED, "only the map is offered as geojson");
        reply->type = "application/geo+json";
        figure_geojson(&reply->body, view, figure);
    } else {
        reply->type = json_type;
        figure_json(&reply->body, view, figure);
    }
    return true;
}

bool answer_figure(Request *request, Reply *reply, Problem *problem)
{
    Text name = request->parts[request->part_count - 1];
    const Figure *figure = figure_find(name);
    View view;
    Found found;
    if (!figure)
        return fail(problem, PROBLEM_NOT_FOUND, "there is no figure %.60s", arena_text(request->arena, name));
    if (request->extension.length == 0)
        return fail(problem, PROBLEM_NOT_OFFERED, "a figure is offered as svg, csv, json and xlsx");
    if (!request_view(request, &view, &found, problem))
        return false;
    return write_figure(request, &view, figure, reply, problem);
}

bool answer_api_figures(Request *request, Reply *reply, Problem *problem)
{
    View view;
    Found found;
    if (!request_view(request, &view, &found, problem))
        return false;
    reply->type = is_csv(request) ? csv_type : json_type;
    if (is_csv(request))
        figures_csv(&reply->body, view.figures, view.filter, view.codebook);
    else
        figures_json(&reply->body, view.figures, view.filter, view.codebook);
    OUT_LITERAL(&reply->body, "\n");
    return true;
}

static ExportForm form_of(const Request *request)
{
    if (!is_csv(request))
        return EXPORT_JSON;
    return request->spreadsheet ? EXPORT_CSV_SPREADSHEET : EXPORT_CSV;
}

/* Where an export goes on: the incidents passed, the moment as of which they were listed, and the question. A cursor
 * so sees one state of the register, even when it grows between two answers. */
typedef struct Cursor {
    int64_t passed, moment;
} Cursor;

enum { QUESTION_SIZE = 17 };

/* What a cursor belongs to: the address without the cursor and what comes in which pieces. */
static void name_question(const Request *request, char name[QUESTION_SIZE])
{
    AUTO_OUT question = { 0 };
    Text path = text_of(request->path);
    out_raw(&question, path.at, text_find(path, "."));
    OUT_LITERAL(&question, "?");
    filter_write(&question, &request->filter);
    (void)snprintf(name, QUESTION_SIZE, "%016llx", (unsigned long long)text_hash(out_view(&question)));
}

static bool cursor_read(const Request *request, Cursor *cursor, Problem *problem)
{
    char question[QUESTION_SIZE];
    Text rest = request->cursor, passed, moment;
    if (rest.length == 0)
        return true;
    name_question(request, question);
    bool whole = text_split(&rest, '-', &passed) && text_split(&rest, '-', &moment) &&
                 text_int(passed, &cursor->passed) && text_int(moment, &cursor->moment) && cursor->passed > 0 &&
                 cursor->moment > 0;
    return (whole && text_is(rest, question)) ||
           fail_field(problem, PROBLEM_BAD_INPUT, "cursor",
                      "this cursor is not of this question: take it from the header Link of the answer before");
}

static const char *cursor_address(const Request *request, Cursor cursor)
{
    char question[QUESTION_SIZE];
    AUTO_OUT query = { 0 };
    name_question(request, question);
    filter_write(&query, &request->filter);
    return arena_format(request->arena, "%s?%s%scursor=%lld-%lld-%s&limit=%lld%s", request->path,
                        query.length ? query.text : "", query.length ? "&" : "", (long long)cursor.passed,
                        (long long)cursor.moment, question, (long long)request->limit,
                        request->spreadsheet ? "&bom=1" : "");
}

/* The first chunk is made here, so that a store that cannot be read is told before anything is sent. */
bool answer_export(Request *request, Reply *reply, ExportTable table, Register which, Problem *problem)
{
    static const char *const names[] = { "incidents", "claimed", "excluded", "records" };
    static const char *const tables[] = { [EXPORT_CLAIMS] = "-claims", [EXPORT_SOURCES] = "-sources" };
    Cursor cursor = { .moment = edition_figures(request->edition)->as_of };
    AUTO_HANDLE handle = { 0 };
    if (!cursor_read(request, &cursor, problem))
        return false;
    Filter *filter = NEW(request->arena, Filter); /* a stream looks at it after this call */
    *filter = request->filter;
    if (request->cursor.length && !filter->as_of_text && !filter->known_by_text)
        filter->as_of = cursor.moment;
    ExportOrder order = { .table = table,
                          .form = form_of(request),
                          .which = which,
                          .filter = filter,
                          .skip = (size_t)cursor.passed,
                          .most = (size_t)request->limit };
    if (!handle_take(request, &handle, problem) ||
        !search_filter(request->arena, handle.store, filter, &order.found, problem))
        return false;
    Export *export = export_begin(request->arena, edition_snapshot(request->edition), &order);
    bool more = export_next(export, handle.store, &reply->body, problem);
    if (request->limit && (size_t)(cursor.passed + request->limit) < export_total(export))
        reply->next = cursor_address(request, (Cursor){ cursor.passed + request->limit, cursor.moment });
    if (more)
        reply->stream = export;
    else
        export_end(export);
    reply->type = is_csv(request) ? csv_type : json_type;
    if (is_csv(request))
        reply->file_name =
            arena_format(request->arena, "vigie-%s%s.csv", names[which], tables[table] ? tables[table] : "");
    return !problem->kind;
}

/* Claimed incidents are asked for by verification=v1 alone, as on the pages. */
static bool answer_table(Request *request, Reply *reply, ExportTable table, Problem *problem)
{
    const FacetChoice *levels = filter_facet(&request->filter, "verification");
    bool claimed_only = levels && levels->count == 1 && text_starts(text_of(levels->codes[0]), "v1");
    return answer_export(request, reply, table, claimed_only ? REGISTER_CLAIMED : REGISTER_COUNTED, problem);
}

bool answer_api_incidents(Request *request, Reply *reply, Problem *problem)
{
    return answer_table(request, reply, EXPORT_INCIDENTS, problem);
}

bool answer_api_claims(Request *request, Reply *reply, Problem *problem)
{
    return answer_table(request, reply, EXPORT_CLAIMS, problem);
}

bool answer_api_sources(Request *request, Reply *reply, Problem *problem)
{
    return answer_table(request, reply, EXPORT_SOURCES, problem);
}

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

bool answer_api_changes(Request *request, Reply *reply, Problem *problem)
{
    enum { CHANGES = 1000 };
    AUTO_HANDLE handle = { 0 };
    ChangesOrder order = { .after = request->after, .most = CHANGES };
    int64_t last = 0;
    if (request->limit && request->limit < CHANGES)
        order.most = request->limit;
    if (!read_since(request, &order.since, problem) || !handle_take(request, &handle, problem))
        return false;
    reply->type = json_type;
    if (!changes_json(&reply->body, handle.store, &order, &last, problem))
        return false;
    if (last)
        reply->next = arena_format(request->arena, "%s?limit=%lld&after=%lld", request->path, (long long)order.most,
                                   (long long)last);
    return true;
}

bool answer_api_checkpoints(Request *request, Reply *reply, Problem *problem)
{
    AUTO_HANDLE handle = { 0 };
    reply->type = json_type;
    return handle_take(request, &handle, problem) && checkpoints_json(&reply->body, handle.store, problem);
}

bool answer_checkpoint(Request *request, Reply *reply, Problem *problem)
{
    AUTO_HANDLE handle = { 0 };
    reply->type = "text/plain; charset=utf-8";
    return handle_take(request, &handle, problem) && checkpoint_newest(&reply->body, handle.store, problem);
}

bool answer_asset(Request *request, Reply *reply, Problem *problem)
{
    const char *path = request->path + sizeof "/assets/" - 1;
    Asset asset;
    if (!asset_find(text_of(path), &asset))
        return fail(problem, PROBLEM_NOT_FOUND, "there is no file %.60s", path);
    reply->type = asset.type;
    reply->freshness = *request->query ? FRESH_FOREVER : FRESH_MINUTE;
    for (size_t i = 0; i < COUNT_OF(asset.parts); i++)
        out_raw(&reply->body, asset.parts[i].at, asset.parts[i].length);
    return true;
}
