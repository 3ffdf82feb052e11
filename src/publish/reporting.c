#include "publish/reporting.h"

#include "domain/record.h"
#include "publish/table_rows.h"

bool reporting_registers(const Reading *reading, Registers *registers, Problem *problem)
{
    const View *view = reading->view;
    size_t room = 0;
    PublicRegister *items = NULL;
    *registers = (Registers){ 0 };
    AUTO_ROWS *rows = store_run(reading->store, problem, SQL_PUBLISH_REGISTERS, "i", view->figures->entries);
    while (rows && rows_next(rows)) {
        if (registers->count && items[registers->count - 1].source.id == rows_int(rows, 0))
            continue; /* its other countries, which it names more rarely */
        items = arena_grow(view->arena, items, registers->count, &room, sizeof *items);
        items[registers->count++] =
            (PublicRegister){ .source.id = rows_int(rows, 0), .country = table_cell(view->arena, rows, 1) };
    }
    registers->items = items;
    for (size_t i = 0; i < registers->count && !problem->kind; i++)
        if (!source_read(view, reading->store, items[i].source.id, &items[i].source, problem))
            return false;
    return !problem->kind;
}

size_t registers_of(const Registers *registers, const char *country, const PublicRegister **first)
{
    size_t count = 0;
    *first = NULL;
    for (size_t i = 0; i < registers->count; i++)
        if (strcmp(registers->items[i].country, country) == 0 && count++ == 0)
            *first = &registers->items[i];
    return count;
}

size_t reporting_datasets(const Reading *reading, const View *view, const Reporter **reporters)
{
    const char *const *names;
    size_t all = snapshot_datasets(reading->snapshot, &names), count = 0;
    Reporter *items = NEW_ARRAY(view->arena, Reporter, all + 1);
    for (size_t i = 0; i < all; i++) {
        const View *narrowed = entity_narrowed(reading, view, "source", names[i]);
        if (narrowed->figures->incidents || narrowed->figures->claimed_only)
            items[count++] = (Reporter){ names[i], narrowed };
    }
    *reporters = items;
    return count;
}

bool source_table(const Reading *reading, const Citations *cited, size_t most, EntitySection *section, Problem *problem)
{
    static const EntityColumn columns[] = {
        { N_("Source"), false }, { N_("Kind of source"), false }, { N_("First said"), false }, { N_("Incidents"), true }
    };
    const View *view = reading->view;
    section->table = entity_table(view, columns, COUNT_OF(columns));
    for (size_t i = 0; i < MIN(most, cited->count); i++) {
        const Cited *one = &cited->items[i];
        SourceFact fact;
        if (!source_read(view, reading->store, one->source, &fact, problem))
            return false;
        EntityCell *cells = entity_row(view, &section->table);
        cells[0] =
            (EntityCell){ .text = fact.name, .link = source_link(view, fact.id), .note = source_place(view, &fact) };
        cells[1].text = show_code(view, "source_type", fact.source_type);
        cells[2].text = one->first_known == DAY_UNKNOWN ? NULL : say_day(view->arena, view->language, one->first_known);
        cells[3].text = say_number(view->arena, view->language, one->incidents);
    }
    return true;
}
