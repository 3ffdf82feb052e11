/* Organisations at the workbench: finding one, its other names, those that are the same, and taking that back. */
#include "domain/finder.h"
#include "domain/name_form.h"
#include "work/link_pages.h"

enum { FOUND_MOST = 50 };

static const char *number_text(const WorkRequest *request, int64_t number)
{
    return arena_format(request->arena, "%lld", (long long)number);
}

static const char *organisation_path(const WorkRequest *request, int64_t id)
{
    return arena_format(request->arena, "/organisations/%lld", (long long)id);
}

bool desk_organisations(const WorkRequest *request, const char *words, OrganisationRows *rows, Problem *problem)
{
    Store *published = pool_take(request->bench->published, problem);
    const FinderWish wish = { words, FOUND_MOST + 1 };
    bool found = published && finder_find(request->bench->finder, request->arena, published, &wish, rows, problem);
    if (published)
        pool_give(request->bench->published, published);
    return found;
}

static const char *told(const WorkRequest *request, size_t found)
{
    if (!found)
        return say(request->language, N_("The register knows no organisation by these words."));
    if (found > FOUND_MOST)
        return say(request->language, N_("There are more: please give more of the name."));
    return say_count(request->arena, request->language, (int64_t)found,
                     N2_("{n} organisation found", "{n} organisations found"));
}

FoundRow *desk_found_rows(const WorkRequest *request, const OrganisationRows *found, const char *path)
{
    FoundRow *rows = NEW_ARRAY(request->arena, FoundRow, found->count + 1);
    for (size_t i = 0; i < found->count; i++) {
        const char *number = number_text(request, found->items[i].id);
        rows[i] = (FoundRow){ .address = work_link(request, arena_format(request->arena, "%s%s", path, number)),
                              .number = number,
                              .name = found->items[i].name,
                              .kind = desk_label(request, "organisation", "org_type", found->items[i].org_type),
                              .country = found->items[i].country ? found->items[i].country : "" };
    }
    return rows;
}

bool work_organisations(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    OrganisationRows found = { 0 };
    OrganisationsPage page = { .address = work_link(request, "/organisations"),
                               .new_one = work_link(request, "/organisations/new"),
                               .script = request->bench->find_script };
    page.words = arena_text(request->arena, text_trim(text_of(sent(request, "q"))));
    if (*page.words && !desk_organisations(request, page.words, &found, problem))
        return false;
    page.told = *page.words ? told(request, found.count) : "";
    page.count = MIN(found.count, (size_t)FOUND_MOST);
    page.rows = desk_found_rows(request, &found, "/organisations/");
    WorkFrame frame = work_frame(request, reply, say(request->language, N_("Organisations")));
    work_organisations_html(&reply->body, &frame, &page);
    return true;
}

const char *desk_name_words(const Language *language, const char *kind)
{
    for (size_t i = 0; i < NAME_KIND_COUNT; i++)
        if (strcmp(name_kinds[i].code, kind) == 0)
            return say(language, name_kinds[i].words);
    return kind;
}

static void fill_names(const WorkRequest *request, const OrganisationRecord *organisation, OrganisationDeskPage *page)
{
    NamedRow *rows = NEW_ARRAY(request->arena, NamedRow, organisation->name_count + 1);
    for (size_t i = 0; i < organisation->name_count; i++)
        rows[i] = (NamedRow){ .kind = desk_name_words(request->language, organisation->names[i].kind),
                              .words = organisation->names[i].value };
    page->names = rows;
    page->name_count = organisation->name_count;
}

static void fill_links(const WorkRequest *request, const OrganisationRecord *organisation, OrganisationDeskPage *page)
{
    NamedRow *rows = NEW_ARRAY(request->arena, NamedRow, organisation->link_count + 1);
    for (size_t i = 0; i < organisation->link_count; i++) {
        const OrganisationLink *link = &organisation->links[i];
        const AffectedFacts how = { .role = link->role, .naming = link->naming, .naming_basis = link->naming_basis };
        rows[i] = (NamedRow){
            .kind = affected_words(request, &how, link->supplier),
            .words = link->title,
            .address = work_link(request, arena_format(request->arena, "/incidents/%lld", (long long)link->incident)),
        };
    }
    page->links = rows;
    page->link_count = organisation->link_count;
}

