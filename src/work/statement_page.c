/* The form of what one source says together: who did it and on what basis, what followed in law, what people suffered.
 */
#include "work/claim_form.h"
#include "work/coded.h"
#include "work/link_pages.h"
#include "work/party_desk.h"

enum { SAID_MOST = 12 };

/* Entities whose values mean nothing each by itself. */
static bool is_together(const char *entity)
{
    static const char *const together[] = { "attribution", "harm", "accountability" };
    for (size_t i = 0; i < COUNT_OF(together); i++)
        if (strcmp(together[i], entity) == 0)
            return true;
    return false;
}

const char *statement_link(const WorkRequest *request, const Coded *coded, const char *entity)
{
    return is_together(entity)
               ? work_link(request, arena_format(request->arena, "%s/statement?entity=%s", coded->path, entity))
               : NULL;
}

static bool find_entity(const WorkRequest *request, const Entity **entity, Problem *problem)
{
    const Codebook *codebook = request->bench->site->codebook;
    const char *key = sent(request, "entity");
    for (size_t i = 0; i < codebook->entity_count; i++)
        if (is_together(key) && strcmp(codebook->entities[i].key, key) == 0) {
            *entity = &codebook->entities[i];
            return true;
        }
    return fail_field(problem, PROBLEM_NOT_FOUND, "entity", "there is no variable %.60s", key);
}

static const char *field_of(const WorkRequest *request, const Variable *variable)
{
    return arena_format(request->arena, "value.%s", variable->key);
}

/* The attacker that was found, by name. */
static bool find_chosen(const WorkRequest *request, const char **name, Problem *problem)
{
    PartyRecord actor;
    int64_t number;
    *name = NULL;
    if (!text_int(text_of(sent(request, "actor")), &number))
        return true;
    if (!desk_party(request, ACT_ACTOR, number, &actor, problem))
        return false;
    *name = actor.facts.name;
    return true;
}

static bool fill_found(const WorkRequest *request, const Coded *coded, StatementPage *page, Problem *problem)
{
    PartyRows found = { 0 };
    const PartyDesk *desk = party_desk(ACT_ACTOR);
    page->words = arena_text(request->arena, text_trim(text_of(sent(request, "q"))));
    page->told = "";
    if (*page->words && !desk_parties(request, ACT_ACTOR, page->words, &found, problem))
        return false;
    if (*page->words)
        page->told = party_told(request, desk, found.count);
    page->address = work_link(request, arena_format(request->arena, "%s/statement", coded->path));
    page->entity = sent(request, "entity");
    page->new_one = work_link(request, arena_format(request->arena, "%s/new", desk->path));
    page->script = request->bench->find_script;
    page->found_count = MIN(found.count, (size_t)PARTIES_SHOWN);
    page->found = desk_found_rows(
        request, &found, arena_format(request->arena, "%s/statement?entity=%s&actor=", coded->path, page->entity));
    return true;
}

static ClaimForm form_about(const WorkRequest *request, const Coded *coded, const Variable *variable,
                            const WholeClaim *given)
{
    ClaimForm claim = { .record = &coded->record, .given = given };
    claim.variable = codebook_claimable(request->bench->site->codebook, text_of(variable->key), &claim.type);
    return claim;
}

static void put_values(const WorkRequest *request, const Coded *coded, const Entity *entity, const char *actor,
                       WorkForm *form)
{
    for (size_t i = 0; i < entity->variable_count; i++) {
        const Variable *variable = &entity->variables[i];
        const ClaimFacts chosen = { .value = strcmp(variable->key, "actor") == 0 ? actor : NULL };
        const WholeClaim given = { .claim = &chosen };
        if (!coding_is_coded(request->bench->site->codebook, variable))
            continue;
        const ClaimForm claim = form_about(request, coded, variable, &given);
        claim_value_field(request, form, &claim,
                          (FieldPlan){ .name = field_of(request, variable),
                                       .label = label_in(variable->label, request->language->code),
                                       .none = say(request->language, N_("Nothing is said")) });
    }
}

static void add_hidden(const WorkRequest *request, WorkForm *form, const char *name, const char *value)
{
    form_field(request, form, (FieldPlan){ .name = name, .kind = FIELD_HIDDEN })->value = value;
}

