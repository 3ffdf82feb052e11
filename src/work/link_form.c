/* The fields of one link between an incident and an organisation: which one, how it was hit, whether it may be named.
 */
#include "base/unicode.h"
#include "work/link_pages.h"

/* In the form that was sent what was typed stands, in any other what is there. */
static Field *put(const WorkRequest *request, WorkForm *form, FieldPlan plan, const char *given)
{
    Field *field = desk_field(request, form, plan);
    bool mine = strcmp(sent(request, "action"), form->fields[0].value) == 0;
    if (!mine)
        field->value = *sent(request, plan.name) && !*sent(request, "action") ? sent(request, plan.name)
                       : given                                                ? given
                                                                              : "";
    return field;
}

static void put_codes(const WorkRequest *request, WorkForm *form, const char *entity, FieldPlan plan, const char *given)
{
    const Variable *variable = codebook_variable_of(request->bench->site->codebook, entity, plan.name);
    plan.kind = FIELD_SELECT;
    plan.label = variable ? label_in(variable->label, request->language->code) : plan.name;
    Field *field = put(request, form, plan, given);
    size_t count = variable ? variable->value_count : 0;
    Choice *items = NEW_ARRAY(request->arena, Choice, count + 1);
    items[0].code = "";
    items[0].label = plan.none ? plan.none : say(request->language, N_("Please choose"));
    for (size_t i = 0; i < count; i++)
        items[i + 1] =
            (Choice){ .code = variable->values[i].code,
                      .label = arena_format(request->arena, "%s – %s",
                                            label_in(variable->values[i].label, request->language->code),
                                            label_in(variable->values[i].definition, request->language->code)),
                      .chosen = strcmp(field->value, variable->values[i].code) == 0 };
    field->choices = (Choices){ items, count + 1 };
}

/* By what a supplier is told: its place in the draft, its number in the register. */
static int64_t supplier_number(const Links *links, size_t place)
{
    return links->organisations ? links->organisations[place] : links->numbers[place];
}

static const char *number_text(const WorkRequest *request, int64_t number)
{
    return arena_format(request->arena, "%lld", (long long)number);
}

static void put_suppliers(const WorkRequest *request, WorkForm *form, const LinkForm *link)
{
    const Links *links = link->links;
    const Record *record = &links->record;
    int64_t there = link->place < record->affected_count ? record->affected[link->place].supplier : 0;
    const char *given = there ? number_text(request, supplier_number(links, (size_t)there - 1)) : "";
    Field *field = put(request, form,
                       (FieldPlan){ .name = "supplier",
                                    .label = say(request->language, N_("Hit through which organisation")),
                                    .kind = FIELD_SELECT },
                       given);
    Choice *items = NEW_ARRAY(request->arena, Choice, record->affected_count + 1);
    size_t count = 0;
    items[count++] = (Choice){ .code = "", .label = say(request->language, N_("Through none that is known")) };
    for (size_t i = 0; i < record->affected_count; i++) {
        if (i == link->place)
            continue;
        items[count].code = number_text(request, supplier_number(links, i));
        items[count].label = record->affected[i].organisation.name;
        items[count].chosen = strcmp(field->value, items[count].code) == 0;
        count++;
    }
    field->choices = (Choices){ items, count };
}

/* Of a draft all that it says of the organisation; of a published incident only another one may be given. */
static void put_organisation(const WorkRequest *request, WorkForm *form, const LinkForm *link)
{
    const Language *language = request->language;
    const Links *links = link->links;
    bool there = link->place < links->record.affected_count;
    const OrganisationFacts none = { 0 };
    const OrganisationFacts *facts = there && links->draft ? &links->record.affected[link->place].organisation : &none;
    if (!there || !links->draft)
        put(request, form,
            (FieldPlan){ .name = "organisation",
                         .label = there ? say(language, N_("Number of another organisation, if it is not this one"))
                                        : say(language, N_("Its number, if the register knows it")) },
            "");
    put(request, form,
        (FieldPlan){ .name = "name",
                     .label = there ? say(language, N_("Name")) : say(language, N_("Its name, if it does not")) },
        facts->name);
    put(request, form, (FieldPlan){ .name = "country", .label = say(language, N_("Its country, two letters")) },
        facts->country);
    put(request, form,
        (FieldPlan){ .name = "subdivision", .label = say(language, N_("Its region, by ISO 3166-2: FR-IDF")) },
        facts->subdivision);
    put(request, form, (FieldPlan){ .name = "place", .label = say(language, N_("Town")) }, facts->place);
    put_codes(request, form, "organisation", (FieldPlan){ .name = "org_type" }, facts->org_type);
}

void link_fields(const WorkRequest *request, WorkForm *form, const LinkForm *link)
{
    const Language *language = request->language;
    const Record *record = &link->links->record;
    const AffectedFacts none = { 0 };
    bool there = link->place < record->affected_count;
    const AffectedFacts *given = there ? &record->affected[link->place] : &none;
    put_organisation(request, form, link);
    put_codes(request, form, "affected", (FieldPlan){ .name = "role" }, given->role);
    put_codes(request, form, "affected", (FieldPlan){ .name = "naming" },
              there && !given->naming ? "named" : given->naming);
    put_codes(request, form, "affected",
              (FieldPlan){ .name = "naming_basis", .none = say(language, N_("It is not named")) }, given->naming_basis);
    put_suppliers(request, form, link);
    if (!link->links->draft)
        put(request, form, (FieldPlan){ .name = "reason", .label = say(language, N_("Reason, which is published")) },
            "");
}

