/* The countries of the register as a list. */
#include "publish/country.h"
#include "publish/figures_json.h"
#include "publish/link.h"
#include "publish/reporting.h"

typedef struct CountryRow {
    const char *code, *name;
    int64_t incidents;
    size_t registers;
    const char **datasets;
    size_t dataset_count;
} CountryRow;

typedef struct CountryRows {
    CountryRow *items; /* in the dictionary's order */
    size_t count;
} CountryRows;

static int64_t count_in(const Figures *figures, const char *code)
{
    for (size_t i = 0; i < figures->by_country.count; i++)
        if (strcmp(figures->by_country.items[i].code, code) == 0)
            return figures->by_country.items[i].count;
    return 0;
}

static CountryRow row_of(const View *view, const Registers *registers, const Reporter *reporters, size_t reporter_count,
                         const Count *count)
{
    const PublicRegister *first;
    CountryRow row = { .code = count->code,
                       .name = show_facet(view, "country", count->code),
                       .incidents = count->count };
    row.registers = registers_of(registers, count->code, &first);
    row.datasets = NEW_ARRAY(view->arena, const char *, reporter_count + 1);
    for (size_t i = 0; i < reporter_count; i++)
        if (count_in(reporters[i].view->figures, count->code))
            row.datasets[row.dataset_count++] = reporters[i].dataset;
    return row;
}

static bool read_rows(const Reading *reading, CountryRows *rows, Problem *problem)
{
    const View *view = reading->view;
    const Counts *counts = &view->figures->by_country;
    Registers registers;
    const Reporter *reporters;
    if (!reporting_registers(reading, &registers, problem))
        return false;
    size_t reporter_count = reporting_datasets(reading, view, &reporters);
    *rows = (CountryRows){ NEW_ARRAY(view->arena, CountryRow, counts->count + 1), 0 };
    for (size_t i = 0; i < counts->count; i++) {
        if (!*counts->items[i].code)
            continue;
        CountryRow row = row_of(view, &registers, reporters, reporter_count, &counts->items[i]);
        size_t at = rows->count++;
        for (; at > 0 && language_order(view->language, rows->items[at - 1].name, row.name) > 0; at--)
            rows->items[at] = rows->items[at - 1];
        rows->items[at] = row;
    }
    return true;
}

static const char *datasets_in_words(const View *view, const CountryRow *row)
{
    const char **names = NEW_ARRAY(view->arena, const char *, row->dataset_count + 1);
    for (size_t i = 0; i < row->dataset_count; i++)
        names[i] = show_dataset(view, row->datasets[i]);
    return row->dataset_count ? say_list(view->arena, view->language, names, row->dataset_count) : NULL;
}

static void add_row(const View *view, const CountryRow *row, EntityTable *table)
{
    EntityCell *cells = entity_row(view, table);
    cells[0] = (EntityCell){ .text = row->name, .link = link_to(view, country_path(view, row->code)) };
    cells[1].text = say(view->language, row->registers ? N_("yes") : N_("no"));
    cells[2].text = datasets_in_words(view, row);
    if (row->incidents < COMPARED_LEAST)
        cells[3].text = say(view->language, "1 to 4");
    else
        cells[3] = (EntityCell){ .text = say_number(view->arena, view->language, row->incidents),
                                 .link = link_with(view, "/incidents", "country", row->code) };
}

bool countries_page(const Reading *reading, EntityPage *page, Problem *problem)
{
    static const EntityColumn columns[] = { { N_("Country"), false },
                                            { N_("Public register of breaches"), false },
                                            { N_("Known from"), false },
                                            { N_("Incidents"), true } };
    const View *view = reading->view;
    CountryRows rows;
    if (!read_rows(reading, &rows, problem))
        return false;
    *page = entity_page(view, ENTITY_COUNTRY, say(view->language, "Countries"));
    page->intro =
        say(view->language, "Where many incidents are known, many attacks may have happened, or a law may make "
                            "organisations tell of them. So the countries stand in the order of the alphabet, "
                            "each beside who reports there, and are not ranked. Fewer than five incidents are "
                            "not compared; a country that is missing here has no report, which is not zero.");
    EntitySection *section = entity_section(page, "list",
                                            say_count(view->arena, view->language, (int64_t)rows.count,
                                                      "{n} country with a report", "{n} countries with a report"),
                                            NULL);
    section->table = entity_table(view, columns, COUNT_OF(columns));
    section->empty = say(view->language, "No incident in the register matches.");
    for (size_t i = 0; i < rows.count; i++)
        add_row(view, &rows.items[i], &section->table);
    return true;
}

bool countries_sheet(const Reading *reading, Sheet *sheet, Problem *problem)
{
    CountryRows rows;
    *sheet = sheet_new(reading->view->arena, &country_schema);
    if (!read_rows(reading, &rows, problem))
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        const CountryRow *row = &rows.items[i];
        const Cell cells[] = { cell_text(row->code), cell_text(row->name), cell_count((int64_t)row->registers),
                               cell_list(row->datasets, row->dataset_count), cell_count(row->incidents) };
        memcpy(sheet_row(sheet), cells, sizeof cells);
    }
    return true;
}

bool countries_json(const Reading *reading, Out *out, Problem *problem)
{
    const View *view = reading->view;
    Sheet sheet;
    if (!countries_sheet(reading, &sheet, problem))
        return false;
    OUT_LITERAL(out, "{\"countries\":");
    sheet_json(out, &sheet);
    figures_json_origin(out, view->figures, view->filter, view->codebook);
    OUT_LITERAL(out, "}\n");
    return true;
}
