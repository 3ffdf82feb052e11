/* A published incident at the workbench: its claims with their numbers, and what may be begun about it. */
#include "publish/history.h"
#include "work/outcome_view.h"
#include "work/reply_pages.h"

static const char *number_text(const WorkRequest *request, int64_t number)
{
    return arena_format(request->arena, "%lld", (long long)number);
}

static bool was_chosen(const WorkRequest *request, const char *number)
{
    const char *one;
    for (size_t i = 0; (one = form_value_at(&request->form, "claim", i)); i++)
        if (strcmp(one, number) == 0)
            return true;
    return false;
}

static void fill_claims(const WorkRequest *request, const Whole *whole, DeskPage *page)
{
    ClaimRow *rows = desk_claims(request, &whole->record, NULL, &page->claim_count);
    for (size_t i = 0; i < page->claim_count; i++) {
        const char *rank = whole_claim(whole, whole->claims[i]).claim->rank;
        rows[i].number = number_text(request, whole->claims[i]);
        rows[i].chosen = was_chosen(request, rows[i].number);
        rows[i].edit = arena_format(request->arena, "%s/correct?claim=%s", page->address, rows[i].number);
        if (rank)
            rows[i].said =
                arena_format(request->arena, "%s · %s", rows[i].said, desk_label(request, "claim", "rank", rank));
    }
    page->claims = rows;
}

static Choices deeds_of(const WorkRequest *request)
{
    static const Choice deeds[] = { { "retract", N_("Retract"), false },
                                    { "preferred", N_("Prefer"), false },
                                    { "deprecated", N_("Deprecate"), false },
                                    { "normal", N_("Neither prefer nor deprecate"), false } };
    Choice *items = NEW_ARRAY(request->arena, Choice, COUNT_OF(deeds));
    for (size_t i = 0; i < COUNT_OF(deeds); i++)
        items[i] = (Choice){ deeds[i].code, say(request->language, deeds[i].label),
                             strcmp(deeds[i].code, sent(request, "action")) == 0 };
    return (Choices){ items, COUNT_OF(deeds) };
}

/* What was typed about the claims that are chosen; the other forms of the page have their own reasons. */
static void fill_deeds(const WorkRequest *request, DeskPage *page)
{
    bool mine = false;
    page->deeds = deeds_of(request);
    for (size_t i = 0; i < page->deeds.count; i++)
        mine = mine || page->deeds.items[i].chosen;
    page->reason = mine ? sent(request, "reason") : "";
    page->reason_fault = mine ? fault_of(request, "reason") : NULL;
    page->chosen_fault = fault_of(request, "claim");
}

static bool find_history(const WorkRequest *request, int64_t incident, History *history, Problem *problem)
{
    static const Figures newest = { .entries = INT64_MAX };
    static const Filter all = { 0 };
    View view = desk_view(request);
    view.figures = &newest;
    view.filter = &all;
    Store *published = pool_take(request->bench->published, problem);
    bool read = published && history_list(&view, published, incident, history, problem);
    if (published)
        pool_give(request->bench->published, published);
    return read;
}

static const char *deed_of(const WorkRequest *request, const Revision *revision)
{
    return revision->reason ? arena_format(request->arena, "%s · %s", revision->what, revision->reason)
                            : revision->what;
}

static void fill_history(const WorkRequest *request, const History *history, DeskPage *page)
{
    NamedRow *rows = NEW_ARRAY(request->arena, NamedRow, history->count + 1);
    for (size_t i = 0; i < history->count; i++) {
        const Revision *revision = &history->items[i];
        rows[i] = (NamedRow){
            .kind = revision->reviewer ? arena_format(request->arena, "%s · %s, %s", revision->when, revision->author,
                                                      revision->reviewer)
                                       : arena_format(request->arena, "%s · %s", revision->when, revision->author),
            .words = deed_of(request, revision),
        };
    }
    page->history = rows;
    page->history_count = history->count;
}

/* The first one is taken back by a withdrawal, and what takes back is done again by hand. */
static bool may_be_undone(const History *history, size_t i)
{
    return i > 0 && act_find(history->items[i].kind) != ACT_KIND_UNDO;
}

