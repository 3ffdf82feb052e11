/* vigie change code and compare, vigie agreement: blind second coding and what it tells. */
#include "cli/body.h"
#include "cli/desk.h"
#include "domain/adjudication.h"
#include "domain/witness.h"
#include "stats/agreement.h"

bool run_change_code(const Call *call, Problem *problem)
{
    Hand hand;
    int64_t id;
    Text body;
    Codebook codebook;
    AUTO_OUT out = { 0 };
    if (!desk_hand(call, &hand, problem) || !desk_number(call, 0, &id, problem) ||
        !body_read(call, call->arguments[1], &body, problem) || !call_codebook(call, &codebook, problem))
        return false;
    AUTO_STORE *work = witness_open(call->var, problem);
    if (!work || !coding_add(work, &hand, &codebook, id, body, problem))
        return false;
    const char *line = arena_format(call->arena, "change %lld is coded by %s\n", (long long)id, hand.author);
    out_raw(&out, line, strlen(line));
    return print_out(&out, problem);
}

/* What a blind coder may see of a change: its sources and organisations, no claim. */
bool run_change_sources(const Call *call, Problem *problem)
{
    int64_t id;
    Change change;
    Record record;
    AUTO_OUT out = { 0 };
    if (!desk_number(call, 0, &id, problem))
        return false;
    AUTO_STORE *work = desk_reader(call, problem);
    if (!work || !change_find(call->arena, work, id, &change, problem))
        return false;
    if (strcmp(change.kind, KIND_OPEN) != 0)
        return fail(problem, PROBLEM_CONFLICT, "change %lld is no new incident", (long long)id);
    if (!record_read(call->arena, change.body, &record, problem))
        return false;
    Record seen = { .sources = record.sources,
                    .source_count = record.source_count,
                    .affected = record.affected,
                    .affected_count = record.affected_count };
    record_write(&out, &seen);
    OUT_LITERAL(&out, "\n");
    return print_out(&out, problem);
}

static void compared_json(Out *out, const CodedVariable *row)
{
    OUT_LITERAL(out, "{\"first\":");
    out_json(out, row->first);
    OUT_LITERAL(out, ",\"second\":");
    out_json(out, row->second);
    OUT_LITERAL(out, ",\"variable\":");
    out_json(out, row->variable);
    OUT_LITERAL(out, "}");
}

static void comparison_json(Out *out, const Comparison *comparison)
{
    OUT_LITERAL(out, "{\"author\":");
    out_json(out, comparison->author);
    OUT_LITERAL(out, ",\"coder\":");
    out_json(out, comparison->coder);
    OUT_LITERAL(out, ",\"same\":");
    out_count(out, comparison->same);
    OUT_LITERAL(out, ",\"differ\":[");
    size_t shown = 0;
    for (size_t i = 0; i < comparison->count; i++) {
        if (comparison->variables[i].same)
            continue;
        if (shown++)
            OUT_LITERAL(out, ",");
        compared_json(out, &comparison->variables[i]);
    }
    OUT_LITERAL(out, "]}");
}

static void comparison_text(Out *out, Arena *arena, const Comparison *comparison)
{
    const char *line = arena_format(arena, "%s and %s: %zu of %zu variables the same\n", comparison->author,
                                    comparison->coder, comparison->same, comparison->count);
    out_raw(out, line, strlen(line));
    for (size_t i = 0; i < comparison->count; i++) {
        const CodedVariable *row = &comparison->variables[i];
        if (row->same)
            continue;
        line = arena_format(arena, "  %-32s %s | %s\n", row->variable, *row->first ? row->first : "-",
                            *row->second ? row->second : "-");
        out_raw(out, line, strlen(line));
    }
}

bool run_change_compare(const Call *call, Problem *problem)
{
    int64_t id;
    Comparison *comparisons;
    size_t count;
    AUTO_OUT out = { 0 };
    bool json = option_given(call, OPTION_JSON);
    if (!desk_number(call, 0, &id, problem))
        return false;
    AUTO_STORE *work = desk_reader(call, problem);
    if (!work || !coding_compare(call->arena, work, id, &comparisons, &count, problem))
        return false;
    if (!count)
        return fail(problem, PROBLEM_NOT_FOUND, "nobody has coded change %lld a second time", (long long)id);
    if (json)
        OUT_LITERAL(&out, "{\"comparisons\":[");
    for (size_t i = 0; i < count; i++) {
        if (json && i)
            OUT_LITERAL(&out, ",");
        json ? comparison_json(&out, &comparisons[i]) : comparison_text(&out, call->arena, &comparisons[i]);
    }
    if (json)
        OUT_LITERAL(&out, "]}\n");
    return print_out(&out, problem);
}

