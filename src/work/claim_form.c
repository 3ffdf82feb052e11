#include "work/claim_form.h"

#include "base/unicode.h"
#include "codebook/country.h"
#include "work/refusal.h"

const char *typed_or(const WorkRequest *request, const char *name, const char *given)
{
    const char *typed = form_value(&request->form, name);
    return typed ? typed : given ? given : "";
}

const char *typed_text(const WorkRequest *request, const char *name)
{
    const char *text = arena_text(request->arena, text_trim(text_of(sent(request, name))));
    return *text ? text : NULL;
}

bool typed_needed(WorkRequest *request, const char *name)
{
    if (!typed_text(request, name))
        fault_add(request, name, say(request->language, N_("This is needed.")));
    return typed_text(request, name) != NULL;
}

/* Lists keep to what they offer in a browser, but not everybody who sends is one. */
bool typed_offered(WorkRequest *request, const char *entity, const char *name)
{
    const Variable *variable = codebook_variable_of(request->bench->site->codebook, entity, name);
    const char *code = typed_text(request, name);
    bool offered = !code || !variable || variable_value(variable, code);
    if (!offered)
        fault_add(request, name, say(request->language, N_("Please choose from what is offered.")));
    return offered;
}

bool typed_chosen(WorkRequest *request, const char *entity, const char *name)
{
    return typed_needed(request, name) && typed_offered(request, entity, name);
}

const char *typed_country(WorkRequest *request)
{
    const char *code = typed_text(request, "country");
    if (code && !table_get(country_table(request->arena), text_of(code)))
        fault_add(request, "country", say(request->language, N_("A country is two capital letters: FR.")));
    return code;
}

Field *typed_field(const WorkRequest *request, WorkForm *form, FieldPlan plan, const char *given)
{
    Field *field = form_field(request, form, plan);
    field->value = typed_or(request, plan.name, given);
    return field;
}

Field *typed_codes(const WorkRequest *request, WorkForm *form, const Variable *variable, FieldPlan plan,
                   const char *given)
{
    plan.kind = FIELD_SELECT;
    Field *field = typed_field(request, form, plan, given);
    size_t count = variable ? variable->value_count : 0;
    Choice *items = NEW_ARRAY(request->arena, Choice, count + 1);
    items[0] = (Choice){ .code = "", .label = plan.none ? plan.none : say(request->language, N_("Please choose")) };
    for (size_t i = 0; i < count; i++)
        items[i + 1] = (Choice){ .code = variable->values[i].code,
                                 .label = label_in(variable->values[i].label, request->language->code),
                                 .chosen = strcmp(field->value, variable->values[i].code) == 0 };
    field->choices = (Choices){ items, count + 1 };
    return field;
}

static bool takes_many(const ClaimForm *claim)
{
    return claim->variable->cardinality == ANY_NUMBER;
}

static bool was_given(const ClaimForm *claim, const char *value)
{
    for (size_t i = 0; i < claim->value_count; i++)
        if (strcmp(claim->values[i], value) == 0)
            return true;
    return false;
}

static bool was_ticked(const WorkRequest *request, const char *name, const char *value)
{
    const char *one;
    for (size_t i = 0; (one = form_value_at(&request->form, name, i)); i++)
        if (strcmp(one, value) == 0)
            return true;
    return false;
}

/* Whether somebody has sent the form, so that no box ticked means none. */
static bool was_sent(const WorkRequest *request)
{
    return form_value(&request->form, "claimant") != NULL;
}

static void add_boxes(const WorkRequest *request, WorkForm *form, const ClaimForm *claim, FieldPlan plan)
{
    plan.kind = FIELD_CHECKS;
    Field *field = form_field(request, form, plan);
    Choice *items = NEW_ARRAY(request->arena, Choice, claim->variable->value_count);
    for (size_t i = 0; i < claim->variable->value_count; i++) {
        const Value *value = &claim->variable->values[i];
        items[i] = (Choice){ .code = value->code,
                             .label = label_in(value->label, request->language->code),
                             .chosen = was_sent(request) ? was_ticked(request, plan.name, value->code)
                                                         : was_given(claim, value->code) };
    }
    field->choices = (Choices){ items, claim->variable->value_count };
}

