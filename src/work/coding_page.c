/* The coding form, printed from the codebook: by entity, what is required first, and the form of one claim. */
#include "domain/coding.h"
#include "publish/codebook_page.h"
#include "work/claim_form.h"
#include "work/coded.h"
#include "work/marked.h"
#include "work/outcome_view.h"

/* Computed, or told by the fields of every claim: its day, its bounds, what it replaces. */
static const char *const left_out[] = { "incident_id",
                                        "title",
                                        "summary",
                                        "record_status",
                                        "inclusion_decision",
                                        "verification_level",
                                        "reference_date",
                                        "conflicting",
                                        "date_precision",
                                        "event_date",
                                        "attribution_status",
                                        "reference_date_basis",
                                        "value_low",
                                        "value_high",
                                        "as_of",
                                        "aggregation",
                                        "method",
                                        "superseded_by",
                                        "notice_delay",
                                        "disclosure_delay",
                                        NULL };
/* What is told elsewhere than in the claims about an incident: on other forms, by the right of reply and the second
 * coding, of pledges and of persons, who may never stand in a journal. */
static const char *const beside[] = { "source", "claim", "organisation", "affected", "review", "pledge",
                                      "letter", "help",  "report",       "coverage", NULL };

static bool is_in(const char *key, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(*list, key) == 0)
            return true;
    return false;
}

bool coding_is_elsewhere(const char *entity)
{
    return is_in(entity, beside);
}

bool coding_is_coded(const Codebook *codebook, const Variable *variable)
{
    ValueType type;
    return variable->visibility == VISIBLE_PUBLIC && !is_in(variable->key, left_out) &&
           !coding_is_elsewhere(variable->entity) && variable->type != TYPE_ID &&
           codebook_claimable(codebook, text_of(variable->key), &type) == variable;
}

typedef struct Printed {
    const WorkRequest *request;
    const Coded *coded;
    CodingVariable *items;
    size_t count, room;
} Printed;

