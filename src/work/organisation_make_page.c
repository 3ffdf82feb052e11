/* Organisations that are made at the workbench: one that no incident has to have hit, and one that was taken for a part
 * of another. */
#include "domain/name_form.h"
#include "work/link_pages.h"

enum { NAMES_MOST = 100 };

static const char *number_text(const WorkRequest *request, int64_t number)
{
    return arena_format(request->arena, "%lld", (long long)number);
}

static void put_facts(const WorkRequest *request, WorkForm *form)
{
    const Language *language = request->language;
    form_field(request, form, (FieldPlan){ .name = "name", .label = say(language, N_("Name")) });
    form_field(request, form, (FieldPlan){ .name = "country", .label = say(language, N_("Its country, two letters")) });
    form_field(request, form,
               (FieldPlan){ .name = "subdivision", .label = say(language, N_("Its region, by ISO 3166-2: FR-IDF")) });
    form_field(request, form, (FieldPlan){ .name = "place", .label = say(language, N_("Town")) });
    typed_known(request, form, "organisation", "org_type", NULL);
}

static void put_reason(const WorkRequest *request, WorkForm *form)
{
    form_field(request, form,
               (FieldPlan){ .name = "reason", .label = say(request->language, N_("Reason, which is published")) });
}

static void put_names(const WorkRequest *request, WorkForm *form)
{
    const Language *language = request->language;
    for (size_t i = 0; i < NAME_KIND_COUNT; i++) {
        bool numbered = name_kinds[i].expected != NULL;
        form_field(
            request, form,
            (FieldPlan){ .name = name_kinds[i].code,
                         .label = say(language, name_kinds[i].words),
                         .hint = numbered ? say(language, name_kinds[i].expected) : say(language, N_("One a line.")),
                         .kind = numbered ? FIELD_TEXT : FIELD_AREA });
    }
}

bool work_organisation_new(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    const Language *language = request->language;
    WorkForm *form = form_new(request, "/organisations/new", say(language, N_("Begin")));
    FormPage page = { .heading = say(language, N_("A new organisation")),
                      .intro = say(language, N_("It is published by another person, and shown in public once an "
                                                "incident hit it.")),
                      .form = form };
    (void)problem;
    put_facts(request, form);
    put_names(request, form);
    put_reason(request, form);
    WorkFrame frame = work_frame(request, reply, page.heading);
    form_page_html(&reply->body, &frame, &page);
    return true;
}

static void tell_known(WorkRequest *request, const char *field, const OrganisationRow *found)
{
    if (found->id)
        fault_add(request, field,
                  say_with(request->arena, request->language, N_("The register has it as number {number}, {name}."),
                           SLOTS({ "number", number_text(request, found->id) }, { "name", found->name })));
}

static bool read_facts(WorkRequest *request, Store *published, OrganisationFacts *facts, Problem *problem)
{
    const char *type = typed_text(request, "org_type");
    OrganisationRow found = { 0 };
    *facts = (OrganisationFacts){
        .name = typed_text(request, "name"),
        .country = typed_text(request, "country"),
        .subdivision = typed_text(request, "subdivision"),
        .place = typed_text(request, "place"),
        .org_type = type,
        .sector_group = type ? codebook_sector_of(request->bench->site->codebook, type) : NULL,
    };
    (void)typed_needed(request, "name");
    (void)typed_needed(request, "country");
    (void)typed_needed(request, "org_type");
    if (!facts->name)
        return true;
    if (!organisation_same(request->arena, published, facts, &found, problem) ||
        (!found.id && !organisation_called(request->arena, published, facts, &found, problem)))
        return false;
    tell_known(request, "name", &found);
    return true;
}

/* One name, told at its field when it has not its form, or when another organisation has the number. */
static bool add_name(WorkRequest *request, Store *published, const ActName *name, Act *act, Problem *problem)
{
    Problem refused = { 0 };
    OrganisationRow found;
    if (!name_check(name, &refused)) {
        (void)snprintf(refused.field, sizeof refused.field, "%s", name->kind);
        desk_refuse(request, &refused, name->kind);
        return true;
    }
    if (!organisation_numbered(request->arena, published, name, &found, problem))
        return false;
    tell_known(request, name->kind, &found);
    act->names[act->name_count++] = *name;
    return true;
}

static bool read_names(WorkRequest *request, Store *published, Act *act, Problem *problem)
{
    act->names = NEW_ARRAY(request->arena, ActName, NAMES_MOST);
    for (size_t i = 0; i < NAME_KIND_COUNT; i++) {
        Text rest = text_of(sent(request, name_kinds[i].code)), line;
        while (text_split(&rest, '\n', &line)) {
            const ActName name = { name_kinds[i].code, arena_text(request->arena, text_trim(line)) };
            if (*name.value && act->name_count < NAMES_MOST && !add_name(request, published, &name, act, problem))
                return false;
        }
    }
    return true;
}

