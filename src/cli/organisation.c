/* vigie organisation: finding organisations, their other names, and those that are the same. */
#include "base/unicode.h"
#include "cli/desk.h"

enum { FOUND_MOST = 50 };

bool run_organisation_name(const Call *call, Problem *problem)
{
    Act act = { 0 };
    int64_t number;
    ActName name = { call->arguments[1], call->arguments[2] };
    act.names = &name;
    act.name_count = 1;
    return desk_number(call, 0, &number, problem) && desk_begin_act(call, ACT_KIND_NAME, number, &act, problem);
}

bool run_organisation_merge(const Call *call, Problem *problem)
{
    Act act = { 0 };
    int64_t number;
    return desk_number(call, 0, &number, problem) && desk_number(call, 1, &act.into, problem) &&
           desk_begin_act(call, ACT_KIND_JOIN, number, &act, problem);
}

bool run_organisation_undo(const Call *call, Problem *problem)
{
    Act act = { 0 };
    int64_t number;
    return desk_number(call, 0, &number, problem) && desk_number(call, 1, &act.undoes, problem) &&
           desk_begin_act(call, ACT_KIND_NAME_UNDO, number, &act, problem);
}

static void row_text(Out *out, Arena *arena, const Rows *rows)
{
    const char *line = arena_format(arena, "%-8lld %-3s %-16s %s\n", (long long)rows_int(rows, 0), rows_text(rows, 2),
                                    rows_text(rows, 3), rows_text(rows, 1));
    out_raw(out, line, strlen(line));
}

static void row_json(Out *out, const Rows *rows)
{
    OUT_LITERAL(out, "{\"country\":");
    out_json(out, rows_is_null(rows, 2) ? NULL : rows_text(rows, 2));
    OUT_LITERAL(out, ",\"name\":");
    out_json(out, rows_text(rows, 1));
    OUT_LITERAL(out, ",\"org_type\":");
    out_json(out, rows_is_null(rows, 3) ? NULL : rows_text(rows, 3));
    OUT_LITERAL(out, ",\"organisation\":");
    out_int(out, rows_int(rows, 0));
    OUT_LITERAL(out, "}");
}

/* A folded name has letters, digits and blanks only: nothing in it is a pattern. */
bool run_organisation_find(const Call *call, Problem *problem)
{
    AUTO_OUT out = { 0 };
    bool json = option_given(call, OPTION_JSON);
    const char *folded = unicode_fold(call->arena, text_of(call->arguments[0]));
    AUTO_STORE *published = store_open(call->var, STORE_PUBLIC, READ_ONLY, problem);
    if (!published)
        return false;
    AUTO_ROWS *rows = store_run(published, problem, SQL_ORGANISATIONS_LIKE, "tti",
                                arena_format(call->arena, "%%%s%%", folded), call->arguments[0], (int64_t)FOUND_MOST);
    if (json)
        OUT_LITERAL(&out, "{\"organisations\":[");
    for (size_t i = 0; rows && rows_next(rows); i++) {
        if (json && i)
            OUT_LITERAL(&out, ",");
        json ? row_json(&out, rows) : row_text(&out, call->arena, rows);
    }
    if (json)
        OUT_LITERAL(&out, "]}\n");
    return rows && !problem->kind && print_out(&out, problem);
}
