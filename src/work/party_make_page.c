/* Organisations and actors that are made at the workbench: one that no incident has to tell of, and one that was taken
 * for a part of another. */
#include "domain/name_form.h"
#include "work/link_pages.h"
#include "work/party_desk.h"

enum { NAMES_MOST = 100 };

static const char *number_text(const WorkRequest *request, int64_t number)
{
    return arena_format(request->arena, "%lld", (long long)number);
}

static bool is_placed(const WorkRequest *request)
{
    return party_of(party_desk_subject(request))->has & PARTY_PLACED;
}

static void put_facts(const WorkRequest *request, WorkForm *form)
{
    const Language *language = request->language;
    form_field(request, form, (FieldPlan){ .name = "name", .label = say(language, N_("Name")) });
    if (!is_placed(request))
        return;
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
        if (!name_is_of(&name_kinds[i], party_desk_subject(request)))
            continue;
        form_field(
            request, form,
            (FieldPlan){ .name = name_kinds[i].code,
                         .label = say(language, name_kinds[i].words),
                         .hint = numbered ? say(language, name_kinds[i].expected) : say(language, N_("One a line.")),
                         .kind = numbered ? FIELD_TEXT : FIELD_AREA });
    }
}

bool work_party_new(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    const Language *language = request->language;
    const PartyDesk *desk = party_desk_of(request);
    WorkForm *form = form_new(request, arena_format(request->arena, "%s/new", desk->path), say(language, N_("Begin")));
    FormPage page = { .heading = say(language, desk->fresh), .intro = say(language, desk->fresh_intro), .form = form };
    (void)problem;
    put_facts(request, form);
    put_names(request, form);
    put_reason(request, form);
    WorkFrame frame = work_frame(request, reply, page.heading);
    form_page_html(&reply->body, &frame, &page);
    return true;
}

static void tell_known(WorkRequest *request, const char *field, const PartyRow *found)
{
    if (found->id)
        fault_add(request, field,
                  say_with(request->arena, request->language, N_("The register has it as number {number}, {name}."),
                           SLOTS({ "number", number_text(request, found->id) }, { "name", found->name })));
}

static OrganisationFacts facts_of(WorkRequest *request)
{
    const char *type = typed_text(request, "org_type");
    if (!is_placed(request))
        return (OrganisationFacts){ .name = typed_text(request, "name") };
    (void)typed_needed(request, "country");
    (void)typed_chosen(request, "organisation", "org_type");
    return (OrganisationFacts){
        .name = typed_text(request, "name"),
        .country = typed_country(request),
        .subdivision = typed_text(request, "subdivision"),
        .place = typed_text(request, "place"),
        .org_type = type,
        .sector_group = type ? codebook_sector_of(request->bench->site->codebook, type) : NULL,
    };
}

/* Whether it is a name that goes over from the one which it is told apart from. */
static bool goes_over(const OrganisationFacts *facts, const Act *act)
{
    for (size_t i = 0; i < act->name_count; i++)
        if (strcmp(act->names[i].value, facts->name) == 0)
            return true;
    return false;
}

static bool read_facts(WorkRequest *request, Store *published, Act *act, Problem *problem)
{
    const Party *party = party_of(party_desk_subject(request));
    PartyRow found = { 0 };
    OrganisationFacts *facts = act->facts;
    *facts = facts_of(request);
    (void)typed_needed(request, "name");
    if (!facts->name)
        return true;
    if (!party_same(request->arena, published, party, facts, &found, problem) ||
        (!found.id && !goes_over(facts, act) &&
         !party_called(request->arena, published, party, facts, &found, problem)))
        return false;
    tell_known(request, "name", &found);
    return true;
}

/* Another one that has the number, or the name where a name is one party's alone. */
static bool find_other(const WorkRequest *request, Store *published, const ActName *name, PartyRow *found,
                       Problem *problem)
{
    const Party *party = party_of(party_desk_subject(request));
    const OrganisationFacts facts = { .name = name->value };
    *found = (PartyRow){ 0 };
    bool alone = party->has & PARTY_NAMES_ALONE && name_is_own(name->kind);
    if (!alone)
        return party_numbered(request->arena, published, party, name, found, problem);
    return party_same(request->arena, published, party, &facts, found, problem) &&
           (found->id || party_called(request->arena, published, party, &facts, found, problem));
}

