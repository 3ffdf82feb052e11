/* The right of reply: whom to ask until when, which replies are due, and how each ended. */
#include "work/claim_form.h"
#include "work/marked.h"
#include "work/reply_pages.h"
#include "work/tabs.h"

enum { REPLIES_SHOWN = 200, TEXT_MOST = 200 };

static const char *const states[] = { "waiting", "answered", "objection", "no_answer", "waived" };

static const char *state_words(const Language *language, const char *state)
{
    static const char *const words[COUNT_OF(states)] = { N_("Waiting"), N_("Answered"), N_("Objection"),
                                                         N_("Did not answer"), N_("Not waited for") };
    for (size_t i = 0; i < COUNT_OF(states); i++)
        if (strcmp(states[i], state) == 0)
            return say(language, words[i]);
    return state;
}

static const Tabs tabs = { "/replies", NULL, states, COUNT_OF(states), state_words };

/* "3 days left", or how it ended. */
static const char *clock_of(const WorkRequest *request, const Reply *reply)
{
    int32_t left = reply->due - moment_day(request->now);
    if (strcmp(reply->state, "waiting") != 0)
        return state_words(request->language, reply->state);
    if (left < 0)
        return say(request->language, N_("The day has passed"));
    if (left == 0)
        return say(request->language, N_("Due today"));
    return say_count(request->arena, request->language, left, N2_("{n} day left", "{n} days left"));
}

static const char *path_of(const WorkRequest *request, int64_t id)
{
    return arena_format(request->arena, "/replies/%lld", (long long)id);
}

static const char *about_label(const WorkRequest *request, const Reply *reply)
{
    if (reply->title && *reply->title)
        return reply->title;
    return say_with(request->arena, request->language, N_("Incident number {number}"),
                    SLOTS({ "number", arena_format(request->arena, "%lld", (long long)reply->incident) }));
}

static const char *about_path(const WorkRequest *request, const Reply *reply)
{
    return reply->change ? arena_format(request->arena, "/changes/%lld", (long long)reply->change)
                         : arena_format(request->arena, "/incidents/%lld", (long long)reply->incident);
}

bool reply_ways(const WorkRequest *request, Store *work, Reply about, const char *path, PageLinks *ways,
                Problem *problem)
{
    const Language *language = request->language;
    Replies replies;
    if (!reply_of(request->arena, work, about.change, about.incident, &replies, problem))
        return false;
    PageLink *links = NEW_ARRAY(request->arena, PageLink, ways->count + replies.count + 1);
    for (size_t i = 0; i < ways->count; i++)
        links[i] = ways->items[i];
    for (size_t i = 0; i < replies.count; i++) {
        if (replies.items[i].mark > request->ceiling)
            continue;
        links[ways->count++] = (PageLink){
            .label = say_with(request->arena, language, N_("Reply of {organisation}, until {day}: {state}"),
                              SLOTS({ "organisation", replies.items[i].organisation },
                                    { "day", say_day(request->arena, language, replies.items[i].due) },
                                    { "state", clock_of(request, &replies.items[i]) })),
            .address = work_link(request, path_of(request, replies.items[i].id)),
        };
    }
    if (path)
        links[ways->count++] = (PageLink){ .label = say(language, N_("Ask an organisation for its reply")),
                                           .address = work_link(request, path) };
    ways->items = links;
    return true;
}

