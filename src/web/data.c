/* The register as data: figures, tables, and the files that pages need. */
#include "publish/figure.h"
#include "publish/figures_json.h"
#include "publish/file_name.h"
#include "publish/pages.h"
#include "publish/png.h"
#include "web/cursor.h"
#include "web/route.h"

static const char csv_type[] = "text/csv; charset=utf-8; header=present";
static const char json_type[] = "application/json";
static const char xlsx_type[] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

static bool is_csv(const Request *request)
{
    return text_is(request->extension, "csv");
}

static bool is_xlsx(const Request *request)
{
    return text_is(request->extension, "xlsx");
}

static void download(Request *request, Reply *reply, const char *what, int64_t as_of)
{
    reply->type = is_csv(request) ? csv_type : xlsx_type;
    reply->file_name =
        file_name(request->arena, what, &request->filter, as_of, arena_text(request->arena, request->extension));
}

static bool write_figure(Request *request, const View *view, const Figure *figure, Reply *reply, Problem *problem)
{
    if (text_is(request->extension, "svg")) {
        reply->type = "image/svg+xml";
        figure_svg(&reply->body, view, figure, CHART_FILE);
    } else if (text_is(request->extension, "png")) {
        AUTO_OUT svg = { 0 };
        reply->type = "image/png";
        figure_svg(&svg, view, figure, CHART_FILE);
        return png_of_svg(out_view(&svg), PNG_WIDTH, &reply->body, problem);
    } else if (is_csv(request)) {
        download(request, reply, figure->name, view->figures->as_of);
        figure_csv(&reply->body, view, figure);
    } else if (is_xlsx(request)) {
        download(request, reply, figure->name, view->figures->as_of);
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
    if (request->extension.length == 0 || text_is(request->extension, "html"))
        return answer_figure_page(request, reply, problem);
    if (!request_view(request, &view, &found, problem) || !request_growth_of(request, figure, found, &view, problem))
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
    if (is_xlsx(request))
        return EXPORT_XLSX;
    if (!is_csv(request))
        return EXPORT_JSON;
    return request->spreadsheet ? EXPORT_CSV_SPREADSHEET : EXPORT_CSV;
}

static const char *name_of(ExportTable table, Register which)
{
    static const char *const names[] = { "incidents", "claimed", "excluded", "records" };
    static const char *const claims[] = { "incidents-claims", "claimed-claims", "excluded-claims", "records-claims" };
    static const char *const sources[] = { "incidents-sources", "claimed-sources", "excluded-sources",
                                           "records-sources" };
    switch (table) {
    case EXPORT_CLAIMS: return claims[which];
    case EXPORT_SOURCES: return sources[which];
    case EXPORT_ORGANISATIONS: return "organisations";
    case EXPORT_INCIDENTS: break;
    }
    return names[which];
}

static const XlsxAbout *about_of(const Request *request, Register which)
{
    View *view = NEW(request->arena, View);
    *view = request_bare_view(request);
    return is_xlsx(request) ? list_about(view, which) : NULL;
}

/* The first chunk is made here, so that a store that cannot be read is told before anything is sent. */
bool answer_export(Request *request, Reply *reply, ExportTable table, Register which, Problem *problem)
{
    Cursor cursor = { .moment = edition_figures(request->edition)->as_of };
    AUTO_HANDLE handle = { 0 };
    if (!cursor_read(request, &cursor, problem))
        return false;
    Filter *filter = NEW(request->arena, Filter); /* a stream looks at it after this call */
    *filter = request->filter;
    if (request->cursor.length && !filter->known_by_text)
        filter->as_of = MIN(filter->as_of, cursor.moment);
    ExportOrder order = { .table = table,
                          .form = form_of(request),
                          .which = which,
                          .filter = filter,
                          .about = about_of(request, which),
                          .order = (Order)request->sort,
                          .skip = (size_t)cursor.passed,
                          .most = (size_t)request->limit };
    if (!handle_take(request, &handle, problem) ||
        (table != EXPORT_ORGANISATIONS && !search_filter(request->arena, handle.store, filter, &order.found, problem)))
        return false;
    if (table == EXPORT_ORGANISATIONS && !organisations_found(request->arena, edition_snapshot(request->edition),
                                                              handle.store, filter, &order.organisations, problem))
        return false;
    Export *export = export_begin(request->arena, edition_snapshot(request->edition), &order);
    bool more = export_next(export, handle.store, &reply->body, problem);
    if (request->limit && (size_t)(cursor.passed + request->limit) < export_total(export))
        reply->next = cursor_write(request, (Cursor){ cursor.passed + request->limit, cursor.moment });
    reply->type = json_type;
    if (is_csv(request) || is_xlsx(request))
        download(request, reply, name_of(table, which), export_as_of(export));
    if (more)
        reply->stream = export;
    else
        export_end(export);
    return !problem->kind;
}

bool answer_api_incidents(Request *request, Reply *reply, Problem *problem)
{
    return answer_export(request, reply, EXPORT_INCIDENTS, register_asked(&request->filter), problem);
}

bool answer_api_claims(Request *request, Reply *reply, Problem *problem)
{
    return answer_export(request, reply, EXPORT_CLAIMS, register_asked(&request->filter), problem);
}

bool answer_api_sources(Request *request, Reply *reply, Problem *problem)
{
    return answer_export(request, reply, EXPORT_SOURCES, register_asked(&request->filter), problem);
}

bool answer_api_organisations(Request *request, Reply *reply, Problem *problem)
{
    return answer_export(request, reply, EXPORT_ORGANISATIONS, REGISTER_COUNTED, problem);
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
