/* The changes that are under way, and one of them: its claims, its steps, and what may be done with it. */
#include "domain/assignment.h"
#include "domain/coding.h"
#include "domain/naming.h"
#include "domain/sight.h"
#include "work/change_view.h"
#include "work/coded.h"
#include "work/marked.h"
#include "work/outcome_view.h"
#include "work/party_desk.h"
#include "work/refusal.h"
#include "work/reply_pages.h"
#include "work/tabs.h"

enum { CHANGES_SHOWN = 50 };

static const char *const states[] = { "draft", "in_review", "published", "dropped" };
static const Tabs tabs = { "/changes", N_("Under way"), states, COUNT_OF(states), desk_state };

/* What a person wrote when it came back, or what the log found, which is said in the reader's language. */
static const char *trouble_of(const WorkRequest *request, const Change *change)
{
    return change->trouble
               ? refusal_say(request->arena, request->language, request->bench->site->codebook, change->trouble)
               : NULL;
}

/* What somebody wrote about the coding of a record tells of it too. */
static bool list_trouble(const WorkRequest *request, Store *work, const Change *change, const char **trouble,
                         Problem *problem)
{
    int64_t hidden = 0;
    if (change->trouble && !sight_hidden(work, SIGHT_OF_CHANGE, change->id, request->session.name, &hidden, problem))
        return false;
    *trouble = hidden ? NULL : trouble_of(request, change);
    return true;
}

bool work_changes(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    AUTO_READER reader = { 0 };
    const char *state;
    int64_t after;
    Change *changes;
    size_t count;
    if (!tabs_state(request, &tabs, &state, problem) || !tabs_after(request, &after, problem) ||
        !reader_take(request, &reader, problem) ||
        !change_list(request->arena, reader.store, (ChangePlace){ state, after, CHANGES_SHOWN + 1, request->ceiling },
                     &changes, &count, problem))
        return false;
    ChangeRow *rows = NEW_ARRAY(request->arena, ChangeRow, CHANGES_SHOWN);
    ChangesPage page = { .tabs = tabs_links(request, &tabs, state),
                         .rows = rows,
                         .count = MIN(count, (size_t)CHANGES_SHOWN),
                         .new_one = work_link(request, "/changes/new"),
                         .batch = work_link(request, "/batch") };
    for (size_t i = 0; i < page.count; i++) {
        rows[i] = (ChangeRow){
            .address = work_link(request, arena_format(request->arena, "/changes/%lld", (long long)changes[i].id)),
            .title = changes[i].title,
            .kind = desk_kind(request->language, changes[i].kind),
            .state = desk_state(request->language, changes[i].state),
            .author = changes[i].author,
            .at = say_moment(request->arena, request->language, changes[i].moved),
            .mark = mark_label(request->language, changes[i].mark),
        };
        if (!list_trouble(request, reader.store, &changes[i], &rows[i].trouble, problem))
            return false;
    }
    if (count > CHANGES_SHOWN)
        page.next = tabs_next(request, &tabs, state, changes[CHANGES_SHOWN - 1].id);
    WorkFrame frame = work_frame(request, reply, say(request->language, N_("Changes")));
    changes_html(&reply->body, &frame, &page);
    return true;
}

static const char *path_of(const WorkRequest *request, int64_t id, const char *rest)
{
    return work_link(request, arena_format(request->arena, "/changes/%lld%s", (long long)id, rest));
}

/* Whether the reader wrote a version of the change. */
static bool has_written(const WorkRequest *request, const ChangePage *page)
{
    for (size_t i = 0; i < page->step_count; i++)
        if (page->steps[i].saved && strcmp(page->steps[i].author, request->session.name) == 0)
            return true;
    return false;
}

/* Publication is offered to those who may give it: a publishing role that wrote no version of the change. */
static bool may_agree(const WorkRequest *request, Store *work, const ChangePage *page)
{
    Problem unasked = { 0 };
    return !has_written(request, page) && change_may_publish(work, request->session.name, &unasked);
}

static void offer_actions(const WorkRequest *request, Store *work, const Change *change, ChangePage *page)
{
    const Language *language = request->language;
    Actions *actions = &page->actions;
    bool drafted = strcmp(change->state, "draft") == 0, reviewed = strcmp(change->state, "in_review") == 0;
    const FieldPlan reason = { .name = "reason", .label = say(language, N_("Reason")) };
    if (drafted)
        desk_action(request, actions, "submit", say(language, N_("Hand over for review")));
    if (reviewed && may_agree(request, work, page))
        desk_action(request, actions, "publish", say(language, N_("Publish")));
    if (reviewed)
        desk_field(request, desk_action(request, actions, "return", say(language, N_("Give back"))), reason);
    if (drafted || reviewed)
        desk_field(request, desk_action(request, actions, "drop", say(language, N_("Give up"))), reason);
    if (drafted || reviewed)
        mark_offer(request, actions);
}

