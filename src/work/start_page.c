/* The start page, the queue, and the files that pages need. */
#include "domain/draft.h"
#include "work/alert_pages.h"
#include "work/marked.h"
#include "work/tabs.h"

enum { QUEUE_ROWS = 50, COUNT_MOST = 500, HOME_ALERTS = 5 };

static const char *const states[] = { "held", "pending", "unverified", "sent" };

static const char *queue_state(const Language *language, const char *state)
{
    static const char *const labels[COUNT_OF(states)] = { N_("Held"), N_("To be decided"), N_("Not verified"),
                                                          N_("From partners") };
    for (size_t i = 0; i < COUNT_OF(states); i++)
        if (strcmp(states[i], state) == 0)
            return say(language, labels[i]);
    return state;
}

static const Tabs tabs = { "/queue", N_("All"), states, COUNT_OF(states), queue_state };

static bool newest_alerts(const WorkRequest *request, WorkHome *page, Problem *problem)
{
    AUTO_READER reader = { 0 };
    return reader_take(request, &reader, problem) &&
           alert_rows(request, reader.store, HOME_ALERTS, &page->alerts, &page->alert_count, problem);
}

static bool count_queue(const WorkRequest *request, int64_t counts[COUNT_OF(states)], Problem *problem)
{
    AUTO_READER reader = { 0 };
    if (!reader_take(request, &reader, problem))
        return false;
    for (size_t i = 0; i < COUNT_OF(states); i++) {
        DraftPage page = {
            .state = states[i], .today = moment_day(request->now), .most = COUNT_MOST + 1, .ceiling = request->ceiling
        };
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
    int64_t counts[COUNT_OF(states)];
    Number *numbers = NEW_ARRAY(request->arena, Number, COUNT_OF(states));
    if (!count_queue(request, counts, problem))
        return false;
    for (size_t i = 0; i < COUNT_OF(states); i++)
        numbers[i] = (Number){ .label = queue_state(language, states[i]),
                               .value = count_words(request, counts[i]),
                               .link = work_link(request, arena_format(request->arena, "/queue?state=%s", states[i])) };
    WorkHome page = { .heading = say_with(request->arena, language, N_("Good work, {name}"),
                                          SLOTS({ "name", request->session.name })),
                      .numbers = numbers,
                      .number_count = COUNT_OF(states),
                      .own = own_links(request) };
    if (!newest_alerts(request, &page, problem))
        return false;
    WorkFrame frame = work_frame(request, reply, say(language, N_("Workbench")));
    work_home_html(&reply->body, &frame, &page);
    return true;
}

static QueueRow row_of(const WorkRequest *request, const DraftRow *draft)
{
    return (QueueRow){ .address =
                           work_link(request, arena_format(request->arena, "/candidates/%lld", (long long)draft->id)),
                       .number = arena_format(request->arena, "%lld", (long long)draft->id),
                       .title = draft->title,
                       .dataset = draft->dataset,
                       .external = draft->external,
                       .state = queue_state(request->language, draft->state),
                       .reason = draft->reason ? say(request->language, draft->reason) : NULL,
                       .mark = mark_label(request->language, draft->mark),
                       .at = say_moment(request->arena, request->language, draft->at) };
}

bool work_queue(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    AUTO_READER reader = { 0 };
    DraftPage order = { .today = moment_day(request->now), .most = QUEUE_ROWS + 1, .ceiling = request->ceiling };
    DraftRow *drafts;
    size_t count;
    if (!tabs_state(request, &tabs, &order.state, problem) || !tabs_after(request, &order.after, problem) ||
        !reader_take(request, &reader, problem) ||
        !draft_list(request->arena, reader.store, &order, &drafts, &count, problem))
        return false;
    QueueRow *rows = NEW_ARRAY(request->arena, QueueRow, QUEUE_ROWS);
    QueuePage page = { .tabs = tabs_links(request, &tabs, order.state),
                       .rows = rows,
                       .count = MIN(count, (size_t)QUEUE_ROWS) };
    for (size_t i = 0; i < page.count; i++)
        rows[i] = row_of(request, &drafts[i]);
    if (count > QUEUE_ROWS)
        page.next = tabs_next(request, &tabs, order.state, drafts[QUEUE_ROWS - 1].id);
    WorkFrame frame = work_frame(request, reply, say(request->language, N_("Queue")));
    queue_html(&reply->body, &frame, &page);
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