static Choices undoable(const WorkRequest *request, const History *history)
{
    Choice *items = NEW_ARRAY(request->arena, Choice, history->count + 1);
    size_t count = 0;
    for (size_t i = 0; i < history->count; i++)
        if (may_be_undone(history, i)) {
            const char *entry = number_text(request, history->items[i].entry);
            items[count++] = (Choice){ entry,
                                       arena_format(request->arena, "%s · %s · %s", entry, history->items[i].when,
                                                    deed_of(request, &history->items[i])),
                                       strcmp(entry, sent(request, "entry")) == 0 };
        }
    return (Choices){ items, count };
}

/* What has left the register can only come back. */
static void offer(const WorkRequest *request, const char *left, const History *history, Actions *actions)
{
    const Language *language = request->language;
    const FieldPlan reason = { .name = "reason", .label = say(language, N_("Reason, which is published")) };
    if (!left) {
        desk_action(request, actions, "add", say(language, N_("Add claims")));
        desk_field(request, desk_action(request, actions, "withdraw", say(language, N_("Withdraw"))), reason);
        WorkForm *merge = desk_action(request, actions, "merge", say(language, N_("Merge")));
        desk_field(request, merge, (FieldPlan){ .name = "into", .label = say(language, N_("Into which number")) });
        desk_field(request, merge, reason);
    }
    Choices deeds = undoable(request, history);
    if (!deeds.count)
        return;
    WorkForm *undo = desk_action(request, actions, "undo", say(language, N_("Take back")));
    desk_field(request, undo,
               (FieldPlan){ .name = "entry", .label = say(language, N_("What was done")), .kind = FIELD_SELECT })
        ->choices = deeds;
    desk_field(request, undo, reason);
}

static PageLinks ways_of(const WorkRequest *request, int64_t id)
{
    static const struct {
        const char *label, *page;
    } pages[] = {
        { N_("Split it into several incidents"), "split" },
        { N_("Organisations that were hit"), "organisations" },
        { N_("Its sources, and which of them are gone"), "sources" },
    };
    PageLink *ways = NEW_ARRAY(request->arena, PageLink, COUNT_OF(pages));
    for (size_t i = 0; i < COUNT_OF(pages); i++) {
        const char *path = arena_format(request->arena, "/incidents/%lld/%s", (long long)id, pages[i].page);
        ways[i] = (PageLink){ .label = say(request->language, pages[i].label), .address = work_link(request, path) };
    }
    return (PageLinks){ ways, COUNT_OF(pages) };
}

bool work_incident(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    AUTO_READER reader = { 0 };
    Whole whole;
    int64_t id = desk_number_of(request);
    History history;
    DeskPage page = { .fault = fault_of(request, "") };
    if (!desk_whole(request, &whole, problem) || !find_history(request, id, &history, problem))
        return false;
    page.number = say_with(request->arena, request->language, N_("Incident number {number}"),
                           SLOTS({ "number", number_text(request, id) }));
    page.heading = whole.record.title;
    page.left = whole.left ? desk_label(request, "incident", "record_status", whole.left) : NULL;
    page.address = work_link(request, arena_format(request->arena, "/incidents/%lld", (long long)id));
    page.token = form_new(request, "/", "")->token;
    fill_claims(request, &whole, &page);
    if (!whole.left && !outcome_view(request, &(OutcomeCase){ id, NULL, NULL }, &page.outcome, problem))
        return false;
    outcome_mark(&page.outcome, page.claims, page.claim_count);
    fill_deeds(request, &page);
    if (!whole.left)
        page.ways = ways_of(request, id);
    page.actions.path = arena_format(request->arena, "/incidents/%lld", (long long)id);
    offer(request, whole.left, &history, &page.actions);
    fill_history(request, &history, &page);
    if (!reader_take(request, &reader, problem) ||
        !reply_ways(request, reader.store, (Reply){ .incident = id },
                    arena_format(request->arena, "%s/reply", page.actions.path), &page.ways, problem))
        return false;
    WorkFrame frame = work_frame(request, reply, page.heading);
    desk_html(&reply->body, &frame, &page);
    return true;
}

static bool read_chosen(const WorkRequest *request, const char *rank, Act *act, Problem *problem)
{
    act->claims = NEW_ARRAY(request->arena, ActClaim, request->form.count + 1);
    for (const char *claim; (claim = form_value_at(&request->form, "claim", act->claim_count)); act->claim_count++) {
        act->claims[act->claim_count].rank = rank;
        if (!text_int(text_of(claim), &act->claims[act->claim_count].claim))
            return fail_field(problem, PROBLEM_BAD_INPUT, "claim", "'%.40s' is no number of a claim", claim);
    }
    return act->claim_count || fail_field(problem, PROBLEM_BAD_INPUT, "claim", "no claim is chosen");
}

