/* The lists of the register: incidents that are counted, those that only attackers claim, and excluded records. */
#include "publish/headline.h"
#include "publish/link.h"
#include "publish/pages.h"

enum { PAGES_SHOWN = 2 }; /* before and behind the page where the reader is */

typedef struct ListKind {
    Register which;
    const char *path, *tab, *heading, *intro, *one, *other, *empty;
} ListKind;

static const ListKind kinds[] = {
    { REGISTER_COUNTED, "/incidents", N_("Counted"), N_("Incidents"),
      N_("Confirmed and probable incidents: these are counted. Each links to its claims and their sources."),
      N2_("{n} incident", "{n} incidents"), N_("No incident matches. Fewer filters may help.") },
    { REGISTER_CLAIMED, "/claimed", N_("Claimed only"), N_("Claimed by attackers only"),
      N_("Only the attacker, or who repeats the attacker, says that these happened. They are shown beside the "
         "incidents and never added to them."),
      N2_("{n} claimed incident", "{n} claimed incidents"), N_("No claimed incident matches.") },
    { REGISTER_EXCLUDED, "/excluded", N_("Excluded"), N_("Register of excluded records"),
      N_("Records that are not counted, each with its reason, so that the exclusion itself can be checked."),
      N2_("{n} excluded record", "{n} excluded records"), N_("No excluded record matches.") },
};

static const ListKind *kind_of(Register which)
{
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (kinds[i].which == which)
            return &kinds[i];
    return &kinds[0];
}

const char *list_path(Register which)
{
    return kind_of(which)->path;
}

static PageLinks tabs_of(const View *view, Register which)
{
    const int64_t counts[] = { view->figures->incidents, view->figures->claimed_only, view->figures->excluded };
    PageLink *tabs = NEW_ARRAY(view->arena, PageLink, COUNT_OF(kinds));
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        tabs[i] = (PageLink){ .label = say_with(view->arena, view->language, "{name} ({count})",
                                                SLOTS({ "name", say(view->language, kinds[i].tab) },
                                                      { "count", say_number(view->arena, view->language, counts[i]) })),
                              .address = link_with(view, kinds[i].path, "inclusion", NULL),
                              .current = kinds[i].which == which };
    return (PageLinks){ tabs, COUNT_OF(kinds) };
}

static const char *const order_labels[ORDERS] = {
    [NEWEST_FIRST] = N_("newest first"),
    [OLDEST_FIRST] = N_("oldest first"),
    [MOST_PERSONS] = N_("persons affected"),
    [MOST_DAYS] = N_("days of disturbed care"),
    [MOST_APPOINTMENTS] = N_("appointments postponed"),
    [MOST_PROCEDURES] = N_("procedures postponed"),
    [MOST_SEVERE] = N_("documented level"),
    [LATEST_ADDED] = N_("added last"),
};

Choices order_choices(const View *view)
{
    Choice *items = NEW_ARRAY(view->arena, Choice, ORDERS);
    for (size_t i = 0; i < ORDERS; i++)
        items[i] = (Choice){ .code = order_words[i], .label = say(view->language, order_labels[i]) };
    return (Choices){ items, ORDERS };
}

/* The address with one more key of its query. */
static const char *with_key(const View *view, const char *address, const char *key, const char *value)
{
    Text asked = text_of(address);
    return arena_format(view->arena, "%s%s%s=%s", address, text_find(asked, "?") < asked.length ? "&" : "?", key,
                        value);
}

const char *list_sorted(const View *view, const char *address, Order sort)
{
    return sort == NEWEST_FIRST ? address : with_key(view, address, "sort", order_words[sort]);
}

static PageLinks orders_of(const View *view, const ListOrder *order)
{
    PageLink *links = NEW_ARRAY(view->arena, PageLink, ORDERS);
    const char *address = link_to(view, list_path(order->which));
    for (size_t i = 0; i < ORDERS; i++)
        links[i] = (PageLink){ .label = say(view->language, order_labels[i]),
                               .address = list_sorted(view, address, (Order)i),
                               .current = (Order)i == order->sort };
    return (PageLinks){ links, ORDERS };
}

static const char *persons_of(const View *view, const Incident *incident)
{
    if (!isfinite(incident->persons))
        return NULL;
    return say_count(view->arena, view->language, (int64_t)incident->persons, "{n} person affected",
                     "{n} persons affected");
}

static PageLinks country_links(const View *view, const Incident *incident)
{
    PageLink *links = NEW_ARRAY(view->arena, PageLink, incident->organisation_count + 1);
    const char *const *codes;
    size_t count = incident_country_codes(view, incident, &codes);
    for (size_t i = 0; i < count; i++)
        links[i] =
            (PageLink){ .label = show_facet(view, "country", codes[i]), .address = country_link(view, codes[i]) };
    return (PageLinks){ links, count };
}

