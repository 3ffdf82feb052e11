/* Where two coders of a new incident differ, side by side, and the decisions of a third person between them. */
#include "domain/adjudication.h"
#include "work/coded.h"
#include "work/talk.h"

static const Variable *variable_of(const WorkRequest *request, const char *name)
{
    ValueType type;
    return codebook_claimable(request->bench->site->codebook, text_of(name), &type);
}

static const char *name_of(const WorkRequest *request, const char *variable)
{
    const Variable *known = variable_of(request, variable);
    return known ? label_in(known->label, request->language->code) : variable;
}

/* One of the values that are compared, in the reader's words: "(code)" says why there is none. */
static const char *value_of(const WorkRequest *request, const Variable *variable, Text text)
{
    const char *code = arena_text(request->arena, text);
    const Value *value = variable ? variable_value(variable, code) : NULL;
    if (value)
        return label_in(value->label, request->language->code);
    if (!text_starts(text, "(") || !text_ends(text, ")"))
        return code;
    const char *missing = arena_text(request->arena, text_slice(text, 1, text.length - 1));
    return arena_format(request->arena, "(%s)", desk_label(request, "claim", "missing", missing));
}

/* Those of a list of codes one by one; words of any other kind may hold semicolons. */
static const char *values_of(const WorkRequest *request, const char *name, const char *coded)
{
    const Variable *variable = variable_of(request, name);
    bool listed = variable && variable->value_count;
    Text rest = text_of(coded), part;
    AUTO_OUT words = { 0 };
    if (!listed)
        return value_of(request, variable, rest);
    while (text_split(&rest, ';', &part)) {
        const char *one = value_of(request, variable, text_trim(part));
        if (words.length)
            OUT_LITERAL(&words, "; ");
        out_raw(&words, one, strlen(one));
    }
    return arena_text(request->arena, out_view(&words));
}

static const char *typed(const WorkRequest *request, const char *prefix, const char *variable)
{
    return sent(request, arena_format(request->arena, "%s.%s", prefix, variable));
}

static ComparedRow row_of(const WorkRequest *request, const CodedVariable *coded, const JudgedVariable *judged)
{
    const Decision *decision = judged->decision;
    ComparedRow row = { .name = coded->variable,
                        .variable = name_of(request, coded->variable),
                        .first = values_of(request, coded->variable, coded->first),
                        .second = values_of(request, coded->variable, coded->second),
                        .same = coded->same,
                        .open = judged->open,
                        .typed = typed(request, "reason", coded->variable),
                        .chosen = typed(request, "choice", coded->variable),
                        .fault = fault_of(request, coded->variable) };
    for (size_t i = 0; decision && i < DECISION_COUNT; i++)
        if (strcmp(decision_kinds[i].code, decision->choice) == 0)
            row.decided = say(request->language, decision_kinds[i].words);
    row.reason = decision ? decision->reason : NULL;
    row.by = judged->account;
    return row;
}

static ComparedPair pair_of(const WorkRequest *request, const Judged *judged, bool may)
{
    const Comparison *comparison = &judged->comparison;
    const Language *language = request->language;
    ComparedRow *rows = NEW_ARRAY(request->arena, ComparedRow, comparison->count + 1);
    for (size_t i = 0; i < comparison->count; i++)
        rows[i] = row_of(request, &comparison->variables[i], &judged->variables[i]);
    return (ComparedPair){
        .first = comparison->author,
        .second = comparison->coder,
        .coding = arena_format(request->arena, "%lld", (long long)comparison->coding),
        .rows = rows,
        .count = comparison->count,
        .decides = may && judged->open,
        .sentence = say_with(request->arena, language, N_("{same} of {count} variables are coded alike."),
                             SLOTS({ "same", say_number(request->arena, language, (int64_t)comparison->same) },
                                   { "count", say_number(request->arena, language, (int64_t)comparison->count) })),
    };
}

static const Choice *choices_of(const WorkRequest *request)
{
    Choice *items = NEW_ARRAY(request->arena, Choice, DECISION_COUNT);
    for (size_t i = 0; i < DECISION_COUNT; i++)
        items[i] = (Choice){ .code = decision_kinds[i].code, .label = say(request->language, decision_kinds[i].words) };
    return items;
}

static bool fill(const WorkRequest *request, Store *work, const Change *change, ComparePage *page, Problem *problem)
{
    Judged *all;
    Problem unasked = { 0 };
    bool may =
        strcmp(change->state, "in_review") == 0 && adjudication_may(work, request->session.name, change->id, &unasked);
    if (!adjudication_list(request->arena, work, change, &all, &page->count, problem))
        return false;
    ComparedPair *pairs = NEW_ARRAY(request->arena, ComparedPair, page->count + 1);
    for (size_t i = 0; i < page->count; i++)
        pairs[i] = pair_of(request, &all[i], may);
    page->pairs = pairs;
    return true;
}

bool work_compare(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    AUTO_READER reader = { 0 };
    Coded coded;
    ComparePage page = { .fault = fault_of(request, ""), .choice_count = DECISION_COUNT };
    if (!reader_take(request, &reader, problem) || !coded_find(request, reader.store, &coded, problem) ||
        !fill(request, reader.store, &coded.change, &page, problem))
        return false;
    page.choices = choices_of(request);
    page.heading = say(request->language, N_("Two codings, side by side"));
    page.back = work_link(request, coded.path);
    page.title = coded.change.title;
    page.address = work_link(request, arena_format(request->arena, "%s/compare", coded.path));
    page.token = form_token(request);
    page.version = arena_format(request->arena, "%lld", (long long)coded.change.version);
    WorkFrame frame = work_frame(request, reply, page.heading);
    compare_html(&reply->body, &frame, &page);
    return true;
}

/* One decision for each variable for which something was chosen. */
static const Decision *read_decisions(const WorkRequest *request, size_t *count)
{
    static const char prefix[] = "choice.";
    Decision *decisions = NEW_ARRAY(request->arena, Decision, request->form.count + 1);
    *count = 0;
    for (size_t i = 0; i < request->form.count; i++) {
        const FormValue *one = &request->form.items[i];
        if (!text_starts(one->name, prefix) || !one->value[0])
            continue;
        const char *name = arena_text(request->arena, one->name);
        const char *variable = name + strlen(prefix);
        decisions[(*count)++] = (Decision){ .choice = sent(request, name),
                                            .reason = typed(request, "reason", variable),
                                            .variable = variable };
    }
    return decisions;
}

static bool decide(const WorkRequest *request, Problem *problem)
{
    AUTO_WRITER writing = { 0 };
    Hand hand = hand_of(request);
    AdjudicationPlan plan = { .change = desk_number_of(request) };
    plan.decisions = read_decisions(request, &plan.count);
    if (!text_int(text_of(sent(request, "version")), &plan.version) ||
        !text_int(text_of(sent(request, "coding")), &plan.coding))
        return fail(problem, PROBLEM_BAD_INPUT, "the numbers of a version and of a coding are expected");
    writer_take(request, &writing);
    return adjudication_decide(writing.store, &hand, request->bench->site->codebook, &plan, problem);
}

static bool is_decided_on(const WorkRequest *request, const char *variable)
{
    return *variable && *typed(request, "choice", variable);
}

bool work_compare_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Problem refused = { 0 };
    if (decide(request, &refused))
        return go_to(request, reply,
                     arena_format(request->arena, "/changes/%lld/compare", (long long)desk_number_of(request)));
    return desk_again(request, &refused, is_decided_on(request, refused.field) ? refused.field : "", reply, problem);
}
