#include "domain/adjudication.h"

#include "domain/change_step.h"
#include "domain/record_edit.h"
#include "domain/shape.h"

const DecisionInfo decision_kinds[DECISION_COUNT] = {
#define DECISION(name, code, words) { code, words },
#include "domain/decisions.def"
#undef DECISION
};

static bool asks(Store *work, Statement statement, int64_t change, const char *account, bool *yes, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, statement, "it", change, account);
    *yes = rows && rows_next(rows);
    return rows && !problem->kind;
}

bool adjudication_may(Store *work, const char *account, int64_t change, Problem *problem)
{
    bool wrote, coded;
    if (!change_person(work, account, CHANGE_PREPARE, problem) ||
        !asks(work, SQL_ADJUDICATION_WROTE, change, account, &wrote, problem) ||
        !asks(work, SQL_CODING_BY, change, account, &coded, problem))
        return false;
    if (!wrote && !coded)
        return true;
    return fail_field(problem, PROBLEM_NOT_ALLOWED, "by",
                      "%s has coded change %lld: a third person decides where two codings differ", account,
                      (long long)change);
}

/* The newest decision about each variable of the coding. */
static bool add_decisions(Arena *arena, Store *work, Judged *judged, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_ADJUDICATIONS_OF, "i", judged->comparison.coding);
    while (rows && rows_next(rows)) {
        Adjudication one = { 0 };
        const char *account = arena_string(arena, rows_text(rows, 0));
        if (!shape_read(arena, text_of(arena_text(arena, rows_bytes(rows, 1))), &one, &adjudication_shape, problem))
            return false;
        for (size_t i = 0; i < one.decision_count; i++)
            for (size_t j = 0; j < judged->comparison.count; j++)
                if (strcmp(judged->variables[j].variable, one.decisions[i].variable) == 0) {
                    judged->variables[j].decision = &one.decisions[i];
                    judged->variables[j].account = account;
                }
    }
    return rows && !problem->kind;
}

static bool judge(Arena *arena, Store *work, const Record *now, Judged *judged, Problem *problem)
{
    const Comparison *comparison = &judged->comparison;
    judged->variables = NEW_ARRAY(arena, JudgedVariable, comparison->count + 1);
    for (size_t i = 0; i < comparison->count; i++)
        judged->variables[i] = (JudgedVariable){ .variable = comparison->variables[i].variable,
                                                 .now = coding_text(arena, now, comparison->variables[i].variable) };
    if (!add_decisions(arena, work, judged, problem))
        return false;
    for (size_t i = 0; i < comparison->count; i++) {
        JudgedVariable *row = &judged->variables[i];
        bool decided = row->decision && strcmp(row->decision->value ? row->decision->value : "", row->now) == 0;
        row->open = !decided && strcmp(row->now, comparison->variables[i].second) != 0;
        judged->open += row->open ? 1 : 0;
    }
    return true;
}

bool adjudication_list(Arena *arena, Store *work, const Change *change, Judged **all, size_t *count, Problem *problem)
{
    Comparison *comparisons;
    Record now;
    if (!coding_compare(arena, work, change->id, &comparisons, count, problem) ||
        (*count && !record_read(arena, change->body, &now, problem)))
        return false;
    *all = NEW_ARRAY(arena, Judged, *count + 1);
    for (size_t i = 0; i < *count; i++) {
        (*all)[i] = (Judged){ .comparison = comparisons[i] };
        if (!judge(arena, work, &now, &(*all)[i], problem))
            return false;
    }
    return true;
}

static bool same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* The source of another record in this one. */
static int source_like(const Record *record, const SourceFacts *source)
{
    for (size_t i = 0; i < record->source_count; i++) {
        const SourceFacts *one = &record->sources[i];
        if (same(one->url, source->url) && same(one->title, source->title) && same(one->sha256, source->sha256))
            return (int)i;
    }
    return RECORD_NO_SOURCE;
}

/* Adds what another record says of the variable. */
static void add_about(Arena *arena, Record *record, const Record *from, const char *variable)
{
    for (size_t i = 0; i < from->statement_count; i++)
        for (size_t j = 0; j < from->statements[i].claim_count; j++) {
            const StatementFacts *said = &from->statements[i];
            if (strcmp(said->claims[j].variable, variable) != 0)
                continue;
            const SourceFacts *source = &from->sources[said->source];
            ClaimEntry entry = {
                .source = source_like(record, source), .new_source = *source, .said = *said, .claim = said->claims[j]
            };
            record_add_claim(arena, record, &entry);
        }
}

static DecisionKind kind_of(const char *choice)
{
    int kind = 0;
    while (kind < DECISION_COUNT && strcmp(decision_kinds[kind].code, choice) != 0)
        kind++;
    return (DecisionKind)kind;
}

static void apply(Arena *arena, Record *record, const Record *second, const Decision *decision)
{
    DecisionKind kind = kind_of(decision->choice);
    if (kind == DECIDE_SECOND || kind == DECIDE_NEITHER)
        record_remove_about(record, decision->variable);
    if (kind == DECIDE_SECOND || kind == DECIDE_BOTH)
        add_about(arena, record, second, decision->variable);
}

