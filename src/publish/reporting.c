#include "publish/reporting.h"

#include "domain/record.h"
#include "publish/table_rows.h"

enum { REGISTERS_MAX = 200 };

/* Adds the register of which this is the first source, when it was there by then and names organisations somewhere. */
static bool add_register(const Reading *reading, int64_t source, PublicRegister *items, size_t *count, Problem *problem)
{
    const View *view = reading->view;
    PublicRegister one = { 0 };
    Problem none = { 0 };
    if (!source_read(view, reading->store, source, &one.source, &none))
        return none.kind == PROBLEM_NOT_FOUND || fail(problem, none.kind, "%s", none.message);
    AUTO_ROWS *rows =
        store_run(reading->store, problem, SQL_PUBLISH_REGISTER_COUNTRY, "it", source, one.source.independence_group);
    if (rows && rows_next(rows)) {
        one.country = table_cell(view->arena, rows, 0);
        items[(*count)++] = one;
    }
    return !problem->kind;
}

/* The first source of the keeper behind `keeper`, who is replaced; 0 behind the last one. */
static bool next_keeper(const Reading *reading, const char **keeper, int64_t *source, Problem *problem)
{
    AUTO_ROWS *rows = store_run(reading->store, problem, SQL_PUBLISH_REGISTER_NEXT, "t", *keeper);
    *source = 0;
    if (rows && rows_next(rows)) {
        *keeper = table_cell(reading->view->arena, rows, 0);
        *source = rows_int(rows, 1);
    }
    return !problem->kind;
}

static bool add_alone(const Reading *reading, PublicRegister *items, size_t *count, Problem *problem)
{
    int64_t ids[REGISTERS_MAX];
    size_t found = 0;
    AUTO_ROWS *rows = store_run(reading->store, problem, SQL_PUBLISH_REGISTERS_ALONE, "i", (int64_t)REGISTERS_MAX);
    while (rows && rows_next(rows))
        ids[found++] = rows_int(rows, 0);
    for (size_t i = 0; i < found && *count < REGISTERS_MAX && !problem->kind; i++)
        if (!add_register(reading, ids[i], items, count, problem))
            return false;
    return !problem->kind;
}

bool reporting_registers(const Reading *reading, Registers *registers, Problem *problem)
{
    PublicRegister *items = NEW_ARRAY(reading->view->arena, PublicRegister, REGISTERS_MAX);
    const char *keeper = "";
    *registers = (Registers){ .items = items };
    while (registers->count < REGISTERS_MAX) {
        int64_t source;
        if (!next_keeper(reading, &keeper, &source, problem))
            return false;
        if (!source)
            break;
        if (!add_register(reading, source, items, &registers->count, problem))
            return false;
    }
    return add_alone(reading, items, &registers->count, problem);
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