static const char *lines_of(const WorkRequest *request, const ClaimForm *claim)
{
    AUTO_OUT lines = { 0 };
    for (size_t i = 0; i < claim->value_count; i++) {
        if (i)
            OUT_LITERAL(&lines, "\n");
        out_raw(&lines, claim->values[i], strlen(claim->values[i]));
    }
    return arena_text(request->arena, out_view(&lines));
}

/* How a value of each type is written. */
static const char *hint_of(const Language *language, const ClaimForm *claim)
{
    if (takes_many(claim))
        return say(language, N_("One a line."));
    switch ((int)claim->type) {
    case TYPE_DATE:
        return say(language, N_("A day, month or year: 2021-05-09, 2021-05, 2021; or two with / between them."));
    case TYPE_RANGE:
    case TYPE_COUNT:
    case TYPE_NUMBER:
        return say(language, N_("A number: 100; or a range: 100..200, 100.. for at least, ..200 for at most."));
    case TYPE_MONEY: return say(language, N_("An amount with its currency: 3000000 USD, or 1000000..2000000 EUR."));
    case TYPE_FLAG: return say(language, N_("yes or no"));
    default: return NULL;
    }
}

void claim_value_field(const WorkRequest *request, WorkForm *form, const ClaimForm *claim, FieldPlan plan)
{
    const char *given = claim->given->claim ? claim->given->claim->value : NULL;
    if (claim->type == TYPE_ENUM && takes_many(claim))
        add_boxes(request, form, claim, plan);
    else if (claim->type == TYPE_ENUM)
        typed_codes(request, form, claim->variable, plan, given);
    else {
        plan.hint = hint_of(request->language, claim);
        plan.kind = takes_many(claim) ? FIELD_AREA : FIELD_TEXT;
        typed_field(request, form, plan, takes_many(claim) ? lines_of(request, claim) : given);
    }
}

static void add_value(const WorkRequest *request, WorkForm *form, const ClaimForm *claim)
{
    const Language *language = request->language;
    claim_value_field(request, form, claim, (FieldPlan){ .name = "value", .label = say(language, N_("Value")) });
    const Variable *missing = codebook_variable_of(request->bench->site->codebook, "claim", "missing");
    typed_codes(request, form, missing,
                (FieldPlan){ .name = "missing",
                             .label = say(language, N_("Or why there is no value")),
                             .none = say(language, N_("There is a value")) },
                claim->given->claim ? claim->given->claim->missing : NULL);
}

static void add_source(const WorkRequest *request, WorkForm *form, const ClaimForm *claim)
{
    const Language *language = request->language;
    const Record *record = claim->record;
    Choice *items = NEW_ARRAY(request->arena, Choice, record->source_count + 1);
    const StatementFacts *said = claim->given->statement;
    const char *given = said ? arena_format(request->arena, "%d", said->source) : record->source_count ? "0" : "new";
    Field *field =
        typed_field(request, form,
                    (FieldPlan){ .name = "source", .label = say(language, N_("Source")), .kind = FIELD_SELECT }, given);
    for (size_t i = 0; i < record->source_count; i++) {
        const SourceFacts *source = &record->sources[i];
        items[i] = (Choice){ .code = arena_format(request->arena, "%zu", i),
                             .label = source->title ? source->title : source->url };
        items[i].chosen = strcmp(items[i].code, field->value) == 0;
    }
    items[record->source_count] = (Choice){ .code = "new",
                                            .label = say(language, N_("Another source, below")),
                                            .chosen = strcmp(field->value, "new") == 0 };
    field->choices = (Choices){ items, record->source_count + 1 };
}

static const Variable *known(const WorkRequest *request, const char *entity, const char *key)
{
    return codebook_variable_of(request->bench->site->codebook, entity, key);
}

void typed_known(const WorkRequest *request, WorkForm *form, const char *entity, const char *key, const char *given)
{
    const Variable *variable = known(request, entity, key);
    typed_codes(
        request, form, variable,
        (FieldPlan){ .name = key, .label = variable ? label_in(variable->label, request->language->code) : key },
        given);
}

