/* The coding form, printed from the codebook: by entity, what is required first, and the form of one claim. */
#include "domain/coding.h"
#include "work/desk_pages.h"

static const char *const left_out[] = { "incident_id",
                                        "title",
                                        "summary",
                                        "record_status",
                                        "inclusion_decision",
                                        "verification_level",
                                        "reference_date",
                                        "reference_date_basis",
                                        "date_precision",
                                        "conflicting",
                                        NULL };
static const char *const beside[] = { "source", "claim", "organisation", "affected", "coverage", NULL };

static bool is_in(const char *key, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(*list, key) == 0)
            return true;
    return false;
}

static bool is_coded(const Codebook *codebook, const Variable *variable)
{
    ValueType type;
    return variable->visibility == VISIBLE_PUBLIC && !is_in(variable->key, left_out) && variable->type != TYPE_ID &&
           codebook_claimable(codebook, text_of(variable->key), &type) == variable;
}

static const char *claim_address(const WorkRequest *request, const char *variable)
{
    return work_link(request, arena_format(request->arena, "/changes/%lld/claim?variable=%s",
                                           (long long)desk_number_of(request), variable));
}

typedef struct Printed {
    const WorkRequest *request;
    const Record *record;
    CodingVariable *items;
    size_t count, room;
} Printed;

static void add(Printed *printed, const Variable *variable, const char *name)
{
    const char *values = coding_text(printed->request->arena, printed->record, name);
    const char *language = printed->request->language->code;
    printed->items =
        arena_grow(printed->request->arena, printed->items, printed->count, &printed->room, sizeof *printed->items);
    printed->items[printed->count++] = (CodingVariable){
        .label = label_in(variable->label, language),
        .definition = label_in(variable->definition, language),
        .unit = variable->unit && *variable->unit ? variable->unit : NULL,
        .address = claim_address(printed->request, name),
        .values = *values ? values : NULL,
        .required = variable->cardinality == EXACTLY_ONE,
    };
}

/* Dated events and indicators of care: each code is a variable of its own. */
static void add_measures(Printed *printed, const Variable *variable)
{
    const Codebook *codebook = printed->request->bench->site->codebook;
    for (size_t i = 0; i < variable->value_count; i++) {
        ValueType type;
        const char *name = arena_format(printed->request->arena, "%s.%s", variable->key, variable->values[i].code);
        const Variable *measure = codebook_claimable(codebook, text_of(name), &type);
        if (measure)
            add(printed, measure, name);
    }
}

static int required_first(const void *a, const void *b)
{
    const CodingVariable *left = a, *right = b;
    if (left->required != right->required)
        return left->required ? -1 : 1;
    return (left->address > right->address) - (left->address < right->address); /* as the codebook has them */
}

static CodingEntity entity_of(const WorkRequest *request, const Record *record, const Entity *entity)
{
    Printed printed = { .request = request, .record = record };
    for (size_t i = 0; i < entity->variable_count; i++) {
        const Variable *variable = &entity->variables[i];
        if (variable->value_count && variable->values[0].measure_unit)
            add_measures(&printed, variable);
        else if (is_coded(request->bench->site->codebook, variable))
            add(&printed, variable, variable->key);
    }
    if (printed.count)
        qsort(printed.items, printed.count, sizeof *printed.items, required_first);
    return (CodingEntity){ .key = entity->key,
                           .label = label_in(entity->label, request->language->code),
                           .definition = label_in(entity->definition, request->language->code),
                           .variables = printed.items,
                           .count = printed.count };
}

static bool find_draft(WorkRequest *request, Change *change, Record *record, Problem *problem)
{
    AUTO_READER reader = { 0 };
    if (!reader_take(request, &reader, problem) ||
        !change_find(request->arena, reader.store, desk_number_of(request), change, problem))
        return false;
    if (act_find(change->kind) != ACT_KIND_COUNT)
        return fail(problem, PROBLEM_NOT_FOUND, "change %lld has no record to code", (long long)change->id);
    return record_read(request->arena, change->body, record, problem);
}