static const WorkForm *form_of(const WorkRequest *request, const Coded *coded, const Entity *entity, const char *actor)
{
    static const WholeClaim nothing;
    const ClaimForm said = { .record = &coded->record, .given = &nothing };
    WorkForm *form = form_new(request, arena_format(request->arena, "%s/statement", coded->path),
                              say(request->language, N_("Add these claims")));
    add_hidden(request, form, "entity", entity->key);
    add_hidden(request, form, "version", arena_format(request->arena, "%lld", (long long)coded->version));
    put_values(request, coded, entity, actor, form);
    claim_said_fields(request, form, &said);
    return form;
}

/* What is coded already about the entity. */
static const ClaimRow *claims_of(const WorkRequest *request, const Record *record, const Entity *entity, size_t *count)
{
    ClaimRow *rows = desk_claims(request, record, NULL, count);
    size_t kept = 0;
    for (size_t i = 0; i < *count; i++)
        if (rows[i].entity && strcmp(rows[i].entity, entity->key) == 0)
            rows[kept++] = rows[i];
    *count = kept;
    return rows;
}

bool work_statement(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Coded coded;
    const Entity *entity;
    const char *actor;
    if (!coded_read(request, &coded, problem) || !find_entity(request, &entity, problem) ||
        !find_chosen(request, &actor, problem))
        return false;
    StatementPage page = { .heading = label_in(entity->label, request->language->code),
                           .definition = label_in(entity->definition, request->language->code),
                           .back = work_link(request, coded.form),
                           .conflict = fault_of(request, "version") };
    if (strcmp(entity->key, "attribution") == 0 && !fill_found(request, &coded, &page, problem))
        return false;
    page.there = claims_of(request, &coded.record, entity, &page.there_count);
    page.form = form_of(request, &coded, entity, actor);
    WorkFrame frame = work_frame(request, reply, page.heading);
    statement_html(&reply->body, &frame, &page);
    return true;
}

typedef struct Together { /* what was typed */
    ClaimFacts claims[SAID_MOST * SAID_MOST];
    size_t count;
    ClaimEntry entry;
} Together;

static void read_about(WorkRequest *request, const Coded *coded, const Variable *variable, Together *together)
{
    static const WholeClaim nothing;
    const ClaimForm claim = form_about(request, coded, variable, &nothing);
    ClaimTyped typed = { .entry.claim.variable = variable->key };
    claim_values_read(request, field_of(request, variable), &claim, &typed);
    for (size_t i = 0; i < typed.value_count && together->count < COUNT_OF(together->claims); i++)
        together->claims[together->count++] = (ClaimFacts){ .variable = variable->key, .value = typed.values[i] };
}

/* False with faults at the fields. The quotation stands with the first claim. */
static bool read_together(WorkRequest *request, const Coded *coded, const Entity *entity, Together *together)
{
    *together = (Together){ .entry.claim.quote = typed_text(request, "quote") };
    for (size_t i = 0; i < entity->variable_count; i++)
        if (coding_is_coded(request->bench->site->codebook, &entity->variables[i]))
            read_about(request, coded, &entity->variables[i], together);
    if (!together->count)
        fault_add(request, "", say(request->language, N_("At least one value is needed.")));
    together->claims[0].quote = together->entry.claim.quote;
    return claim_said_read(request, &coded->record, &together->entry);
}

static bool save(WorkRequest *request, const char **form, Problem *refused)
{
    Coded coded;
    const Entity *entity;
    Together *together = NEW(request->arena, Together);
    int64_t version = 0;
    AUTO_WRITER writing = { 0 };
    writer_take(request, &writing);
    if (!coded_find(request, writing.store, &coded, refused) || !find_entity(request, &entity, refused) ||
        !read_together(request, &coded, entity, together) ||
        !coded_words_check(request, writing.store, &coded, &together->entry, refused) || request->fault_count)
        return false;
    *form = coded.form;
    (void)text_int(text_of(sent(request, "version")), &version);
    record_add_statement(request->arena, &coded.record, &together->entry, together->claims, together->count);
    return coded_save(request, writing.store, &coded, version, refused);
}

bool work_statement_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Problem refused = { 0 };
    const char *form;
    return save(request, &form, &refused) ? go_to(request, reply, form)
                                          : claim_again(request, reply, &refused, problem);
}