void typed_source_fields(const WorkRequest *request, WorkForm *form, const char *address)
{
    const Language *language = request->language;
    typed_field(request, form, (FieldPlan){ .name = "url", .label = address }, NULL);
    typed_field(request, form, (FieldPlan){ .name = "title", .label = say(language, N_("Its title")) }, NULL);
    typed_known(request, form, "source", "source_type", NULL);
    typed_known(request, form, "source", "reliability", NULL);
    const Variable *group = known(request, "source", "independence_group");
    typed_field(request, form,
                (FieldPlan){ .name = "independence_group",
                             .label = group ? label_in(group->label, request->language->code) : "",
                             .hint = say(request->language,
                                         N_("The report that it repeats, in the same words for all that do. Together "
                                            "they count as one source.")) },
                NULL);
    typed_field(request, form,
                (FieldPlan){ .name = "licence",
                             .label = say(request->language, N_("Licence")),
                             .hint = say(request->language, N_("As it says: CC BY 4.0; empty when it says none.")) },
                NULL);
}

static const char *day_text(const WorkRequest *request, int32_t day)
{
    char text[DATE_TEXT_SIZE] = "";
    if (day != DAY_UNKNOWN)
        day_write(day, text);
    return arena_string(request->arena, text);
}

static void add_speaker(const WorkRequest *request, WorkForm *form, const StatementFacts *said)
{
    const Language *language = request->language;
    const char *hint = say(language, N_("2021-05-09; empty when it is not known."));
    typed_known(request, form, "claim", "claimant", said ? said->claimant : NULL);
    typed_known(request, form, "claim", "credibility", said ? said->credibility : NULL);
    typed_known(request, form, "claim", "stance", said ? said->stance : "asserts");
    typed_field(
        request, form,
        (FieldPlan){ .name = "locator", .label = say(language, N_("Place in the source: page, paragraph, row")) },
        said ? said->locator : NULL);
    typed_field(request, form,
                (FieldPlan){ .name = "known_since",
                             .label = say(language, N_("Day on which the source said it")),
                             .hint = hint },
                said ? day_text(request, said->known_since) : NULL);
    typed_field(
        request, form,
        (FieldPlan){ .name = "as_of", .label = say(language, N_("Day to which the value refers")), .hint = hint },
        said ? day_text(request, said->as_of) : NULL);
}

void claim_form_fields(const WorkRequest *request, WorkForm *form, const ClaimForm *claim)
{
    add_value(request, form, claim);
    claim_said_fields(request, form, claim);
}

void claim_said_fields(const WorkRequest *request, WorkForm *form, const ClaimForm *claim)
{
    const Language *language = request->language;
    typed_field(request, form,
                (FieldPlan){ .name = "quote",
                             .label = say(language, N_("Quotation")),
                             .hint = say(language, N_("The words of the source, at most 300 characters.")),
                             .kind = FIELD_AREA },
                claim->given->claim ? claim->given->claim->quote : NULL);
    add_source(request, form, claim);
    typed_source_fields(request, form, say(language, N_("Address of another source")));
    add_speaker(request, form, claim->given->statement);
}

void typed_fits(WorkRequest *request, const char *name)
{
    if (strlen(sent(request, name)) > VALUE_MAX)
        fault_add(request, name, say(request->language, N_("This is longer than 4,000 bytes.")));
}

void typed_source_named(WorkRequest *request, const SourceFacts *source)
{
    if (!source->url && !source->title)
        fault_add(request, "url", say(request->language, N_("A source needs an address or a title.")));
}

void typed_source(WorkRequest *request, SourceFacts *source)
{
    *source = (SourceFacts){ .url = typed_text(request, "url"),
                             .title = typed_text(request, "title"),
                             .source_type = typed_text(request, "source_type"),
                             .reliability = typed_text(request, "reliability"),
                             .group = typed_text(request, "independence_group"),
                             .licence = typed_text(request, "licence"),
                             .published = DAY_UNKNOWN };
    if (source->url && !text_starts(text_of(source->url), "http://") && !text_starts(text_of(source->url), "https://"))
        fault_add(request, "url", say(request->language, N_("An address begins with https:// or http://.")));
    typed_fits(request, "url");
    typed_fits(request, "title");
    typed_fits(request, "independence_group");
    typed_fits(request, "licence");
    (void)typed_chosen(request, "source", "source_type");
    (void)typed_chosen(request, "source", "reliability");
}