bool work_coding(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Change change;
    Record record;
    if (!find_draft(request, &change, &record, problem))
        return false;
    const Codebook *codebook = request->bench->site->codebook;
    CodingEntity *entities = NEW_ARRAY(request->arena, CodingEntity, codebook->entity_count + 1);
    CodingPage page = { .heading = *change.title ? change.title : say(request->language, N_("Without a title")),
                        .back = work_link(request, arena_format(request->arena, "/changes/%lld", (long long)change.id)),
                        .entities = entities };
    for (size_t i = 0; i < codebook->entity_count; i++) {
        if (is_in(codebook->entities[i].key, beside))
            continue;
        entities[page.count] = entity_of(request, &record, &codebook->entities[i]);
        page.count += entities[page.count].count > 0 ? 1 : 0;
    }
    WorkFrame frame = work_frame(request, reply, say(request->language, N_("Coding form")));
    coding_html(&reply->body, &frame, &page);
    return true;
}

/* The codes of a variable of the codebook as choices, behind one that chooses none. */
static Choices choices_of(const WorkRequest *request, const Variable *variable, const char *none, const char *chosen)
{
    size_t count = variable ? variable->value_count : 0;
    Choice *items = NEW_ARRAY(request->arena, Choice, count + 1);
    items[0] = (Choice){ .code = "", .label = none };
    for (size_t i = 0; i < count; i++)
        items[i + 1] = (Choice){ .code = variable->values[i].code,
                                 .label = label_in(variable->values[i].label, request->language->code),
                                 .chosen = strcmp(chosen, variable->values[i].code) == 0 };
    return (Choices){ items, count + 1 };
}

static void add_codes(const WorkRequest *request, WorkForm *form, const char *entity, const char *key,
                      const char *first)
{
    const Variable *variable = codebook_variable_of(request->bench->site->codebook, entity, key);
    Field *field = form_field(request, form,
                              (FieldPlan){ .name = key,
                                           .label = variable ? label_in(variable->label, request->language->code) : key,
                                           .kind = FIELD_SELECT });
    const char *value = sent(request, key);
    field->choices = choices_of(request, variable, say(request->language, N_("Please choose")), *value ? value : first);
}

static const char *form_of_value(const WorkRequest *request, const Variable *variable, ValueType type)
{
    const char *hint = "";
    if (type == TYPE_DATE)
        hint =
            say(request->language, N_("A day, month or year: 2021-05-09, 2021-05, 2021; or two with / between them."));
    else if (type == TYPE_RANGE || type == TYPE_COUNT || type == TYPE_NUMBER)
        hint =
            say(request->language, N_("A number: 100; or a range: 100..200, 100.. for at least, ..200 for at most."));
    else if (type == TYPE_MONEY)
        hint = say(request->language, N_("An amount with its currency: 3000000 USD, or 1000000..2000000 EUR."));
    else if (type == TYPE_FLAG)
        hint = say(request->language, N_("yes or no"));
    if (variable->unit && *variable->unit && type != TYPE_MONEY)
        return arena_format(request->arena, "%s (%s)", hint, variable->unit);
    return hint;
}

static void add_value(const WorkRequest *request, WorkForm *form, const Variable *variable, ValueType type)
{
    const char *label = say(request->language, N_("Value"));
    if (type == TYPE_ENUM) {
        Field *field = form_field(request, form, (FieldPlan){ .name = "value", .label = label, .kind = FIELD_SELECT });
        field->choices = choices_of(request, variable, say(request->language, N_("No value")), sent(request, "value"));
    } else {
        form_field(
            request, form,
            (FieldPlan){
                .name = "value", .label = label, .hint = form_of_value(request, variable, type), .kind = FIELD_TEXT });
    }
    const Variable *missing = codebook_variable_of(request->bench->site->codebook, "claim", "missing");
    Field *why = form_field(request, form,
                            (FieldPlan){ .name = "missing",
                                         .label = say(request->language, N_("Or why there is no value")),
                                         .kind = FIELD_SELECT });
    why->choices =
        choices_of(request, missing, say(request->language, N_("There is a value")), sent(request, "missing"));
}

