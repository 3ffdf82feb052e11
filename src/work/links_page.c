/* Which organisations an incident hit: the list, finding one that the register knows, and adding one. */
#include "work/link_pages.h"

enum { FOUND_MOST = 20 };

static bool find_draft(const WorkRequest *request, Links *links, Problem *problem)
{
    AUTO_READER reader = { 0 };
    Change *change = &links->change;
    if (!reader_take(request, &reader, problem) ||
        !change_find(request->arena, reader.store, desk_number_of(request), change, problem))
        return false;
    if (strcmp(change->kind, KIND_OPEN) != 0)
        return fail(problem, PROBLEM_NOT_FOUND, "change %lld opens no incident", (long long)change->id);
    int64_t *places = NULL;
    if (!record_read(request->arena, change->body, &links->record, problem))
        return false;
    places = NEW_ARRAY(request->arena, int64_t, links->record.affected_count + 1);
    for (size_t i = 0; i < links->record.affected_count; i++)
        places[i] = (int64_t)i + 1;
    links->numbers = places;
    return strcmp(change->state, "draft") == 0 ||
           fail(problem, PROBLEM_CONFLICT, "change %lld is %s, not %s", (long long)change->id, change->state, "draft");
}

static bool find_published(const WorkRequest *request, Links *links, Problem *problem)
{
    Whole whole;
    if (!desk_whole(request, &whole, problem))
        return false;
    links->record = whole.record;
    int64_t *ids = NEW_ARRAY(request->arena, int64_t, whole.record.affected_count + 1);
    int64_t *organisations = NEW_ARRAY(request->arena, int64_t, whole.record.affected_count + 1);
    for (size_t i = 0; i < whole.record.affected_count; i++) {
        ids[i] = whole.links[i].id;
        organisations[i] = whole.links[i].organisation;
    }
    links->numbers = ids;
    links->organisations = organisations;
    return !whole.left ||
           fail(problem, PROBLEM_CONFLICT, "incident %lld was %s", (long long)desk_number_of(request), whole.left);
}

bool links_find(const WorkRequest *request, Links *links, Problem *problem)
{
    *links = (Links){ .draft = text_is(request->parts[1], "changes") };
    links->above = arena_format(request->arena, "/%s/%lld", links->draft ? "changes" : "incidents",
                                (long long)desk_number_of(request));
    links->path = arena_format(request->arena, "%s/organisations", links->above);
    return links->draft ? find_draft(request, links, problem) : find_published(request, links, problem);
}

const char *links_about(const WorkRequest *request, const Links *links, size_t place)
{
    const AffectedFacts *affected = &links->record.affected[place];
    const char *supplier = affected->supplier ? links->record.affected[affected->supplier - 1].organisation.name : NULL;
    return affected_words(request, affected, supplier);
}

static void fill_rows(const WorkRequest *request, const Links *links, LinksPage *page)
{
    FoundRow *rows = NEW_ARRAY(request->arena, FoundRow, links->record.affected_count + 1);
    for (size_t i = 0; i < links->record.affected_count; i++)
        rows[i] = (FoundRow){ .address = work_link(request, arena_format(request->arena, "%s/%lld", links->path,
                                                                         (long long)links->numbers[i])),
                              .name = links->record.affected[i].organisation.name,
                              .kind = links_about(request, links, i),
                              .country = desk_country(request, links->record.affected[i].organisation.country) };
    page->rows = rows;
    page->count = links->record.affected_count;
}

static bool fill_found(const WorkRequest *request, const Links *links, LinksPage *page, Problem *problem)
{
    PartyRows found = { 0 };
    page->words = arena_text(request->arena, text_trim(text_of(sent(request, "q"))));
    page->asked = *page->words;
    if (page->asked && !desk_parties(request, ACT_ORGANISATION, page->words, &found, problem))
        return false;
    page->found_count = MIN(found.count, (size_t)FOUND_MOST);
    page->found = desk_found_rows(request, &found, arena_format(request->arena, "%s?organisation=", links->path));
    return true;
}

static void add_version(const WorkRequest *request, const Links *links, Actions *actions)
{
    if (links->draft)
        actions->version = arena_format(request->arena, "%lld", (long long)links->change.version);
}

bool work_links(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Links links;
    LinksPage page = { .fault = fault_of(request, "") };
    if (!links_find(request, &links, problem) || !fill_found(request, &links, &page, problem))
        return false;
    page.heading = links.record.title ? links.record.title : say(request->language, N_("Without a title"));
    page.back = work_link(request, links.above);
    page.address = work_link(request, links.path);
    fill_rows(request, &links, &page);
    page.actions.path = links.path;
    add_version(request, &links, &page.actions);
    WorkForm *form = desk_action(request, &page.actions, "add", say(request->language, N_("Link it")));
    link_fields(request, form, &(LinkForm){ &links, links.record.affected_count });
    WorkFrame frame = work_frame(request, reply, say(request->language, N_("Organisations that were hit")));
    links_html(&reply->body, &frame, &page);
    return true;
}

bool work_link_one(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Links links;
    size_t place;
    const Language *language = request->language;
    LinkPage page = { .fault = fault_of(request, "") };
    if (!links_find(request, &links, problem) || !link_place(request, &links, &place, problem))
        return false;
    const char *path = arena_format(request->arena, "%s/%lld", links.path, (long long)links.numbers[place]);
    page.heading = links.record.affected[place].organisation.name;
    page.back = work_link(request, links.path);
    page.about = links_about(request, &links, place);
    page.actions.path = path;
    add_version(request, &links, &page.actions);
    link_fields(request, desk_action(request, &page.actions, "change", say(language, N_("Change"))),
                &(LinkForm){ &links, place });
    WorkForm *end = desk_action(request, &page.actions, "end", say(language, N_("It was not hit")));
    if (!links.draft)
        desk_field(request, end,
                   (FieldPlan){ .name = "reason", .label = say(language, N_("Reason, which is published")) });
    WorkFrame frame = work_frame(request, reply, page.heading);
    link_html(&reply->body, &frame, &page);
    return true;
}

