/* vigie export: one of the published tables, written chunk by chunk. */
#include "cli/public.h"
#include "domain/derive.h"
#include "publish/tables.h"

static const struct {
    const char *name;
    ExportTable table;
    Register which;
} tables[] = {
    { "incidents", EXPORT_INCIDENTS, REGISTER_COUNTED }, { "claimed", EXPORT_INCIDENTS, REGISTER_CLAIMED },
    { "excluded", EXPORT_INCIDENTS, REGISTER_EXCLUDED }, { "claims", EXPORT_CLAIMS, REGISTER_COUNTED },
    { "sources", EXPORT_SOURCES, REGISTER_COUNTED },     { "organisations", EXPORT_ORGANISATIONS, REGISTER_COUNTED },
};

static bool table_named(const char *name, ExportOrder *order, Problem *problem)
{
    for (size_t i = 0; i < COUNT_OF(tables); i++)
        if (strcmp(tables[i].name, name) == 0) {
            order->table = tables[i].table;
            order->which = tables[i].which;
            return true;
        }
    return fail(problem, PROBLEM_USAGE,
                "there is no table '%s'; there are incidents, claimed, excluded, claims, sources and organisations",
                name);
}

/* As on the site: who asks for claimed incidents alone is answered with them. */
static void choose_register(const Filter *filter, ExportOrder *order)
{
    const FacetChoice *levels = filter_facet(filter, "verification");
    if (order->which == REGISTER_COUNTED && levels && levels->count == 1 &&
        strcmp(levels->codes[0], verification_codes[V1_CLAIMED]) == 0)
        order->which = REGISTER_CLAIMED;
}

bool run_export(const Call *call, Problem *problem)
{
    AUTO_PUBLISHED published = { 0 };
    AUTO_OUT out = { 0 };
    ExportOrder order = { 0 };
    if (option_given(call, OPTION_CSV) && option_given(call, OPTION_JSON))
        return fail(problem, PROBLEM_USAGE, "--csv and --json cannot be answered at once");
    if (!table_named(call->arguments[0], &order, problem))
        return false;
    if (!public_open(call, call->count > 1 ? call->arguments[1] : NULL, &published, problem))
        return false;
    order.form = option_given(call, OPTION_JSON) ? EXPORT_JSON : EXPORT_CSV;
    order.filter = &published.filter;
    choose_register(&published.filter, &order);
    order.found = published.found;
    if (order.table == EXPORT_ORGANISATIONS && !organisations_found(call->arena, published.snapshot, published.store,
                                                                    &published.filter, &order.organisations, problem))
        return false;
    AUTO_EXPORT *export = export_begin(call->arena, published.snapshot, &order);
    for (bool more = true; more;) {
        more = export_next(export, published.store, &out, problem);
        if (problem->kind || !print_out(&out, problem))
            return false;
        out_clear(&out);
    }
    return true;
}