/* The sources that the record has, and one more. */
static void add_sources(const WorkRequest *request, WorkForm *form, const Record *record)
{
    const Language *language = request->language;
    Choice *items = NEW_ARRAY(request->arena, Choice, record->source_count + 1);
    const char *chosen = sent(request, "source");
    for (size_t i = 0; i < record->source_count; i++) {
        items[i].code = arena_format(request->arena, "%zu", i);
        items[i].label = record->sources[i].title ? record->sources[i].title : record->sources[i].url;
        items[i].chosen = strcmp(chosen, items[i].code) == 0;
    }
    items[record->source_count] = (Choice){ .code = "new",
                                            .label = say(language, N_("Another source, below")),
                                            .chosen = strcmp(chosen, "new") == 0 };
    form_field(request, form,
               (FieldPlan){ .name = "source", .label = say(language, N_("Source")), .kind = FIELD_SELECT })
        ->choices = (Choices){ items, record->source_count + 1 };
    form_field(
        request, form,
        (FieldPlan){ .name = "url", .label = say(language, N_("Address of another source")), .kind = FIELD_TEXT });
    form_field(request, form,
               (FieldPlan){ .name = "title", .label = say(language, N_("Its title")), .kind = FIELD_TEXT });
    add_codes(request, form, "source", "source_type", "");
    add_codes(request, form, "source", "reliability", "");
}

static Field *hidden(const WorkRequest *request, WorkForm *form, const char *name, const char *value)
{
    Field *field = form_field(request, form, (FieldPlan){ .name = name, .kind = FIELD_HIDDEN });
    field->value = value;
    return field;
}

static WorkForm *claim_form(const WorkRequest *request, const Change *change, const Record *record,
                            const Variable *variable, ValueType type)
{
    const Language *language = request->language;
    WorkForm *form = form_new(request, arena_format(request->arena, "/changes/%lld/claim", (long long)change->id),
                              say(language, N_("Add this claim")));
    hidden(request, form, "variable", sent(request, "variable"));
    hidden(request, form, "version", arena_format(request->arena, "%lld", (long long)change->version));
    add_value(request, form, variable, type);
    form_field(request, form,
               (FieldPlan){ .name = "quote",
                            .label = say(language, N_("Quotation")),
                            .hint = say(language, N_("The words of the source, at most 300 characters.")),
                            .kind = FIELD_AREA });
    add_sources(request, form, record);
    add_codes(request, form, "claim", "claimant", "");
    add_codes(request, form, "claim", "credibility", "");
    add_codes(request, form, "claim", "stance", "asserts");
    form_field(request, form,
               (FieldPlan){ .name = "known_since",
                            .label = say(language, N_("Day on which the source said it")),
                            .hint = say(language, N_("2021-05-09; empty when it is not known.")),
                            .kind = FIELD_TEXT });
    return form;
}

/* What is coded already about the variable. */
static const ClaimRow *claims_about(const WorkRequest *request, const Record *record, const char *variable,
                                    size_t *count)
{
    Record about = *record;
    about.statements = NEW_ARRAY(request->arena, StatementFacts, record->statement_count + 1);
    for (size_t i = 0; i < record->statement_count; i++) {
        StatementFacts *statement = &about.statements[i];
        *statement = record->statements[i];
        statement->claims = NEW_ARRAY(request->arena, ClaimFacts, statement->claim_count + 1);
        statement->claim_count = 0;
        for (size_t j = 0; j < record->statements[i].claim_count; j++)
            if (strcmp(record->statements[i].claims[j].variable, variable) == 0)
                statement->claims[statement->claim_count++] = record->statements[i].claims[j];
    }
    return desk_claims(request, &about, NULL, count);
}

static const Choice *definitions(const WorkRequest *request, const Variable *variable)
{
    Choice *rows = NEW_ARRAY(request->arena, Choice, variable->value_count + 1);
    for (size_t i = 0; i < variable->value_count; i++)
        rows[i] = (Choice){ .code = label_in(variable->values[i].label, request->language->code),
                            .label = label_in(variable->values[i].definition, request->language->code) };
    return rows;
}

