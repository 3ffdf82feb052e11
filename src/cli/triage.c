/* vigie queue take, postpone, refuse: what people decide about candidates. */
#include "domain/triage.h"

#include "base/sys.h"
#include "cli/desk.h"
#include "domain/similar.h"
#include "domain/witness.h"

enum { PAGE_ROWS = 500 };

static bool tell(const Call *call, int64_t id, const char *words, Problem *problem)
{
    AUTO_OUT out = { 0 };
    const char *line = arena_format(call->arena, "candidate %lld %s\n", (long long)id, words);
    out_raw(&out, line, strlen(line));
    return print_out(&out, problem);
}

static const char *reason_list(Arena *arena)
{
    const char *all = "";
    for (const Refusal *refusal = refusals; refusal->code; refusal++)
        all = arena_format(arena, "%s%s%s", all, *all ? ", " : "", refusal->code);
    return all;
}

bool run_queue_take(const Call *call, Problem *problem)
{
    Hand hand;
    int64_t id, change;
    if (!desk_hand(call, &hand, problem) || !desk_number(call, 0, &id, problem))
        return false;
    AUTO_STORE *work = witness_open(call->var, problem);
    return work && triage_take(work, &hand, id, TLP_CLEAR, &change, problem) &&
           tell(call, id, arena_format(call->arena, "is change %lld", (long long)change), problem);
}

bool run_queue_postpone(const Call *call, Problem *problem)
{
    Hand hand;
    int64_t id;
    Span day;
    if (!desk_hand(call, &hand, problem) || !desk_number(call, 0, &id, problem))
        return false;
    if (!span_read(text_of(call->arguments[1]), &day) || day.first != day.last)
        return fail(problem, PROBLEM_USAGE, "'%.40s' is no day such as 2027-01-31", call->arguments[1]);
    AUTO_STORE *work = witness_open(call->var, problem);
    return work && triage_postpone(work, &hand, id, day.first, problem) && tell(call, id, "is postponed", problem);
}

bool run_queue_refuse(const Call *call, Problem *problem)
{
    Hand hand;
    int64_t id;
    if (!desk_hand(call, &hand, problem) || !desk_number(call, 0, &id, problem))
        return false;
    AUTO_STORE *work = witness_open(call->var, problem);
    if (!work)
        return false;
    if (triage_refuse(work, &hand, id, call->arguments[1], call->options[OPTION_REASON], problem))
        return tell(call, id, "is refused", problem);
    if (strcmp(problem->field, "reason") != 0)
        return false;
    *problem = (Problem){ 0 };
    return fail_field(problem, PROBLEM_USAGE, "reason", "'%.60s' is no reason to refuse a candidate; there are %s",
                      call->arguments[1], reason_list(call->arena));
}

bool run_queue_reopen(const Call *call, Problem *problem)
{
    Hand hand;
    int64_t id;
    if (!desk_hand(call, &hand, problem) || !desk_number(call, 0, &id, problem))
        return false;
    AUTO_STORE *work = witness_open(call->var, problem);
    return work && triage_reopen(work, &hand, id, problem) && tell(call, id, "is open", problem);
}

static void candidate_text(Out *out, Arena *arena, const Candidate *candidate)
{
    const char *line =
        arena_format(arena, "%-8lld %3d %-9s %-12s %-16s %s%s%s\n", (long long)candidate->id, candidate->score,
                     candidate->state, candidate->dataset, candidate->external, candidate->title,
                     candidate->reason ? ": " : "", candidate->reason ? candidate->reason : "");
    out_raw(out, line, strlen(line));
}

static void text_json(Out *out, const char *key, const char *text)
{
    out_json(out, key);
    OUT_LITERAL(out, ":");
    out_json(out, text);
    OUT_LITERAL(out, ",");
}

static void candidate_json(Out *out, const Candidate *candidate)
{
    OUT_LITERAL(out, "{");
    text_json(out, "account", candidate->account);
    OUT_LITERAL(out, "\"candidate\":");
    out_int(out, candidate->id);
    OUT_LITERAL(out, ",");
    text_json(out, "dataset", candidate->dataset);
    text_json(out, "external", candidate->external);
    text_json(out, "note", candidate->note);
    text_json(out, "reason", candidate->reason);
    OUT_LITERAL(out, "\"score\":");
    out_int(out, candidate->score);
    OUT_LITERAL(out, ",");
    text_json(out, "state", candidate->state);
    text_json(out, "tlp", tlp_words[candidate->mark]);
    OUT_LITERAL(out, "\"title\":");
    out_json(out, candidate->title);
}

