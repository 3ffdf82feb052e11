/* The start page, and the files that pages need. */
#include "domain/draft.h"
#include "work/alert_pages.h"
#include "work/marked.h"
#include "work/queue.h"

enum { COUNT_MOST = 500, HOME_ALERTS = 5 };

static bool newest_alerts(const WorkRequest *request, WorkHome *page, Problem *problem)
{
    AUTO_READER reader = { 0 };
    return reader_take(request, &reader, problem) &&
           alert_rows(request, reader.store, HOME_ALERTS, &page->alerts, &page->alert_count, problem);
}

static bool count_queue(const WorkRequest *request, int64_t counts[QUEUE_WAITING], Problem *problem)
{
    AUTO_READER reader = { 0 };
    if (!reader_take(request, &reader, problem))
        return false;
    for (size_t i = 0; i < QUEUE_WAITING; i++) {
        DraftPage page = { .state = queue_states[i],
                           .today = moment_day(request->now),
                           .most = COUNT_MOST + 1,
                           .ceiling = request->ceiling };
        if (!draft_count(reader.store, &page, &counts[i], problem))
            return false;
    }
    return true;
}

/* More are not counted: it would take longer than the rest of the page. */
static const char *count_words(const WorkRequest *request, int64_t count)
{
    const char *number = say_number(request->arena, request->language, MIN(count, COUNT_MOST));
    return count <= COUNT_MOST
               ? number
               : say_with(request->arena, request->language, N_("more than {number}"), SLOTS({ "number", number }));
}

static PageLinks own_links(const WorkRequest *request)
{
    static const struct {
        const char *label, *path;
    } links[] = {
        { N_("Change my password"), "/password" },
        { N_("Set up one-time codes"), "/codes" },
        { N_("My alerts"), "/alerts" },
        { N_("My passkeys"), "/passkeys" },
        { N_("My sessions"), "/sessions" },
    };
    PageLink *items = NEW_ARRAY(request->arena, PageLink, COUNT_OF(links));
    for (size_t i = 0; i < COUNT_OF(links); i++)
        items[i] =
            (PageLink){ .label = say(request->language, links[i].label), .address = work_link(request, links[i].path) };
    return (PageLinks){ items, COUNT_OF(links) };
}

bool work_home(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    const Language *language = request->language;
    int64_t counts[QUEUE_WAITING];
    Number *numbers = NEW_ARRAY(request->arena, Number, QUEUE_WAITING);
    if (!count_queue(request, counts, problem))
        return false;
    for (size_t i = 0; i < QUEUE_WAITING; i++)
        numbers[i] =
            (Number){ .label = queue_words(language, queue_states[i]),
                      .value = count_words(request, counts[i]),
                      .link = work_link(request, arena_format(request->arena, "/queue?state=%s", queue_states[i])) };
    WorkHome page = { .heading = say_with(request->arena, language, N_("Good work, {name}"),
                                          SLOTS({ "name", request->session.name })),
                      .numbers = numbers,
                      .number_count = QUEUE_WAITING,
                      .own = own_links(request) };
    if (!newest_alerts(request, &page, problem))
        return false;
    WorkFrame frame = work_frame(request, reply, say(language, N_("Workbench")));
    work_home_html(&reply->body, &frame, &page);
    return true;
}

bool work_asset(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Asset asset;
    if (!asset_find(request->parts[1], &asset))
        return fail(problem, PROBLEM_NOT_FOUND, "there is no such file");
    reply->type = asset.type;
    reply->cache = "public, max-age=31536000, immutable";
    for (size_t i = 0; i < COUNT_OF(asset.parts); i++)
        out_raw(&reply->body, asset.parts[i].at, asset.parts[i].length);
    return true;
}
