/* What the pages on which records are worked on have in common. */
#include "codebook/country.h"
#include "publish/source.h"
#include "work/coded.h"
#include "work/desk_pages.h"
#include "work/refusal.h"

int64_t desk_number_of(const WorkRequest *request)
{
    int64_t number = 0;
    (void)text_int(request->parts[2], &number); /* the route took a number above 0 */
    return number;
}

const char *desk_refusal(const WorkRequest *request, const Problem *problem)
{
    return say_with(request->arena, request->language, N_("This was not done: {why}"),
                    SLOTS({ "why", refusal_say(request->arena, request->language, request->bench->site->codebook,
                                               problem->message) }));
}

static bool is_word_of(const char *words, const char *word)
{
    Text rest = text_of(words), one;
    while (text_split(&rest, ' ', &one))
        if (text_is(one, word))
            return true;
    return false;
}

/* What the domain calls a field that forms call otherwise. */
static const char *form_name(const char *field)
{
    static const char *const names[][2] = { { "undoes", "entry" }, { "claims", "claim" }, { "names", "value" } };
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (strcmp(names[i][0], field) == 0)
            return names[i][1];
    return field;
}

void desk_refuse(WorkRequest *request, const Problem *problem, const char *shown)
{
    const char *field = form_name(problem->field);
    if (*field && is_word_of(shown, field))
        fault_add(
            request, arena_string(request->arena, field),
            refusal_sentence(request->arena, request->language, request->bench->site->codebook, problem->message));
    else
        fault_add(request, "", desk_refusal(request, problem));
}

bool desk_again(WorkRequest *request, const Problem *refused, const char *shown, WorkReply *reply, Problem *problem)
{
    if (!desk_is_refusal(refused))
        return fail(problem, refused->kind, "%s", refused->message);
    desk_refuse(request, refused, shown);
    return form_again(request, reply, problem);
}

bool desk_went(const WorkRequest *request, int64_t change, WorkReply *reply)
{
    return go_to(request, reply, arena_format(request->arena, "/changes/%lld", (long long)change));
}

const char *desk_shown(const WorkRequest *request, const DeskForm *forms, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(forms[i].action, sent(request, "action")) == 0)
            return forms[i].fields;
    return "";
}

bool desk_is_refusal(const Problem *problem)
{
    return problem->kind == PROBLEM_BAD_INPUT || problem->kind == PROBLEM_CONFLICT ||
           problem->kind == PROBLEM_NOT_ALLOWED || problem->kind == PROBLEM_NOT_FOUND;
}

const char *desk_state(const Language *language, const char *state)
{
    static const struct {
        const char *code, *words;
    } states[] = { { "draft", N_("Draft") },         { "in_review", N_("In review") },
                   { "published", N_("Published") }, { "publishing", N_("Being published") },
                   { "dropped", N_("Given up") },    { "open", N_("Open") },
                   { "taken", N_("Taken") },         { "postponed", N_("Postponed") },
                   { "refused", N_("Refused") } };
    for (size_t i = 0; i < COUNT_OF(states); i++)
        if (strcmp(states[i].code, state) == 0)
            return say(language, states[i].words);
    return state;
}

const char *desk_kind(const Language *language, const char *kind)
{
    static const struct {
        const char *kind, *words;
    } kinds[] = { { KIND_OPEN, N_("New incident") },
                  { KIND_ADD, N_("More claims") },
                  { "claim.correct", N_("Correction") },
                  { "claim.retract", N_("Retraction") },
                  { "claim.rank", N_("Ranking of claims") },
                  { "incident.merge", N_("Merger") },
                  { "incident.split", N_("Division") },
                  { "incident.withdraw", N_("Withdrawal") },
                  { "affected.add", N_("Organisations that were hit") },
                  { "affected.change", N_("How organisations were hit") },
                  { "affected.end", N_("Organisations that were not hit") },
                  { "incident.undo", N_("Undoing a change") },
                  { KIND_RELEASE, N_("Release") },
                  { KIND_AGREEMENT, N_("Agreement of coders") },
                  { "organisation.add", N_("New organisation") },
                  { "organisation.split", N_("Division of an organisation") },
                  { "organisation.name", N_("Names of an organisation") },
                  { "organisation.merge", N_("Merger of organisations") },
                  { "organisation.undo", N_("Undoing a change of an organisation") },
                  { "actor.add", N_("New attacker") },
                  { "actor.split", N_("Division of an attacker") },
                  { "actor.name", N_("Names of an attacker") },
                  { "actor.merge", N_("Merger of attackers") },
                  { "actor.undo", N_("Undoing a change of an attacker") } };
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (strcmp(kinds[i].kind, kind) == 0)
            return say(language, kinds[i].words);
    return kind;
}

View desk_view(const WorkRequest *request)
{
    return (View){ .arena = request->arena,
                   .site = request->bench->site,
                   .language = request->language,
                   .codebook = request->bench->site->codebook };
}

const char *desk_label(const WorkRequest *request, const char *entity, const char *variable, const char *code)
{
    const Variable *known = codebook_variable_of(request->bench->site->codebook, entity, variable);
    const Value *value = known && code ? variable_value(known, code) : NULL;
    return value ? label_in(value->label, request->language->code) : code ? code : "";
}