static const char *deed_words(const WorkRequest *request, const OrganisationDeed *deed)
{
    return arena_format(
        request->arena, "%lld · %s%s · %s", (long long)deed->entry, desk_kind(request->language, deed->kind),
        deed->target ? arena_format(request->arena, " → %lld", (long long)deed->target) : "", deed->reason);
}

static void fill_deeds(const WorkRequest *request, const OrganisationRecord *organisation, OrganisationDeskPage *page)
{
    NamedRow *rows = NEW_ARRAY(request->arena, NamedRow, organisation->deed_count + 1);
    for (size_t i = 0; i < organisation->deed_count; i++) {
        const OrganisationDeed *deed = &organisation->deeds[i];
        rows[i] = (NamedRow){
            .kind = arena_format(request->arena, "%s · %s, %s", say_moment(request->arena, request->language, deed->at),
                                 deed->author, deed->reviewer),
            .words = deed->undone ? arena_format(request->arena, "%s (%s)", deed_words(request, deed),
                                                 say(request->language, N_("taken back")))
                                  : deed_words(request, deed),
        };
    }
    page->deeds = rows;
    page->deed_count = organisation->deed_count;
}

static bool may_be_undone(const OrganisationDeed *deed)
{
    ActKind kind = act_find(deed->kind);
    return !deed->undone && kind != ACT_KIND_COUNT && !(act_table[kind].needs & (ACT_UNDOES | ACT_MAKES));
}

static Choices undoable(const WorkRequest *request, const OrganisationRecord *organisation)
{
    Choice *items = NEW_ARRAY(request->arena, Choice, organisation->deed_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < organisation->deed_count; i++)
        if (may_be_undone(&organisation->deeds[i])) {
            items[count].code = number_text(request, organisation->deeds[i].entry);
            items[count].label = deed_words(request, &organisation->deeds[i]);
            items[count].chosen = strcmp(items[count].code, sent(request, "entry")) == 0;
            count++;
        }
    return (Choices){ items, count };
}

static Choices kinds_of(const WorkRequest *request)
{
    Choice *items = NEW_ARRAY(request->arena, Choice, NAME_KIND_COUNT);
    for (size_t i = 0; i < NAME_KIND_COUNT; i++)
        items[i] = (Choice){ .code = name_kinds[i].code,
                             .label = say(request->language, name_kinds[i].words),
                             .chosen = strcmp(name_kinds[i].code, sent(request, "kind")) == 0 };
    return (Choices){ items, NAME_KIND_COUNT };
}

static void offer(const WorkRequest *request, const OrganisationRecord *organisation, Actions *actions)
{
    const Language *language = request->language;
    const FieldPlan reason = { .name = "reason", .label = say(language, N_("Reason, which is published")) };
    if (!organisation->into) {
        WorkForm *name = desk_action(request, actions, "name", say(language, N_("Add a name")));
        desk_field(request, name,
                   (FieldPlan){ .name = "kind", .label = say(language, N_("What it is")), .kind = FIELD_SELECT })
            ->choices = kinds_of(request);
        desk_field(request, name, (FieldPlan){ .name = "value", .label = say(language, N_("Name or identifier")) });
        desk_field(request, name, reason);
        WorkForm *merge = desk_action(request, actions, "merge", say(language, N_("Merge")));
        desk_field(request, merge, (FieldPlan){ .name = "into", .label = say(language, N_("Into which number")) });
        desk_field(request, merge, reason);
    }
    Choices deeds = undoable(request, organisation);
    if (deeds.count) {
        WorkForm *undo = desk_action(request, actions, "undo", say(language, N_("Take back")));
        desk_field(request, undo,
                   (FieldPlan){ .name = "entry", .label = say(language, N_("What was done")), .kind = FIELD_SELECT })
            ->choices = deeds;
        desk_field(request, undo, reason);
    }
}

