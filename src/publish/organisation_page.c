#include "publish/organisation_page.h"

#include "domain/record.h"
#include "publish/figures_json.h"
#include "publish/headline.h"
#include "publish/link.h"
#include "publish/search.h"
#include "publish/tables.h"

enum { FACTS_MAX = 8, INCIDENTS_SHOWN = 200 };

static const char *coded(const View *view, const char *variable, const char *code)
{
    return code ? show_code(view, variable, code) : NULL;
}

static int64_t counted(const Victim *victim)
{
    int64_t count = 0;
    for (size_t i = 0; i < victim->incident_count; i++)
        count += victim->incidents[i].counted;
    return count;
}

/* The list */

static bool add_row(const Reading *reading, int64_t id, EntityTable *table, Problem *problem)
{
    const View *view = reading->view;
    Victim victim;
    if (!victim_read(view->arena, reading->store, id, view->figures->entries, &victim, problem))
        return false;
    if (victim.incident_count == 0)
        return true;
    const Organisation *facts = &victim.facts;
    EntityCell *cells = entity_row(view, table);
    Filter moment = { .from = INT32_MIN, .to = INT32_MAX, .as_of_text = view->filter->as_of_text };
    cells[0] = (EntityCell){ .text = organisation_name(view, facts),
                             .link = link_in(view->arena, view->language, victim_path(view->arena, id), &moment),
                             .note = show_place(view, facts->place, facts->subdivision) };
    cells[1].text = coded(view, "org_type", facts->org_type);
    if (facts->country)
        cells[2] = (EntityCell){ .text = show_facet(view, "country", facts->country),
                                 .link = country_link(view, facts->country) };
    cells[3].text = say_number(view->arena, view->language, counted(&victim));
    return true;
}

static const EntityForm *form_of(const View *view, const Figures *all)
{
    EntityForm *form = NEW(view->arena, EntityForm);
    *form = (EntityForm){ .action = link_in(view->arena, view->language, entity_path(ENTITY_ORGANISATION), NULL),
                          .label = say(view->language, "Find an organisation"),
                          .q = view->filter->q ? view->filter->q : "" };
    form->selects[form->select_count++] = filter_select(view, all, "country");
    form->selects[form->select_count++] = filter_select(view, all, "sector");
    return form;
}

static PageLinks downloads_of(const View *view)
{
    PageLink *links = NEW_ARRAY(view->arena, PageLink, 3);
    links[0] = (PageLink){ .label = "CSV", .address = link_to(view, "/organisations.csv") };
    links[1] = (PageLink){ .label = "JSON", .address = link_to(view, "/organisations.json") };
    links[2] = (PageLink){ .label = "XLSX", .address = link_to(view, "/organisations.xlsx") };
    return (PageLinks){ links, 3 };
}

bool organisations_page(const Reading *reading, size_t number, const Figures *all, EntityPage *page, Problem *problem)
{
    static const EntityColumn columns[] = {
        { N_("Organisation"), false }, { N_("Kind"), false }, { N_("Country"), false }, { N_("Incidents"), true }
    };
    const View *view = reading->view;
    size_t first = (number - 1) * LIST_ROWS;
    Found found;
    if (!organisations_found(view->arena, reading->snapshot, reading->store, view->filter, &found, problem))
        return false;
    if (number > 1 && found.count <= first)
        return fail_field(problem, PROBLEM_NOT_FOUND, "page", "the list has no page %zu", number);
    *page = entity_page(view, ENTITY_ORGANISATION, say(view->language, "Organisations"));
    page->intro =
        say(view->language, "Health organisations that were attacked, in counted incidents. One that may not be "
                            "named stands here by its kind and country, and no name finds it.");
    page->form = form_of(view, all);
    EntitySection *section = entity_section(
        page, "list",
        say_count(view->arena, view->language, (int64_t)found.count, "{n} organisation", "{n} organisations"),
        headline_filter(view));
    section->table = entity_table(view, columns, COUNT_OF(columns));
    section->empty = say(view->language, "No organisation matches.");
    section->links = downloads_of(view);
    page->pages = list_pages(view, link_to(view, entity_path(ENTITY_ORGANISATION)), found.count, number);
    for (size_t i = first; i < MIN(found.count, first + LIST_ROWS); i++)
        if (!add_row(reading, found.ids[i], &section->table, problem))
            return false;
    return true;
}

/* One of them */

static bool read_shown(const Reading *reading, int64_t id, Victim *victim, Problem *problem)
{
    return victim_read(reading->view->arena, reading->store, id, reading->view->figures->entries, victim, problem) &&
           (victim->incident_count || fail(problem, PROBLEM_NOT_FOUND, "there is no organisation with this number"));
}

typedef struct Facts {
    Number items[FACTS_MAX];
    size_t count;
} Facts;

static void add(const View *view, Facts *facts, const char *label, const char *value, const char *link)
{
    if (value)
        facts->items[facts->count++] = (Number){ .label = say(view->language, label), .value = value, .link = link };
}

static void add_facts(const View *view, const Victim *victim, EntityPage *page)
{
    const Organisation *one = &victim->facts;
    Facts *facts = NEW(view->arena, Facts);
    add(view, facts, N_("Counted incidents"), say_number(view->arena, view->language, counted(victim)), NULL);
    add(view, facts, N_("Kind"), coded(view, "org_type", one->org_type), NULL);
    add(view, facts, N_("Sector"), coded(view, "sector_group", one->sector_group), NULL);
    add(view, facts, N_("Country"), one->country ? show_facet(view, "country", one->country) : NULL,
        one->country ? country_link(view, one->country) : NULL);
    add(view, facts, N_("Place"), show_place(view, one->place, one->subdivision), NULL);
    EntitySection *section = entity_section(page, "glance", say(view->language, "At a glance"), NULL);
    section->numbers = facts->items;
    section->number_count = facts->count;
}