const char *desk_country(const WorkRequest *request, const char *code)
{
    return code && *code ? country_name(request->arena, code, request->language->code) : "";
}

static const char *value_words(const WorkRequest *request, const ClaimFacts *claim, const Variable *variable)
{
    const Value *value = variable && claim->value ? variable_value(variable, claim->value) : NULL;
    if (claim->missing)
        return desk_label(request, "claim", "missing", claim->missing);
    return value ? label_in(value->label, request->language->code) : claim->value;
}

static const char *link_of(const SourceFacts *source)
{
    bool linked =
        source && source->url && source->source_type && source_may_be_linked(source->source_type, source->access);
    return linked ? source->url : NULL;
}

static ClaimRow claim_row(const WorkRequest *request, const Record *record, const StatementFacts *statement,
                          const ClaimFacts *claim)
{
    ValueType type;
    const Variable *variable =
        codebook_claimable(request->bench->site->codebook, text_of(claim->variable ? claim->variable : ""), &type);
    bool sourced = statement->source >= 0 && (size_t)statement->source < record->source_count;
    const SourceFacts *source = sourced ? &record->sources[statement->source] : NULL;
    const char *said =
        arena_format(request->arena, "%s · %s", desk_label(request, "claim", "claimant", statement->claimant),
                     desk_label(request, "claim", "credibility", statement->credibility));
    return (ClaimRow){ .name = claim->variable,
                       .entity = variable ? variable->entity : NULL,
                       .variable = variable ? label_in(variable->label, request->language->code) : claim->variable,
                       .value = value_words(request, claim, variable),
                       .said = said,
                       .quote = claim->quote,
                       .link = link_of(source),
                       .source = !source         ? NULL
                                 : source->title ? source->title
                                                 : source->url };
}

/* A reply of an organisation, say, is told where it is answered. */
static bool is_elsewhere(const ClaimRow *row)
{
    return row->entity && coding_is_elsewhere(row->entity);
}

ClaimRow *desk_claims(const WorkRequest *request, const Record *record, const char *edit, size_t *count)
{
    size_t room = 16;
    ClaimRow *rows = NEW_ARRAY(request->arena, ClaimRow, room);
    *count = 0;
    for (size_t i = 0; i < record->statement_count; i++)
        for (size_t j = 0; j < record->statements[i].claim_count; j++) {
            const ClaimFacts *claim = &record->statements[i].claims[j];
            rows = arena_grow(request->arena, rows, *count, &room, sizeof *rows);
            rows[*count] = claim_row(request, record, &record->statements[i], claim);
            rows[*count].number = arena_format(request->arena, "%zu", *count);
            rows[*count].edit = edit && !is_elsewhere(&rows[*count])
                                    ? arena_format(request->arena, "%s?variable=%s", edit, claim->variable)
                                    : NULL;
            (*count)++;
        }
    return rows;
}

static void hide(const WorkRequest *request, WorkForm *form, const char *name, const char *value)
{
    form_field(request, form, (FieldPlan){ .name = name, .kind = FIELD_HIDDEN })->value = value;
}

WorkForm *desk_action(const WorkRequest *request, Actions *actions, const char *action, const char *button)
{
    if (actions->count == ACTIONS_MAX)
        abort(); /* a page of the program's own */
    WorkForm *form = form_new(request, actions->path, button);
    form->prefix = arena_format(request->arena, "%s-", action);
    form->fault = NULL; /* the page tells it */
    hide(request, form, "action", action);
    if (actions->version)
        hide(request, form, "version", actions->version);
    actions->items[actions->count++] = form;
    return form;
}

/* One form serves all rows: each row's button says which claim. */
void desk_offer_taking_out(const WorkRequest *request, const Actions *actions, ClaimRow *rows, size_t count)
{
    WorkForm *form = form_new(request, actions->path, say(request->language, N_("Take this claim out")));
    hide(request, form, "action", "remove");
    hide(request, form, "version", actions->version);
    for (size_t i = 0; i < count; i++)
        rows[i].out = form;
}

Field *desk_field(const WorkRequest *request, WorkForm *form, FieldPlan plan)
{
    Field *field = form_field(request, form, plan);
    if (strcmp(sent(request, "action"), form->fields[0].value) != 0) {
        field->value = "";
        field->fault = NULL;
    }
    return field;
}

bool desk_propose(const WorkRequest *request, ActKind kind, int64_t subject, Act *act, int64_t *change,
                  Problem *problem)
{
    AUTO_OUT body = { 0 };
    Hand hand = hand_of(request);
    Act published = *act; /* as it will be */
    published.reviewer = "somebody else";
    act_conceal(request->arena, &published);
    if (!act_check(kind, &published, request->bench->site->codebook, problem))
        return false;
    act_write(&body, act);
    ChangeDraft draft = { .kind = act_table[kind].kind, .subject = subject, .body = out_view(&body) };
    AUTO_WRITER writing = { 0 };
    writer_take(request, &writing);
    return change_begin(writing.store, &hand, &draft, change, problem);
}

bool desk_whole(const WorkRequest *request, Whole *whole, Problem *problem)
{
    Store *published = pool_take(request->bench->published, problem);
    bool read = published && whole_read(request->arena, published, desk_number_of(request), whole, problem);
    if (published)
        pool_give(request->bench->published, published);
    return read;
}