/* One name, told at its field when it has not its form, or when another one has it. */
static bool add_name(WorkRequest *request, Store *published, const ActName *name, Act *act, Problem *problem)
{
    Problem refused = { 0 };
    PartyRow found;
    if (!name_check(party_desk_subject(request), name, &refused)) {
        (void)snprintf(refused.field, sizeof refused.field, "%s", name->kind);
        desk_refuse(request, &refused, name->kind);
        return true;
    }
    if (!find_other(request, published, name, &found, problem))
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
static bool end_with(WorkRequest *request, WorkReply *reply, unsigned need, Act *act, Problem *problem)
{
    Problem refused = { 0 };
    ActKind kind = act_upon(party_desk_subject(request), need);
    int64_t change, about = need == ACT_MAKES ? 0 : desk_number_of(request);
    if (request->fault_count)
        return form_again(request, reply, problem);
    if (desk_propose(request, kind, about, act, &change, &refused))
        return desk_went(request, change, reply);
    return desk_again(request, &refused, "name country subdivision place org_type reason", reply, problem);
}

bool work_party_new_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    OrganisationFacts facts;
    Act act = { .facts = &facts, .reason = typed_text(request, "reason") };
    Store *published = pool_take(request->bench->published, problem);
    bool read =
        published && read_facts(request, published, &act, problem) && read_names(request, published, &act, problem);
    if (published)
        pool_give(request->bench->published, published);
    (void)typed_needed(request, "reason");
    return read && end_with(request, reply, ACT_MAKES, &act, problem);
}

/* A part that is another one */

static bool was_ticked(const WorkRequest *request, const char *name, const char *code)
{
    const char *one;
    for (size_t i = 0; (one = form_value_at(&request->form, name, i)); i++)
        if (strcmp(one, code) == 0)
            return true;
    return false;
}

/* Whether its links to incidents go over one by one. */
static bool is_linked(const WorkRequest *request)
{
    return party_of(party_desk_subject(request))->has & PARTY_LINKED;
}

static Choices links_of(const WorkRequest *request, const PartyRecord *party)
{
    Choice *items = NEW_ARRAY(request->arena, Choice, party->link_count + 1);
    for (size_t i = 0; i < party->link_count; i++) {
        items[i].code = number_text(request, party->links[i].link);
        items[i].label = party->links[i].title;
        items[i].chosen = was_ticked(request, "link", items[i].code);
    }
    return (Choices){ items, party->link_count };
}

static Choices names_of(const WorkRequest *request, const PartyRecord *party)
{
    Choice *items = NEW_ARRAY(request->arena, Choice, party->name_count + 1);
    for (size_t i = 0; i < party->name_count; i++) {
        const ActName *name = &party->names[i];
        items[i].code = arena_format(request->arena, "%s %s", name->kind, name->value);
        items[i].label =
            arena_format(request->arena, "%s – %s", desk_name_words(request->language, name->kind), name->value);
        items[i].chosen = was_ticked(request, "alias", items[i].code);
    }
    return (Choices){ items, party->name_count };
}

bool work_party_split(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    const Language *language = request->language;
    PartyRecord party;
    WorkForm *form = form_new(request, NULL, say(language, N_("Begin the division")));
    FormPage page = { .intro = say(language, party_desk_of(request)->divide_intro), .form = form };
    if (!desk_party(request, party_desk_subject(request), desk_number_of(request), &party, problem))
        return false;
    page.heading = party.facts.name;
    put_facts(request, form);
    if (is_linked(request))
        form_field(
            request, form,
            (FieldPlan){ .name = "link", .label = say(language, N_("Incidents that hit it")), .kind = FIELD_CHECKS })
            ->choices = links_of(request, &party);
    form_field(
        request, form,
        (FieldPlan){ .name = "alias", .label = say(language, N_("Names that are its own")), .kind = FIELD_CHECKS })
        ->choices = names_of(request, &party);
    put_reason(request, form);
    WorkFrame frame = work_frame(request, reply, page.heading);
    form_page_html(&reply->body, &frame, &page);
    return true;
}

static void read_parts(WorkRequest *request, const PartyRecord *party, Act *act)
{
    const Choices links = links_of(request, party), names = names_of(request, party);
    act->links = NEW_ARRAY(request->arena, ActLink, links.count + 1);
    act->names = NEW_ARRAY(request->arena, ActName, names.count + 1);
    for (size_t i = 0; is_linked(request) && i < links.count; i++)
        if (links.items[i].chosen)
            act->links[act->link_count++].link = party->links[i].link;
    for (size_t i = 0; i < names.count; i++)
        if (names.items[i].chosen)
            act->names[act->name_count++] = party->names[i];
    if (!act->link_count && !act->name_count)
        fault_add(request, is_linked(request) ? "link" : "alias",
                  say(request->language, N_("At least one incident or name goes over.")));
}

bool work_party_split_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    OrganisationFacts facts;
    PartyRecord party;
    Act act = { .facts = &facts, .reason = typed_text(request, "reason") };
    if (!desk_party(request, party_desk_subject(request), desk_number_of(request), &party, problem))
        return false;
    read_parts(request, &party, &act);
    Store *published = pool_take(request->bench->published, problem);
    bool read = published && read_facts(request, published, &act, problem);
    if (published)
        pool_give(request->bench->published, published);
    (void)typed_needed(request, "reason");
    return read && end_with(request, reply, ACT_PARTS, &act, problem);
}
