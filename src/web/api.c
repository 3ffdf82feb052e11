/* The page that explains the API: printed from the route table, which answers it. */
#include "base/date.h"
#include "publish/link.h"
#include "publish/pages.h"
#include "web/route.h"

static const char *day_words(const Request *request, const char *day)
{
    Span span;
    return span_read(text_of(day), &span) ? say_span(request->arena, request->language, span) : day;
}

/* When an operation goes; NULL while it stays. */
static const char *leaving(const Request *request, const Route *route)
{
    if (!route->deprecated)
        return NULL;
    const char *since = say_with(request->arena, request->language, "Deprecated since {day}.",
                                 SLOTS({ "day", day_words(request, route->deprecated) }));
    if (!route->sunset)
        return since;
    return say_with(request->arena, request->language, "{deprecated} Answered until {day}.",
                    SLOTS({ "deprecated", since }, { "day", day_words(request, route->sunset) }));
}

static ApiOperation operation_of(const Request *request, const Route *route)
{
    ApiKey *keys = NEW_ARRAY(request->arena, ApiKey, own_key_count + 1);
    ApiOperation operation = { .address = route_template(request->arena, route),
                               .about = say(request->language, route->about),
                               .forms = route->extensions,
                               .leaves = leaving(request, route),
                               .filtered = route->asks == ASKS_FILTER,
                               .keys = keys };
    for (size_t i = 0; i < own_key_count; i++)
        if (route_takes(route, &own_keys[i]))
            keys[operation.key_count++] = (ApiKey){ own_keys[i].key, say(request->language, own_keys[i].about) };
    if (route->asks == ASKS_MOMENT)
        keys[operation.key_count++] =
            (ApiKey){ "as_of", say(request->language, "What the register said at the end of that day, or at a moment "
                                                      "as 2021-05-09T12:00:00Z.") };
    return operation;
}

bool answer_api_page(Request *request, Reply *reply, Problem *problem)
{
    (void)problem;
    View view = request_bare_view(request);
    ApiOperation *operations = NEW_ARRAY(request->arena, ApiOperation, route_count);
    ApiPage page = { .operations = operations, .filter = link_in(request->arena, view.language, "/data", NULL) };
    for (size_t i = 0; i < route_count; i++)
        if (route_table[i].about)
            operations[page.count++] = operation_of(request, &route_table[i]);
    Frame frame = frame_of(&view, PAGE_DATA, "/api");
    frame_title(&frame, &view, say(view.language, "Programming interface"),
                say(view.language, "The whole register for programs: addresses, keys and forms"));
    reply->type = "text/html; charset=utf-8";
    api_html(&reply->body, &frame, &page);
    return true;
}