bool work_replies(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    AUTO_READER reader = { 0 };
    Replies replies;
    RepliesPage page = { 0 };
    const char *state;
    if (!tabs_state(request, &tabs, &state, problem) || !reader_take(request, &reader, problem) ||
        !reply_list(request->arena, reader.store, (ReplyPlace){ state, REPLIES_SHOWN, request->ceiling }, &replies,
                    problem))
        return false;
    ReplyRow *rows = NEW_ARRAY(request->arena, ReplyRow, replies.count + 1);
    for (size_t i = 0; i < replies.count; i++)
        rows[i] =
            (ReplyRow){ .address = work_link(request, path_of(request, replies.items[i].id)),
                        .organisation = replies.items[i].organisation,
                        .about = about_label(request, &replies.items[i]),
                        .mark = mark_label(request->language, replies.items[i].mark),
                        .asked = say_day(request->arena, request->language, replies.items[i].asked),
                        .due = say_day(request->arena, request->language, replies.items[i].due),
                        .clock = clock_of(request, &replies.items[i]),
                        .over = strcmp(state, "waiting") == 0 && replies.items[i].due < moment_day(request->now) };
    page.rows = rows;
    page.count = replies.count;
    page.tabs = tabs_links(request, &tabs, state);
    WorkFrame frame = work_frame(request, reply, say(request->language, N_("Right of reply")));
    replies_html(&reply->body, &frame, &page);
    return true;
}

static const char *today(const WorkRequest *request)
{
    char *text = arena_take(request->arena, DATE_TEXT_SIZE);
    day_write(moment_day(request->now), text);
    return text;
}

static Choices codes_of(const WorkRequest *request, const char *entity, const char *key, const char *skipped,
                        const char *field)
{
    const Variable *variable = codebook_variable_of(request->bench->site->codebook, entity, key);
    Choice *items = NEW_ARRAY(request->arena, Choice, variable ? variable->value_count : 0);
    size_t count = 0;
    for (size_t i = 0; variable && i < variable->value_count; i++)
        if (!strstr(skipped, variable->values[i].code))
            items[count++] =
                (Choice){ variable->values[i].code, label_in(variable->values[i].label, request->language->code),
                          strcmp(sent(request, field), variable->values[i].code) == 0 };
    return (Choices){ items, count };
}

static void offer_end(const WorkRequest *request, const Reply *reply, Actions *actions)
{
    const Language *language = request->language;
    WorkForm *answer = desk_action(request, actions, "end", say(language, N_("Record the answer")));
    desk_field(request, answer,
               (FieldPlan){ .name = "kind", .label = say(language, N_("What it is")), .kind = FIELD_SELECT })
        ->choices = codes_of(request, "review", "right_of_reply", "not_sent sent no_answer", "kind");
    Field *day = desk_field(request, answer, (FieldPlan){ .name = "day", .label = say(language, N_("Came on")) });
    day->value = *day->value ? day->value : today(request);
    desk_field(request, answer,
               (FieldPlan){ .name = "quote",
                            .label = say(language, N_("Its words, up to 300 characters")),
                            .kind = FIELD_AREA });
    desk_field(request, answer,
               (FieldPlan){ .name = "title",
                            .label = say(language, N_("Title of the source, such as: Letter of 9 May 2021")) });
    desk_field(request, answer,
               (FieldPlan){ .name = "url", .label = say(language, N_("Its address, when it is public")) });
    if (reply->due < moment_day(request->now))
        desk_action(request, actions, "silence", say(language, N_("Record that it did not answer")));
}

static void offer_waive(const WorkRequest *request, Store *work, const Reply *reply, Actions *actions)
{
    const Language *language = request->language;
    Problem unasked = { 0 };
    if (reply->due < moment_day(request->now) || !change_may_publish(work, request->session.name, &unasked))
        return;
    WorkForm *form = desk_action(request, actions, "waive", say(language, N_("Do not wait for it")));
    desk_field(request, form,
               (FieldPlan){ .name = "basis",
                            .label = say(language, N_("By what the name is public already")),
                            .kind = FIELD_SELECT })
        ->choices = codes_of(request, "affected", "naming_basis", "actor_only", "basis");
    desk_field(request, form, (FieldPlan){ .name = "reason", .label = say(language, N_("Reason")) });
}