/* Ends with the draft, or with the form again. */
static bool end_with(WorkRequest *request, WorkReply *reply, ActKind kind, Act *act, Problem *problem)
{
    Problem refused = { 0 };
    int64_t change, about = act_table[kind].needs & ACT_MAKES ? 0 : desk_number_of(request);
    if (request->fault_count)
        return form_again(request, reply, problem);
    if (desk_propose(request, kind, about, act, &change, &refused))
        return desk_went(request, change, reply);
    return desk_again(request, &refused, "name country subdivision place org_type reason", reply, problem);
}

bool work_organisation_new_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    OrganisationFacts facts;
    Act act = { .facts = &facts, .reason = typed_text(request, "reason") };
    Store *published = pool_take(request->bench->published, problem);
    bool read =
        published && read_facts(request, published, &facts, problem) && read_names(request, published, &act, problem);
    if (published)
        pool_give(request->bench->published, published);
    (void)typed_needed(request, "reason");
    return read && end_with(request, reply, ACT_KIND_FOUND, &act, problem);
}

/* A part that is another organisation */

static bool was_ticked(const WorkRequest *request, const char *name, const char *code)
{
    const char *one;
    for (size_t i = 0; (one = form_value_at(&request->form, name, i)); i++)
        if (strcmp(one, code) == 0)
            return true;
    return false;
}

static Choices links_of(const WorkRequest *request, const OrganisationRecord *organisation)
{
    Choice *items = NEW_ARRAY(request->arena, Choice, organisation->link_count + 1);
    for (size_t i = 0; i < organisation->link_count; i++) {
        items[i].code = number_text(request, organisation->links[i].link);
        items[i].label = organisation->links[i].title;
        items[i].chosen = was_ticked(request, "link", items[i].code);
    }
    return (Choices){ items, organisation->link_count };
}

static Choices names_of(const WorkRequest *request, const OrganisationRecord *organisation)
{
    Choice *items = NEW_ARRAY(request->arena, Choice, organisation->name_count + 1);
    for (size_t i = 0; i < organisation->name_count; i++) {
        const ActName *name = &organisation->names[i];
        items[i].code = arena_format(request->arena, "%s %s", name->kind, name->value);
        items[i].label =
            arena_format(request->arena, "%s – %s", desk_name_words(request->language, name->kind), name->value);
        items[i].chosen = was_ticked(request, "alias", items[i].code);
    }
    return (Choices){ items, organisation->name_count };
}

bool work_organisation_split(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    const Language *language = request->language;
    OrganisationRecord organisation;
    WorkForm *form = form_new(request, NULL, say(language, N_("Begin the division")));
    FormPage page = { .intro = say(language, N_("What is ticked goes over to another organisation, which is made; the "
                                                "rest stays.")),
                      .form = form };
    if (!desk_organisation(request, desk_number_of(request), &organisation, problem))
        return false;
    page.heading = organisation.facts.name;
    put_facts(request, form);
    form_field(request, form,
               (FieldPlan){ .name = "link", .label = say(language, N_("Incidents that hit it")), .kind = FIELD_CHECKS })
        ->choices = links_of(request, &organisation);
    form_field(
        request, form,
        (FieldPlan){ .name = "alias", .label = say(language, N_("Names that are its own")), .kind = FIELD_CHECKS })
        ->choices = names_of(request, &organisation);
    put_reason(request, form);
    WorkFrame frame = work_frame(request, reply, page.heading);
    form_page_html(&reply->body, &frame, &page);
    return true;
}

static void read_parts(WorkRequest *request, const OrganisationRecord *organisation, Act *act)
{
    const Choices links = links_of(request, organisation), names = names_of(request, organisation);
    act->links = NEW_ARRAY(request->arena, ActLink, links.count + 1);
    act->names = NEW_ARRAY(request->arena, ActName, names.count + 1);
    for (size_t i = 0; i < links.count; i++)
        if (links.items[i].chosen)
            act->links[act->link_count++].link = organisation->links[i].link;
    for (size_t i = 0; i < names.count; i++)
        if (names.items[i].chosen)
            act->names[act->name_count++] = organisation->names[i];
    if (!act->link_count && !act->name_count)
        fault_add(request, "link", say(request->language, N_("At least one incident or name goes over.")));
}

bool work_organisation_split_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    OrganisationFacts facts;
    OrganisationRecord organisation;
    Act act = { .facts = &facts, .reason = typed_text(request, "reason") };
    if (!desk_organisation(request, desk_number_of(request), &organisation, problem))
        return false;
    Store *published = pool_take(request->bench->published, problem);
    bool read = published && read_facts(request, published, &facts, problem);
    if (published)
        pool_give(request->bench->published, published);
    read_parts(request, &organisation, &act);
    (void)typed_needed(request, "reason");
    return read && end_with(request, reply, ACT_KIND_PART, &act, problem);
}
