/* Pages of countries, sources, organisations and actors, and the same as data. */
#include "publish/actor_page.h"
#include "publish/country.h"
#include "publish/link.h"
#include "publish/organisation_page.h"
#include "publish/source_page.h"
#include "web/cursor.h"
#include "web/route.h"

static bool begin(Request *request, View *view, Handle *handle, Reading *reading, Problem *problem)
{
    Found none;
    if (!request_view(request, view, &none, problem) || !handle_take(request, handle, problem))
        return false;
    *reading = (Reading){ .view = view, .snapshot = edition_snapshot(request->edition), .store = handle->store };
    return true;
}

static bool is_csv(const Request *request)
{
    return text_is(request->extension, "csv");
}

/* In the API JSON needs no extension. */
static bool is_json(const Request *request)
{
    return text_is(request->extension, "json") || (request->route->about && !is_csv(request));
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

static CsvCare care_of(const Request *request)
{
    return request->spreadsheet ? CSV_DEFUSED : CSV_PLAIN;
}

static void csv_reply(Request *request, Reply *reply, const char *name)
{
    reply->type = "text/csv; charset=utf-8; header=present";
    reply->file_name = arena_format(request->arena, "vigie-%s.csv", name);
}

typedef enum PageData { DATA_JSON, DATA_JSON_AND_CSV } PageData;

static void page_reply(Request *request, Reply *reply, const View *view, const char *path, PageData data,
                       const EntityPage *page)
{
    Frame frame = frame_of(view, PAGE_ELSEWHERE, path);
    frame_title(&frame, view, page->heading, page->kind ? page->kind : page->intro ? page->intro : page->heading);
    frame.json = link_to(view, arena_format(request->arena, "%s.json", path));
    if (data == DATA_JSON_AND_CSV)
        frame.csv = link_to(view, arena_format(request->arena, "%s.csv", path));
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
    if (is_csv(request)) {
        csv_reply(request, reply, "countries");
        return countries_csv(&reading, care_of(request), &reply->body, problem);
    }
    if (is_json(request)) {
        reply->type = "application/json";
        return countries_json(&reading, &reply->body, problem);
    }
    if (!countries_page(&reading, &page, problem))
        return false;
    page_reply(request, reply, &view, entity_path(ENTITY_COUNTRY), DATA_JSON_AND_CSV, &page);
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
    if (!country_page(&reading, code, &page, problem))
        return false;
    page_reply(request, reply, &view, country_path(&view, code), DATA_JSON, &page);
    return true;
}

bool answer_sources(Request *request, Reply *reply, Problem *problem)
{
    View view;
    Reading reading;
    AUTO_HANDLE handle = { 0 };
    EntityPage page;
    if (is_csv(request) || is_json(request))
        return answer_export(request, reply, EXPORT_SOURCES, REGISTER_ALL, problem);
    if (!begin(request, &view, &handle, &reading, problem) || !sources_page(&reading, page_of(request), &page, problem))
        return false;
    page_reply(request, reply, &view, entity_path(ENTITY_SOURCE), DATA_JSON_AND_CSV, &page);
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
    if (!source_page(&reading, id, &page, problem))
        return false;
    page_reply(request, reply, &view, arena_format(request->arena, "/sources/%lld", (long long)id), DATA_JSON, &page);
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
    if (!dataset_page(&reading, name, &page, problem))
        return false;
    page_reply(request, reply, &view, dataset_path(&view, name), DATA_JSON, &page);
    return true;
}

bool answer_organisations(Request *request, Reply *reply, Problem *problem)
{
    View view;
    Reading reading;
    AUTO_HANDLE handle = { 0 };
    EntityPage page;
    if (is_csv(request) || is_json(request))
        return answer_export(request, reply, EXPORT_ORGANISATIONS, REGISTER_COUNTED, problem);
    if (!begin(request, &view, &handle, &reading, problem) ||
        !organisations_page(&reading, page_of(request), edition_figures(request->edition), &page, problem))
        return false;
    page_reply(request, reply, &view, entity_path(ENTITY_ORGANISATION), DATA_JSON_AND_CSV, &page);
    return true;
}

/* What was found to be another organisation is looked for there, in the same form and as of the same moment. */
static bool organisation_elsewhere(Request *request, Reply *reply, int64_t target)
{
    Text path = text_of(request->path), number = request->parts[request->part_count - 1];
    reply->status = 302;
    reply->location =
        arena_format(request->arena, "%.*s%lld%s%s%s", (int)(number.at - path.at), path.at, (long long)target,
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
        return organisation_elsewhere(request, reply, target);
    if (is_json(request)) {
        reply->type = "application/json";
        return organisation_json(&reading, id, &reply->body, problem);
    }
    if (!organisation_page(&reading, id, &page, problem))
        return false;
    page_reply(request, reply, &view, victim_path(request->arena, id), DATA_JSON, &page);
    return true;
}

/* The list as data, in pieces when a limit is given. */
static bool actors_as_data(Request *request, Reply *reply, Reading *reading, Cursor cursor, Problem *problem)
{
    ActorRange range = { (size_t)cursor.passed, (size_t)request->limit };
    size_t total = 0;
    bool csv = is_csv(request);
    if (csv)
        csv_reply(request, reply, "actors");
    else
        reply->type = "application/json";
    bool fine = csv ? actors_csv(reading, range, care_of(request), &reply->body, &total, problem)
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
    if (is_csv(request) || is_json(request))
        return actors_as_data(request, reply, &reading, cursor, problem);
    if (!actors_page(&reading, &page, problem))
        return false;
    page_reply(request, reply, &view, entity_path(ENTITY_ACTOR), DATA_JSON_AND_CSV, &page);
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
    const char *name = arena_text(request->arena, slug);
    if (is_json(request)) {
        reply->type = "application/json";
        return actor_json(&reading, name, &reply->body, problem);
    }
    if (!actor_page(&reading, name, &page, problem))
        return false;
    page_reply(request, reply, &view, actor_path(&view, name), DATA_JSON, &page);
    return true;
}
