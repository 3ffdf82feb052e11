/* What the pages on which records are worked on have in common. */
#include "work/desk_pages.h"

int64_t desk_number_of(const WorkRequest *request)
{
    int64_t number = 0;
    (void)text_int(request->parts[2], &number); /* the route took a number above 0 */
    return number;
}

const char *desk_refusal(const WorkRequest *request, const Problem *problem)
{
    return say_with(request->arena, request->language, N_("This was not done: {why}"),
                    SLOTS({ "why", arena_string(request->arena, problem->message) }));
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
    } states[] = { { "draft", N_("Draft") },
                   { "in_review", N_("In review") },
                   { "published", N_("Published") },
                   { "publishing", N_("Being published") },
                   { "dropped", N_("Given up") } };
    for (size_t i = 0; i < COUNT_OF(states); i++)
        if (strcmp(states[i].code, state) == 0)
            return say(language, states[i].words);
    return state;
}

const char *desk_kind(const Language *language, const char *kind)
{
    static const struct {
        const char *kind, *words;
    } kinds[] = { { KIND_OPEN, N_("New incident") },          { KIND_ADD, N_("More claims") },
                  { "claim.correct", N_("Correction") },      { "claim.retract", N_("Retraction") },
                  { "claim.rank", N_("Ranking of claims") },  { "incident.merge", N_("Merger") },
                  { "incident.split", N_("Division") },       { "incident.withdraw", N_("Withdrawal") },
                  { "incident.undo", N_("Undoing a change") } };
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (strcmp(kinds[i].kind, kind) == 0)
            return say(language, kinds[i].words);
    return kind;
}

const char *desk_label(const WorkRequest *request, const char *entity, const char *variable, const char *code)
{
    const Variable *known = codebook_variable_of(request->bench->site->codebook, entity, variable);
    const Value *value = known && code ? variable_value(known, code) : NULL;
    return value ? label_in(value->label, request->language->code) : code ? code : "";
}

static const char *value_words(const WorkRequest *request, const ClaimFacts *claim, const Variable *variable)
{
    const Value *value = variable && claim->value ? variable_value(variable, claim->value) : NULL;
    if (claim->missing)
        return desk_label(request, "claim", "missing", claim->missing);
    return value ? label_in(value->label, request->language->code) : claim->value;
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
    return (ClaimRow){ .entity = variable ? variable->entity : NULL,
                       .variable = variable ? label_in(variable->label, request->language->code) : claim->variable,
                       .value = value_words(request, claim, variable),
                       .said = said,
                       .quote = claim->quote,
                       .source = !source         ? NULL
                                 : source->title ? source->title
                                                 : source->url };
}

const ClaimRow *desk_claims(const WorkRequest *request, const Record *record, const char *edit, size_t *count)
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
            rows[*count].edit = edit ? arena_format(request->arena, "%s?variable=%s", edit, claim->variable) : NULL;
            (*count)++;
        }
    return rows;
}

ActionForm *desk_action(Actions *actions, const char *action, const char *button)
{
    if (actions->count == ACTIONS_MAX)
        abort(); /* a page of the program's own */
    ActionForm *form = &actions->items[actions->count++];
    *form = (ActionForm){ .action = action, .button = button, .id = action };
    return form;
}
