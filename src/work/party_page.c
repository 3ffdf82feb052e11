/* Organisations and actors at the workbench: finding one, its other names, those that are the same, and taking that
 * back. */
#include "domain/finder.h"
#include "domain/name_form.h"
#include "work/link_pages.h"
#include "work/party_desk.h"

static const char *number_text(const WorkRequest *request, int64_t number)
{
    return arena_format(request->arena, "%lld", (long long)number);
}

static const char *party_path(const WorkRequest *request, int64_t id)
{
    return arena_format(request->arena, "%s/%lld", party_desk_of(request)->path, (long long)id);
}

bool desk_parties(const WorkRequest *request, ActSubject subject, const char *words, PartyRows *rows, Problem *problem)
{
    Store *published = pool_take(request->bench->published, problem);
    bool found = published && finder_find(request->bench->finders[subject], request->arena, published,
                                          &(FinderAsked){ words, PARTIES_SHOWN + 1 }, rows, problem);
    if (published)
        pool_give(request->bench->published, published);
    return found;
}

const char *party_told(const WorkRequest *request, const PartyDesk *desk, size_t found)
{
    if (!found)
        return say(request->language, desk->none);
    if (found > PARTIES_SHOWN)
        return say(request->language, N_("There are more: please give more of the name."));
    return say_count(request->arena, request->language, (int64_t)found, desk->one, desk->other);
}

FoundRow *desk_found_rows(const WorkRequest *request, const PartyRows *found, const char *path)
{
    FoundRow *rows = NEW_ARRAY(request->arena, FoundRow, found->count + 1);
    for (size_t i = 0; i < found->count; i++) {
        const char *number = number_text(request, found->items[i].id);
        rows[i] = (FoundRow){ .address = work_link(request, arena_format(request->arena, "%s%s", path, number)),
                              .number = number,
                              .name = found->items[i].name,
                              .kind = desk_label(request, "organisation", "org_type", found->items[i].org_type),
                              .country = desk_country(request, found->items[i].country) };
    }
    return rows;
}

bool work_parties(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    PartyRows found = { 0 };
    const PartyDesk *desk = party_desk_of(request);
    ActSubject subject = party_desk_subject(request);
    PartiesPage page = { .heading = say(request->language, desk->heading),
                         .caption = say(request->language, desk->found),
                         .placed = party_of(subject)->has & PARTY_PLACED,
                         .address = work_link(request, desk->path),
                         .new_one = work_link(request, arena_format(request->arena, "%s/new", desk->path)),
                         .script = request->bench->find_script };
    page.words = arena_text(request->arena, text_trim(text_of(sent(request, "q"))));
    if (*page.words && !desk_parties(request, subject, page.words, &found, problem))
        return false;
    page.told = *page.words ? party_told(request, desk, found.count) : "";
    page.count = MIN(found.count, (size_t)PARTIES_SHOWN);
    page.rows = desk_found_rows(request, &found, arena_format(request->arena, "%s/", desk->path));
    WorkFrame frame = work_frame(request, reply, page.heading);
    work_parties_html(&reply->body, &frame, &page);
    return true;
}

const char *desk_name_words(const Language *language, const char *kind)
{
    for (size_t i = 0; i < NAME_KIND_COUNT; i++)
        if (strcmp(name_kinds[i].code, kind) == 0)
            return say(language, name_kinds[i].words);
    return kind;
}

static void fill_names(const WorkRequest *request, const PartyRecord *party, PartyPage *page)
{
    NamedRow *rows = NEW_ARRAY(request->arena, NamedRow, party->name_count + 1);
    for (size_t i = 0; i < party->name_count; i++)
        rows[i] = (NamedRow){ .kind = desk_name_words(request->language, party->names[i].kind),
                              .words = party->names[i].value };
    page->names = rows;
    page->name_count = party->name_count;
}

static void fill_links(const WorkRequest *request, const PartyRecord *party, PartyPage *page)
{
    NamedRow *rows = NEW_ARRAY(request->arena, NamedRow, party->link_count + 1);
    for (size_t i = 0; i < party->link_count; i++) {
        const PartyLink *link = &party->links[i];
        const AffectedFacts how = { .role = link->role, .naming = link->naming, .naming_basis = link->naming_basis };
        rows[i] = (NamedRow){
            .kind = link->role ? affected_words(request, &how, link->supplier)
                               : say(request->language, N_("It is named there")),
            .words = link->title,
            .address = work_link(request, arena_format(request->arena, "/incidents/%lld", (long long)link->incident)),
        };
    }
    page->links = rows;
    page->link_count = party->link_count;
}

static const char *deed_words(const WorkRequest *request, const PartyDeed *deed)
{
    return arena_format(
        request->arena, "%lld · %s%s · %s", (long long)deed->entry, desk_kind(request->language, deed->kind),
        deed->target ? arena_format(request->arena, " → %lld", (long long)deed->target) : "", deed->reason);
}

static void fill_deeds(const WorkRequest *request, const PartyRecord *party, PartyPage *page)
{
    NamedRow *rows = NEW_ARRAY(request->arena, NamedRow, party->deed_count + 1);
    for (size_t i = 0; i < party->deed_count; i++) {
        const PartyDeed *deed = &party->deeds[i];
        rows[i] = (NamedRow){
            .kind = arena_format(request->arena, "%s · %s, %s", say_moment(request->arena, request->language, deed->at),
                                 deed->author, deed->reviewer),
            .words = deed->undone ? arena_format(request->arena, "%s (%s)", deed_words(request, deed),
                                                 say(request->language, N_("taken back")))
                                  : deed_words(request, deed),
        };
    }
    page->deeds = rows;
    page->deed_count = party->deed_count;
}