/* To whom an open change may be given. */
static bool offer_people(const WorkRequest *request, Store *work, const Change *change, ChangePage *page,
                         Problem *problem)
{
    Assignees people;
    const char *now;
    if (!assignment_people(request->arena, work, &people, problem) ||
        !assignment_of(request->arena, work, change->id, &now, problem))
        return false;
    Choice *items = NEW_ARRAY(request->arena, Choice, people.count + 1);
    items[0] = (Choice){ "", say(request->language, N_("nobody")), !now };
    for (size_t i = 0; i < people.count; i++)
        items[i + 1] = (Choice){ people.names[i], people.names[i], now && strcmp(now, people.names[i]) == 0 };
    Field *field = desk_field(
        request, desk_action(request, &page->actions, "assign", say(request->language, N_("Give it"))),
        (FieldPlan){
            .name = "account", .label = say(request->language, N_("Who is to see to it")), .kind = FIELD_SELECT });
    field->choices = (Choices){ items, people.count + 1 };
    return true;
}

/* What the change is about, where there is a page of it. */
static PageLink subject_link(const WorkRequest *request, const char *kind, int64_t number)
{
    ActKind act = act_find(kind);
    const Language *language = request->language;
    if (strcmp(kind, KIND_RELEASE) == 0)
        return (PageLink){ .label = say(language, N_("Releases")), .address = work_link(request, "/releases") };
    if (strcmp(kind, KIND_AGREEMENT) == 0)
        return (PageLink){ .label = say(language, N_("How far coders agree")),
                           .address = work_link(request, "/agreement") };
    const PartyDesk *desk = act == ACT_KIND_COUNT ? NULL : party_desk(act_table[act].subject);
    return (PageLink){
        .label = say(language, desk ? desk->itself : N_("The published incident")),
        .address = work_link(
            request, arena_format(request->arena, "%s/%lld", desk ? desk->path : "/incidents", (long long)number)),
    };
}

static void offer_ways(const WorkRequest *request, const Change *change, ChangePage *page)
{
    PageLink *ways = NEW_ARRAY(request->arena, PageLink, 6);
    size_t count = 0;
    if (page->editable)
        ways[count++] = (PageLink){ .label = say(request->language, N_("Coding form")),
                                    .address = path_of(request, change->id, "/form") };
    if (page->editable && strcmp(change->kind, KIND_OPEN) == 0)
        ways[count++] = (PageLink){ .label = say(request->language, N_("Organisations that were hit")),
                                    .address = path_of(request, change->id, "/organisations") };
    if (strcmp(change->state, "draft") == 0 || strcmp(change->state, "in_review") == 0)
        ways[count++] = (PageLink){ .label = say(request->language, N_("How public figures would change")),
                                    .address = path_of(request, change->id, "/preview") };
    if (strcmp(change->kind, KIND_OPEN) == 0 && strcmp(change->state, "draft") != 0)
        ways[count++] = (PageLink){ .label = say(request->language, N_("Two codings, side by side")),
                                    .address = path_of(request, change->id, "/compare") };
    int64_t number = change->incident ? change->incident : change->subject;
    if (number)
        ways[count++] = subject_link(request, change->kind, number);
    page->ways = (PageLinks){ ways, count };
}

static bool is_open(const Change *change)
{
    return strcmp(change->state, "draft") == 0 || strcmp(change->state, "in_review") == 0;
}

/* METHOD.md 8, which the log enforces: told before, so that nobody wonders. */
static const char *unnamed_of(const WorkRequest *request, const Change *change, const Record *record)
{
    Run evidence;
    Problem incomplete = { 0 };
    bool opens = strcmp(change->kind, KIND_OPEN) == 0 && strcmp(change->state, "published") != 0;
    if (!opens ||
        !evidence_of_record(request->arena, request->bench->site->codebook, record, NULL, &evidence, &incomplete) ||
        naming_lets(evidence))
        return NULL;
    return say(request->language,
               N_("Only the attacker tells this. Until it is probable, it is published without names, "
                  "titles, quotations and addresses of pages."));
}