bool work_claim(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Change change;
    Record record;
    ValueType type;
    const char *name = sent(request, "variable");
    const Variable *variable = codebook_claimable(request->bench->site->codebook, text_of(name), &type);
    if (!variable)
        return fail_field(problem, PROBLEM_NOT_FOUND, "variable", "there is no variable %.60s", name);
    if (!find_draft(request, &change, &record, problem))
        return false;
    ClaimPage page = { .heading = label_in(variable->label, request->language->code),
                       .definition = label_in(variable->definition, request->language->code),
                       .back =
                           work_link(request, arena_format(request->arena, "/changes/%lld/form", (long long)change.id)),
                       .conflict = fault_of(request, "version"),
                       .values = definitions(request, variable),
                       .value_count = type == TYPE_ENUM ? variable->value_count : 0 };
    page.there = claims_about(request, &record, name, &page.there_count);
    page.form = claim_form(request, &change, &record, variable, type);
    WorkFrame frame = work_frame(request, reply, page.heading);
    claim_page_html(&reply->body, &frame, &page);
    return true;
}

static const char *text_or_null(const WorkRequest *request, const char *field)
{
    const char *value = sent(request, field);
    return *value ? arena_text(request->arena, text_trim(text_of(value))) : NULL;
}

static void need(WorkRequest *request, const char *field)
{
    if (!*sent(request, field))
        fault_add(request, field, say(request->language, N_("Please choose one.")));
}

static void read_source(WorkRequest *request, const Record *record, ClaimEntry *entry)
{
    int64_t number;
    const char *source = sent(request, "source");
    entry->source = RECORD_NO_SOURCE;
    if (strcmp(source, "new") != 0 && text_int(text_of(source), &number) && number >= 0 &&
        (size_t)number < record->source_count) {
        entry->source = (int)number;
        return;
    }
    entry->new_source = (SourceFacts){ .url = text_or_null(request, "url"),
                                       .title = text_or_null(request, "title"),
                                       .source_type = text_or_null(request, "source_type"),
                                       .reliability = text_or_null(request, "reliability"),
                                       .published = DAY_UNKNOWN };
    if (!entry->new_source.url && !entry->new_source.title)
        fault_add(request, "url", say(request->language, N_("A source needs an address or a title.")));
    if (entry->new_source.url && !text_starts(text_of(entry->new_source.url), "http://") &&
        !text_starts(text_of(entry->new_source.url), "https://"))
        fault_add(request, "url", say(request->language, N_("An address begins with https:// or http://.")));
    need(request, "source_type");
    need(request, "reliability");
}

static void read_day(WorkRequest *request, int32_t *day)
{
    Span span;
    const char *text = text_or_null(request, "known_since");
    *day = DAY_UNKNOWN;
    if (!text)
        return;
    if (!span_read(text_of(text), &span) || span.first != span.last)
        fault_add(request, "known_since", say(request->language, N_("A day is written as 2021-05-09.")));
    else
        *day = span.first;
}

static void read_claim(WorkRequest *request, ClaimEntry *entry)
{
    Problem wrong = { 0 };
    entry->claim = (ClaimFacts){ .variable = text_or_null(request, "variable"),
                                 .value = text_or_null(request, "value"),
                                 .missing = text_or_null(request, "missing"),
                                 .quote = text_or_null(request, "quote") };
    if (!entry->claim.value == !entry->claim.missing)
        fault_add(request, "value", say(request->language, N_("Either a value, or why there is none.")));
    else if (!claim_understand(request->bench->site->codebook, &entry->claim, &wrong))
        fault_add(request, "value", desk_refusal(request, &wrong));
    need(request, "claimant");
    need(request, "credibility");
    need(request, "stance");
    entry->said = (StatementFacts){ .claimant = text_or_null(request, "claimant"),
                                    .stance = text_or_null(request, "stance"),
                                    .credibility = text_or_null(request, "credibility"),
                                    .as_of = DAY_UNKNOWN };
    read_day(request, &entry->said.known_since);
}