/* "Through a supplier: Softway" or "Directly attacked: 3 organisations hit through it". */
static const char *role_in_words(const View *view, const VictimIncident *one)
{
    const char *role = incident_role(view, one->role, one->inclusion);
    const char *more = one->supplier ? say_with(view->arena, view->language, "hit through {supplier}",
                                                SLOTS({ "supplier", organisation_name(view, one->supplier) }))
                       : one->supplied
                           ? say_count(view->arena, view->language, one->supplied, "{n} organisation hit through it",
                                       "{n} organisations hit through it")
                           : NULL;
    if (more)
        role = arena_format(view->arena, "%s · %s", role, more);
    return one->naming_basis
               ? arena_format(view->arena, "%s · %s", role,
                              say_with(view->arena, view->language, "named by: {basis}",
                                       SLOTS({ "basis", show_code(view, "naming_basis", one->naming_basis) })))
               : role;
}

static PageLink other_shown(const View *view, const Rows *rows, bool apart)
{
    int64_t other = rows_int(rows, 0);
    const Slot *slots = SLOTS({ "number", arena_format(view->arena, "%lld", (long long)other) });
    return apart ? (PageLink){ .label = say_with(view->arena, view->language,
                                                 N_("Number {number} was told apart from it"), slots),
                               .address = link_in(view->arena, view->language, victim_path(view->arena, other), NULL) }
                 : (PageLink){ .label = say_with(view->arena, view->language, N_("Number {number} was merged into it"),
                                                 slots) };
}

static bool add_incidents(const Reading *reading, const Victim *victim, EntityPage *page, Problem *problem)
{
    const View *view = reading->view;
    size_t count = MIN(victim->incident_count, INCIDENTS_SHOWN);
    ListRow *rows = NEW_ARRAY(view->arena, ListRow, count);
    EntitySection *section = entity_section(page, "incidents", say(view->language, "Incidents"), NULL);
    if (count < victim->incident_count)
        section->intro = say_with(view->arena, view->language, "The latest {n}; all stand in the JSON.",
                                  SLOTS({ "n", say_number(view->arena, view->language, (int64_t)count) }));
    for (size_t i = 0; i < count; i++) {
        const VictimIncident *one = &victim->incidents[i];
        if (!list_row(view, reading->store, one->incident, REGISTER_ALL, &rows[i], problem))
            return false;
        rows[i].mark = role_in_words(view, one);
    }
    section->rows = rows;
    section->row_count = count;
    return true;
}

bool organisation_page(const Reading *reading, int64_t id, EntityPage *page, Problem *problem)
{
    const View *view = reading->view;
    Victim victim;
    if (!read_shown(reading, id, &victim, problem))
        return false;
    *page = entity_page(view, ENTITY_ORGANISATION, organisation_name(view, &victim.facts));
    page->kind = victim.facts.country ? show_facet(view, "country", victim.facts.country) : NULL;
    if (!*victim.facts.name)
        page->notices[0] = say(view->language, "It is not named, because it was not made public by itself or by an "
                                               "authority.");
    add_facts(view, &victim, page);
    other_names_section(view, &victim.names, page);
    others_section(view,
                   store_run(reading->store, problem, SQL_PUBLISH_VICTIM_OTHERS, "ii", id, view->figures->entries),
                   other_shown, say(view->language, "One organisation or several"), page);
    return !problem->kind && add_incidents(reading, &victim, page, problem);
}

/* One that is withheld has no number. */
static Cell supplier_cell(const VictimIncident *one)
{
    bool shown = one->supplier && strcmp(one->supplier->naming, "withheld") != 0;
    return shown ? cell_count(one->supplier->id) : cell_text(NULL);
}

static Sheet incidents_of(const View *view, const Victim *victim)
{
    Sheet sheet = sheet_new(view->arena, &involvement_schema);
    for (size_t i = 0; i < victim->incident_count; i++) {
        const VictimIncident *one = &victim->incidents[i];
        const Cell cells[] = { cell_count(one->incident),        cell_text(one->role),
                               cell_text(one->inclusion),        cell_text(one->verification),
                               cell_day(view->arena, one->date), cell_flag(one->counted),
                               cell_text(one->naming_basis),     supplier_cell(one),
                               cell_count(one->supplied) };
        memcpy(sheet_row(&sheet), cells, sizeof cells);
    }
    return sheet;
}

bool organisation_sheet(const Reading *reading, int64_t id, Sheet *sheet, Problem *problem)
{
    Victim victim;
    if (!read_shown(reading, id, &victim, problem))
        return false;
    *sheet = incidents_of(reading->view, &victim);
    return true;
}

bool organisation_json(const Reading *reading, int64_t id, Out *out, Problem *problem)
{
    const View *view = reading->view;
    Victim victim;
    AUTO_OUT row = { 0 }; /* an array of one */
    const ExportOne order = { .table = EXPORT_ORGANISATIONS,
                              .form = EXPORT_JSON,
                              .codebook = view->codebook,
                              .incident = id,
                              .entries = view->figures->entries };
    if (!read_shown(reading, id, &victim, problem) || !export_one(view->arena, reading->store, &order, &row, problem))
        return false;
    OUT_LITERAL(out, "{\"organisation\":");
    out_raw(out, row.text + 1, row.length - 2);
    other_names_json(view, &victim.names, out);
    const Sheet incidents = incidents_of(view, &victim);
    OUT_LITERAL(out, ",\"incidents\":");
    sheet_json(out, &incidents);
    figures_json_origin(out, view->figures, view->filter, view->codebook);
    OUT_LITERAL(out, "}\n");
    return true;
}
