/* vigie queue: the records that wait in the work store, and their publication by a person. */
#include "base/sys.h"
#include "cli/command.h"
#include "domain/draft.h"
#include "domain/witness.h"

enum { PAGE_ROWS = 500 };

static void row_text(Out *out, Arena *arena, const DraftRow *row)
{
    const char *line =
        arena_format(arena, "%-8lld %-10s %-12s %-16s %s%s%s\n", (long long)row->id, row->state, row->dataset,
                     row->external, row->title, row->reason ? ": " : "", row->reason ? row->reason : "");
    out_raw(out, line, strlen(line));
}

static void row_json(Out *out, const DraftRow *row)
{
    char moment[MOMENT_TEXT_SIZE];
    OUT_LITERAL(out, "{\"at\":");
    out_json(out, moment_write(row->at, moment));
    OUT_LITERAL(out, ",\"dataset\":");
    out_json(out, row->dataset);
    OUT_LITERAL(out, ",\"external\":");
    out_json(out, row->external);
    OUT_LITERAL(out, ",\"id\":");
    out_int(out, row->id);
    OUT_LITERAL(out, ",\"incident\":");
    if (row->incident)
        out_int(out, row->incident);
    else
        OUT_LITERAL(out, "null");
    OUT_LITERAL(out, ",\"reason\":");
    out_json(out, row->reason);
    OUT_LITERAL(out, ",\"state\":");
    out_json(out, row->state);
    OUT_LITERAL(out, ",\"title\":");
    out_json(out, row->title);
    OUT_LITERAL(out, ",\"tlp\":");
    out_json(out, tlp_words[row->mark]);
    OUT_LITERAL(out, "}");
}

static bool check_state(const char *state, Problem *problem)
{
    static const char *const states[] = { "held", "pending", "unverified", "sent" };
    for (size_t i = 0; state && i < COUNT_OF(states); i++)
        if (strcmp(state, states[i]) == 0)
            return true;
    return !state || fail_field(problem, PROBLEM_USAGE, "state",
                                "there is no state '%s'; there are held, pending, "
                                "unverified and sent",
                                state);
}

/* One page after the other, so that memory stays flat however much waits. */
bool run_queue_list(const Call *call, Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    AUTO_OUT out = { 0 };
    if (!check_state(call->options[OPTION_STATE], problem))
        return false;
    AUTO_STORE *work = store_open(call->var, STORE_WORK, READ_ONLY, problem);
    DraftPage page = {
        .state = call->options[OPTION_STATE], .today = moment_day(sys_now()), .most = PAGE_ROWS, .ceiling = TLP_RED
    };
    bool json = option_given(call, OPTION_JSON);
    DraftRow *rows = NULL;
    size_t count = PAGE_ROWS;
    if (!work)
        return false;
    if (json)
        OUT_LITERAL(&out, "{\"records\":[");
    while (count == PAGE_ROWS) {
        arena_reset(arena);
        if (!draft_list(arena, work, &page, &rows, &count, problem))
            return false;
        for (size_t i = 0; i < count; i++) {
            if (json && (page.after || i > 0))
                OUT_LITERAL(&out, ",");
            json ? row_json(&out, &rows[i]) : row_text(&out, arena, &rows[i]);
        }
        page.after = count ? rows[count - 1].id : page.after;
        if (count < PAGE_ROWS && json)
            OUT_LITERAL(&out, "]}\n");
        if (!print_out(&out, problem))
            return false;
        out_clear(&out);
    }
    return true;
}

static bool read_choice(const Call *call, const Codebook *codebook, DraftChoice *choice, Problem *problem)
{
    const Variable *inclusion = codebook_variable(codebook, "inclusion_decision");
    int64_t *ids = NEW_ARRAY(call->arena, int64_t, call->count + 1);
    *choice = (DraftChoice){ .author = "command-line",
                             .ids = call->count ? ids : NULL,
                             .count = call->count,
                             .inclusion = call->options[OPTION_INCLUSION],
                             .reason = call->options[OPTION_REASON] };
    for (size_t i = 0; i < call->count; i++)
        if (!text_int(text_of(call->arguments[i]), &ids[i]) || ids[i] <= 0)
            return fail(problem, PROBLEM_USAGE, "'%s' is no number of a record; 'vigie queue list' shows them",
                        call->arguments[i]);
    if (!choice->inclusion)
        return !choice->reason || fail(problem, PROBLEM_USAGE, "--reason needs --inclusion");
    if (!call->count || !choice->reason || !*choice->reason)
        return fail(problem, PROBLEM_USAGE, "--inclusion needs --reason and the numbers of the records");
    if (!inclusion || !variable_value(inclusion, choice->inclusion) || strcmp(choice->inclusion, "pending") == 0)
        return fail_field(problem, PROBLEM_USAGE, "inclusion",
                          "'%s' is no decision; 'included' and 'excluded_scope' are", choice->inclusion);
    return true;
}

static void report_text(Out *out, Arena *arena, const DraftReport *report)
{
    const char *line =
        arena_format(arena, "%lld published, %lld kept\n", (long long)report->published, (long long)report->kept);
    out_raw(out, line, strlen(line));
    for (size_t i = 0; i < report->reason_count; i++) {
        line = arena_format(arena, "  %lld: %s\n", (long long)report->reasons[i].id, report->reasons[i].reason);
        out_raw(out, line, strlen(line));
    }
}

static void report_json(Out *out, const DraftReport *report)
{
    OUT_LITERAL(out, "{\"kept\":");
    out_int(out, report->kept);
    OUT_LITERAL(out, ",\"published\":");
    out_int(out, report->published);
    OUT_LITERAL(out, ",\"reasons\":[");
    for (size_t i = 0; i < report->reason_count; i++) {
        if (i > 0)
            OUT_LITERAL(out, ",");
        OUT_LITERAL(out, "{\"id\":");
        out_int(out, report->reasons[i].id);
        OUT_LITERAL(out, ",\"reason\":");
        out_json(out, report->reasons[i].reason);
        OUT_LITERAL(out, "}");
    }
    OUT_LITERAL(out, "]}\n");
}

static bool publish(const Call *call, const DraftDesk *desk, const DraftChoice *choice, Problem *problem)
{
    AUTO_OUT out = { 0 };
    DraftReport report = { 0 };
    if (!draft_publish(call->arena, desk, choice, &report, problem))
        return false;
    if (option_given(call, OPTION_JSON))
        report_json(&out, &report);
    else
        report_text(&out, call->arena, &report);
    return print_out(&out, problem);
}

bool run_queue_publish(const Call *call, Problem *problem)
{
    Codebook codebook;
    DraftChoice choice;
    if (!call_codebook(call, &codebook, problem) || !read_choice(call, &codebook, &choice, problem))
        return false;
    Ledger *ledger = ledger_start(call->arena, call->var, &codebook, problem); /* before a store is open */
    if (!ledger)
        return false;
    Store *work = witness_open(call->var, problem);
    DraftDesk desk = { .work = work, .ledger = ledger, .codebook = &codebook };
    bool done = work && publish(call, &desk, &choice, problem) && ledger_sign_deeds(ledger, work, problem);
    store_close(work);
    ledger_stop(ledger);
    return done;
}