static bool may_be_undone(const PartyDeed *deed)
{
    ActKind kind = act_find(deed->kind);
    return !deed->undone && kind != ACT_KIND_COUNT && !(act_table[kind].needs & (ACT_UNDOES | ACT_MAKES));
}

static Choices undoable(const WorkRequest *request, const PartyRecord *party)
{
    Choice *items = NEW_ARRAY(request->arena, Choice, party->deed_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < party->deed_count; i++)
        if (may_be_undone(&party->deeds[i])) {
            items[count].code = number_text(request, party->deeds[i].entry);
            items[count].label = deed_words(request, &party->deeds[i]);
            items[count].chosen = strcmp(items[count].code, sent(request, "entry")) == 0;
            count++;
        }
    return (Choices){ items, count };
}

static Choices kinds_of(const WorkRequest *request)
{
    Choice *items = NEW_ARRAY(request->arena, Choice, NAME_KIND_COUNT);
    size_t count = 0;
    for (size_t i = 0; i < NAME_KIND_COUNT; i++)
        if (name_is_of(&name_kinds[i], party_desk_subject(request)))
            items[count++] = (Choice){ .code = name_kinds[i].code,
                                       .label = say(request->language, name_kinds[i].words),
                                       .chosen = strcmp(name_kinds[i].code, sent(request, "kind")) == 0 };
    return (Choices){ items, count };
}

static void offer(const WorkRequest *request, const PartyRecord *party, Actions *actions)
{
    const Language *language = request->language;
    const FieldPlan reason = { .name = "reason", .label = say(language, N_("Reason, which is published")) };
    if (!party->into) {
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
    Choices deeds = undoable(request, party);
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
                                  facts->subdivision, desk_country(request, facts->country), facts->external };
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        if (!parts[i] || !*parts[i])
            continue;
        if (words.length)
            OUT_LITERAL(&words, " · ");
        out_raw(&words, parts[i], strlen(parts[i]));
    }
    return arena_text(request->arena, out_view(&words));
}

bool desk_party(const WorkRequest *request, ActSubject subject, int64_t id, PartyRecord *party, Problem *problem)
{
    Store *published = pool_take(request->bench->published, problem);
    bool done = published && party_read(request->arena, published, party_of(subject), id, party, problem);
    if (published)
        pool_give(request->bench->published, published);
    return done;
}

bool work_party(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    PartyRecord party;
    PageLink into;
    int64_t id = desk_number_of(request);
    const PartyDesk *desk = party_desk_of(request);
    PartyPage page = { .fault = fault_of(request, ""), .divide = say(request->language, desk->divide) };
    if (!desk_party(request, party_desk_subject(request), id, &party, problem))
        return false;
    into = (PageLink){ .label = say_with(request->arena, request->language, N_("It was merged into number {number}."),
                                         SLOTS({ "number", number_text(request, party.into) })),
                       .address = work_link(request, party_path(request, party.into)) };
    page.into = party.into ? &into : NULL;
    page.heading = party.facts.name;
    page.number =
        say_with(request->arena, request->language, desk->number, SLOTS({ "number", number_text(request, id) }));
    page.about = about(request, &party.facts);
    fill_names(request, &party, &page);
    fill_links(request, &party, &page);
    fill_deeds(request, &party, &page);
    if (!party.into)
        page.split = work_link(request, arena_format(request->arena, "%s/split", party_path(request, id)));
    page.actions.path = party_path(request, id);
    offer(request, &party, &page.actions);
    WorkFrame frame = work_frame(request, reply, page.heading);
    work_party_html(&reply->body, &frame, &page);
    return true;
}

/* What the form asks for; false with a fault at its field when it lacks something. */
static bool read_act(WorkRequest *request, ActName *name, ActKind *kind, Act *act)
{
    const char *action = sent(request, "action"), *number = "";
    int64_t *to = NULL;
    unsigned need = strcmp(action, "name") == 0 ? ACT_NAMES : strcmp(action, "merge") == 0 ? ACT_INTO : ACT_UNDOES;
    *kind = act_upon(party_desk_subject(request), need);
    *act = (Act){ .reason = typed_text(request, "reason") };
    if (need == ACT_NAMES) {
        *name = (ActName){ typed_text(request, "kind"), typed_text(request, "value") };
        act->names = name;
        act->name_count = 1;
        typed_needed(request, "value");
    } else {
        number = need == ACT_INTO ? "into" : "entry";
        to = need == ACT_INTO ? &act->into : &act->undoes;
    }
    if (to && (!text_int(text_trim(text_of(sent(request, number))), to) || *to <= 0))
        fault_add(request, number, say(request->language, N_("A number is expected.")));
    typed_needed(request, "reason");
    return request->fault_count == 0;
}

static bool is_there(const WorkRequest *request, int64_t into, Problem *problem)
{
    PartyRecord there;
    Problem inner = { 0 };
    return !into || desk_party(request, party_desk_subject(request), into, &there, &inner) ||
           fail_field(problem, inner.kind, "into", "%s", inner.message);
}

bool work_party_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Act act;
    ActName name;
    ActKind kind;
    PartyRecord there;
    Problem refused = { 0 };
    int64_t change, id = desk_number_of(request);
    if (!desk_party(request, party_desk_subject(request), id, &there, problem))
        return false;
    if (!read_act(request, &name, &kind, &act))
        return form_again(request, reply, problem);
    if (is_there(request, act.into, &refused) && desk_propose(request, kind, id, &act, &change, &refused))
        return desk_went(request, change, reply);
    return desk_again(request, &refused, "kind value into entry reason", reply, problem);
}