static bool check(const Judged *judged, const Decision *decision, Problem *problem)
{
    bool open = false;
    for (size_t i = 0; i < judged->comparison.count; i++)
        open = open || (judged->variables[i].open && strcmp(judged->variables[i].variable, decision->variable) == 0);
    if (!open)
        return fail_field(problem, PROBLEM_BAD_INPUT, decision->variable,
                          "the two codings do not differ in %.60s, or it is decided already", decision->variable);
    if (kind_of(decision->choice) == DECISION_COUNT)
        return fail_field(problem, PROBLEM_BAD_INPUT, decision->variable, "'%.40s' decides nothing", decision->choice);
    return (decision->reason && text_trim(text_of(decision->reason)).length) ||
           fail_field(problem, PROBLEM_BAD_INPUT, decision->variable, "a reason is needed");
}

typedef struct Deciding {
    Arena *arena;
    Store *work;
    const Hand *hand;
    const AdjudicationPlan *plan;
    Change change;
    Record record, second;
    Adjudication made;
    Problem *problem;
} Deciding;

static bool second_of(Deciding *deciding, Judged **found)
{
    const AdjudicationPlan *plan = deciding->plan;
    Judged *all;
    size_t count;
    *found = NULL;
    if (!adjudication_list(deciding->arena, deciding->work, &deciding->change, &all, &count, deciding->problem) ||
        !coding_read(deciding->arena, deciding->work, plan->coding, &deciding->second, deciding->problem))
        return false;
    for (size_t i = 0; i < count; i++)
        if (all[i].comparison.coding == plan->coding)
            *found = &all[i];
    return *found ||
           fail(deciding->problem, PROBLEM_NOT_FOUND, "change %lld has no such second coding", (long long)plan->change);
}

static bool find(Deciding *deciding)
{
    const AdjudicationPlan *plan = deciding->plan;
    Change *change = &deciding->change;
    if (!adjudication_may(deciding->work, deciding->hand->author, plan->change, deciding->problem) ||
        !change_find(deciding->arena, deciding->work, plan->change, change, deciding->problem))
        return false;
    if (strcmp(change->state, "in_review") != 0 || strcmp(change->kind, KIND_OPEN) != 0)
        return fail(deciding->problem, PROBLEM_CONFLICT, "change %lld is no new incident in review",
                    (long long)plan->change);
    return change_is_newest(change->id, change->version, plan->version, deciding->problem) &&
           record_read(deciding->arena, change->body, &deciding->record, deciding->problem);
}

/* The record as decided, and each decision with what the record says since. */
static bool decide(Deciding *deciding)
{
    const AdjudicationPlan *plan = deciding->plan;
    Judged *judged;
    if (!find(deciding) || !second_of(deciding, &judged))
        return false;
    if (!plan->count)
        return fail(deciding->problem, PROBLEM_BAD_INPUT, "nothing is decided");
    deciding->made = (Adjudication){ NEW_ARRAY(deciding->arena, Decision, plan->count), plan->count };
    for (size_t i = 0; i < plan->count; i++) {
        if (!check(judged, &plan->decisions[i], deciding->problem))
            return false;
        deciding->made.decisions[i] = plan->decisions[i];
        apply(deciding->arena, &deciding->record, &deciding->second, &plan->decisions[i]);
    }
    for (size_t i = 0; i < plan->count; i++)
        deciding->made.decisions[i].value =
            coding_text(deciding->arena, &deciding->record, plan->decisions[i].variable);
    return true;
}

/* The version that says what was decided: a further one where the record has changed. */
static bool put_version(Deciding *deciding)
{
    AUTO_OUT body = { 0 };
    Change *change = &deciding->change;
    record_write(&body, &deciding->record);
    if (text_equal(out_view(&body), change->body))
        return true;
    if (!change_put_version(deciding->arena, deciding->work, deciding->hand, change, out_view(&body),
                            deciding->problem))
        return false;
    change->version++;
    return change_put_state(deciding->arena, deciding->work, deciding->hand, "change.decide", change,
                            deciding->problem);
}

static bool put_decisions(Deciding *deciding)
{
    AUTO_OUT body = { 0 };
    int64_t deed;
    const Change *change = &deciding->change;
    shape_write(&body, &deciding->made, &adjudication_shape);
    const char *detail = change_body_detail(deciding->arena, change->version, out_view(&body));
    return change_deed(deciding->arena, deciding->work, deciding->hand,
                       (ChangeDeed){ "coding.decide", change->id, detail }, &deed, deciding->problem) &&
           store_do(deciding->work, deciding->problem, SQL_ADJUDICATION_ADD, "itiivi", deciding->plan->coding,
                    deciding->hand->author, change->version, deciding->hand->now, out_view(&body), deed);
}

bool adjudication_decide(Store *work, const Hand *hand, const Codebook *codebook, const AdjudicationPlan *plan,
                         Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    AUTO_UNDO *undo = work;
    Deciding deciding = { .arena = arena, .work = work, .hand = hand, .plan = plan, .problem = problem };
    return store_begin(work, problem) && decide(&deciding) && record_check(&deciding.record, codebook, problem) &&
           put_version(&deciding) && put_decisions(&deciding) && store_commit(work, problem);
}
