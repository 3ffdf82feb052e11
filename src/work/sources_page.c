/* The sources of a published incident: whether they still are where they were. */
#include "domain/source_state.h"
#include "work/alert_pages.h"
#include "work/writer.h"

static const char *state_words(const WorkRequest *request, const SourceRow *row)
{
    static const char *const words[2][2] = {
        { N_("There again, said {name} on {day}"), N_("Gone, said {name} on {day}") },
        { N_("There again, seen when it was asked on {day}"), N_("Gone, seen when it was asked on {day}") },
    };
    if (!row->state)
        return NULL;
    bool by_itself = strcmp(row->account, SOURCE_CHECKER) == 0, gone = strcmp(row->state, "gone") == 0;
    return say_with(request->arena, request->language, words[by_itself][gone],
                    SLOTS({ "name", row->account }, { "day", say_moment(request->arena, request->language, row->at) }));
}

static const char *const sight_words[SOURCE_SIGHT_COUNT] = {
    [SEEN_ANSWER] = N_("It answered on {day}"),
    [SEEN_NOT_FOUND] = N_("Not found (404) on {day}"),
    [SEEN_REMOVED] = N_("Removed (410) on {day}"),
    [SEEN_NO_HOST] = N_("Its host was not there on {day}"),
    [SEEN_REFUSED] = N_("Could not be told on {day}: it answered {status}"),
    [SEEN_TIMEOUT] = N_("Could not be told on {day}: no answer in time"),
    [SEEN_UNREACHED] = N_("Could not be told on {day}: it was not reached"),
    [SEEN_PRIVATE] = N_("Could not be told on {day}: it is in a private network, or leads there"),
    [SEEN_REDIRECTS] = N_("Could not be told on {day}: it leads on and on"),
    [SEEN_CERTIFICATE] = N_("Could not be told on {day}: its certificate is not good"),
    [SEEN_UNUSABLE] = N_("Could not be told on {day}: it has no address that can be asked"),
    [SEEN_BROKEN] = N_("Could not be told on {day}: its answer was not understood"),
};

static const char *seen_words(const WorkRequest *request, const SourceCheck *check)
{
    if (!check->at)
        return NULL;
    return say_with(request->arena, request->language, sight_words[check->answer.seen],
                    SLOTS({ "day", say_moment(request->arena, request->language, check->at) },
                          { "status", arena_format(request->arena, "%lld", (long long)check->answer.status) }));
}

static const char *since_words(const WorkRequest *request, const SourceCheck *check)
{
    if (!check->gone_since || check->gone_since == check->at)
        return NULL;
    return say_with(request->arena, request->language, N_("First seen so on {day}, and no answer since"),
                    SLOTS({ "day", say_moment(request->arena, request->language, check->gone_since) }));
}

/* Enough of the fingerprint to tell it from others; the page of the source has it whole. */
static const char *copy_words(const WorkRequest *request, const SourceRow *row)
{
    enum { DIGITS = 16 };
    return row->sha256 ? arena_format(request->arena, "SHA-256 %.*s…", DIGITS, row->sha256) : NULL;
}

static const char *copy_address(const WorkRequest *request, const SourceRow *row)
{
    const char *path =
        arena_format(request->arena, "/changes/%lld/captures/%lld", (long long)row->change, (long long)row->capture);
    return row->capture ? work_link(request, path) : NULL;
}

static SourceStateRow row_of(const WorkRequest *request, const SourceRow *row)
{
    bool gone = row->state && strcmp(row->state, "gone") == 0;
    return (SourceStateRow){ .title = row->title ? row->title : row->url,
                             .address = row->url,
                             .state = state_words(request, row),
                             .seen = seen_words(request, &row->check),
                             .since = since_words(request, &row->check),
                             .led_to = row->check.answer.address,
                             .answered = row->check.answer.seen == SEEN_ANSWER,
                             .copy = copy_words(request, row),
                             .copy_address = copy_address(request, row),
                             .number = arena_format(request->arena, "%lld", (long long)row->id),
                             .act = gone ? "there" : "gone",
                             .act_label = gone ? say(request->language, N_("It is there again"))
                                               : say(request->language, N_("It is gone")) };
}

static bool read_rows(const WorkRequest *request, SourceRows *sources, Problem *problem)
{
    AUTO_READER reader = { 0 };
    Store *published = pool_take(request->bench->published, problem);
    bool read = published && reader_take(request, &reader, problem) &&
                source_rows(request->arena, reader.store, published, desk_number_of(request), sources, problem);
    pool_give(request->bench->published, published);
    return read;
}

bool work_sources(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    SourceRows sources;
    if (!read_rows(request, &sources, problem))
        return false;
    const char *path = arena_format(request->arena, "/incidents/%lld", (long long)desk_number_of(request));
    const WorkRoute *mark = work_route_of("POST", "/L/incidents/#/sources");
    SourceStateRow *rows = NEW_ARRAY(request->arena, SourceStateRow, sources.count);
    for (size_t i = 0; i < sources.count; i++)
        rows[i] = row_of(request, &sources.items[i]);
    WorkForm *form = form_new(request, NULL, "");
    SourcesPage page = { .heading = say(request->language, N_("Sources of the incident")),
                         .back = work_link(request, path),
                         .action = form->action,
                         .token = form->token,
                         .fault = form->fault,
                         .rows = rows,
                         .count = sources.count,
                         .may_mark = mark && mark->rule.roles & 1u << request->session.role };
    WorkFrame frame = work_frame(request, reply, page.heading);
    sources_html(&reply->body, &frame, &page);
    return true;
}

/* Only of the incident that the page is about. */
static bool is_there(const WorkRequest *request, int64_t source, Problem *problem)
{
    SourceRows sources;
    if (!read_rows(request, &sources, problem))
        return false;
    for (size_t i = 0; i < sources.count; i++)
        if (sources.items[i].id == source)
            return true;
    return fail(problem, PROBLEM_NOT_FOUND, "the incident has no such source");
}

static bool put(const WorkRequest *request, int64_t source, SourceState state, Problem *problem)
{
    Hand hand = hand_of(request);
    Store *published = pool_take(request->bench->published, problem);
    if (!published)
        return false;
    AUTO_WRITER writing = { 0 };
    writer_take(request, &writing);
    bool done = source_put_state(writing.store, published, &hand, source, state, problem);
    pool_give(request->bench->published, published);
    return done;
}

bool work_sources_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Problem refused = { 0 };
    const char *state = sent(request, "state");
    int64_t source = 0;
    bool gone = strcmp(state, "gone") == 0;
    if (!text_int(text_of(sent(request, "source")), &source) || !(gone || strcmp(state, "there") == 0))
        return fail_field(problem, PROBLEM_BAD_INPUT, "source", "a source and its state are expected");
    if (!is_there(request, source, problem))
        return false;
    if (put(request, source, gone ? SOURCE_GONE : SOURCE_THERE, &refused))
        return go_to(request, reply,
                     arena_format(request->arena, "/incidents/%lld/sources", (long long)desk_number_of(request)));
    if (refused.kind != PROBLEM_CONFLICT)
        return fail(problem, refused.kind, "%s", refused.message);
    fault_add(request, "", say(request->language, N_("Somebody has said so already.")));
    return form_again(request, reply, problem);
}
