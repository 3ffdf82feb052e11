/* The second coding of a new incident, made without seeing the first: what is shown of it instead, beginning, handing
 * in, and choosing to see it after all. */
#include "domain/coding.h"
#include "domain/sight.h"
#include "work/coded.h"

static bool may_code(const WorkRequest *request)
{
    const WorkRoute *route = work_route_of("POST", "/L/changes/#/second/claim");
    return route && route->rule.roles & 1u << request->session.role;
}

static bool show_coding(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Coded coded;
    const Language *language = request->language;
    if (!coded_read(request, &coded, problem))
        return false;
    CodingPage page = { .back = work_link(request, "/changes"),
                        .fault = fault_of(request, ""),
                        .about = say(language, N_("You code this a second time, from the same sources and without "
                                                  "seeing what the first coder said of them.")),
                        .actions = { .path = coded.form,
                                     .version = arena_format(request->arena, "%lld", (long long)coded.version) } };
    page.claims =
        desk_claims(request, &coded.record, work_link(request, arena_format(request->arena, "%s/claim", coded.path)),
                    &page.claim_count);
    desk_offer_taking_out(request, &page.actions, page.claims, page.claim_count);
    desk_action(request, &page.actions, "hand-in", say(language, N_("Hand it in")));
    desk_action(request, &page.actions, "look", say(language, N_("Give it up and see the first coding")));
    return coding_form(request, &coded, &page, reply, problem);
}

/* What the coder works from. */
static NamedRow *material_of(const WorkRequest *request, const Record *record, size_t *count)
{
    NamedRow *rows = NEW_ARRAY(request->arena, NamedRow, size_add(record->affected_count, record->source_count));
    *count = 0;
    for (size_t i = 0; i < record->affected_count; i++)
        rows[(*count)++] = (NamedRow){ .kind = say(request->language, N_("Organisation affected")),
                                       .words = record->affected[i].organisation.name };
    for (size_t i = 0; i < record->source_count; i++)
        rows[(*count)++] =
            (NamedRow){ .kind = say(request->language, N_("Source")),
                        .words = record->sources[i].title ? record->sources[i].title : record->sources[i].url };
    return rows;
}

static bool show_hidden(WorkRequest *request, const Change *change, WorkReply *reply, Problem *problem)
{
    const Language *language = request->language;
    Record record;
    if (!record_read(request->arena, change->body, &record, problem))
        return false;
    ChangePage page = { .heading = *change->title ? change->title : say(language, N_("Without a title")),
                        .state = desk_state(language, change->state),
                        .kind = desk_kind(language, change->kind),
                        .fault = fault_of(request, ""),
                        .about = say(language, N_("What was coded of this record is not shown to you while you may "
                                                  "still code it a second time.")),
                        .actions.path = arena_format(request->arena, "/changes/%lld/second", (long long)change->id) };
    page.said = material_of(request, &record, &page.said_count);
    if (strcmp(change->state, "in_review") == 0 && may_code(request))
        desk_action(request, &page.actions, "begin", say(language, N_("Code it a second time, blind")));
    desk_action(request, &page.actions, "look", say(language, N_("See it and not code it")));
    WorkFrame frame = work_frame(request, reply, page.heading);
    change_html(&reply->body, &frame, &page);
    return true;
}

/* Why it is not coded a second time, by this person or at all. */
static bool show_refusal(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Coded coded;
    Problem refused = { 0 };
    if (coded_read(request, &coded, &refused)) /* since a moment */
        return go_to(request, reply, coded.form);
    if (!desk_is_refusal(&refused) || refused.kind == PROBLEM_NOT_FOUND)
        return fail(problem, refused.kind, "%s", refused.message);
    return fault_page(request, 409, desk_refusal(request, &refused),
                      arena_format(request->arena, "/changes/%lld", (long long)desk_number_of(request)), reply);
}

static bool read_facts(const WorkRequest *request, Change *change, SightFacts *facts, Problem *problem)
{
    AUTO_READER reader = { 0 };
    return reader_take(request, &reader, problem) &&
           change_find(request->arena, reader.store, desk_number_of(request), change, problem) &&
           sight_facts(reader.store, change->id, request->session.name, facts, problem);
}

bool work_second(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Change change;
    SightFacts facts;
    if (!read_facts(request, &change, &facts, problem))
        return false;
    if (sight_decide(&facts) == SIGHT_CLEAR)
        return show_refusal(request, reply, problem);
    return facts.coding && strcmp(change.state, "in_review") == 0 ? show_coding(request, reply, problem)
                                                                  : show_hidden(request, &change, reply, problem);
}

static bool hand_in(WorkRequest *request, Store *work, Problem *problem)
{
    Coded coded;
    AUTO_OUT body = { 0 };
    Hand hand = hand_of(request);
    if (!coded_find(request, work, &coded, problem))
        return false;
    record_write(&body, &coded.record);
    return coding_add(work, &hand, request->bench->site->codebook, coded.change.id, out_view(&body), problem);
}

static bool act(WorkRequest *request, const char **way, Problem *problem)
{
    AUTO_WRITER writing = { 0 };
    Hand hand = hand_of(request);
    const char *action = sent(request, "action");
    int64_t id = desk_number_of(request);
    writer_take(request, &writing);
    *way = "";
    if (strcmp(action, "look") == 0)
        return sight_look(writing.store, &hand, id, problem);
    *way = "/second";
    if (strcmp(action, "begin") == 0)
        return coding_begin(writing.store, &hand, id, problem);
    if (strcmp(action, "remove") == 0)
        return coded_take_out(request, writing.store, problem);
    *way = "/compare";
    if (strcmp(action, "hand-in") == 0)
        return hand_in(request, writing.store, problem);
    return fail_field(problem, PROBLEM_BAD_INPUT, "action", "'%.40s' cannot be done with a second coding", action);
}

bool work_second_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Problem refused = { 0 };
    const char *way;
    if (act(request, &way, &refused))
        return go_to(request, reply,
                     arena_format(request->arena, "/changes/%lld%s", (long long)desk_number_of(request), way));
    return desk_again(request, &refused, "", reply, problem);
}
