/* Pages of countries, sources, organisations and actors, and the same as data. */
#include "publish/actor_page.h"
#include "publish/country.h"
#include "publish/link.h"
#include "publish/organisation_page.h"
#include "publish/source_page.h"
#include "web/cursor.h"
#include "web/download.h"
#include "web/route.h"

static bool begin(Request *request, View *view, Handle *handle, Reading *reading, Problem *problem)
{
    Found none;
    if (!request_view(request, view, &none, problem) || !handle_take(request, handle, problem))
        return false;
    *reading = (Reading){ .view = view, .snapshot = edition_snapshot(request->edition), .store = handle->store };
    return true;
}

/* In the API JSON needs no extension. */
static bool is_json(const Request *request)
{
    return text_is(request->extension, "json") || (request->route->about && !download_is_asked(request));
}

static const char *last_part(const Request *request)
{
    return arena_text(request->arena, request->parts[request->part_count - 1]);
}

static bool part_number(const Request *request, int64_t *number, Problem *problem)
{
    return text_int(request->parts[request->part_count - 1], number) ||
           fail(problem, PROBLEM_NOT_FOUND, "there is nothing with this number");
}

static size_t page_of(const Request *request)
{
    return request->page > 1 ? (size_t)request->page : 1;
}

static void page_reply(Reply *reply, const View *view, const char *path, const EntityPage *page)
{
    Frame frame = frame_of(view, PAGE_ELSEWHERE, path);
    frame_title(&frame, view, page->heading, page->kind ? page->kind : page->intro ? page->intro : page->heading);
    frame_data(&frame, view, path);
    reply->type = "text/html; charset=utf-8";
    entity_html(&reply->body, &frame, page);
}

bool answer_countries(Request *request, Reply *reply, Problem *problem)
{
    View view;
    Reading reading;
    AUTO_HANDLE handle = { 0 };
    EntityPage page;
    if (!begin(request, &view, &handle, &reading, problem))
        return false;
    if (download_is_asked(request)) {
        Sheet sheet;
        const TableFile file = { "countries", say(view.language, "Countries"), entity_path(ENTITY_COUNTRY), NULL };
        return countries_sheet(&reading, &sheet, problem) &&
               download_sheet(request, reply, &view, &file, &sheet, problem);
    }
    if (is_json(request)) {
        reply->type = "application/json";
        return countries_json(&reading, &reply->body, problem);
    }
    if (!countries_page(&reading, &page, problem))
        return false;
    page_reply(reply, &view, entity_path(ENTITY_COUNTRY), &page);
    return true;
}

bool answer_country(Request *request, Reply *reply, Problem *problem)
{
    View view;
    Reading reading;
    AUTO_HANDLE handle = { 0 };
    EntityPage page;
    const char *code = last_part(request);
    if (!begin(request, &view, &handle, &reading, problem))
        return false;
    if (!country_is(&view, code))
        return fail(problem, PROBLEM_NOT_FOUND, "a country has a two-letter ISO 3166-1 code in capitals");
    if (is_json(request)) {
        reply->type = "application/json";
        return country_json(&reading, code, &reply->body, problem);
    }
    if (download_is_asked(request)) {
        AUTO_OUT rows = { 0 };
        const TableFile file = { arena_format(request->arena, "country-%s", code), show_facet(&view, "country", code),
                                 country_path(&view, code), "value" };
        country_csv(&reading, code, &rows);
        return download_rows(request, reply, &view, &file, out_view(&rows), problem);
    }
    if (!country_page(&reading, code, &page, problem))
        return false;
    page_reply(reply, &view, country_path(&view, code), &page);
    return true;
}

bool answer_sources(Request *request, Reply *reply, Problem *problem)
{
    View view;
    Reading reading;
    AUTO_HANDLE handle = { 0 };
    EntityPage page;
    if (download_is_asked(request) || is_json(request))
        return answer_export(request, reply, EXPORT_SOURCES, REGISTER_ALL, problem);
    if (!begin(request, &view, &handle, &reading, problem) || !sources_page(&reading, page_of(request), &page, problem))
        return false;
    page_reply(reply, &view, entity_path(ENTITY_SOURCE), &page);
    return true;
}

bool answer_source(Request *request, Reply *reply, Problem *problem)
{
    View view;
    Reading reading;
    AUTO_HANDLE handle = { 0 };
    EntityPage page;
    int64_t id = 0;
    if (!part_number(request, &id, problem) || !begin(request, &view, &handle, &reading, problem))
        return false;
    if (is_json(request)) {
        reply->type = "application/json";
        return source_json(&reading, id, &reply->body, problem);
    }
    const char *path = arena_format(request->arena, "/sources/%lld", (long long)id);
    if (download_is_asked(request)) {
        Sheet sheet;
        const TableFile file = { arena_format(request->arena, "source-%lld", (long long)id),
                                 say(view.language, "Source"), path, NULL };
        return source_sheet(&reading, id, &sheet, problem) &&
               download_sheet(request, reply, &view, &file, &sheet, problem);
    }
    if (!source_page(&reading, id, &page, problem))
        return false;
    page_reply(reply, &view, path, &page);
    return true;
}

bool answer_dataset(Request *request, Reply *reply, Problem *problem)
{
    View view;
    Reading reading;
    AUTO_HANDLE handle = { 0 };
    EntityPage page;
    const char *name = last_part(request);
    if (!begin(request, &view, &handle, &reading, problem))
        return false;
    if (is_json(request)) {
        reply->type = "application/json";
        return dataset_data(&reading, name, &reply->body, problem);
    }
    if (download_is_asked(request)) {
        AUTO_OUT rows = { 0 };
        const TableFile file = { arena_format(request->arena, "data-set-%s", name), show_dataset(&view, name),
                                 dataset_path(&view, name), "value" };
        return dataset_csv(&reading, name, &rows, problem) &&
               download_rows(request, reply, &view, &file, out_view(&rows), problem);
    }
    if (!dataset_page(&reading, name, &page, problem))
        return false;
    page_reply(reply, &view, dataset_path(&view, name), &page);
    return true;
}