static ListRow row_of(const View *view, const Incident *incident, Register which)
{
    char text[DATE_TEXT_SIZE];
    ListRow row = { .heading = incident_heading(view, incident), .title = incident_hint(view, incident) };
    const char *path = arena_format(view->arena, "/incidents/%lld", (long long)incident->id);
    Filter moment = { .from = INT32_MIN, .to = INT32_MAX, .as_of_text = view->filter->as_of_text };
    row.address = link_in(view->arena, view->language, path, &moment);
    row.countries = country_links(view, incident);
    row.types = incident_labels(view, incident, "attack_type");
    row.verification = show_code(view, "verification_level", incident->verification);
    if (which != REGISTER_EXCLUDED)
        row.severity = incident_severity(view, incident);
    row.conflicting = incident->conflicting;
    row.persons = persons_of(view, incident);
    row.date = incident->date_basis ? say_span(view->arena, view->language, incident->date)
                                    : say(view->language, "date not known");
    row.date_code = incident->date_basis && incident->date.first == incident->date.last
                        ? arena_string(view->arena, span_write(incident->date, text))
                        : NULL;
    if (which == REGISTER_EXCLUDED) {
        row.decision = show_code(view, "inclusion_decision", incident->inclusion);
        if (incident->reason) {
            row.reason = say(view->language, incident->reason);
            row.reason_language = told_in(view->language, incident->reason);
        }
    }
    return row;
}

bool list_row(const View *view, Store *store, int64_t id, Register which, ListRow *row, Problem *problem)
{
    Incident incident;
    if (!incident_read(view->arena, store, id, view->figures->entries, &incident, problem))
        return false;
    if (which == REGISTER_ALL)
        which = strcmp(incident.inclusion, "included") == 0 ? REGISTER_COUNTED : REGISTER_EXCLUDED;
    *row = row_of(view, &incident, which);
    return true;
}

static const char *page_link(const View *view, const char *address, size_t page)
{
    return page == 1 ? address : with_key(view, address, "page", arena_format(view->arena, "%zu", page));
}

static void add_page(const View *view, PageLink *links, size_t *count, const char *address, size_t page)
{
    links[(*count)++] = (PageLink){ .label = say_number(view->arena, view->language, (int64_t)page),
                                    .address = page_link(view, address, page) };
}

/* First, those around here, last; what is left out is told by dots. */
PageLinks list_pages(const View *view, const char *address, size_t total, size_t current)
{
    size_t last = (total + LIST_ROWS - 1) / LIST_ROWS, count = 0;
    PageLink *links = NEW_ARRAY(view->arena, PageLink, 2 * PAGES_SHOWN + 7);
    if (last < 2)
        return (PageLinks){ NULL, 0 };
    for (size_t page = 1; page <= last; page++) {
        bool near = page + PAGES_SHOWN >= current && page <= current + PAGES_SHOWN;
        if (page == 1 || page == last || near) {
            add_page(view, links, &count, address, page);
            links[count - 1].current = page == current;
        } else if (links[count - 1].address)
            links[count++] = (PageLink){ .label = "…" };
        if (!near && page > current && page < last)
            page = last - 1;
    }
    return (PageLinks){ links, count };
}

static const char *spreadsheet_of(const View *view, const char *path, Order sort)
{
    const char *address = list_sorted(view, link_to(view, arena_format(view->arena, "%s.csv", path)), sort);
    return with_key(view, address, "bom", "1");
}

const char *list_heading(const View *view, Register which)
{
    return say(view->language, kind_of(which)->heading);
}

/* The form keeps the order. */
static const FilterForm *list_form(const View *view, const Figures *all, const ListOrder *order)
{
    const FilterForm *form = filter_form(view, all, list_path(order->which));
    if (order->sort == NEWEST_FIRST)
        return form;
    FilterForm *sorted = NEW(view->arena, FilterForm);
    Choice *kept = NEW_ARRAY(view->arena, Choice, form->kept.count + 1);
    *sorted = *form;
    for (size_t i = 0; i < form->kept.count; i++)
        kept[i] = form->kept.items[i];
    kept[form->kept.count] = (Choice){ .code = order_words[order->sort], .label = "sort" };
    sorted->kept = (Choices){ kept, form->kept.count + 1 };
    return sorted;
}

bool list_page(const View *view, const Figures *all, Store *store, const ListOrder *order, ListPage *page,
               Problem *problem)
{
    const ListKind *kind = kind_of(order->which);
    const Language *language = view->language;
    *page = (ListPage){
        .heading = say(language, kind->heading),
        .intro = say(language, kind->intro),
        .empty = say(language, kind->empty),
        .tabs = tabs_of(view, order->which),
        .form = list_form(view, all, order),
        .pages = list_pages(view, list_sorted(view, link_to(view, kind->path), order->sort), order->total, order->page),
        .facets = list_facets(view, order),
        .orders = orders_of(view, order),
        .workbook = list_sorted(view, link_to(view, arena_format(view->arena, "%s.xlsx", kind->path)), order->sort),
        .spreadsheet = spreadsheet_of(view, kind->path, order->sort)
    };
    page->count = say_count(view->arena, language, (int64_t)order->total, kind->one, kind->other);
    ListRow *rows = NEW_ARRAY(view->arena, ListRow, order->count + 1);
    for (size_t i = 0; i < order->count; i++)
        if (!list_row(view, store, order->ids[i], order->which, &rows[i], problem))
            return false;
    page->rows = rows;
    page->row_count = order->count;
    return true;
}
