/* A published incident at the workbench: its claims with their numbers, and what may be begun about it. */
#include "domain/evidence.h"
#include "work/desk_pages.h"

static const char *words_of(const WorkRequest *request, const Evidence *claim)
{
    const Value *value = claim->value ? variable_value(claim->definition, claim->value) : NULL;
    if (claim->missing)
        return arena_format(request->arena, "(%s)", claim->missing);
    return value ? label_in(value->label, request->language->code) : claim->value;
}

static void fill_claims(const WorkRequest *request, Run evidence, DeskPage *page)
{
    ClaimRow *rows = NEW_ARRAY(request->arena, ClaimRow, evidence.count + 1);
    for (size_t i = 0; i < evidence.count; i++) {
        const Evidence *claim = &evidence.claims[i];
        rows[i] = (ClaimRow){
            .variable = label_in(claim->definition->label, request->language->code),
            .value = words_of(request, claim),
            .said = arena_format(request->arena, "%s · %s", desk_label(request, "claim", "claimant", claim->claimant),
                                 desk_label(request, "claim", "rank", claim->rank)),
            .number = arena_format(request->arena, "%lld", (long long)claim->claim),
        };
    }
    page->claims = rows;
    page->claim_count = evidence.count;
}

static bool read_claims(const WorkRequest *request, int64_t id, DeskPage *page, Problem *problem)
{
    Run evidence = { 0 };
    Store *published = pool_take(request->bench->published, problem);
    bool read = published && evidence_read(request->arena, published, request->bench->site->codebook,
                                           (Asked){ id, INT64_MAX }, &evidence, problem);
    if (published)
        pool_give(request->bench->published, published);
    if (read)
        fill_claims(request, evidence, page);
    return read;
}

static void offer(const WorkRequest *request, Actions *actions)
{
    const Language *language = request->language;
    const char *reason = say(language, N_("Reason, which is published"));
    desk_action(actions, "withdraw", say(language, N_("Withdraw")))->reason = reason;
    ActionForm *merge = desk_action(actions, "merge", say(language, N_("Merge")));
    merge->reason = reason;
    merge->number = say(language, N_("Into which number"));
    merge->number_name = "into";
    ActionForm *undo = desk_action(actions, "undo", say(language, N_("Take back")));
    undo->reason = reason;
    undo->number = say(language, N_("Which entry of the journal"));
    undo->number_name = "entry";
    desk_action(actions, "add", say(language, N_("Add claims")));
}

bool work_incident(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    int64_t id = desk_number_of(request);
    DeskPage page = { .fault = fault_of(request, "") };
    if (id > INT64_MAX / ROWS_PER_INCIDENT - 1)
        return fail(problem, PROBLEM_NOT_FOUND, "there is no incident with this number");
    if (!read_claims(request, id, &page, problem))
        return false;
    page.number = arena_format(request->arena, "%lld", (long long)id);
    page.heading =
        say_with(request->arena, request->language, N_("Incident number {number}"), SLOTS({ "number", page.number }));
    page.address = work_link(request, arena_format(request->arena, "/incidents/%lld", (long long)id));
    page.token = form_new(request, "/", "")->token;
    page.actions = (Actions){ .address = page.address, .token = page.token };
    offer(request, &page.actions);
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

static bool begin(const WorkRequest *request, int64_t incident, int64_t *change, Problem *problem)
{
    Act act = { 0 };
    ActKind kind = ACT_KIND_RANK;
    AUTO_OUT body = { 0 };
    Hand hand = hand_of(request);
    ChangeDraft draft = { .kind = KIND_ADD, .subject = incident };
    if (strcmp(sent(request, "action"), "add") == 0) {
        Record record = { .dataset = "workbench",
                          .external = arena_format(request->arena, "%lld", (long long)request->now) };
        record_write(&body, &record);
    } else {
        if (!read_act(request, &kind, &act, problem))
            return false;
        draft.kind = act_table[kind].kind;
        act_write(&body, &act);
    }
    draft.body = out_view(&body);
    AUTO_WRITER writing = { 0 };
    writer_take(request, &writing);
    return change_begin(writing.store, &hand, &draft, change, problem);
}

bool work_incident_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Problem refused = { 0 };
    int64_t change;
    if (begin(request, desk_number_of(request), &change, &refused))
        return go_to(request, reply, arena_format(request->arena, "/changes/%lld", (long long)change));
    if (!desk_is_refusal(&refused))
        return fail(problem, refused.kind, "%s", refused.message);
    fault_add(request, "", desk_refusal(request, &refused));
    return form_again(request, reply, problem);
}
