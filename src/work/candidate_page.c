/* A candidate of the queue: what it says, what it may be about, and what becomes of it. */
#include "domain/triage.h"
#include "work/alike.h"
#include "work/marked.h"
#include "work/outcome_view.h"
#include "work/queue.h"

static PageLink link_of(const WorkRequest *request, const char *place, const Similar *similar)
{
    const char *number = arena_format(request->arena, "%lld", (long long)similar->number);
    return (PageLink){
        .label = say_with(
            request->arena, request->language, N_("{title} (number {number}, {likeness} alike)"),
            SLOTS({ "title", similar->title }, { "number", number },
                  { "likeness", say_percent(request->arena, request->language, similar->likeness / 100.0, 0) })),
        .address = work_link(request, arena_format(request->arena, "/%s/%s", place, number)),
    };
}

static PageLinks links_of(const WorkRequest *request, const char *place, const SimilarFound *found)
{
    PageLink *items = NEW_ARRAY(request->arena, PageLink, found->count + 1);
    for (size_t i = 0; i < found->count; i++)
        items[i] = link_of(request, place, &found->items[i]);
    return (PageLinks){ items, found->count };
}

static bool find_alike(const WorkRequest *request, Store *work, const AlikeAsked *asked, CandidateView *page,
                       Problem *problem)
{
    Alike alike;
    if (!alike_find(request, work, asked, &alike, problem))
        return false;
    page->similar = links_of(request, "incidents", &alike.incidents);
    page->waiting = links_of(request, "candidates", &alike.candidates);
    return true;
}

static Choices reasons_of(const WorkRequest *request)
{
    size_t count = 0;
    while (refusals[count].code)
        count++;
    Choice *items = NEW_ARRAY(request->arena, Choice, count + 1);
    items[0] = (Choice){ .code = "", .label = say(request->language, N_("Please choose")) };
    for (size_t i = 0; i < count; i++)
        items[i + 1] = (Choice){ .code = refusals[i].code,
                                 .label = say(request->language, refusals[i].words),
                                 .chosen = strcmp(refusals[i].code, sent(request, "why")) == 0 };
    return (Choices){ items, count + 1 };
}

static void offer(const WorkRequest *request, const char *state, Actions *actions)
{
    const Language *language = request->language;
    if (strcmp(state, "open") != 0 && strcmp(state, "postponed") != 0) {
        desk_action(request, actions, "reopen", say(language, N_("Open it again")));
        mark_offer(request, actions);
        return;
    }
    WorkForm *take = desk_action(request, actions, "take", say(language, N_("Take it")));
    mark_field(
        request,
        desk_field(
            request, take,
            (FieldPlan){ .name = "tlp", .label = say(language, N_("How confidential it is")), .kind = FIELD_SELECT }),
        request->mark);
    WorkForm *postpone = desk_action(request, actions, "postpone", say(language, N_("Postpone")));
    desk_field(request, postpone,
               (FieldPlan){ .name = "until", .label = say(language, N_("Until")), .kind = FIELD_DATE });
    WorkForm *refuse = desk_action(request, actions, "refuse", say(language, N_("Refuse")));
    desk_field(request, refuse, (FieldPlan){ .name = "why", .label = say(language, N_("Why")), .kind = FIELD_SELECT })
        ->choices = reasons_of(request);
    desk_field(request, refuse, (FieldPlan){ .name = "note", .label = say(language, N_("Note")) });
    mark_offer(request, actions);
}

bool work_candidate(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    AUTO_READER reader = { 0 };
    Candidate candidate;
    Record record;
    CandidateView page = { .fault = fault_of(request, "") };
    if (!reader_take(request, &reader, problem) ||
        !candidate_find(request->arena, reader.store, request->bench->site->codebook, desk_number_of(request),
                        &candidate, problem) ||
        !record_read(request->arena, candidate.body, &record, problem) ||
        !find_alike(request, reader.store, &(AlikeAsked){ candidate.id, &record, SIMILAR_LEAST }, &page, problem) ||
        !mark_story(request, reader.store, MARK_CANDIDATE, candidate.id, &page.marking, problem) ||
        !outcome_view(request, &(OutcomeCase){ candidate.incident, &record, NULL }, &page.outcome, problem))
        return false;
    page.heading = *candidate.title ? candidate.title : say(request->language, N_("Without a title"));
    page.state = desk_state(request->language, candidate.state);
    page.score = say_number(request->arena, request->language, candidate.score);
    page.source = queue_source(request, candidate.dataset);
    page.organisations = affected_rows(request, &record);
    page.organisation_count = record.affected_count;
    ClaimRow *claims = desk_claims(request, &record, NULL, &page.claim_count);
    outcome_mark(&page.outcome, claims, page.claim_count);
    page.claims = claims;
    page.actions.path = arena_format(request->arena, "/candidates/%lld", (long long)candidate.id);
    offer(request, candidate.state, &page.actions);
    WorkFrame frame = work_frame(request, reply, page.heading);
    candidate_html(&reply->body, &frame, &page);
    return true;
}

/* `change` is set when a draft was begun. */
static bool decide(WorkRequest *request, int64_t id, Tlp mark, int64_t *change, Problem *problem)
{
    AUTO_WRITER writing = { 0 };
    Span day;
    const char *action = sent(request, "action"), *note = sent(request, "note");
    Hand hand = hand_of(request);
    writer_take(request, &writing);
    if (strcmp(action, "take") == 0)
        return triage_take(writing.store, &hand, id, mark, change, problem);
    if (strcmp(action, "refuse") == 0)
        return triage_refuse(writing.store, &hand, id, sent(request, "why"), *note ? note : NULL, problem);
    if (strcmp(action, "mark") == 0)
        return mark_sent(request, writing.store, MARK_CANDIDATE, id, problem);
    if (strcmp(action, "reopen") == 0)
        return triage_reopen(writing.store, &hand, id, problem);
    if (strcmp(action, "postpone") != 0)
        return fail_field(problem, PROBLEM_BAD_INPUT, "action", "'%.40s' cannot be done with a candidate", action);
    if (!span_read(text_of(sent(request, "until")), &day) || day.first != day.last)
        return fail_field(problem, PROBLEM_BAD_INPUT, "until", "a day such as 2027-01-31 is expected");
    return triage_postpone(writing.store, &hand, id, day.first, problem);
}

static const DeskForm forms[] = {
    { "take", "tlp" }, { "postpone", "until" }, { "refuse", "why note" }, { "mark", "tlp reason" }
};

/* The reason of a refusal is chosen in a field of another name. */
static bool refused_again(WorkRequest *request, const Problem *refused, WorkReply *reply, Problem *problem)
{
    Problem told = { 0 };
    bool refuses = strcmp(sent(request, "action"), "refuse") == 0 && strcmp(refused->field, "reason") == 0;
    (void)fail_field(&told, refused->kind, refuses ? "why" : refused->field, "%s", refused->message);
    return desk_again(request, &told, desk_shown(request, forms, COUNT_OF(forms)), reply, problem);
}

bool work_candidate_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Problem refused = { 0 };
    Tlp mark = request->mark;
    int64_t change = 0, id = desk_number_of(request);
    bool takes = strcmp(sent(request, "action"), "take") == 0;
    if (takes && !mark_chosen(request, request->mark, &mark))
        return form_again(request, reply, problem);
    if (decide(request, id, mark, &change, &refused))
        return go_to(request, reply,
                     change ? arena_format(request->arena, "/changes/%lld/form", (long long)change) : "/queue");
    return refused_again(request, &refused, reply, problem);
}
