#include "publish/country.h"

#include "base/table.h"
#include "codebook/country.h"
#include "domain/record.h"
#include "publish/figures_json.h"
#include "publish/link.h"
#include "publish/reporting.h"

enum { NEWEST_SHOWN = 10, CITING_READ = 500, SOURCES_SHOWN = 20 };

bool country_is(const View *view, const char *code)
{
    return table_get(country_table(view->arena), text_of(code)) != NULL;
}

static const char *count_words(const View *view, int64_t count)
{
    return say_number(view->arena, view->language, count);
}

const char *country_path(const View *view, const char *code)
{
    return arena_format(view->arena, "/countries/%s", code);
}

static const char *day_words(const View *view, int32_t day)
{
    return day == DAY_UNKNOWN ? say(view->language, "not known") : say_day(view->arena, view->language, day);
}

static void add_reporters(const View *view, const Reporter *reporters, size_t count, EntityPage *page)
{
    static const EntityColumn columns[] = { { N_("Data set"), false },
                                            { N_("First incident"), false },
                                            { N_("Last incident"), false },
                                            { N_("Incidents"), true } };
    EntitySection *section = entity_section(
        page, "reporting", say(view->language, "Who reports there"),
        say(view->language, "Each data set knows of some attacks and not of others: the same number means little where "
                            "few report and much where many do."));
    section->table = entity_table(view, columns, COUNT_OF(columns));
    section->empty =
        say(view->language, "No data set in the register holds a counted incident from there. No report is "
                            "not zero.");
    for (size_t i = 0; i < count; i++) {
        const View *one = reporters[i].view;
        EntityCell *cells = entity_row(view, &section->table);
        cells[0] =
            (EntityCell){ .text = show_dataset(view, reporters[i].dataset),
                          .link = link_to(view, arena_format(view->arena, "/sources/%s", reporters[i].dataset)) };
        cells[1].text = day_words(view, one->figures->first_day);
        cells[2].text = day_words(view, one->figures->last_day);
        cells[3] =
            (EntityCell){ .text = count_words(view, one->figures->incidents), .link = link_to(one, "/incidents") };
    }
}

static void add_registers(const View *view, const Registers *registers, const char *code, EntityPage *page)
{
    static const EntityColumn columns[] = { { N_("Public register of breaches"), false },
                                            { N_("Reliability of the source"), false } };
    EntitySection *section = entity_section(page, "registers", say(view->language, "Public registers"),
                                            say(view->language, "Where the law makes organisations report breaches and "
                                                                "the reports are published, more becomes known."));
    section->table = entity_table(view, columns, COUNT_OF(columns));
    section->empty =
        say(view->language, "None among the sources: what is known from there comes from statements, media "
                            "and lists that somebody keeps.");
    for (size_t i = 0; i < registers->count; i++) {
        const SourceFact *source = &registers->items[i].source;
        if (strcmp(registers->items[i].country, code) != 0)
            continue;
        EntityCell *cells = entity_row(view, &section->table);
        cells[0] = (EntityCell){ .text = source->name, .link = source_link(view, source->id) };
        cells[1].text = show_code(view, "reliability", source->reliability);
    }
}

typedef struct Known { /* how many of the incidents tell something */
    const char *what;
    int64_t known;
} Known;

static int64_t coded(const Counts *counts)
{
    int64_t sum = 0;
    for (size_t i = 0; i < counts->count; i++)
        if (*counts->items[i].code && strcmp(counts->items[i].code, "unknown") != 0)
            sum += counts->items[i].count;
    return sum;
}

static void add_unknowns(const View *inner, EntityPage *page)
{
    static const EntityColumn columns[] = { { N_("What"), false },
                                            { N_("Known of"), true },
                                            { N_("Not known"), true } };
    const Figures *figures = inner->figures;
    const Known facts[] = {
        { N_("Reference date"), coded(&figures->by_month) },
        { N_("Main type"), coded(&figures->by_main_type) },
        { N_("Persons affected"), figures->persons_affected.known },
        { N_("Days of disturbed care"), figures->days_of_disturbed_care.known },
        { N_("Appointments postponed"), figures->care_not_delivered.appointments_known },
    };
    if (figures->incidents == 0)
        return;
    EntitySection *section = entity_section(page, "unknown", say(inner->language, "What is not known"),
                                            say(inner->language, "Missing is never zero: what nobody tells is left out "
                                                                 "of the sums."));
    section->table = entity_table(inner, columns, COUNT_OF(columns));
    for (size_t i = 0; i < COUNT_OF(facts); i++) {
        EntityCell *cells = entity_row(inner, &section->table);
        cells[0].text = say(inner->language, facts[i].what);
        cells[1].text = say_with(
            inner->arena, inner->language, "{known} of {all}",
            SLOTS({ "known", count_words(inner, facts[i].known) }, { "all", count_words(inner, figures->incidents) }));
        cells[2].text =
            say_share(inner->arena, inner->language, 1 - (double)facts[i].known / (double)figures->incidents);
    }
}