static const char *about(const WorkRequest *request, const OrganisationFacts *facts)
{
    AUTO_OUT words = { 0 };
    const char *const parts[] = { desk_label(request, "organisation", "org_type", facts->org_type), facts->place,
                                  facts->subdivision, facts->country, facts->external };
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        if (!parts[i] || !*parts[i])
            continue;
        if (words.length)
            OUT_LITERAL(&words, " · ");
        out_raw(&words, parts[i], strlen(parts[i]));
    }
    return arena_text(request->arena, out_view(&words));
}

bool desk_organisation(const WorkRequest *request, int64_t id, OrganisationRecord *organisation, Problem *problem)
{
    Store *published = pool_take(request->bench->published, problem);
    bool done = published && organisation_read(request->arena, published, id, organisation, problem);
    if (published)
        pool_give(request->bench->published, published);
    return done;
}

bool work_organisation(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    OrganisationRecord organisation;
    PageLink into;
    int64_t id = desk_number_of(request);
    OrganisationDeskPage page = { .fault = fault_of(request, "") };
    if (!desk_organisation(request, id, &organisation, problem))
        return false;
    into = (PageLink){ .label =
                           say_with(request->arena, request->language, N_("It was merged into organisation {number}."),
                                    SLOTS({ "number", number_text(request, organisation.into) })),
                       .address = work_link(request, organisation_path(request, organisation.into)) };
    page.into = organisation.into ? &into : NULL;
    page.heading = organisation.facts.name;
    page.number = say_with(request->arena, request->language, N_("Organisation number {number}"),
                           SLOTS({ "number", number_text(request, id) }));
    page.about = about(request, &organisation.facts);
    fill_names(request, &organisation, &page);
    fill_links(request, &organisation, &page);
    fill_deeds(request, &organisation, &page);
    if (!organisation.into)
        page.split = work_link(request, arena_format(request->arena, "%s/split", organisation_path(request, id)));
    page.actions.path = organisation_path(request, id);
    offer(request, &organisation, &page.actions);
    WorkFrame frame = work_frame(request, reply, page.heading);
    work_organisation_html(&reply->body, &frame, &page);
    return true;
}

/* What the form asks for; false with a fault at its field when it lacks something. */
static bool read_act(WorkRequest *request, ActName *name, ActKind *kind, Act *act)
{
    const char *action = sent(request, "action"), *number = "";
    int64_t *to = NULL;
    *kind = strcmp(action, "name") == 0    ? ACT_KIND_NAME
            : strcmp(action, "merge") == 0 ? ACT_KIND_JOIN
                                           : ACT_KIND_NAME_UNDO;
    *act = (Act){ .reason = typed_text(request, "reason") };
    if (*kind == ACT_KIND_NAME) {
        *name = (ActName){ typed_text(request, "kind"), typed_text(request, "value") };
        act->names = name;
        act->name_count = 1;
        typed_needed(request, "value");
    } else {
        number = *kind == ACT_KIND_JOIN ? "into" : "entry";
        to = *kind == ACT_KIND_JOIN ? &act->into : &act->undoes;
    }
    if (to && (!text_int(text_trim(text_of(sent(request, number))), to) || *to <= 0))
        fault_add(request, number, say(request->language, N_("A number is expected.")));
    typed_needed(request, "reason");
    return request->fault_count == 0;
}

static bool is_there(const WorkRequest *request, int64_t into, Problem *problem)
{
    OrganisationRecord there;
    Problem inner = { 0 };
    return !into || desk_organisation(request, into, &there, &inner) ||
           fail_field(problem, inner.kind, "into", "%s", inner.message);
}

bool work_organisation_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Act act;
    ActName name;
    ActKind kind;
    OrganisationRecord there;
    Problem refused = { 0 };
    int64_t change, id = desk_number_of(request);
    if (!desk_organisation(request, id, &there, problem))
        return false;
    if (!read_act(request, &name, &kind, &act))
        return form_again(request, reply, problem);
    if (is_there(request, act.into, &refused) && desk_propose(request, kind, id, &act, &change, &refused))
        return desk_went(request, change, reply);
    return desk_again(request, &refused, "kind value into entry reason", reply, problem);
}
