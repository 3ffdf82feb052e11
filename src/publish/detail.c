#include "publish/departure.h"
#include "publish/link.h"
#include "publish/source.h"
#include "publish/table_rows.h"
#include "publish/victim.h"

enum { GLANCE_MAX = 12 };

static SourceView source_view(const View *view, const SourceFact *fact, size_t number)
{
    return (SourceView){ .id = fact->id,
                         .number = number,
                         .name = fact->name,
                         .raw_name = fact->title ? show_raw(view, fact->title) : NULL,
                         .url = fact->link,
                         .page = source_link(view, fact->id),
                         .kind = show_code(view, "source_type", fact->source_type),
                         .reliability = show_code(view, "reliability", fact->reliability),
                         .language = fact->language,
                         .licence = fact->licence,
                         .published = fact->published == DAY_UNKNOWN
                                          ? NULL
                                          : say_day(view->arena, view->language, fact->published) };
}

bool detail_sources(const View *view, Store *store, int64_t incident, DetailPage *page, Problem *problem)
{
    AUTO_ROWS *rows = store_run(store, problem, SQL_PUBLISH_NAMED_SOURCES, "iii", table_first(incident),
                                table_last(incident), view->figures->entries);
    size_t room = 8;
    SourceView *sources = NEW_ARRAY(view->arena, SourceView, room);
    while (rows && rows_next(rows)) {
        sources = arena_grow(view->arena, sources, page->source_count, &room, sizeof *sources);
        SourceFact fact = source_take(view, rows);
        sources[page->source_count] = source_view(view, &fact, page->source_count + 1);
        page->source_count++;
    }
    page->sources = sources;
    return !problem->kind;
}

typedef struct Glance {
    Number items[GLANCE_MAX];
    size_t count;
} Glance;

static void add(const View *view, Glance *glance, const char *label, const char *value, const char *note)
{
    if (value && *value)
        glance->items[glance->count++] = (Number){ .label = say(view->language, label), .value = value, .note = note };
}

static const char *definition_of(const View *view, const char *variable, const char *code)
{
    const Variable *known = codebook_variable(view->codebook, variable);
    const Value *value = known ? variable_value(known, code) : NULL;
    return value ? label_in(value->definition, view->language->code) : NULL;
}

static const char *date_note(const View *view, const Incident *incident)
{
    return incident->date_basis ? show_code(view, "reference_date_basis", incident->date_basis) : NULL;
}

/* What is known, or the missing code in words: never a zero. */
static const char *persons_of(const View *view, const Incident *incident)
{
    if (isfinite(incident->persons))
        return say_with(view->arena, view->language, "at least {number}",
                        SLOTS({ "number", say_decimal(view->arena, view->language, incident->persons, 0) }));
    return incident->persons_missing ? show_missing(view, incident->persons_missing) : NULL;
}

static void fill_glance(const View *view, const Incident *incident, DetailPage *page)
{
    Glance *glance = NEW(view->arena, Glance);
    const char *level = show_code(view, "verification_level", incident->verification);
    add(view, glance, N_("Reference date"),
        incident->date_basis ? say_span(view->arena, view->language, incident->date)
                             : say(view->language, "date not known"),
        date_note(view, incident));
    add(view, glance, N_("Attack type"), incident_labels(view, incident, "attack_type"),
        incident->ransomware_status ? show_code(view, "ransomware_status", incident->ransomware_status) : NULL);
    add(view, glance, N_("Country"), incident_countries(view, incident), NULL);
    add(view, glance, N_("Verification"), level, definition_of(view, "verification_level", incident->verification));
    add(view, glance, N_("Documented level"), incident_severity(view, incident),
        show_coverage(view, incident->coverage, incident->index_low, incident->index_high));
    add(view, glance, N_("Persons affected"), persons_of(view, incident), NULL);
    if (isfinite(incident->disturbed_days))
        add(view, glance, N_("Days of disturbed care"),
            say_decimal(view->arena, view->language, incident->disturbed_days, 1), NULL);
    page->glance = glance->items;
    page->glance_count = glance->count;
}

static const char *organisation_link(const View *view, const Organisation *one)
{
    return strcmp(one->naming, "withheld") == 0
               ? NULL
               : link_in(view->arena, view->language, victim_path(view->arena, one->id), NULL);
}

static OrganisationView organisation_view(const View *view, const Incident *incident, const Organisation *one)
{
    const Organisation *supplier = incident_supplier(incident, one);
    int64_t supplied = incident_supplied(incident, one);
    OrganisationView shown = { .name = organisation_name(view, one), .link = organisation_link(view, one) };
    if (supplier)
        shown.supplier =
            (PageLink){ .label = organisation_name(view, supplier), .address = organisation_link(view, supplier) };
    if (supplied)
        shown.supplied = say_count(view->arena, view->language, supplied, "{n} organisation hit through it",
                                   "{n} organisations hit through it");
    if (one->naming_basis)
        shown.basis = say_with(view->arena, view->language, "named by: {basis}",
                               SLOTS({ "basis", show_code(view, "naming_basis", one->naming_basis) }));
    if (one->org_type && *one->name)
        shown.kind = show_code(view, "org_type", one->org_type);
    shown.place = show_place(view, one->place, one->subdivision);
    if (one->country)
        shown.country = (PageLink){ .label = show_facet(view, "country", one->country),
                                    .address = country_link(view, one->country) };
    return shown;
}