/* A version of the draft with another list of organisations. */
static bool save_draft(const WorkRequest *request, Links *links, Problem *problem)
{
    AUTO_OUT body = { 0 };
    AUTO_WRITER writing = { 0 };
    Hand hand = hand_of(request);
    int64_t version = 0;
    (void)text_int(text_of(sent(request, "version")), &version);
    record_write(&body, &links->record);
    writer_take(request, &writing);
    return change_save(writing.store, &hand, links->change.id, version, out_view(&body), problem);
}

static AffectedFacts affected_of(const ActLink *link, const OrganisationFacts *facts)
{
    return (AffectedFacts){ *facts, link->role, link->naming, link->naming_basis, link->supplier };
}

static bool put_in_draft(const WorkRequest *request, Links *links, size_t place, const AffectedFacts *affected,
                         Problem *problem)
{
    Record *record = &links->record;
    AffectedFacts *all = NEW_ARRAY(request->arena, AffectedFacts, record->affected_count + 1);
    if (record->affected_count)
        memcpy(all, record->affected, record->affected_count * sizeof *all);
    all[place] = *affected;
    record->affected = all;
    record->affected_count = MAX(record->affected_count, place + 1);
    return record_suppliers_check(record, problem) && save_draft(request, links, problem);
}

/* Those behind it move up; whoever was hit through it is hit through nobody known. */
static bool take_from_draft(const WorkRequest *request, Links *links, size_t place, Problem *problem)
{
    Record *record = &links->record;
    int64_t gone = (int64_t)place + 1;
    record->affected_count--;
    for (size_t i = place; i < record->affected_count; i++)
        record->affected[i] = record->affected[i + 1];
    for (size_t i = 0; i < record->affected_count; i++) {
        int64_t *supplier = &record->affected[i].supplier;
        *supplier = *supplier == gone ? 0 : *supplier > gone ? *supplier - 1 : *supplier;
    }
    return save_draft(request, links, problem);
}

static const char *text_or_empty(const char *text)
{
    return text ? text : "";
}

static bool propose(const WorkRequest *request, ActKind kind, ActLink *link, int64_t *change, Problem *problem)
{
    Act act = { .links = link, .link_count = 1, .reason = text_or_empty(typed_text(request, "reason")) };
    return desk_propose(request, kind, desk_number_of(request), &act, change, problem);
}

/* Ends with the page that shows what came of it, or with the form again. */
static bool end_with(WorkRequest *request, WorkReply *reply, const char *path, bool done, Problem *refused,
                     Problem *problem)
{
    if (done)
        return go_to(request, reply, path);
    return desk_again(request, refused,
                      "organisation name country subdivision place org_type role naming naming_basis supplier reason",
                      reply, problem);
}

static const char *change_path(const WorkRequest *request, int64_t change)
{
    return arena_format(request->arena, "/changes/%lld", (long long)change);
}

bool work_links_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Links links;
    ActLink link;
    OrganisationFacts facts;
    Problem refused = { 0 };
    int64_t change = 0;
    if (!links_find(request, &links, problem))
        return false;
    const LinkForm form = { &links, links.record.affected_count };
    if (!link_read(request, &form, &link, &facts, problem))
        return !problem->kind && form_again(request, reply, problem);
    if (links.draft) {
        const AffectedFacts affected = affected_of(&link, &facts);
        bool saved = put_in_draft(request, &links, form.place, &affected, &refused);
        return end_with(request, reply, links.path, saved, &refused, problem);
    }
    bool proposed = propose(request, ACT_KIND_LINK, &link, &change, &refused);
    return end_with(request, reply, change_path(request, change), proposed, &refused, problem);
}

static bool end_link(WorkRequest *request, WorkReply *reply, Links *links, size_t place, Problem *problem)
{
    Problem refused = { 0 };
    ActLink link = { .link = links->numbers[place] };
    int64_t change = 0;
    if (links->draft)
        return end_with(request, reply, links->path, take_from_draft(request, links, place, &refused), &refused,
                        problem);
    bool proposed = propose(request, ACT_KIND_UNLINK, &link, &change, &refused);
    return end_with(request, reply, change_path(request, change), proposed, &refused, problem);
}

static bool change_link(WorkRequest *request, WorkReply *reply, Links *links, size_t place, Problem *problem)
{
    ActLink link;
    OrganisationFacts facts;
    Problem refused = { 0 };
    int64_t change = 0;
    if (!link_read(request, &(LinkForm){ links, place }, &link, &facts, problem))
        return !problem->kind && form_again(request, reply, problem);
    if (links->draft) {
        const AffectedFacts affected = affected_of(&link, &facts);
        bool saved = put_in_draft(request, links, place, &affected, &refused);
        return end_with(request, reply, links->path, saved, &refused, problem);
    }
    link.link = links->numbers[place];
    bool proposed = propose(request, ACT_KIND_RELINK, &link, &change, &refused);
    return end_with(request, reply, change_path(request, change), proposed, &refused, problem);
}

bool work_link_one_sent(WorkRequest *request, WorkReply *reply, Problem *problem)
{
    Links links;
    size_t place;
    bool ends = strcmp(sent(request, "action"), "end") == 0;
    if (!links_find(request, &links, problem) || !link_place(request, &links, &place, problem))
        return false;
    return ends ? end_link(request, reply, &links, place, problem)
                : change_link(request, reply, &links, place, problem);
}