static PageLinks ways_of(const View *inner)
{
    PageLink *links = NEW_ARRAY(inner->arena, PageLink, 4);
    links[0] = (PageLink){ .label = say(inner->language, "All incidents"), .address = link_to(inner, "/incidents") };
    links[1] = (PageLink){ .label = "CSV", .address = link_to(inner, "/incidents.csv") };
    links[2] = (PageLink){ .label = "JSON", .address = link_to(inner, "/incidents.json") };
    links[3] = (PageLink){ .label = "Atom", .address = link_to(inner, "/incidents.atom") };
    return (PageLinks){ links, 4 };
}

static bool add_incidents(const Reading *reading, const View *inner, EntityPage *page, Problem *problem)
{
    EntitySection *section = entity_section(page, "newest", say(inner->language, "Newest incidents"), NULL);
    section->empty = say(inner->language, "No counted incident is known.");
    section->links = ways_of(inner);
    return entity_newest(reading, inner, NEWEST_SHOWN, section, problem);
}

static bool add_sources(const Reading *reading, const View *inner, EntityPage *page, Problem *problem)
{
    int64_t ids[CITING_READ];
    size_t total;
    Citations cited;
    Listing listing = {
        .filter = inner->filter, .which = REGISTER_COUNTED, .order = NEWEST_FIRST, .most = CITING_READ
    };
    size_t count = figures_list(reading->snapshot, &listing, ids, &total);
    if (count == 0)
        return true;
    if (!sources_cited(inner, reading->store, ids, count, &cited, problem))
        return false;
    EntitySection *section = entity_section(page, "sources", say(inner->language, "Sources"), NULL);
    if (total > count)
        section->intro = say_with(inner->arena, inner->language, "Of the newest {n} incidents.",
                                  SLOTS({ "n", count_words(inner, (int64_t)count) }));
    return source_table(reading, &cited, SOURCES_SHOWN, section, problem);
}

bool country_page(const Reading *reading, const char *code, EntityPage *page, Problem *problem)
{
    static const char *const charts[] = { "by-month", "by-type", "by-severity" };
    const View *view = reading->view, *inner = entity_narrowed(reading, view, "country", code);
    Registers registers;
    const Reporter *reporters;
    if (!reporting_registers(reading, &registers, problem))
        return false;
    size_t count = reporting_datasets(reading, inner, &reporters);
    *page = entity_page(view, ENTITY_COUNTRY, show_facet(view, "country", code));
    if (inner->figures->incidents > 0 && inner->figures->incidents < COMPARED_LEAST)
        page->notices[0] = say(view->language, "Fewer than five incidents are known from there: too few to be compared "
                                               "with another country.");
    add_reporters(view, reporters, count, page);
    add_registers(view, &registers, code, page);
    add_unknowns(inner, page);
    entity_figures(inner, page, charts, COUNT_OF(charts));
    return add_incidents(reading, inner, page, problem) && add_sources(reading, inner, page, problem);
}

static void put_datasets(const View *view, const Reporter *reporters, size_t count, Out *out)
{
    Sheet sheet = sheet_new(view->arena, &data_set_schema);
    for (size_t i = 0; i < count; i++) {
        const Figures *figures = reporters[i].view->figures;
        const Cell cells[] = { cell_text(reporters[i].dataset), cell_count(figures->incidents),
                               cell_count(figures->claimed_only), cell_day(view->arena, figures->first_day),
                               cell_day(view->arena, figures->last_day) };
        memcpy(sheet_row(&sheet), cells, sizeof cells);
    }
    OUT_LITERAL(out, ",\"data_sets\":");
    sheet_json(out, &sheet);
}

static void put_registers(const View *view, const Registers *registers, const char *code, Out *out)
{
    Sheet sheet = sheet_new(view->arena, &register_schema);
    for (size_t i = 0; i < registers->count; i++) {
        const SourceFact *source = &registers->items[i].source;
        const Cell cells[] = { cell_count(source->id), cell_text(source->title), cell_text(source->url) };
        if (strcmp(registers->items[i].country, code) == 0)
            memcpy(sheet_row(&sheet), cells, sizeof cells);
    }
    OUT_LITERAL(out, ",\"public_registers\":");
    sheet_json(out, &sheet);
}

bool country_json(const Reading *reading, const char *code, Out *out, Problem *problem)
{
    const View *view = reading->view, *inner = entity_narrowed(reading, view, "country", code);
    Registers registers;
    const Reporter *reporters;
    if (!reporting_registers(reading, &registers, problem))
        return false;
    size_t count = reporting_datasets(reading, inner, &reporters);
    OUT_LITERAL(out, "{\"country\":");
    out_json(out, code);
    OUT_LITERAL(out, ",\"name\":");
    out_json(out, show_facet(view, "country", code));
    put_datasets(view, reporters, count, out);
    put_registers(view, &registers, code, out);
    OUT_LITERAL(out, ",\"figures\":");
    Counted counted = counted_of(inner);
    figures_json(out, &counted);
    OUT_LITERAL(out, ",\"incidents\":");
    out_json(out, arena_format(view->arena, "%s%s", view->site->address, link_to(inner, "/incidents.json")));
    figures_json_origin(out, view->figures, view->filter, view->codebook);
    OUT_LITERAL(out, "}\n");
    return true;
}

void country_csv(const Reading *reading, const char *code, Out *out)
{
    const View *inner = entity_narrowed(reading, reading->view, "country", code);
    Counted counted = counted_of(inner);
    figures_csv(out, &counted);
}