/* Saves the record with the claim; a fault at "version" when somebody else has saved since. */
static bool save_claim(WorkRequest *request, Problem *refused)
{
    Change change;
    Record record;
    ClaimEntry entry;
    int64_t version = 0;
    AUTO_OUT body = { 0 };
    AUTO_WRITER writing = { 0 };
    Hand hand = hand_of(request);
    writer_take(request, &writing);
    if (!change_find(request->arena, writing.store, desk_number_of(request), &change, refused) ||
        !record_read(request->arena, change.body, &record, refused))
        return false;
    (void)text_int(text_of(sent(request, "version")), &version);
    read_source(request, &record, &entry);
    read_claim(request, &entry);
    if (request->fault_count)
        return false;
    record_add_claim(request->arena, &record, &entry);
    record_write(&body, &record);
    return change_save(writing.store, &hand, change.id, version, out_view(&body), refused);
}

bool work_claim_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Problem refused = { 0 };
    if (save_claim(request, &refused))
        return go_to(request, reply,
                     arena_format(request->arena, "/changes/%lld/form", (long long)desk_number_of(request)));
    if (refused.kind && !desk_is_refusal(&refused))
        return fail(problem, refused.kind, "%s", refused.message);
    if (strcmp(refused.field, "version") == 0)
        fault_add(
            request, "version",
            say(request->language, N_("Somebody else has saved since. Nothing was overwritten: what stands now is "
                                      "beside what you entered; send it again to add it.")));
    else if (refused.kind)
        fault_add(request, "", desk_refusal(request, &refused));
    return form_again(request, reply, problem);
}

static void add_text(const WorkRequest *request, WorkForm *form, const char *name, const char *label)
{
    form_field(request, form, (FieldPlan){ .name = name, .label = label, .kind = FIELD_TEXT });
}

bool work_change_new(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    const Language *language = request->language;
    WorkForm *form = form_new(request, "/changes/new", say(language, N_("Begin")));
    FormPage page = { .heading = say(language, N_("A new incident")),
                      .intro = say(language, N_("What is known of it is coded afterwards, claim by claim.")),
                      .form = form };
    (void)problem;
    add_text(request, form, "title", say(language, N_("Neutral title: who, what, when")));
    add_text(request, form, "organisation", say(language, N_("Organisation affected")));
    add_text(request, form, "country", say(language, N_("Its country, two letters")));
    add_codes(request, form, "organisation", "org_type", "");
    add_codes(request, form, "affected", "role", "direct");
    WorkFrame frame = work_frame(request, reply, page.heading);
    form_page_html(&reply->body, &frame, &page);
    return true;
}

static void read_new(WorkRequest *request, AffectedFacts *affected, Record *record)
{
    *affected = (AffectedFacts){ .organisation = { .name = text_or_null(request, "organisation"),
                                                   .country = text_or_null(request, "country"),
                                                   .org_type = text_or_null(request, "org_type") },
                                 .role = text_or_null(request, "role") };
    *record = (Record){ .dataset = "workbench",
                        .external = arena_format(request->arena, "%lld", (long long)request->now),
                        .title = text_or_null(request, "title"),
                        .affected = affected,
                        .affected_count = 1 };
    if (!record->title)
        fault_add(request, "title", say(request->language, N_("A title is needed.")));
    if (!affected->organisation.name)
        fault_add(request, "organisation", say(request->language, N_("An organisation is needed.")));
    const char *country = affected->organisation.country;
    if (country && (strlen(country) != 2 || strspn(country, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 2))
        fault_add(request, "country", say(request->language, N_("A country is two capital letters: FR.")));
    need(request, "org_type");
    need(request, "role");
}

bool work_change_new_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Record record;
    AffectedFacts affected;
    AUTO_OUT body = { 0 };
    int64_t id;
    read_new(request, &affected, &record);
    if (request->fault_count)
        return form_again(request, reply, problem);
    record_write(&body, &record);
    AUTO_WRITER writing = { 0 };
    Hand hand = hand_of(request);
    ChangeDraft draft = { .kind = KIND_OPEN, .body = out_view(&body) };
    writer_take(request, &writing);
    return change_begin(writing.store, &hand, &draft, &id, problem) &&
           go_to(request, reply, arena_format(request->arena, "/changes/%lld/form", (long long)id));
}
