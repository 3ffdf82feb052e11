/* One document: what it is, when it spoke, and the incidents that rest on it. */
#include "publish/source_page.h"

#include "domain/record.h"
#include "publish/figures_json.h"
#include "publish/link.h"
#include "publish/source.h"
#include "publish/table_rows.h"

enum { NEWEST_SHOWN = 20, STATEMENTS_COUNTED = 20000, FACTS_MAX = 16 };

typedef struct Use { /* what the register takes from a source */
    int64_t incidents, statements;
    int64_t claims;      /* -1: there are too many to count them for one page */
    int32_t first, last; /* days on which it spoke; DAY_UNKNOWN when it does not say */
    int64_t recorded;    /* moment */
} Use;

static int32_t day_at(const Rows *rows, int column)
{
    return rows_is_null(rows, column) ? DAY_UNKNOWN : (int32_t)rows_int(rows, column);
}

static bool read_number(Store *store, Statement statement, int64_t subject, int64_t entry, int64_t *number,
                        Problem *problem)
{
    AUTO_ROWS *rows = store_run(store, problem, statement, "ii", subject, entry);
    if (rows && rows_next(rows))
        *number = rows_int(rows, 0);
    return !problem->kind;
}

static bool read_moment(Store *store, int64_t entry, int64_t *moment, Problem *problem)
{
    AUTO_ROWS *rows = store_run(store, problem, SQL_PUBLISH_ENTRY_MOMENT, "i", entry);
    if (rows && rows_next(rows))
        *moment = rows_int(rows, 0);
    return !problem->kind;
}

static bool read_use(const Reading *reading, int64_t source, Use *use, Problem *problem)
{
    int64_t entries = reading->view->figures->entries, first_entry = 0;
    *use = (Use){ .claims = -1 };
    AUTO_ROWS *rows = store_run(reading->store, problem, SQL_PUBLISH_SOURCE_USE, "ii", source, entries);
    if (rows && rows_next(rows)) {
        use->incidents = rows_int(rows, 0);
        use->statements = rows_int(rows, 1);
        use->first = day_at(rows, 2);
        use->last = day_at(rows, 3);
        first_entry = rows_int(rows, 4);
    }
    return !problem->kind && read_moment(reading->store, first_entry, &use->recorded, problem) &&
           (use->statements > STATEMENTS_COUNTED ||
            read_number(reading->store, SQL_PUBLISH_SOURCE_CLAIMS, source, entries, &use->claims, problem));
}

static bool read_incidents(const Reading *reading, int64_t source, int64_t ids[NEWEST_SHOWN], size_t *count,
                           Problem *problem)
{
    AUTO_ROWS *rows = store_run(reading->store, problem, SQL_PUBLISH_SOURCE_INCIDENTS, "iii", source,
                                reading->view->figures->entries, (int64_t)NEWEST_SHOWN);
    *count = 0;
    while (rows && rows_next(rows))
        ids[(*count)++] = rows_int(rows, 0);
    return !problem->kind;
}

typedef struct Facts {
    Number items[FACTS_MAX];
    size_t count;
} Facts;

static void add(const View *view, Facts *facts, const char *label, const char *value, const char *note)
{
    if (value)
        facts->items[facts->count++] = (Number){ .label = say(view->language, label), .value = value, .note = note };
}

static const char *coded(const View *view, const char *variable, const char *code)
{
    return code ? show_code(view, variable, code) : NULL;
}

static const char *day_words(const View *view, int32_t day)
{
    return day == DAY_UNKNOWN ? NULL : say_day(view->arena, view->language, day);
}

static const char *count_words(const View *view, int64_t count)
{
    return count < 0 ? NULL : say_number(view->arena, view->language, count);
}

static void add_facts(const View *view, const SourceFact *source, const Use *use, EntityPage *page)
{
    Facts *facts = NEW(view->arena, Facts);
    add(view, facts, N_("Incidents"), count_words(view, use->incidents),
        say_count(view->arena, view->language, use->statements, "{n} statement", "{n} statements"));
    add(view, facts, N_("Claims"), count_words(view, use->claims), NULL);
    add(view, facts, N_("Said from"), day_words(view, use->first), NULL);
    add(view, facts, N_("Said until"), day_words(view, use->last), NULL);
    add(view, facts, N_("In the register since"), say_moment(view->arena, view->language, use->recorded), NULL);
    add(view, facts, N_("Published on"), day_words(view, source->published), NULL);
    add(view, facts, N_("Made by"), coded(view, "origin", source->origin), NULL);
    add(view, facts, N_("Access"), coded(view, "access", source->access), NULL);
    add(view, facts, N_("Language of the source"),
        source->language ? say_tongue(view->arena, view->language, source->language) : NULL, NULL);
    add(view, facts, N_("Licence"), source->licence, NULL);
    add(view, facts, N_("Depends on"), source->independence_group,
        source->independence_group ? say(view->language, "sources with the same name here count once") : NULL);
    EntitySection *section = entity_section(page, "glance", say(view->language, "At a glance"), NULL);
    section->numbers = facts->items;
    section->number_count = facts->count;
}

static void add_address(const View *view, const SourceFact *source, EntityPage *page)
{
    static const EntityColumn columns[] = { { N_("Address"), false } };
    EntitySection *section = entity_section(page, "address", say(view->language, "Where it is"), NULL);
    section->table = entity_table(view, columns, COUNT_OF(columns));
    section->empty = source->url ? say(view->language, "Its address is not linked: pages of attackers and confidential "
                                                       "sources are described only.")
                                 : say(view->language, "It has no address.");
    if (source->link)
        *entity_row(view, &section->table) =
            (EntityCell){ .text = show_foreign(view, source->link), .link = source->link, .outside = true };
}

