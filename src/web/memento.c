#include "web/memento.h"

#include "base/sys.h"
#include "http/header.h"
#include "web/route.h"

enum { SECOND_MS = 1000, MAP_MOST = 1000 };

/* How incidents became known is asked of today's register only. */
static bool has_no_past(const Request *request)
{
    const char *path = request->route->path;
    bool figures = strcmp(path, "/L/figures/*") == 0 || strcmp(path, "/L/embed/*") == 0;
    const Figure *figure = figures ? figure_find(request->parts[request->part_count - 1]) : NULL;
    return figure && figure->kind == FIGURE_GROWTH;
}

bool memento_is_kept(const Request *request)
{
    const Route *route = request->route;
    return route && (route->asks == ASKS_FILTER || route->asks == ASKS_MOMENT) && !request->filter.known_by_text &&
           !has_no_past(request);
}

static const char *absolute(const Request *request, const char *address)
{
    return arena_format(request->arena, "%s%s", request->app->site->address, address);
}

static const char *address_at(const Request *request, int64_t moment)
{
    Filter then = request->filter;
    then.as_of_text = moment_write(moment, arena_take(request->arena, MOMENT_TEXT_SIZE));
    return route_address(request, &then);
}

static const char *original_of(const Request *request)
{
    Filter now = request->filter;
    now.as_of_text = NULL;
    return absolute(request, route_address(request, &now));
}

const char *memento_asked(Request *request, const char *datetime, Problem *problem)
{
    const Snapshot *snapshot = edition_snapshot(request->edition);
    int64_t asked;
    if (!*datetime || !memento_is_kept(request) || request->filter.as_of_text)
        return NULL;
    if (!header_date_read(datetime, &asked)) {
        fail_field(problem, PROBLEM_BAD_INPUT, "Accept-Datetime",
                   "Accept-Datetime takes a moment as \"Sat, 01 May 2027 00:00:00 GMT\"");
        return NULL;
    }
    return address_at(request, snapshot_moment_at(snapshot, asked + SECOND_MS - 1));
}

static const char *timemap_of(const Request *request, const char *original)
{
    AUTO_OUT address = { 0 };
    out_raw(&address, request->app->site->address, strlen(request->app->site->address));
    OUT_LITERAL(&address, "/timemap.link?url=");
    out_url(&address, original);
    return arena_text(request->arena, out_view(&address));
}

const char *memento_moment(const Request *request)
{
    const Filter *filter = &request->filter;
    bool past = filter->as_of_text && filter->as_of < sys_now();
    return past && memento_is_kept(request) ? header_date(request->arena, filter->as_of) : NULL;
}

const char *memento_links(const Request *request)
{
    const char *original = original_of(request), *moment = memento_moment(request);
    const char *links = arena_format(request->arena,
                                     "<%s>; rel=\"original timegate\", <%s>; rel=\"timemap\"; "
                                     "type=\"application/link-format\"",
                                     original, timemap_of(request, original));
    if (!moment)
        return links;
    return arena_format(request->arena, "%s, <%s>; rel=\"memento\"; datetime=\"%s\"", links,
                        absolute(request, request->address), moment);
}

/* The address that a time map is asked of, as if it were asked itself. */
static bool read_original(const Request *request, Request *original, Problem *problem)
{
    const char *address = arena_text(request->arena, request->url), *site = request->app->site->address;
    size_t length = strlen(site);
    if (!*address)
        return fail_field(problem, PROBLEM_BAD_INPUT, "url", "url takes an address of this site");
    if (!text_starts(request->url, site) || address[length] != '/')
        return fail_field(problem, PROBLEM_NOT_FOUND, "url", "only addresses of %s have a time map here", site);
    const char *path = address + length, *question = strchr(path, '?');
    *original = (Request){ .app = request->app, .arena = request->arena, .edition = request->edition };
    original->path = arena_copy(request->arena, path, question ? (size_t)(question - path) : strlen(path));
    original->query = question ? question + 1 : "";
    original->accept_language = "";
    if (!route_find(original, problem) || !route_read(original, problem))
        return false;
    if (!memento_is_kept(original))
        return fail_field(problem, PROBLEM_NOT_FOUND, "url", "what stands at this address has no past");
    return true;
}

static void put_link(Out *out, const char *address, const char *rest)
{
    OUT_LITERAL(out, "<");
    out_raw(out, address, strlen(address));
    OUT_LITERAL(out, ">; ");
    out_raw(out, rest, strlen(rest));
}

static const char *relation(Arena *arena, size_t place, size_t total, int64_t moment)
{
    const char *first = place + 1 == total ? "first " : "", *last = place == 0 ? "last " : "";
    return arena_format(arena, "rel=\"%s%smemento\"; datetime=\"%s\"", first, last, header_date(arena, moment));
}

/* One memento a day on which the register changed, the newest first; a page holds so many, and leads to the next. */
bool answer_timemap(Request *request, Reply *reply, Problem *problem)
{
    Request original;
    if (!read_original(request, &original, problem))
        return false;
    int64_t *moments = NEW_ARRAY(request->arena, int64_t, MAP_MOST);
    size_t page = request->page > 1 ? (size_t)request->page : 1, skip = (page - 1) * MAP_MOST, total;
    size_t count = snapshot_days(edition_snapshot(request->edition), skip, MAP_MOST, moments, &total);
    const char *address = original_of(&original), *map = timemap_of(request, address);
    Out *out = &reply->body;
    if (page > 1 && count == 0)
        return fail_field(problem, PROBLEM_NOT_FOUND, "page", "the time map has no page %zu", page);
    reply->type = "application/link-format";
    put_link(out, address, "rel=\"original timegate\",\n");
    put_link(out, page > 1 ? arena_format(request->arena, "%s&page=%zu", map, page) : map,
             "rel=\"self\"; type=\"application/link-format\"");
    if (skip + count < total) {
        OUT_LITERAL(out, ",\n");
        put_link(out, arena_format(request->arena, "%s&page=%zu", map, page + 1),
                 "rel=\"timemap\"; type=\"application/link-format\"");
    }
    for (size_t i = 0; i < count; i++) {
        OUT_LITERAL(out, ",\n");
        put_link(out, absolute(&original, address_at(&original, moments[i])),
                 relation(request->arena, skip + i, total, moments[i]));
    }
    OUT_LITERAL(out, "\n");
    return true;
}