static void add(Printed *printed, const Variable *variable, const char *name)
{
    const char *values = coding_text(printed->request->arena, &printed->coded->record, name);
    const char *language = printed->request->language->code;
    printed->items =
        arena_grow(printed->request->arena, printed->items, printed->count, &printed->room, sizeof *printed->items);
    printed->items[printed->count++] = (CodingVariable){
        .label = label_in(variable->label, language),
        .definition = label_in(variable->definition, language),
        .unit = variable->unit && *variable->unit ? codebook_unit(printed->request->language, variable->unit) : NULL,
        .name = name,
        .address = work_link(printed->request,
                             arena_format(printed->request->arena, "%s/claim?variable=%s", printed->coded->path, name)),
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

static CodingEntity entity_of(const WorkRequest *request, const Coded *coded, const Entity *entity)
{
    Printed printed = { .request = request, .coded = coded };
    for (size_t i = 0; i < entity->variable_count; i++) {
        const Variable *variable = &entity->variables[i];
        if (variable->value_count && variable->values[0].measure_unit)
            add_measures(&printed, variable);
        else if (coding_is_coded(request->bench->site->codebook, variable))
            add(&printed, variable, variable->key);
    }
    if (printed.count)
        qsort(printed.items, printed.count, sizeof *printed.items, required_first);
    return (CodingEntity){ .key = entity->key,
                           .statement = statement_link(request, coded, entity->key),
                           .label = label_in(entity->label, request->language->code),
                           .definition = label_in(entity->definition, request->language->code),
                           .variables = printed.items,
                           .count = printed.count };
}

CodingEntity *coding_entities(const WorkRequest *request, const Coded *coded, size_t *count)
{
    const Codebook *codebook = request->bench->site->codebook;
    CodingEntity *entities = NEW_ARRAY(request->arena, CodingEntity, codebook->entity_count + 1);
    *count = 0;
    for (size_t i = 0; i < codebook->entity_count; i++) {
        if (is_in(codebook->entities[i].key, beside))
            continue;
        entities[*count] = entity_of(request, coded, &codebook->entities[i]);
        *count += entities[*count].count > 0 ? 1 : 0;
    }
    return entities;
}

/* Of an incident and its attack always, of what else it had once something is said of it. */
static bool is_asked(const CodingEntity *entity)
{
    for (size_t i = 0; i < entity->count; i++)
        if (entity->variables[i].values)
            return true;
    return strcmp(entity->key, "incident") == 0 || strcmp(entity->key, "attack") == 0;
}

const char *coding_uncoded(const WorkRequest *request, const Coded *coded)
{
    size_t count, open = 0, room = 0;
    const char **labels = NULL;
    const CodingEntity *entities = coding_entities(request, coded, &count);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; is_asked(&entities[i]) && j < entities[i].count; j++) {
            const CodingVariable *variable = &entities[i].variables[j];
            if (!variable->required || variable->values)
                continue;
            labels = arena_grow(request->arena, labels, open, &room, sizeof *labels);
            labels[open++] = variable->label;
        }
    return open ? say_list(request->arena, request->language, labels, open) : NULL;
}

bool coding_form(WorkRequest *request, const Coded *coded, CodingPage *page, WorkReply *reply, Problem *problem)
{
    const Change *change = &coded->change;
    page->heading = *change->title ? change->title : say(request->language, N_("Without a title"));
    page->captures = work_link(request, arena_format(request->arena, "%s/captures", coded->path));
    page->entities = coding_entities(request, coded, &page->count);
    if (!outcome_view(request, &(OutcomeCase){ coded->change.subject, &coded->record, NULL }, &page->outcome, problem))
        return false;
    WorkFrame frame = work_frame(request, reply, say(request->language, N_("Coding form")));
    coding_html(&reply->body, &frame, page);
    return true;
}

bool work_coding(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Coded coded;
    if (!coded_read(request, &coded, problem))
        return false;
    CodingPage page = { .back = work_link(request, coded.path) };
    return coding_form(request, &coded, &page, reply, problem);
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
    typed_known(request, form, "organisation", "org_type", NULL);
    typed_known(request, form, "affected", "role", "direct");
    mark_field(
        request,
        form_field(
            request, form,
            (FieldPlan){ .name = "tlp", .label = say(language, N_("How confidential it is")), .kind = FIELD_SELECT }),
        TLP_CLEAR);
    WorkFrame frame = work_frame(request, reply, page.heading);
    form_page_html(&reply->body, &frame, &page);
    return true;
}

static void read_new(WorkRequest *request, AffectedFacts *affected, Record *record)
{
    *affected = (AffectedFacts){ .organisation = { .name = typed_text(request, "organisation"),
                                                   .country = typed_country(request),
                                                   .org_type = typed_text(request, "org_type") },
                                 .role = typed_text(request, "role") };
    *record = (Record){ .dataset = "workbench",
                        .external = arena_format(request->arena, "%lld", (long long)request->now),
                        .title = typed_text(request, "title"),
                        .affected = affected,
                        .affected_count = 1 };
    if (!record->title)
        fault_add(request, "title", say(request->language, N_("A title is needed.")));
    if (!affected->organisation.name)
        fault_add(request, "organisation", say(request->language, N_("An organisation is needed.")));
    typed_fits(request, "title");
    typed_fits(request, "organisation");
    (void)typed_chosen(request, "organisation", "org_type");
    (void)typed_chosen(request, "affected", "role");
}

bool work_change_new_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Record record;
    AffectedFacts affected;
    AUTO_OUT body = { 0 };
    Tlp mark;
    int64_t id;
    read_new(request, &affected, &record);
    (void)mark_chosen(request, TLP_CLEAR, &mark);
    if (request->fault_count)
        return form_again(request, reply, problem);
    record_write(&body, &record);
    AUTO_WRITER writing = { 0 };
    Hand hand = hand_of(request);
    ChangeDraft draft = { .kind = KIND_OPEN, .mark = mark, .body = out_view(&body) };
    writer_take(request, &writing);
    return change_begin(writing.store, &hand, &draft, &id, problem) &&
           go_to(request, reply, arena_format(request->arena, "/changes/%lld/form", (long long)id));
}