static bool add_incidents(const Reading *reading, const Use *use, const int64_t *ids, size_t count, EntityPage *page,
                          Problem *problem)
{
    const View *view = reading->view;
    EntitySection *section = entity_section(page, "incidents", say(view->language, "Incidents that rest on it"), NULL);
    ListRow *rows = NEW_ARRAY(view->arena, ListRow, count + 1);
    if (use->incidents > (int64_t)count)
        section->intro = say_with(view->arena, view->language, "The last {n} that came into the register.",
                                  SLOTS({ "n", count_words(view, (int64_t)count) }));
    for (size_t i = 0; i < count; i++)
        if (!list_row(view, reading->store, ids[i], REGISTER_ALL, &rows[i], problem))
            return false;
    section->rows = rows;
    section->row_count = count;
    return true;
}

/* The data sets of these incidents, with their exports. */
static bool add_exports(const Reading *reading, const int64_t *ids, size_t count, EntityPage *page, Problem *problem)
{
    enum { DATASETS_MAX = 8 };
    const View *view = reading->view;
    const char *names[DATASETS_MAX];
    size_t name_count = 0;
    PageLink *links = NEW_ARRAY(view->arena, PageLink, (size_t)3 * DATASETS_MAX);
    for (size_t i = 0; i < count && name_count < DATASETS_MAX; i++) {
        Incident incident;
        bool known = false;
        if (!incident_read(view->arena, reading->store, ids[i], view->figures->entries, &incident, problem))
            return false;
        for (size_t j = 0; j < name_count; j++)
            known = known || strcmp(names[j], incident.dataset) == 0;
        if (!known)
            names[name_count++] = incident.dataset;
    }
    EntitySection *section = entity_section(page, "exports", say(view->language, "Downloads"),
                                            say(view->language, "All counted incidents of the data sets that use it."));
    for (size_t i = 0; i < name_count; i++) {
        const char *name = show_dataset(view, names[i]);
        links[section->links.count++] =
            (PageLink){ .label = name,
                        .address = link_in(view->arena, view->language, dataset_path(view, names[i]), NULL) };
        links[section->links.count++] = (PageLink){ .label = arena_format(view->arena, "%s, CSV", name),
                                                    .address = link_with(view, "/incidents.csv", "source", names[i]) };
        links[section->links.count++] = (PageLink){ .label = arena_format(view->arena, "%s, JSON", name),
                                                    .address = link_with(view, "/incidents.json", "source", names[i]) };
    }
    section->links.items = links;
    return true;
}

bool source_page(const Reading *reading, int64_t id, EntityPage *page, Problem *problem)
{
    const View *view = reading->view;
    SourceFact source;
    Use use;
    int64_t ids[NEWEST_SHOWN];
    size_t count;
    if (!source_read(view, reading->store, id, &source, problem) || !read_use(reading, id, &use, problem) ||
        !read_incidents(reading, id, ids, &count, problem))
        return false;
    *page = entity_page(view, ENTITY_SOURCE, source.name);
    page->kind = arena_format(view->arena, "%s · %s", show_code(view, "source_type", source.source_type),
                              show_code(view, "reliability", source.reliability));
    add_facts(view, &source, &use, page);
    add_address(view, &source, page);
    return add_incidents(reading, &use, ids, count, page, problem) && add_exports(reading, ids, count, page, problem);
}

bool source_sheet(const Reading *reading, int64_t id, Sheet *sheet, Problem *problem)
{
    const View *view = reading->view;
    SourceFact source;
    Use use;
    if (!source_read(view, reading->store, id, &source, problem) || !read_use(reading, id, &use, problem))
        return false;
    char *moment = arena_take(view->arena, MOMENT_TEXT_SIZE);
    const Cell cells[] = {
        cell_count(source.id),
        cell_text(source.url),
        cell_text(source.title),
        cell_text(source.source_type),
        cell_text(source.reliability),
        cell_text(source.origin),
        cell_text(source.language),
        cell_text(source.access),
        cell_text(source.licence),
        cell_day(view->arena, source.published),
        cell_count(use.incidents),
        cell_count(use.statements),
        cell_number(use.claims < 0 ? (double)NAN : (double)use.claims),
        cell_day(view->arena, use.first),
        cell_day(view->arena, use.last),
        cell_text(moment_write(use.recorded, moment)),
        cell_count(source.since),
    };
    *sheet = sheet_new(view->arena, &document_schema);
    memcpy(sheet_row(sheet), cells, sizeof cells);
    return true;
}

bool source_json(const Reading *reading, int64_t id, Out *out, Problem *problem)
{
    const View *view = reading->view;
    Sheet sheet;
    int64_t ids[NEWEST_SHOWN];
    size_t count;
    if (!source_sheet(reading, id, &sheet, problem) || !read_incidents(reading, id, ids, &count, problem))
        return false;
    OUT_LITERAL(out, "{\"source\":");
    sheet_object(out, &sheet);
    OUT_LITERAL(out, ",\"newest_incidents\":[");
    for (size_t i = 0; i < count; i++) {
        out_raw(out, ",", i > 0);
        out_int(out, ids[i]);
    }
    OUT_LITERAL(out, "]");
    figures_json_origin(out, view->figures, view->filter, view->codebook);
    OUT_LITERAL(out, "}\n");
    return true;
}
