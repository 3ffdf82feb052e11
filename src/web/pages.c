/* The pages: each reads what it needs, lets publish make the page and hands it on. */
#include "publish/pages.h"

#include "publish/about.h"
#include "publish/codebook_page.h"
#include "publish/departure.h"
#include "publish/link.h"
#include "publish/png.h"
#include "web/download.h"
#include "web/route.h"

static void html(Reply *reply)
{
    reply->type = "text/html; charset=utf-8";
}

bool answer_root(Request *request, Reply *reply, Problem *problem)
{
    const char *query = *request->query ? arena_format(request->arena, "?%s", request->query) : "";
    (void)problem;
    reply->status = 302;
    reply->location = arena_format(request->arena, "/%s/%s", request->language->code, query);
    reply->freshness = FRESH_NEVER;
    return true;
}

/* Names are read for the page that most look at; filtered ones tell by their number what was changed. While the store
 * cannot be read, so does this one. */
static HomePage home_of(Request *request, const View *view, Found found)
{
    Problem ignored = { 0 };
    AUTO_HANDLE handle = { 0 };
    Recent recent;
    bool plain = strchr(request->address, '?') == NULL;
    figures_recent(edition_snapshot(request->edition), view->filter, found.ids, found.count, 7 * DAY_MS, &recent);
    Store *store = plain && handle_take(request, &handle, &ignored) ? handle.store : NULL;
    return home_page(view, edition_figures(request->edition), &recent, store);
}

bool answer_home(Request *request, Reply *reply, Problem *problem)
{
    View view;
    Found found;
    if (!request_view(request, &view, &found, problem))
        return false;
    view.growth = request_growth(request, found);
    HomePage page = home_of(request, &view, found);
    Frame frame = frame_of(&view, PAGE_HOME, "/");
    frame_title(&frame, &view, NULL, page.sentence);
    frame_data(&frame, &view, "/figures/headline");
    html(reply);
    home_html(&reply->body, &frame, &page);
    return true;
}

/* The part of the register that an address names. */
static Register register_of(const Request *request)
{
    Text name = request->parts[request->part_count - 1];
    if (text_is(name, "excluded"))
        return REGISTER_EXCLUDED;
    return text_is(name, "claimed") ? REGISTER_CLAIMED : register_asked(&request->filter);
}

static bool read_list(Request *request, const View *view, Found found, ListPage *page, Problem *problem)
{
    int64_t ids[LIST_ROWS];
    size_t number = request->page > 1 ? (size_t)request->page : 1, total = 0;
    ListOrder order = { .which = register_of(request), .sort = (Order)request->sort, .ids = ids, .page = number };
    AUTO_HANDLE handle = { 0 };
    Listing listing = { .filter = &request->filter,
                        .ids = found.ids,
                        .id_count = found.count,
                        .which = order.which,
                        .order = order.sort,
                        .skip = (number - 1) * LIST_ROWS,
                        .most = LIST_ROWS };
    order.snapshot = edition_snapshot(request->edition);
    order.listing = &listing;
    order.count = figures_list(order.snapshot, &listing, ids, &total);
    order.total = total;
    if (number > 1 && order.count == 0)
        return fail_field(problem, PROBLEM_NOT_FOUND, "page", "the list has no page %zu", number);
    return handle_take(request, &handle, problem) &&
           list_page(view, edition_figures(request->edition), handle.store, &order, page, problem);
}

static const char *list_as(const Request *request, const View *view, const char *path, const char *extension)
{
    const char *address = link_to(view, arena_format(request->arena, "%s.%s", path, extension));
    return list_sorted(view, address, (Order)request->sort);
}

static bool list_as_page(Request *request, Reply *reply, Problem *problem)
{
    View view;
    Found found;
    ListPage page = { 0 };
    if (!request_view(request, &view, &found, problem) || !read_list(request, &view, found, &page, problem))
        return false;
    const char *path = list_path(register_of(request));
    Frame frame = frame_of(&view, PAGE_INCIDENTS, path);
    frame_title(&frame, &view, page.heading, page.intro);
    frame.csv = list_as(request, &view, path, "csv");
    frame.json = list_as(request, &view, path, "json");
    frame.xlsx = list_as(request, &view, path, "xlsx");
    html(reply);
    list_html(&reply->body, &frame, &page);
    return true;
}