/* The first second coding in which the variable is still open, or the last. */
static bool plan_of(const Call *call, Store *work, const char *variable, AdjudicationPlan *plan, Problem *problem)
{
    Change change;
    Judged *all;
    size_t count;
    if (!change_find(call->arena, work, plan->change, &change, problem) ||
        !adjudication_list(call->arena, work, &change, &all, &count, problem))
        return false;
    plan->version = change.version;
    for (size_t i = count; i-- > 0;)
        for (size_t j = 0; j < all[i].comparison.count; j++)
            if (i + 1 == count || (all[i].variables[j].open && strcmp(all[i].variables[j].variable, variable) == 0))
                plan->coding = all[i].comparison.coding;
    return count ||
           fail(problem, PROBLEM_NOT_FOUND, "nobody has coded change %lld a second time", (long long)change.id);
}

bool run_change_decide(const Call *call, Problem *problem)
{
    Hand hand;
    Codebook codebook;
    AUTO_OUT out = { 0 };
    Decision decision = { .variable = call->arguments[1],
                          .choice = call->arguments[2],
                          .reason = call->options[OPTION_REASON] };
    AdjudicationPlan plan = { .decisions = &decision, .count = 1 };
    if (!desk_hand(call, &hand, problem) || !desk_number(call, 0, &plan.change, problem) ||
        !call_codebook(call, &codebook, problem))
        return false;
    AUTO_STORE *work = witness_open(call->var, problem);
    if (!work || !plan_of(call, work, decision.variable, &plan, problem) ||
        !adjudication_decide(work, &hand, &codebook, &plan, problem))
        return false;
    const char *line = arena_format(call->arena, "%s of change %lld is decided by %s\n", decision.variable,
                                    (long long)plan.change, hand.author);
    out_raw(&out, line, strlen(line));
    return print_out(&out, problem);
}

static void agreement_json(Out *out, const Agreement *row)
{
    OUT_LITERAL(out, "{\"alpha\":");
    if (isnan(row->alpha))
        OUT_LITERAL(out, "null");
    else
        out_fixed(out, row->alpha, 6);
    OUT_LITERAL(out, ",\"metric\":");
    out_json(out, agreement_metrics[row->metric]);
    OUT_LITERAL(out, ",\"period\":");
    out_json(out, *row->period ? row->period : NULL);
    OUT_LITERAL(out, ",\"units\":");
    out_count(out, row->units);
    OUT_LITERAL(out, ",\"variable\":");
    out_json(out, row->variable);
    OUT_LITERAL(out, "}");
}

static void agreement_text(Out *out, Arena *arena, const Agreement *row)
{
    const char *alpha = isnan(row->alpha) ? "-" : arena_format(arena, "%.3f", row->alpha);
    const char *line = arena_format(arena, "%-8s %-32s %-9s %5zu %s\n", *row->period ? row->period : "all",
                                    row->variable, agreement_metrics[row->metric], row->units, alpha);
    out_raw(out, line, strlen(line));
}

bool run_agreement(const Call *call, Problem *problem)
{
    Codebook codebook;
    CodedPair *pairs;
    Agreement *rows;
    size_t pair_count, count;
    AUTO_OUT out = { 0 };
    bool json = option_given(call, OPTION_JSON);
    if (!call_codebook(call, &codebook, problem))
        return false;
    AUTO_STORE *work = desk_reader(call, problem);
    if (!work || !coding_pairs(call->arena, work, CODED_ALL, &pairs, &pair_count, problem))
        return false;
    agreement_of(call->arena, &codebook, pairs, pair_count, &rows, &count);
    if (json)
        OUT_LITERAL(&out, "{\"agreement\":[");
    for (size_t i = 0; i < count; i++) {
        if (json && i)
            OUT_LITERAL(&out, ",");
        json ? agreement_json(&out, &rows[i]) : agreement_text(&out, call->arena, &rows[i]);
    }
    if (json)
        OUT_LITERAL(&out, "]}\n");
    return print_out(&out, problem);
}
