/* What the register rests on: the data sets, then every document that is cited. */
#include "domain/record.h"
#include "publish/figures_json.h"
#include "publish/link.h"
#include "publish/reporting.h"
#include "publish/source_page.h"

enum { CITING_READ = 200 };

const char *dataset_path(const View *view, const char *name)
{
    return arena_format(view->arena, "/sources/%s", name);
}

static const char *day_words(const View *view, int32_t day)
{
    return day == DAY_UNKNOWN ? NULL : say_day(view->arena, view->language, day);
}

/* The licences of the sources that a data set's newest incidents rest on. */
static bool read_licences(const Reading *reading, const View *view, const char ***licences, size_t *count,
                          Problem *problem)
{
    int64_t ids[CITING_READ];
    size_t total, room = 0;
    Citations cited;
    Listing listing = { .filter = view->filter, .which = REGISTER_ALL, .order = NEWEST_FIRST, .most = CITING_READ };
    size_t read = figures_list(reading->snapshot, &listing, ids, &total);
    *licences = NULL;
    *count = 0;
    if (!sources_cited(view, reading->store, ids, read, &cited, problem))
        return false;
    for (size_t i = 0; i < cited.count; i++) {
        SourceFact fact;
        bool known = false;
        if (!source_read(view, reading->store, cited.items[i].source, &fact, problem))
            return false;
        for (size_t j = 0; fact.licence && j < *count; j++)
            known = known || strcmp((*licences)[j], fact.licence) == 0;
        if (!fact.licence || known)
            continue;
        *licences = arena_grow(view->arena, *licences, *count, &room, sizeof **licences);
        (*licences)[(*count)++] = fact.licence;
    }
    return true;
}

static bool add_datasets(const Reading *reading, EntityPage *page, Problem *problem)
{
    static const EntityColumn columns[] = { { N_("Data set"), false },
                                            { N_("Licence"), false },
                                            { N_("First incident"), false },
                                            { N_("Last incident"), false },
                                            { N_("Incidents"), true } };
    const View *view = reading->view;
    const Reporter *reporters;
    size_t count = reporting_datasets(reading, view, &reporters);
    EntitySection *section = entity_section(page, "data-sets", say(view->language, "Data sets"), NULL);
    section->table = entity_table(view, columns, COUNT_OF(columns));
    section->empty = say(view->language, "No incident in the register matches.");
    for (size_t i = 0; i < count; i++) {
        const View *one = reporters[i].view;
        const char **licences;
        size_t licence_count;
        if (!read_licences(reading, one, &licences, &licence_count, problem))
            return false;
        EntityCell *cells = entity_row(view, &section->table);
        cells[0] = (EntityCell){ .text = show_dataset(view, reporters[i].dataset),
                                 .link = link_to(view, dataset_path(view, reporters[i].dataset)) };
        cells[1].text = licence_count ? say_list(view->arena, view->language, licences, licence_count) : NULL;
        cells[2].text = day_words(view, one->figures->first_day);
        cells[3].text = day_words(view, one->figures->last_day);
        cells[4] = (EntityCell){ .text = say_number(view->arena, view->language, one->figures->incidents),
                                 .link = link_to(one, "/incidents") };
    }
    return true;
}

static bool read_use(const Reading *reading, int64_t source, Cited *use, Problem *problem)
{
    AUTO_ROWS *rows =
        store_run(reading->store, problem, SQL_PUBLISH_SOURCE_USE, "ii", source, reading->view->figures->entries);
    *use = (Cited){ .source = source, .first_known = DAY_UNKNOWN, .last_known = DAY_UNKNOWN };
    if (rows && rows_next(rows)) {
        use->incidents = rows_int(rows, 0);
        use->first_known = rows_is_null(rows, 2) ? DAY_UNKNOWN : (int32_t)rows_int(rows, 2);
    }
    return !problem->kind;
}

static bool read_total(const Reading *reading, size_t *total, Problem *problem)
{
    AUTO_ROWS *rows =
        store_run(reading->store, problem, SQL_PUBLISH_SOURCE_TOTAL, "i", reading->view->figures->entries);
    *total = rows && rows_next(rows) ? (size_t)rows_int(rows, 0) : 0;
    return !problem->kind;
}

static bool add_documents(const Reading *reading, size_t number, EntitySection *section, Problem *problem)
{
    const View *view = reading->view;
    Citations listed = { NEW_ARRAY(view->arena, Cited, LIST_ROWS), 0 };
    AUTO_ROWS *rows = store_run(reading->store, problem, SQL_PUBLISH_SOURCE_LIST, "iii", view->figures->entries,
                                (int64_t)LIST_ROWS, (int64_t)(number - 1) * LIST_ROWS);
    while (rows && rows_next(rows))
        if (!read_use(reading, rows_int(rows, 0), &listed.items[listed.count++], problem))
            return false;
    return !problem->kind && source_table(reading, &listed, LIST_ROWS, section, problem);
}