static const Number *facts_of(const WorkRequest *request, const Reply *reply, size_t *count)
{
    const Language *language = request->language;
    Number *facts = NEW_ARRAY(request->arena, Number, 6);
    *count = 0;
    facts[(*count)++] = (Number){ .label = say(language, N_("State")), .value = clock_of(request, reply) };
    facts[(*count)++] =
        (Number){ .label = say(language, N_("Asked on")), .value = say_day(request->arena, language, reply->asked) };
    facts[(*count)++] = (Number){ .label = say(language, N_("May answer until")),
                                  .value = say_day(request->arena, language, reply->due) };
    facts[(*count)++] = (Number){ .label = say(language, N_("Where or how it was asked")), .value = reply->way };
    facts[(*count)++] = (Number){ .label = say(language, N_("Asked by")), .value = reply->account };
    if (reply->reason)
        facts[(*count)++] = (Number){ .label = say(language, N_("Reason")), .value = reply->reason };
    return facts;
}

bool work_reply(WorkRequest *request, WorkReply *answer, Problem *problem)
{
    AUTO_READER reader = { 0 };
    Reply reply;
    ReplyPage page = { .fault = fault_of(request, "") };
    if (!reader_take(request, &reader, problem) ||
        !reply_find(request->arena, reader.store, desk_number_of(request), &reply, problem))
        return false;
    page.heading = say_with(request->arena, request->language, N_("Reply of {organisation}"),
                            SLOTS({ "organisation", reply.organisation }));
    page.about = work_link(request, about_path(request, &reply));
    page.about_label = about_label(request, &reply);
    page.facts = facts_of(request, &reply, &page.fact_count);
    page.actions.path = path_of(request, reply.id);
    const WorkRoute *form = work_route_of("POST", "/L/replies/#");
    if (strcmp(reply.state, "waiting") == 0 && form && form->rule.roles & 1u << request->session.role) {
        offer_end(request, &reply, &page.actions);
        offer_waive(request, reader.store, &reply, &page.actions);
    }
    WorkFrame frame = work_frame(request, answer, page.heading);
    reply_html(&answer->body, &frame, &page);
    return true;
}

static const char *text_or_null(const WorkRequest *request, const char *field)
{
    Text text = text_trim(text_of(sent(request, field)));
    return text.length ? arena_text(request->arena, text) : NULL;
}

/* A day of the form; DAY_UNKNOWN with a fault when it is none. */
static int32_t day_of_field(WorkRequest *request, const char *field, bool *wrong)
{
    Span span;
    const char *text = text_or_null(request, field);
    if (text && span_read(text_of(text), &span) && span.first == span.last)
        return span.first;
    if (text) {
        fault_add(request, field, say(request->language, N_("A day is written as 2021-05-09.")));
        *wrong = true;
    }
    return DAY_UNKNOWN;
}

static bool decide(WorkRequest *request, int64_t id, int64_t *change, Problem *problem)
{
    AUTO_WRITER writing = { 0 };
    bool wrong = false;
    const char *action = sent(request, "action");
    Hand hand = hand_of(request);
    bool silent = strcmp(action, "silence") == 0;
    ReplyEnd end = { .state = silent ? "no_answer" : sent(request, "kind"),
                     .day = silent ? moment_day(request->now) : day_of_field(request, "day", &wrong),
                     .quote = text_or_null(request, "quote"),
                     .url = text_or_null(request, "url"),
                     .title = text_or_null(request, "title") };
    if (wrong)
        return false;
    writer_take(request, &writing);
    ChangeDesk desk = { writing.store, NULL, request->bench->site->codebook };
    if (silent || strcmp(action, "end") == 0)
        return reply_end(&desk, &hand, id, &end, change, problem);
    if (strcmp(action, "waive") == 0)
        return reply_waive(&desk, &hand, id, sent(request, "basis"), sent(request, "reason"), problem);
    return fail_field(problem, PROBLEM_BAD_INPUT, "action", "'%.40s' cannot be done with a reply", action);
}

bool work_reply_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Problem refused = { 0 };
    int64_t change = 0, id = desk_number_of(request);
    if (decide(request, id, &change, &refused))
        return go_to(request, reply,
                     change ? arena_format(request->arena, "/changes/%lld", (long long)change) : path_of(request, id));
    if (refused.kind && !desk_is_refusal(&refused))
        return fail(problem, refused.kind, "%s", refused.message);
    if (refused.kind)
        desk_refuse(request, &refused, "kind day quote title url basis reason");
    return form_again(request, reply, problem);
}