static bool read_number(const WorkRequest *request, const char *field, int64_t *number, Problem *problem)
{
    return (text_int(text_of(sent(request, field)), number) && *number > 0) ||
           fail_field(problem, PROBLEM_BAD_INPUT, field, "a number is expected");
}

/* What the form asks for, as an act. */
static bool read_act(const WorkRequest *request, ActKind *kind, Act *act, Problem *problem)
{
    const char *action = sent(request, "action");
    act->reason = *sent(request, "reason") ? sent(request, "reason") : NULL;
    if (!act->reason)
        return fail_field(problem, PROBLEM_BAD_INPUT, "reason", "a reason is needed: it is published");
    *kind = strcmp(action, "withdraw") == 0  ? ACT_KIND_WITHDRAW
            : strcmp(action, "merge") == 0   ? ACT_KIND_MERGE
            : strcmp(action, "undo") == 0    ? ACT_KIND_UNDO
            : strcmp(action, "retract") == 0 ? ACT_KIND_RETRACT
                                             : ACT_KIND_RANK;
    if (*kind == ACT_KIND_MERGE)
        return read_number(request, "into", &act->into, problem);
    if (*kind == ACT_KIND_UNDO)
        return read_number(request, "entry", &act->undoes, problem);
    if (*kind == ACT_KIND_WITHDRAW)
        return true;
    const Variable *ranks = codebook_variable_of(request->bench->site->codebook, "claim", "rank");
    if (*kind == ACT_KIND_RANK && !(ranks && variable_value(ranks, action)))
        return fail_field(problem, PROBLEM_BAD_INPUT, "action", "'%.40s' cannot be done with claims", action);
    return read_chosen(request, *kind == ACT_KIND_RETRACT ? NULL : action, act, problem);
}

static bool begin_more(const WorkRequest *request, int64_t incident, int64_t *change, Problem *problem)
{
    AUTO_OUT body = { 0 };
    Hand hand = hand_of(request);
    Record record = { .dataset = "workbench", .external = number_text(request, request->now) };
    record_write(&body, &record);
    ChangeDraft draft = { .kind = KIND_ADD, .subject = incident, .body = out_view(&body) };
    AUTO_WRITER writing = { 0 };
    writer_take(request, &writing);
    return change_begin(writing.store, &hand, &draft, change, problem);
}

/* What the log would refuse is told before somebody reviews it. */
static bool makes_sense(const WorkRequest *request, int64_t incident, const Act *act, Problem *problem)
{
    Whole other;
    History history;
    if (act->into == incident)
        return fail_field(problem, PROBLEM_BAD_INPUT, "into", "an incident cannot be merged into itself");
    if (act->into) {
        Store *published = pool_take(request->bench->published, problem);
        bool there = published && whole_read(request->arena, published, act->into, &other, problem);
        if (published)
            pool_give(request->bench->published, published);
        return there ||
               fail_field(problem, PROBLEM_BAD_INPUT, "into", "there is no incident %lld", (long long)act->into);
    }
    if (!act->undoes)
        return true;
    if (!find_history(request, incident, &history, problem))
        return false;
    for (size_t i = 0; i < history.count; i++)
        if (history.items[i].entry == act->undoes && may_be_undone(&history, i))
            return true;
    return fail_field(problem, PROBLEM_BAD_INPUT, "entry",
                      "entry %lld did nothing to incident %lld that could be taken back", (long long)act->undoes,
                      (long long)incident);
}

static bool begin(const WorkRequest *request, int64_t incident, int64_t *change, Problem *problem)
{
    Act act = { 0 };
    ActKind kind = ACT_KIND_RANK;
    if (strcmp(sent(request, "action"), "add") == 0)
        return begin_more(request, incident, change, problem);
    return read_act(request, &kind, &act, problem) && makes_sense(request, incident, &act, problem) &&
           desk_propose(request, kind, incident, &act, change, problem);
}

bool work_incident_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Problem refused = { 0 };
    int64_t change;
    if (begin(request, desk_number_of(request), &change, &refused))
        return desk_went(request, change, reply);
    return desk_again(request, &refused, "reason into entry claim", reply, problem);
}