bool sources_page(const Reading *reading, size_t number, EntityPage *page, Problem *problem)
{
    const View *view = reading->view;
    size_t total;
    if (!read_total(reading, &total, problem))
        return false;
    if (number > 1 && total <= (number - 1) * LIST_ROWS)
        return fail_field(problem, PROBLEM_NOT_FOUND, "page", "the list has no page %zu", number);
    *page = entity_page(view, ENTITY_SOURCE, say(view->language, "Sources"));
    page->intro =
        say(view->language, "Nothing here is known without somebody who said it. Data sets bring many incidents "
                            "at once; each document is one page, notice or statement.");
    if (number == 1 && !add_datasets(reading, page, problem))
        return false;
    EntitySection *section =
        entity_section(page, "documents",
                       say_count(view->arena, view->language, (int64_t)total, "{n} document", "{n} documents"), NULL);
    section->empty = say(view->language, "No document is in the register.");
    page->pages = list_pages(view, link_to(view, entity_path(ENTITY_SOURCE)), total, number);
    return add_documents(reading, number, section, problem);
}

static bool find_dataset(const Reading *reading, const char *name, const View **inner, Problem *problem)
{
    const char *const *names;
    size_t count = snapshot_datasets(reading->snapshot, &names);
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0) {
            *inner = entity_narrowed(reading, reading->view, "source", names[i]);
            return true;
        }
    return fail(problem, PROBLEM_NOT_FOUND, "there is no source with this name");
}

static PageLinks exports_of(const View *inner)
{
    static const struct {
        const char *label, *path;
    } files[] = {
        { N_("All incidents"), "/incidents" },
        { N_("Incidents as CSV"), "/incidents.csv" },
        { N_("Incidents as JSON"), "/incidents.json" },
        { N_("Excluded records as CSV"), "/excluded.csv" },
    };
    PageLink *links = NEW_ARRAY(inner->arena, PageLink, COUNT_OF(files));
    for (size_t i = 0; i < COUNT_OF(files); i++)
        links[i] =
            (PageLink){ .label = say(inner->language, files[i].label), .address = link_to(inner, files[i].path) };
    return (PageLinks){ links, COUNT_OF(files) };
}

bool dataset_page(const Reading *reading, const char *name, EntityPage *page, Problem *problem)
{
    static const char *const charts[] = { "by-month", "by-country", "by-type" };
    const View *view = reading->view, *inner;
    const char **licences;
    size_t count;
    if (!find_dataset(reading, name, &inner, problem) || !read_licences(reading, inner, &licences, &count, problem))
        return false;
    *page = entity_page(view, ENTITY_SOURCE, show_dataset(view, name));
    page->kind = count ? say_with(view->arena, view->language, "Data set · licence: {licence}",
                                  SLOTS({ "licence", say_list(view->arena, view->language, licences, count) }))
                       : say(view->language, "Data set");
    entity_figures(inner, page, charts, COUNT_OF(charts));
    EntitySection *section = entity_section(page, "newest", say(view->language, "Newest incidents"), NULL);
    section->empty = say(view->language, "No counted incident is known.");
    section->links = exports_of(inner);
    return entity_newest(reading, inner, 10, section, problem);
}

bool dataset_data(const Reading *reading, const char *name, Out *out, Problem *problem)
{
    const View *view = reading->view, *inner;
    const char **licences;
    size_t count;
    if (!find_dataset(reading, name, &inner, problem) || !read_licences(reading, inner, &licences, &count, problem))
        return false;
    OUT_LITERAL(out, "{\"data_set\":");
    out_json(out, name);
    OUT_LITERAL(out, ",\"name\":");
    out_json(out, show_dataset(view, name));
    OUT_LITERAL(out, ",\"licences\":[");
    for (size_t i = 0; i < count; i++) {
        out_raw(out, ",", i > 0);
        out_json(out, licences[i]);
    }
    OUT_LITERAL(out, "],\"figures\":");
    Counted counted = counted_of(inner);
    figures_json(out, &counted);
    OUT_LITERAL(out, ",\"incidents\":");
    out_json(out, arena_format(view->arena, "%s%s", view->site->address, link_to(inner, "/incidents.json")));
    figures_json_origin(out, view->figures, view->filter, view->codebook);
    OUT_LITERAL(out, "}\n");
    return true;
}

bool dataset_csv(const Reading *reading, const char *name, Out *out, Problem *problem)
{
    const View *inner;
    if (!find_dataset(reading, name, &inner, problem))
        return false;
    Counted counted = counted_of(inner);
    figures_csv(out, &counted);
    return true;
}