/* The number of the change or incident that the address names; the other is 0. */
static Reply asked_about(const WorkRequest *request)
{
    bool change = text_is(request->parts[1], "changes");
    int64_t number = desk_number_of(request);
    return (Reply){ .change = change ? number : 0, .incident = change ? 0 : number };
}

static bool record_of(const WorkRequest *request, Record *record, Problem *problem)
{
    AUTO_READER reader = { 0 };
    Whole whole;
    Change change;
    if (!text_is(request->parts[1], "changes")) {
        if (!desk_whole(request, &whole, problem))
            return false;
        *record = whole.record;
        return true;
    }
    if (!reader_take(request, &reader, problem) ||
        !change_find(request->arena, reader.store, desk_number_of(request), &change, problem))
        return false;
    if (act_find(change.kind) != ACT_KIND_COUNT)
        return fail(problem, PROBLEM_NOT_FOUND, "this change names no organisation");
    return record_read(request->arena, change.body, record, problem);
}

bool work_ask(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    const Language *language = request->language;
    Record record;
    if (!record_of(request, &record, problem))
        return false;
    WorkForm *form = form_new(request, NULL, say(language, N_("Start the clock")));
    Choice *choices = NEW_ARRAY(request->arena, Choice, record.affected_count + 1);
    for (size_t i = 0; i < record.affected_count; i++) {
        const char *name = record.affected[i].organisation.name;
        choices[i] = (Choice){ name, name, strcmp(sent(request, "organisation"), name) == 0 };
    }
    form_field(request, form,
               (FieldPlan){ .name = "organisation", .label = say(language, N_("Organisation")), .kind = FIELD_SELECT })
        ->choices = (Choices){ choices, record.affected_count };
    form_field(request, form,
               (FieldPlan){ .name = "way",
                            .label = say(language, N_("Where or how it was asked")),
                            .hint = say(language, N_("An address of the organisation, no person.")) });
    Field *asked = form_field(request, form, (FieldPlan){ .name = "asked", .label = say(language, N_("Asked on")) });
    asked->value = *asked->value ? asked->value : today(request);
    form_field(
        request, form,
        (FieldPlan){ .name = "due",
                     .label = say(language, N_("May answer until")),
                     .hint = say(language, N_("Left empty: five working days. It may be later, not earlier.")) });
    FormPage page = {
        .heading = say(language, N_("Ask an organisation for its reply")),
        .intro = say(language, N_("Write to the organisation first. While it may answer, its name is not published.")),
        .form = form
    };
    WorkFrame frame = work_frame(request, reply, page.heading);
    form_page_html(&reply->body, &frame, &page);
    return true;
}

static bool ask(WorkRequest *request, int64_t *id, Problem *problem)
{
    AUTO_WRITER writing = { 0 };
    Hand hand = hand_of(request);
    bool wrong = false;
    Reply reply = asked_about(request);
    reply.organisation = sent(request, "organisation");
    reply.way = sent(request, "way");
    reply.asked = day_of_field(request, "asked", &wrong);
    reply.due = day_of_field(request, "due", &wrong);
    bool named = typed_needed(request, "organisation"), told = typed_needed(request, "way");
    if (wrong || !named || !told)
        return false;
    reply.asked = reply.asked == DAY_UNKNOWN ? moment_day(request->now) : reply.asked;
    writer_take(request, &writing);
    return reply_ask(writing.store, &hand, &reply, id, problem);
}

bool work_ask_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Problem refused = { 0 };
    Record record;
    int64_t id = 0;
    if (!record_of(request, &record, problem))
        return false;
    if (ask(request, &id, &refused))
        return go_to(request, reply, path_of(request, id));
    if (refused.kind && !desk_is_refusal(&refused))
        return fail(problem, refused.kind, "%s", refused.message);
    if (refused.kind)
        desk_refuse(request, &refused, "organisation way asked due");
    return form_again(request, reply, problem);
}
