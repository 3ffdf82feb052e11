/* The queue: the candidates that wait, and those that were postponed or refused. */
#include "domain/draft.h"
#include "domain/name_search.h"
#include "domain/triage.h"
#include "work/alike.h"
#include "work/marked.h"
#include "work/queue.h"
#include "work/tabs.h"

enum { QUEUE_ROWS = 50 };

const char *const queue_states[QUEUE_STATES] = { "held", "pending", "unverified", "sent", "postponed", "refused" };

const char *queue_words(const Language *language, const char *state)
{
    static const char *const labels[QUEUE_STATES] = { N_("Held"),          N_("To be decided"), N_("Not verified"),
                                                      N_("From partners"), N_("Postponed"),     N_("Refused") };
    for (size_t i = 0; i < QUEUE_STATES; i++)
        if (strcmp(queue_states[i], state) == 0)
            return say(language, labels[i]);
    return state;
}

static const Tabs tabs = { "/queue", N_("All"), queue_states, QUEUE_STATES, queue_words };

static const char *refusal_words(const Language *language, const char *code)
{
    for (const Refusal *refusal = refusals; refusal->code; refusal++)
        if (strcmp(refusal->code, code) == 0)
            return say(language, refusal->words);
    return code;
}

/* Why it waits, or what was decided. */
static const char *reason_of(const WorkRequest *request, const DraftRow *draft)
{
    if (draft->refusal)
        return say_with(request->arena, request->language, N_("Refused: {why}"),
                        SLOTS({ "why", refusal_words(request->language, draft->refusal) }));
    if (draft->until != DAY_UNKNOWN)
        return say_with(request->arena, request->language, N_("Postponed until {day}"),
                        SLOTS({ "day", say_day(request->arena, request->language, draft->until) }));
    return draft->reason ? say(request->language, draft->reason) : NULL;
}

/* A partner's data set bears the name of its account. */
const char *queue_source(const WorkRequest *request, const char *dataset)
{
    static const char partner[] = "partner:";
    bool sent_it = strncmp(dataset, partner, sizeof partner - 1) == 0;
    return sent_it ? say_with(request->arena, request->language, N_("Partner: {name}"),
                              SLOTS({ "name", dataset + sizeof partner - 1 }))
                   : say_with(request->arena, request->language, N_("Data set: {name}"), SLOTS({ "name", dataset }));
}

static const char *alike_words(const WorkRequest *request, const Alike *alike)
{
    size_t count = alike->incidents.count + alike->candidates.count;
    return count ? say_count(request->arena, request->language, (int64_t)count,
                             N2_("{n} record of the same name", "{n} records of the same name"))
                 : NULL;
}

static bool row_of(const WorkRequest *request, Store *work, const DraftRow *draft, QueueRow *row, Problem *problem)
{
    Alike alike;
    const Language *language = request->language;
    if (!alike_find(request, work, &(AlikeAsked){ draft->id, draft->record, NAME_SAME }, &alike, problem))
        return false;
    int score = candidate_score(request->arena, request->bench->site->codebook, draft->record);
    *row = (QueueRow){
        .address = work_link(request, arena_format(request->arena, "/candidates/%lld", (long long)draft->id)),
        .number = arena_format(request->arena, "%lld", (long long)draft->id),
        .title = *draft->title ? draft->title : say(language, N_("Without a title")),
        .source = queue_source(request, draft->dataset),
        .external = draft->external,
        .state = queue_words(language, draft->state),
        .reason = reason_of(request, draft),
        .score = say_number(request->arena, language, score),
        .alike = alike_words(request, &alike),
        .mark = mark_label(language, draft->mark),
        .at = say_moment(request->arena, language, draft->at),
    };
    return true;
}

static bool rows_of(const WorkRequest *request, Store *work, const DraftRow *drafts, QueuePage *page, Problem *problem)
{
    QueueRow *rows = NEW_ARRAY(request->arena, QueueRow, page->count + 1);
    for (size_t i = 0; i < page->count; i++)
        if (!row_of(request, work, &drafts[i], &rows[i], problem))
            return false;
    page->rows = rows;
    return true;
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
    QueuePage page = { .tabs = tabs_links(request, &tabs, order.state), .count = MIN(count, (size_t)QUEUE_ROWS) };
    if (!rows_of(request, reader.store, drafts, &page, problem))
        return false;
    if (count > QUEUE_ROWS)
        page.next = tabs_next(request, &tabs, order.state, drafts[QUEUE_ROWS - 1].id);
    WorkFrame frame = work_frame(request, reply, say(request->language, N_("Queue")));
    queue_html(&reply->body, &frame, &page);
    return true;
}