bool answer_list(Request *request, Reply *reply, Problem *problem)
{
    return request->extension.length && !text_is(request->extension, "html")
               ? answer_export(request, reply, EXPORT_INCIDENTS, register_of(request), problem)
               : list_as_page(request, reply, problem);
}

/* What is asked for as data: by its extension, or in the API, where JSON needs none. */
static bool is_data(const Request *request)
{
    return request->route->about || download_is_asked(request) || text_is(request->extension, "json");
}

bool answer_text(Request *request, Reply *reply, Problem *problem)
{
    View view = request_bare_view(request);
    size_t text;
    if (!text_find_slug(request->parts[1], &text))
        return fail(problem, PROBLEM_NOT_FOUND, "there is no page at this address");
    TextPage page = text_page(&view, text);
    Frame frame = frame_of(&view, page.place, arena_format(request->arena, "/%s", text_slugs[text]));
    frame_title(&frame, &view, page.document->title, page.description);
    html(reply);
    text_html(&reply->body, &frame, &page);
    return true;
}

static bool incident_as_data(Request *request, const View *view, int64_t id, Reply *reply, Problem *problem)
{
    AUTO_HANDLE handle = { 0 };
    if (!handle_take(request, &handle, problem))
        return false;
    if (!download_is_asked(request)) {
        reply->type = "application/json";
        return detail_json(view, edition_snapshot(request->edition), handle.store, id, &reply->body, problem);
    }
    Incident known;
    const XlsxAbout about = about_view(view, say(view->language, "Claims of an incident"),
                                       arena_format(request->arena, "/incidents/%lld", (long long)id));
    const ExportOne order = { .table = EXPORT_CLAIMS,
                              .codebook = view->codebook,
                              .incident = id,
                              .form = download_form(request),
                              .about = &about,
                              .entries = view->figures->entries };
    download_name(request, reply, arena_format(request->arena, "incident-%lld", (long long)id), view->figures->as_of);
    return incident_read(request->arena, handle.store, id, view->figures->entries, &known, problem) &&
           export_one(request->arena, handle.store, &order, &reply->body, problem);
}

static bool incident_as_page(Request *request, const View *view, int64_t id, Reply *reply, Problem *problem)
{
    DetailPage page;
    AUTO_HANDLE handle = { 0 };
    const char *path = arena_format(request->arena, "/incidents/%lld", (long long)id);
    if (!handle_take(request, &handle, problem) ||
        !detail_page(view, edition_snapshot(request->edition), handle.store, id, &page, problem))
        return false;
    Frame frame = frame_of(view, PAGE_ELSEWHERE, path);
    frame_title(&frame, view, page.heading, page.kind);
    frame_data(&frame, view, path);
    html(reply);
    detail_html(&reply->body, &frame, &page);
    return true;
}

enum { SEE_OTHER_INCIDENT = 302, GONE = 410 };

/* What was merged is looked for where it went, in the same form and as of the same moment. */
static bool incident_elsewhere(Request *request, const Departure *departure, Reply *reply)
{
    Text path = text_of(request->path), number = request->parts[request->part_count - 1];
    size_t before = (size_t)(number.at - path.at);
    reply->status = SEE_OTHER_INCIDENT;
    reply->location =
        arena_format(request->arena, "%.*s%lld%s%s%s", (int)before, path.at, (long long)departure->targets[0],
                     number.at + number.length, *request->query ? "?" : "", request->query);
    reply->type = "text/plain; charset=utf-8";
    return true;
}

static bool incident_gone(Request *request, const View *view, const Departure *departure, Reply *reply,
                          Problem *problem)
{
    AUTO_HANDLE handle = { 0 };
    DeparturePage page;
    reply->status = GONE;
    if (download_is_asked(request))
        return fail(problem, PROBLEM_NOT_FOUND, "incident %lld was %s: %s", (long long)departure->id, departure->status,
                    departure->reason);
    if (!handle_take(request, &handle, problem))
        return false;
    if (is_data(request)) {
        reply->type = "application/json";
        return departure_json(view, handle.store, departure, &reply->body, problem);
    }
    if (!departure_page(view, handle.store, departure, &page, problem))
        return false;
    const char *path = arena_format(request->arena, "/incidents/%lld", (long long)departure->id);
    Frame frame = frame_of(view, PAGE_ELSEWHERE, path);
    frame_title(&frame, view, page.heading, departure->title);
    frame.json = link_to(view, arena_format(request->arena, "%s.json", path));
    html(reply);
    departure_html(&reply->body, &frame, &page);
    return true;
}

