/* The register as data: figures, tables, and the files that pages need. */
#include "publish/about.h"
#include "publish/figure.h"
#include "publish/figures_json.h"
#include "publish/pages.h"
#include "publish/png.h"
#include "web/cursor.h"
#include "web/download.h"
#include "web/route.h"

static const char json_type[] = "application/json";

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
    } else if (download_is_csv(request)) {
        download_name(request, reply, figure->name, view->figures->as_of);
        figure_csv(&reply->body, view, figure);
        download_defuse(request, reply);
    } else if (download_is_workbook(request)) {
        download_name(request, reply, figure->name, view->figures->as_of);
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
    Counted counted = counted_of(&view);
    reply->type = json_type;
    if (download_is_csv(request)) {
        download_name(request, reply, "figures", view.figures->as_of);
        figures_csv(&reply->body, &counted);
        download_defuse(request, reply);
        return true;
    }
    figures_json(&reply->body, &counted);
    OUT_LITERAL(&reply->body, "\n");
    return true;
}

static const char *name_of(ExportTable table, Register which)
{
    static const char *const names[][4] = {
        [EXPORT_INCIDENTS] = { "incidents", "claimed", "excluded", "records" },
        [EXPORT_CLAIMS] = { "incidents-claims", "claimed-claims", "excluded-claims", "records-claims" },
        [EXPORT_SOURCES] = { "incidents-sources", "claimed-sources", "excluded-sources", "records-sources" },
        [EXPORT_ORGANISATIONS] = { [REGISTER_COUNTED] = "organisations" },
    };
    return names[table][which];
}

/* What a workbook says about itself; its address is that of the page where the rows stand, or the API's. */
static const XlsxAbout *about_of(const Request *request, ExportTable table, Register which)
{
    static const char *const titles[] = {
        [EXPORT_CLAIMS] = N_("Claims"), [EXPORT_SOURCES] = N_("Sources"), [EXPORT_ORGANISATIONS] = N_("Organisations")
    };
    if (!download_is_workbook(request))
        return NULL;
    XlsxAbout *about = NEW(request->arena, XlsxAbout);
    View view = request_bare_view(request);
    const char *title = table == EXPORT_INCIDENTS ? list_heading(&view, which) : say(request->language, titles[table]);
    *about = about_view(&view, title, "");
    about->address = arena_format(request->arena, "%s%s", request->app->site->address, request->address);
    return about;
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
                          .form = download_form(request),
                          .which = which,
                          .filter = filter,
                          .about = about_of(request, table, which),
                          .order = (Order)request->sort,
                          .skip = (size_t)cursor.passed,
                          .most = (size_t)request->limit };
    if (!handle_take(request, &handle, problem))
        return false;
    Searched searched = request_searched(request, &handle, filter);
    if (table != EXPORT_ORGANISATIONS && !search_filter(request->arena, &searched, filter, &order.found, problem))
        return false;
    if (table == EXPORT_ORGANISATIONS && !organisations_found(request->arena, edition_snapshot(request->edition),
                                                              handle.store, filter, &order.organisations, problem))
        return false;
    Export *export = export_begin(request->arena, edition_snapshot(request->edition), &order);
    bool more = export_next(export, handle.store, &reply->body, problem);
    if (request->limit && (size_t)(cursor.passed + request->limit) < export_total(export))
        reply->next = cursor_write(request, (Cursor){ cursor.passed + request->limit, cursor.moment });
    reply->type = json_type;
    if (download_is_csv(request) || download_is_workbook(request))
        download_name(request, reply, name_of(table, which), export_as_of(export));
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