bool work_change(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    AUTO_READER reader = { 0 };
    Change change;
    Record record;
    ChangePage page = { .fault = fault_of(request, "") };
    if (!reader_take(request, &reader, problem) ||
        !change_find(request->arena, reader.store, desk_number_of(request), &change, problem) ||
        !change_content(request, &change, &record, &page, problem) ||
        !steps_view(request, reader.store, &change, &page, problem) ||
        !mark_story(request, reader.store, MARK_CHANGE, change.id, &page.marking, problem) ||
        !change_outcome(request, &change, &record, &page.outcome, problem))
        return false;
    if (!page.heading)
        page.heading = *change.title ? change.title : say(request->language, N_("Without a title"));
    page.state = desk_state(request->language, change.state);
    page.kind = desk_kind(request->language, change.kind);
    page.trouble = trouble_of(request, &change);
    page.reviewer = change.reviewer;
    page.unnamed = unnamed_of(request, &change, &record);
    page.editable = strcmp(change.state, "draft") == 0 && change_is_record(&change);
    page.claims =
        desk_claims(request, &record, page.editable ? path_of(request, change.id, "/claim") : NULL, &page.claim_count);
    outcome_mark(&page.outcome, page.claims, page.claim_count);
    if (record.affected_count)
        affected_view(request, &record, &page);
    if (is_open(&change) && strcmp(change.kind, KIND_OPEN) == 0)
        page.uncoded = coding_uncoded(request, &(Coded){ .change = change, .record = record, .path = "" });
    page.actions.path = arena_format(request->arena, "/changes/%lld", (long long)change.id);
    page.actions.version = arena_format(request->arena, "%lld", (long long)change.version);
    if (page.editable)
        desk_offer_taking_out(request, &page.actions, page.claims, page.claim_count);
    offer_actions(request, reader.store, &change, &page);
    offer_ways(request, &change, &page);
    bool open = is_open(&change);
    if (open && !offer_people(request, reader.store, &change, &page, problem))
        return false;
    bool names = open && act_find(change.kind) == ACT_KIND_COUNT && record.affected_count;
    if (!reply_ways(request, reader.store, (Reply){ .change = change.id },
                    names ? arena_format(request->arena, "%s/reply", page.actions.path) : NULL, &page.ways, problem))
        return false;
    WorkFrame frame = work_frame(request, reply, page.heading);
    change_html(&reply->body, &frame, &page);
    return true;
}

static bool publish(WorkRequest *request, Store *work, int64_t id, Problem *problem)
{
    Hand hand = hand_of(request);
    int64_t incident;
    ChangeDesk desk = { work, request->bench->ledger, request->bench->site->codebook };
    if (!request->bench->ledger)
        return fail(problem, PROBLEM_UNAVAILABLE, "the log process is not there");
    ChangeAgreed agreed = { .id = id };
    (void)text_int(text_of(sent(request, "version")), &agreed.version); /* that the page showed */
    return change_publish(&desk, &hand, agreed, &incident, problem);
}

static bool act(WorkRequest *request, Store *work, int64_t id, Problem *problem)
{
    const char *action = sent(request, "action"), *why = sent(request, "reason");
    Hand hand = hand_of(request);
    if (strcmp(action, "submit") == 0)
        return change_submit(work, &hand, request->bench->site->codebook, id, problem);
    if (strcmp(action, "return") == 0)
        return change_return(work, &hand, id, why, problem);
    if (strcmp(action, "drop") == 0)
        return change_drop(work, &hand, id, why, problem);
    if (strcmp(action, "assign") == 0)
        return assignment_put(work, &hand, id, sent(request, "account"), problem);
    if (strcmp(action, "remove") == 0)
        return coded_take_out(request, work, problem);
    if (strcmp(action, "publish") == 0)
        return publish(request, work, id, problem);
    if (strcmp(action, "mark") == 0)
        return mark_sent(request, work, MARK_CHANGE, id, problem);
    return fail_field(problem, PROBLEM_BAD_INPUT, "action", "'%.40s' cannot be done with a change", action);
}

static const DeskForm forms[] = {
    { "return", "reason" }, { "drop", "reason" }, { "mark", "tlp reason" }, { "assign", "account" }
};

bool work_change_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Problem refused = { 0 };
    int64_t id = desk_number_of(request);
    {
        AUTO_WRITER writing = { 0 };
        writer_take(request, &writing);
        if (act(request, writing.store, id, &refused))
            return desk_went(request, id, reply);
    }
    return desk_again(request, &refused, desk_shown(request, forms, COUNT_OF(forms)), reply, problem);
}