/* What a role means in this record: that somebody was attacked is a fact only where it is verified. */
static const char *role_in_words(const View *view, const Incident *incident, const Value *role)
{
    if (!incident_is_attack(incident->inclusion))
        return say(view->language, N_("it does not count as an attack"));
    if (text_starts(text_of(incident->verification), "v1"))
        return say(view->language, N_("only attackers say so"));
    if (text_starts(text_of(incident->verification), "v0"))
        return say(view->language, N_("not verified"));
    return label_in(role->definition, view->language->code);
}

static RoleView role_view(const View *view, const Incident *incident, const Value *role)
{
    OrganisationView *rows = NEW_ARRAY(view->arena, OrganisationView, incident->organisation_count + 1);
    RoleView shown = { .code = role->code,
                       .label = incident_role(view, role->code, incident->inclusion),
                       .definition = role_in_words(view, incident, role),
                       .organisations = rows };
    for (size_t i = 0; i < incident->organisation_count; i++)
        if (strcmp(incident->organisations[i].role, role->code) == 0)
            rows[shown.count++] = organisation_view(view, incident, &incident->organisations[i]);
    return shown;
}

/* By role, in the order of the codebook: who was attacked, then who was hit through them. */
static void fill_organisations(const View *view, const Incident *incident, DetailPage *page)
{
    const Variable *variable = codebook_variable(view->codebook, "role");
    RoleView *roles = NEW_ARRAY(view->arena, RoleView, variable->value_count + 1);
    for (size_t i = 0; i < variable->value_count; i++) {
        roles[page->role_count] = role_view(view, incident, &variable->values[i]);
        page->role_count += roles[page->role_count].count > 0;
    }
    page->roles = roles;
}

static void fill_moment(const View *view, int64_t id, DetailPage *page)
{
    const char *path = arena_format(view->arena, "/incidents/%lld", (long long)id);
    char day[DATE_TEXT_SIZE];
    page->action = link_in(view->arena, view->language, path, NULL);
    day_write(moment_day(view->figures->as_of), day);
    page->as_of = arena_string(view->arena, day);
    if (!view->filter->as_of_text)
        return;
    page->moment = say_with(view->arena, view->language, "As the register stood on {moment}.",
                            SLOTS({ "moment", say_moment(view->arena, view->language, view->figures->as_of) }));
    page->now = page->action;
}

static const char *licence_of(const DetailPage *page)
{
    for (size_t i = 0; i < page->source_count; i++)
        if (page->sources[i].licence)
            return page->sources[i].licence;
    return NULL;
}

/* "Ransomware, October 2025". */
static const char *kind_line(const View *view, const Incident *incident)
{
    const char *parts[2];
    size_t count = 0;
    parts[count] = incident_labels(view, incident, "attack_type");
    count += *parts[count] != '\0';
    if (incident->date_basis)
        parts[count++] = say_span(view->arena, view->language, incident->date);
    return count == 2 ? arena_format(view->arena, "%s, %s", parts[0], parts[1]) : count ? parts[0] : "";
}

static int64_t number_of(const DetailPage *page, int64_t source)
{
    for (size_t i = 0; i < page->source_count; i++)
        if (page->sources[i].id == source)
            return (int64_t)page->sources[i].number;
    return 0;
}

/* What is told of claims leads to their sources on the page. */
static void number_sources(DetailPage *page)
{
    SaidList *const lists[] = { &page->attributions, &page->accountability };
    for (size_t i = 0; i < page->history.line_count; i++)
        page->history.lines[i].source = number_of(page, page->history.lines[i].source_id);
    for (size_t i = 0; i < COUNT_OF(lists); i++)
        for (size_t j = 0; j < lists[i]->count; j++)
            lists[i]->items[j].source = number_of(page, lists[i]->items[j].source_id);
}

bool detail_page(const View *view, const Snapshot *snapshot, Store *store, int64_t incident, DetailPage *page,
                 Problem *problem)
{
    Incident *known = NEW(view->arena, Incident);
    *page = (DetailPage){ .view = view,
                          .incident = known,
                          .list = link_in(view->arena, view->language, "/incidents", NULL) };
    if (!incident_read(view->arena, store, incident, view->figures->entries, known, problem) ||
        !detail_sources(view, store, incident, page, problem) || !detail_facts(view, store, incident, page, problem) ||
        !history_read(view, store, incident, &page->history, problem) ||
        !archived_read(view, store, incident, &page->archived, problem) ||
        !similar_read(view, snapshot, store, known, &page->similar, problem) ||
        !arrivals_read(view, store, incident, &page->arrivals, &page->arrival_count, problem))
        return false;
    number_sources(page);
    page->heading = incident_heading(view, known);
    page->kind = kind_line(view, known);
    page->summary = show_foreign(view, known->summary);
    page->attribution = incident_labels(view, known, "attribution_status");
    if (!incident_is_attack(known->inclusion)) {
        page->exclusion = show_code(view, "inclusion_decision", known->inclusion);
        if (known->reason) {
            page->reason = say(view->language, known->reason);
            page->reason_language = told_in(view->language, known->reason);
        }
    }
    page->dataset = arena_format(view->arena, "%s, %s", show_dataset(view, known->dataset), known->external);
    page->licence = licence_of(page);
    fill_glance(view, known, page);
    fill_organisations(view, known, page);
    fill_moment(view, incident, page);
    return true;
}
