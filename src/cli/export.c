/* vigie export: one of the published tables, written chunk by chunk. */
#include "cli/public.h"
#include "publish/tables.h"

static const struct {
    const char *name;
    ExportTable table;
} tables[] = {
    { "incidents", EXPORT_INCIDENTS },
    { "claims", EXPORT_CLAIMS },
    { "sources", EXPORT_SOURCES },
};

static bool table_named(const char *name, ExportTable *table, Problem *problem)
{
    for (size_t i = 0; i < COUNT_OF(tables); i++)
        if (strcmp(tables[i].name, name) == 0) {
            *table = tables[i].table;
            return true;
        }
    return fail(problem, PROBLEM_USAGE, "there is no table '%s'; there are incidents, claims and sources", name);
}

bool run_export(const Call *call, Problem *problem)
{
    AUTO_PUBLISHED published = { 0 };
    AUTO_OUT out = { 0 };
    ExportOrder order = { .which = REGISTER_COUNTED };
    if (option_given(call, OPTION_CSV) && option_given(call, OPTION_JSON))
        return fail(problem, PROBLEM_USAGE, "--csv and --json cannot be answered at once");
    if (!table_named(call->arguments[0], &order.table, problem))
        return false;
    if (!public_open(call, call->count > 1 ? call->arguments[1] : NULL, &published, problem))
        return false;
    order.form = option_given(call, OPTION_JSON) ? EXPORT_JSON : EXPORT_CSV;
    order.filter = &published.filter;
    order.found = published.found;
    AUTO_EXPORT *export = export_begin(call->arena, published.snapshot, &order);
    for (bool more = true; more;) {
        more = export_next(export, published.store, &out, problem);
        if (problem->kind || !print_out(&out, problem))
            return false;
        out_clear(&out);
    }
    return true;
}