bool link_place(const WorkRequest *request, const Links *links, size_t *place, Problem *problem)
{
    int64_t number = 0;
    (void)text_int(request->parts[4], &number);
    for (*place = 0; *place < links->record.affected_count; (*place)++)
        if (links->numbers[*place] == number)
            return true;
    return fail(problem, PROBLEM_NOT_FOUND, "there is no link %lld", (long long)number);
}

static void read_supplier(WorkRequest *request, const LinkForm *link, ActLink *read)
{
    const Links *links = link->links;
    const char *typed = sent(request, "supplier");
    if (!*typed)
        return;
    for (size_t i = 0; i < links->record.affected_count; i++)
        if (i != link->place && strcmp(number_text(request, supplier_number(links, i)), typed) == 0)
            read->supplier = supplier_number(links, i);
    if (!read->supplier)
        fault_add(request, "supplier", say(request->language, N_("This is none of the organisations above.")));
}

/* One that the register knows: for what is not named, only what is told of it goes on. */
static bool read_known(WorkRequest *request, ActLink *read, OrganisationFacts *facts, Problem *problem)
{
    PartyRecord known;
    Problem inner = { 0 };
    if (!text_int(text_trim(text_of(sent(request, "organisation"))), &read->organisation) || read->organisation <= 0) {
        fault_add(request, "organisation", say(request->language, N_("A number is expected.")));
        return true;
    }
    if (*sent(request, "name"))
        fault_add(request, "name", say(request->language, N_("Either a number or a name, please.")));
    if (!desk_party(request, ACT_ORGANISATION, read->organisation, &known, &inner)) {
        if (!desk_is_refusal(&inner))
            return fail(problem, inner.kind, "%s", inner.message);
        (void)snprintf(inner.field, sizeof inner.field, "organisation");
        desk_refuse(request, &inner, "organisation");
        return true;
    }
    if (known.into)
        fault_add(request, "organisation",
                  say_with(request->arena, request->language, N_("It was merged into number {number}."),
                           SLOTS({ "number", number_text(request, known.into) })));
    *facts = known.facts;
    return true;
}

/* Another name of one that the register knows would make it twice. */
static bool look_for_it(WorkRequest *request, const OrganisationFacts *facts, Problem *problem)
{
    PartyRow found = { 0 };
    Store *published = pool_take(request->bench->published, problem);
    bool looked =
        published && party_called(request->arena, published, party_of(ACT_ORGANISATION), facts, &found, problem);
    if (published)
        pool_give(request->bench->published, published);
    if (looked && found.id)
        fault_add(request, "name",
                  say_with(request->arena, request->language,
                           N_("The register knows {name} by this name: give its number, {number}, or the region where "
                              "another one is."),
                           SLOTS({ "name", found.name }, { "number", number_text(request, found.id) })));
    return looked;
}

static bool read_named(WorkRequest *request, const LinkForm *link, ActLink *read, OrganisationFacts *facts,
                       Problem *problem)
{
    const char *type = typed_text(request, "org_type");
    bool drafted = link->links->draft && link->place < link->links->record.affected_count;
    *facts = (OrganisationFacts){
        .name = typed_text(request, "name"),
        .country = typed_country(request),
        .subdivision = typed_text(request, "subdivision"),
        .place = typed_text(request, "place"),
        .org_type = type,
        .sector_group = type ? codebook_sector_of(request->bench->site->codebook, type) : NULL,
        .external = drafted ? link->links->record.affected[link->place].organisation.external : NULL,
    };
    (void)typed_needed(request, "name");
    (void)typed_chosen(request, "organisation", "org_type");
    read->facts = facts;
    bool named = read->naming && strcmp(read->naming, "named") == 0;
    return !facts->name || !facts->country || !named || look_for_it(request, facts, problem);
}

/* The act's own rules, told at the fields. */
static void check(WorkRequest *request, const LinkForm *link, const ActLink *read)
{
    Problem refused = { 0 };
    ActLink one = *read;
    Act act = { .links = &one, .link_count = 1, .reason = "a draft", .reviewer = "somebody else" };
    bool there = !link->links->draft && link->place < link->links->record.affected_count;
    one.link = there ? link->links->numbers[link->place] : 0;
    act_conceal(request->arena, &act);
    if (!act_check(there ? ACT_KIND_RELINK : ACT_KIND_LINK, &act, request->bench->site->codebook, &refused))
        desk_refuse(request, &refused, "organisation name country subdivision place org_type role naming naming_basis");
}

bool link_read(WorkRequest *request, const LinkForm *link, ActLink *read, OrganisationFacts *facts, Problem *problem)
{
    bool number = *arena_text(request->arena, text_trim(text_of(sent(request, "organisation"))));
    bool other = number || typed_text(request, "name");
    bool same = !link->links->draft && link->place < link->links->record.affected_count && !other;
    *read = (ActLink){ .role = typed_text(request, "role"),
                       .naming = typed_text(request, "naming"),
                       .naming_basis = typed_text(request, "naming_basis") };
    *facts = (OrganisationFacts){ 0 };
    if (number ? !read_known(request, read, facts, problem) : !same && !read_named(request, link, read, facts, problem))
        return false;
    bool named = read->naming && strcmp(read->naming, "named") == 0;
    if (read->organisation && (!named || link->links->draft)) {
        read->facts = facts;
        read->organisation = 0;
    }
    (void)typed_chosen(request, "affected", "role");
    (void)typed_chosen(request, "affected", "naming");
    read_supplier(request, link, read);
    if (!link->links->draft)
        (void)typed_needed(request, "reason");
    if (!request->fault_count)
        check(request, link, read);
    return request->fault_count == 0;
}