bool run_queue_candidates(const Call *call, Problem *problem)
{
    Codebook codebook;
    AUTO_OUT out = { 0 };
    bool json = option_given(call, OPTION_JSON);
    if (!call_codebook(call, &codebook, problem))
        return false;
    AUTO_STORE *work = desk_reader(call, problem);
    CandidatePage page = { call->options[OPTION_STATE], moment_day(sys_now()), 0, PAGE_ROWS, TLP_RED };
    if (json)
        OUT_LITERAL(&out, "{\"candidates\":[");
    for (size_t count = PAGE_ROWS; count == PAGE_ROWS;) {
        Candidates found;
        AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
        if (!work || !candidate_list(arena, work, &codebook, &page, &found, problem))
            return false;
        count = found.count;
        for (size_t i = 0; i < count; i++) {
            if (json && page.after)
                OUT_LITERAL(&out, ",");
            json ? candidate_json(&out, &found.items[i]) : candidate_text(&out, arena, &found.items[i]);
            if (json)
                OUT_LITERAL(&out, "}");
            page.after = found.items[i].id;
        }
    }
    if (json)
        OUT_LITERAL(&out, "]}\n");
    return print_out(&out, problem);
}

static void similar_out(const Call *call, Out *out, const Similar *similar, size_t i)
{
    if (!option_given(call, OPTION_JSON)) {
        const char *line = arena_format(call->arena, "  perhaps incident %lld (%d %% alike): %s\n",
                                        (long long)similar->number, similar->likeness, similar->title);
        out_raw(out, line, strlen(line));
        return;
    }
    if (i)
        OUT_LITERAL(out, ",");
    OUT_LITERAL(out, "{\"incident\":");
    out_int(out, similar->number);
    OUT_LITERAL(out, ",\"likeness\":");
    out_int(out, similar->likeness);
    OUT_LITERAL(out, ",\"title\":");
    out_json(out, similar->title);
    OUT_LITERAL(out, "}");
}

static bool find_similar(const Call *call, const Codebook *codebook, const Candidate *candidate, SimilarFound *found,
                         Problem *problem)
{
    Record record;
    SimilarAsked like = { .record = &record, .least = SIMILAR_LEAST };
    found->count = 0;
    if (!record_read(call->arena, candidate->body, &record, problem))
        return false;
    if (!sys_exists(arena_format(call->arena, "%s/public.db", call->var)) ||
        !similar_days(call->arena, codebook, &record, &like.days))
        return true;
    AUTO_STORE *public_store = store_open(call->var, STORE_PUBLIC, READ_ONLY, problem);
    SimilarPlace place = { finder_open(call->arena, party_of(ACT_ORGANISATION), FIND_OFTEN), public_store };
    bool done = public_store && similar_find(call->arena, &place, &like, found, problem);
    finder_close(place.finder);
    return done;
}

bool run_queue_show(const Call *call, Problem *problem)
{
    Codebook codebook;
    Candidate candidate;
    SimilarFound found;
    int64_t id;
    AUTO_OUT out = { 0 };
    bool json = option_given(call, OPTION_JSON);
    if (!desk_number(call, 0, &id, problem) || !call_codebook(call, &codebook, problem))
        return false;
    AUTO_STORE *work = desk_reader(call, problem);
    if (!work || !candidate_find(call->arena, work, &codebook, id, &candidate, problem) ||
        !find_similar(call, &codebook, &candidate, &found, problem))
        return false;
    json ? candidate_json(&out, &candidate) : candidate_text(&out, call->arena, &candidate);
    if (json)
        OUT_LITERAL(&out, ",\"similar\":[");
    for (size_t i = 0; i < found.count; i++)
        similar_out(call, &out, &found.items[i], i);
    if (json)
        OUT_LITERAL(&out, "],\"body\":");
    out_raw(&out, candidate.body.at, candidate.body.length);
    if (json)
        OUT_LITERAL(&out, "}");
    OUT_LITERAL(&out, "\n");
    return print_out(&out, problem);
}