static bool find_departure(Request *request, const View *view, int64_t id, Departure *departure, Problem *problem)
{
    AUTO_HANDLE handle = { 0 };
    return handle_take(request, &handle, problem) &&
           departure_read(request->arena, handle.store, id, view->figures->entries, departure, problem);
}

bool answer_incident(Request *request, Reply *reply, Problem *problem)
{
    int64_t id = 0;
    View view;
    Found found;
    Departure departure;
    if (!request_view(request, &view, &found, problem))
        return false;
    if (!text_int(request->parts[request->part_count - 1], &id) || id < 1 || id > UINT32_MAX)
        return fail(problem, PROBLEM_NOT_FOUND, "there is no incident with this number");
    if (!find_departure(request, &view, id, &departure, problem))
        return false;
    if (departure.status && strcmp(departure.status, "merged") == 0 && departure.target_count)
        return incident_elsewhere(request, &departure, reply);
    if (departure.status)
        return incident_gone(request, &view, &departure, reply, problem);
    return is_data(request) ? incident_as_data(request, &view, id, reply, problem)
                            : incident_as_page(request, &view, id, reply, problem);
}

/* The numbers of an incident over time: one of them as a picture or a table. */
static const ImpactSeries *find_series(Request *request, const View *view, int64_t id, Problem *problem)
{
    AUTO_HANDLE handle = { 0 };
    Incident known;
    Run all;
    const Asked asked = { id, view->figures->entries };
    Text name = request->parts[request->part_count - 1];
    if (!handle_take(request, &handle, problem) ||
        !incident_read(request->arena, handle.store, id, asked.at, &known, problem) ||
        !evidence_read(request->arena, handle.store, view->codebook, asked, &all, problem))
        return NULL;
    ImpactView impact = impact_view(view, id, all);
    for (size_t i = 0; i < impact.count; i++)
        if (text_is(name, impact.series[i].variable))
            return &impact.series[i];
    fail(problem, PROBLEM_NOT_FOUND, "incident %lld has no number %.60s that was observed on several days",
         (long long)id, arena_text(request->arena, name));
    return NULL;
}

static bool write_series(Request *request, const View *view, const ImpactSeries *series, Reply *reply, Problem *problem)
{
    if (text_is(request->extension, "svg")) {
        reply->type = "image/svg+xml";
        impact_svg(&reply->body, view, series, CHART_FILE);
    } else if (text_is(request->extension, "png")) {
        AUTO_OUT svg = { 0 };
        reply->type = "image/png";
        impact_svg(&svg, view, series, CHART_FILE);
        return png_of_svg(out_view(&svg), PNG_WIDTH, &reply->body, problem);
    } else {
        const char *what = arena_format(request->arena, "incident-%.*s-%s", (int)request->parts[2].length,
                                        request->parts[2].at, series->variable);
        download_name(request, reply, what, view->figures->as_of);
        impact_csv(&reply->body, series);
        download_defuse(request, reply);
    }
    return true;
}

bool answer_impact(Request *request, Reply *reply, Problem *problem)
{
    enum { NUMBER = 2 };
    View view;
    Found found;
    int64_t id = 0;
    if (!request_view(request, &view, &found, problem))
        return false;
    (void)text_int(request->parts[NUMBER], &id); /* the route takes numbers only; one that is too long is no incident */
    const ImpactSeries *series = find_series(request, &view, id, problem);
    if (!series)
        return false;
    return write_series(request, &view, series, reply, problem);
}

bool answer_codebook(Request *request, Reply *reply, Problem *problem)
{
    View view = request_bare_view(request);
    if (download_is_asked(request)) {
        AUTO_OUT rows = { 0 };
        const TableFile file = { "codebook", say(view.language, "Codebook"), "/codebook", NULL };
        codebook_csv(&rows, view.codebook);
        return download_rows(request, reply, &view, &file, out_view(&rows), problem);
    }
    if (is_data(request)) {
        reply->type = "application/json";
        codebook_json(&reply->body, view.codebook);
        return true;
    }
    Frame frame = frame_of(&view, PAGE_CODEBOOK, "/codebook");
    frame_title(&frame, &view, say(view.language, "Codebook"),
                say(view.language, "Every variable and code of the register, with its definition"));
    frame_data(&frame, &view, "/codebook");
    html(reply);
    codebook_html(&reply->body, &frame, &view);
    return true;
}