static void read_source(WorkRequest *request, const Record *record, ClaimEntry *entry)
{
    int64_t number = 0;
    const char *source = sent(request, "source");
    bool listed = text_int(text_of(source), &number) && number >= 0 && (size_t)number < record->source_count;
    entry->source = listed ? (int)number : RECORD_NO_SOURCE;
    if (strcmp(source, "new") == 0) {
        typed_source(request, &entry->new_source);
        typed_source_named(request, &entry->new_source);
    } else if (!listed)
        fault_add(request, "source", say(request->language, N_("Please choose one.")));
}

void typed_day(WorkRequest *request, const char *name, int32_t *day)
{
    Span span = { 0 };
    const char *text = typed_text(request, name);
    bool read = text && span_read(text_of(text), &span) && span.first == span.last;
    *day = read ? span.first : DAY_UNKNOWN;
    if (text && !read)
        fault_add(request, name, say(request->language, N_("A day is written as 2021-05-09.")));
}

static void read_speaker(WorkRequest *request, StatementFacts *said)
{
    *said = (StatementFacts){ .claimant = typed_text(request, "claimant"),
                              .stance = typed_text(request, "stance"),
                              .credibility = typed_text(request, "credibility"),
                              .locator = typed_text(request, "locator") };
    typed_fits(request, "locator");
    (void)typed_chosen(request, "claim", "claimant");
    (void)typed_chosen(request, "claim", "credibility");
    (void)typed_chosen(request, "claim", "stance");
    typed_day(request, "known_since", &said->known_since);
    if (said->known_since != DAY_UNKNOWN && said->known_since > moment_day(request->now))
        fault_add(request, "known_since", say(request->language, N_("This day is still to come.")));
    typed_day(request, "as_of", &said->as_of);
}

/* Ticked boxes, lines, or the one value. */
static void read_values(const WorkRequest *request, const char *name, const ClaimForm *claim, ClaimTyped *typed)
{
    const char *sent_one;
    size_t room = 0;
    typed->values = NULL;
    typed->value_count = 0;
    for (size_t i = 0; (sent_one = form_value_at(&request->form, name, i)); i++) {
        Text rest = text_of(sent_one), line;
        while (text_split(&rest, takes_many(claim) ? '\n' : '\0', &line)) {
            if (!text_trim(line).length)
                continue;
            typed->values = arena_grow(request->arena, typed->values, typed->value_count, &room, sizeof *typed->values);
            typed->values[typed->value_count++] = arena_text(request->arena, text_trim(line));
        }
    }
}

static void check_values(WorkRequest *request, const char *name, const ClaimTyped *typed)
{
    const Codebook *codebook = request->bench->site->codebook;
    for (size_t i = 0; i < typed->value_count; i++) {
        Problem wrong = { 0 };
        ClaimFacts one = { .variable = typed->entry.claim.variable, .value = typed->values[i] };
        if (!claim_understand(codebook, &one, &wrong))
            fault_add(request, name, refusal_sentence(request->arena, request->language, codebook, wrong.message));
    }
}

static void check_quote(WorkRequest *request, const char *quote)
{
    if (unicode_count(text_of(quote)) > QUOTE_MAX)
        fault_add(request, "quote", say(request->language, N_("A quotation has at most 300 characters.")));
}

bool claim_form_read(WorkRequest *request, const ClaimForm *claim, ClaimTyped *typed)
{
    *typed = (ClaimTyped){ .entry.claim = { .variable = claim->given->claim->variable,
                                            .missing = typed_text(request, "missing"),
                                            .quote = typed_text(request, "quote") } };
    claim_values_read(request, "value", claim, typed);
    (void)typed_offered(request, "claim", "missing");
    if ((typed->value_count == 0) == !typed->entry.claim.missing)
        fault_add(request, "value", say(request->language, N_("Either a value, or why there is none.")));
    return claim_said_read(request, claim->record, &typed->entry);
}

void claim_values_read(WorkRequest *request, const char *name, const ClaimForm *claim, ClaimTyped *typed)
{
    read_values(request, name, claim, typed);
    if (typed->value_count > 1 && !takes_many(claim))
        fault_add(request, name, say(request->language, N_("This takes one value.")));
    check_values(request, name, typed);
}

bool claim_said_read(WorkRequest *request, const Record *record, ClaimEntry *entry)
{
    check_quote(request, entry->claim.quote);
    read_source(request, record, entry);
    read_speaker(request, &entry->said);
    return request->fault_count == 0;
}