bool answer_organisations(Request *request, Reply *reply, Problem *problem)
{
    View view;
    Reading reading;
    AUTO_HANDLE handle = { 0 };
    EntityPage page;
    if (download_is_asked(request) || is_json(request))
        return answer_export(request, reply, EXPORT_ORGANISATIONS, REGISTER_COUNTED, problem);
    if (!begin(request, &view, &handle, &reading, problem) ||
        !organisations_page(&reading, page_of(request), edition_figures(request->edition), &page, problem))
        return false;
    page_reply(reply, &view, entity_path(ENTITY_ORGANISATION), &page);
    return true;
}

/* What was found to be another one is looked for there, in the same form and as of the same moment. */
static bool go_elsewhere(Request *request, Reply *reply, const char *target)
{
    Text path = text_of(request->path), number = request->parts[request->part_count - 1];
    reply->status = 302;
    reply->location = arena_format(request->arena, "%.*s%s%s%s%s", (int)(number.at - path.at), path.at, target,
                                   number.at + number.length, *request->query ? "?" : "", request->query);
    reply->type = "text/plain; charset=utf-8";
    return true;
}

bool answer_organisation(Request *request, Reply *reply, Problem *problem)
{
    View view;
    Reading reading;
    AUTO_HANDLE handle = { 0 };
    EntityPage page;
    int64_t id = 0, target = 0;
    if (!part_number(request, &id, problem) || !begin(request, &view, &handle, &reading, problem) ||
        !victim_elsewhere(reading.store, id, view.figures->entries, &target, problem))
        return false;
    if (target)
        return go_elsewhere(request, reply, arena_format(request->arena, "%lld", (long long)target));
    if (is_json(request)) {
        reply->type = "application/json";
        return organisation_json(&reading, id, &reply->body, problem);
    }
    if (download_is_asked(request)) {
        Sheet sheet;
        const TableFile file = { arena_format(request->arena, "organisation-%lld", (long long)id),
                                 say(view.language, "Incidents of an organisation"), victim_path(request->arena, id),
                                 NULL };
        return organisation_sheet(&reading, id, &sheet, problem) &&
               download_sheet(request, reply, &view, &file, &sheet, problem);
    }
    if (!organisation_page(&reading, id, &page, problem))
        return false;
    page_reply(reply, &view, victim_path(request->arena, id), &page);
    return true;
}

/* The list as data, in pieces when a limit is given. */
static bool actors_as_data(Request *request, Reply *reply, Reading *reading, Cursor cursor, Problem *problem)
{
    ActorRange range = { (size_t)cursor.passed, (size_t)request->limit };
    size_t total = 0;
    const View *view = reading->view;
    Sheet sheet;
    const TableFile file = { "actors", say(view->language, "Attackers"), entity_path(ENTITY_ACTOR), NULL };
    reply->type = "application/json";
    bool fine = download_is_asked(request) ? actors_sheet(reading, range, &sheet, &total, problem) &&
                                                 download_sheet(request, reply, view, &file, &sheet, problem)
                                           : actors_json(reading, range, &reply->body, &total, problem);
    if (fine && range.most && range.skip + range.most < total)
        reply->next = cursor_write(request, (Cursor){ cursor.passed + request->limit, cursor.moment });
    return fine;
}

bool answer_actors(Request *request, Reply *reply, Problem *problem)
{
    View view;
    Reading reading;
    AUTO_HANDLE handle = { 0 };
    EntityPage page;
    Cursor cursor = { .moment = edition_figures(request->edition)->as_of };
    if (!cursor_read(request, &cursor, problem))
        return false;
    if (request->cursor.length)
        request->filter.as_of = MIN(request->filter.as_of, cursor.moment);
    if (!begin(request, &view, &handle, &reading, problem))
        return false;
    if (download_is_asked(request) || is_json(request))
        return actors_as_data(request, reply, &reading, cursor, problem);
    if (!actors_page(&reading, &page, problem))
        return false;
    page_reply(reply, &view, entity_path(ENTITY_ACTOR), &page);
    return true;
}

bool answer_actor(Request *request, Reply *reply, Problem *problem)
{
    View view;
    Reading reading;
    AUTO_HANDLE handle = { 0 };
    EntityPage page;
    Text slug;
    if (!query_decode(request->arena, request->parts[request->part_count - 1], &slug))
        return fail(problem, PROBLEM_NOT_FOUND, "nobody names an attacker like this");
    if (!begin(request, &view, &handle, &reading, problem))
        return false;
    const char *name = arena_text(request->arena, slug), *target;
    if (!actor_elsewhere(&reading, name, &target, problem))
        return false;
    if (target) /* its address, below that of the list */
        return go_elsewhere(request, reply, actor_path(&view, target) + strlen(entity_path(ENTITY_ACTOR)) + 1);
    if (is_json(request)) {
        reply->type = "application/json";
        return actor_json(&reading, name, &reply->body, problem);
    }
    if (download_is_asked(request)) {
        Sheet sheet;
        const TableFile file = { arena_format(request->arena, "actor-%s", name),
                                 say(view.language, "Attributions of an attacker"), actor_path(&view, name), NULL };
        return actor_sheet(&reading, name, &sheet, problem) &&
               download_sheet(request, reply, &view, &file, &sheet, problem);
    }
    if (!actor_page(&reading, name, &page, problem))
        return false;
    page_reply(reply, &view, actor_path(&view, name), &page);
    return true;
}
