/* vigie change: what people prepare for publication, and the second person's agreement. */
#include "domain/change.h"

#include "cli/body.h"
#include "cli/desk.h"
#include "domain/witness.h"
#include "publish/preview.h"
#include "stats/agreement.h"

enum { PAGE_ROWS = 500 };

static bool tell(const Call *call, const char *key, int64_t number, const char *words, Problem *problem)
{
    AUTO_OUT out = { 0 };
    if (option_given(call, OPTION_JSON)) {
        OUT_LITERAL(&out, "{");
        out_json(&out, key);
        OUT_LITERAL(&out, ":");
        out_int(&out, number);
        OUT_LITERAL(&out, "}\n");
    } else {
        const char *line = arena_format(call->arena, "%s %lld %s\n", key, (long long)number, words);
        out_raw(&out, line, strlen(line));
    }
    return print_out(&out, problem);
}

static bool begin(const Call *call, const ChangeDraft *draft, Problem *problem)
{
    Hand hand;
    int64_t id;
    if (!desk_hand(call, &hand, problem))
        return false;
    AUTO_STORE *work = witness_open(call->var, problem);
    return work && change_begin(work, &hand, draft, &id, problem) && tell(call, "change", id, "is a draft", problem);
}

bool desk_begin_act(const Call *call, ActKind kind, int64_t subject, Act *act, Problem *problem)
{
    AUTO_OUT out = { 0 };
    act->reason = call->options[OPTION_REASON];
    if (!act->reason || !*act->reason)
        return fail_field(problem, PROBLEM_USAGE, "reason", "'vigie %s' needs --reason: it is published",
                          call->command->name);
    act_write(&out, act);
    ChangeDraft draft = { .kind = act_table[kind].kind, .subject = subject, .body = out_view(&out) };
    return begin(call, &draft, problem);
}

/* The numbers of claims among the arguments from `first` on. */
static bool read_claims(const Call *call, size_t first, const char *rank, Act *act, Problem *problem)
{
    act->claims = NEW_ARRAY(call->arena, ActClaim, call->count);
    for (size_t i = first; i < call->count; i++) {
        ActClaim *claim = &act->claims[act->claim_count++];
        claim->rank = rank;
        if (!desk_number(call, i, &claim->claim, problem))
            return false;
    }
    return true;
}

bool run_change_open(const Call *call, Problem *problem)
{
    ChangeDraft draft = { .kind = KIND_OPEN };
    return body_read(call, call->arguments[0], &draft.body, problem) && begin(call, &draft, problem);
}

bool run_change_add(const Call *call, Problem *problem)
{
    ChangeDraft draft = { .kind = KIND_ADD };
    return desk_number(call, 0, &draft.subject, problem) && body_read(call, call->arguments[1], &draft.body, problem) &&
           begin(call, &draft, problem);
}

/* A file with one record, or with a list of them. */
static bool read_records(const Call *call, const char *path, Act *act, Problem *problem)
{
    Text body;
    if (!body_read(call, path, &body, problem))
        return false;
    bool list = text_starts(body, "[");
    const char *whole = arena_format(call->arena, "{\"records\":%s%.*s%s}", list ? "" : "[", (int)body.length, body.at,
                                     list ? "" : "]");
    return act_read(call->arena, text_of(whole), act, problem);
}

bool run_change_correct(const Call *call, Problem *problem)
{
    Act act;
    int64_t number;
    return desk_number(call, 0, &number, problem) && read_records(call, call->arguments[1], &act, problem) &&
           read_claims(call, 2, NULL, &act, problem) && desk_begin_act(call, ACT_KIND_CORRECT, number, &act, problem);
}

bool run_change_retract(const Call *call, Problem *problem)
{
    Act act = { 0 };
    int64_t number;
    return desk_number(call, 0, &number, problem) && read_claims(call, 1, NULL, &act, problem) &&
           desk_begin_act(call, ACT_KIND_RETRACT, number, &act, problem);
}

bool run_change_rank(const Call *call, Problem *problem)
{
    Act act = { 0 };
    int64_t number;
    return desk_number(call, 0, &number, problem) && read_claims(call, 2, call->arguments[1], &act, problem) &&
           desk_begin_act(call, ACT_KIND_RANK, number, &act, problem);
}

bool run_change_agreement(const Call *call, Problem *problem)
{
    Hand hand;
    Codebook codebook;
    AgreementReport report;
    AUTO_OUT body = { 0 };
    int64_t id;
    const char *period = call->arguments[0];
    if (!desk_hand(call, &hand, problem) || !call_codebook(call, &codebook, problem))
        return false;
    AUTO_STORE *work = witness_open(call->var, problem);
    if (!work || !agreement_report_of(call->arena, work, &codebook, period, &report, problem))
        return false;
    agreement_report_write(&body, &report);
    ChangeDraft draft = { .kind = KIND_AGREEMENT, .subject = agreement_number(period), .body = out_view(&body) };
    return change_begin(work, &hand, &draft, &id, problem) && tell(call, "change", id, "is a draft", problem);
}

bool run_change_merge(const Call *call, Problem *problem)
{
    Act act = { 0 };
    int64_t number;
    return desk_number(call, 0, &number, problem) && desk_number(call, 1, &act.into, problem) &&
           desk_begin_act(call, ACT_KIND_MERGE, number, &act, problem);
}

bool run_change_split(const Call *call, Problem *problem)
{
    Act act;
    int64_t number;
    return desk_number(call, 0, &number, problem) && read_records(call, call->arguments[1], &act, problem) &&
           desk_begin_act(call, ACT_KIND_SPLIT, number, &act, problem);
}

bool run_change_withdraw(const Call *call, Problem *problem)
{
    Act act = { 0 };
    int64_t number;
    return desk_number(call, 0, &number, problem) && desk_begin_act(call, ACT_KIND_WITHDRAW, number, &act, problem);
}

bool run_change_undo(const Call *call, Problem *problem)
{
    Act act = { 0 };
    int64_t number;
    return desk_number(call, 0, &number, problem) && desk_number(call, 1, &act.undoes, problem) &&
           desk_begin_act(call, ACT_KIND_UNDO, number, &act, problem);
}

static void row_text(Out *out, Arena *arena, const Change *change)
{
    const char *line = arena_format(arena, "%-6lld %-10s %-18s v%-3lld %-12s %s%s%s\n", (long long)change->id,
                                    change->state, change->kind, (long long)change->version, change->author,
                                    change->title, change->trouble ? ": " : "", change->trouble ? change->trouble : "");
    out_raw(out, line, strlen(line));
}

static void number_json(Out *out, const char *key, int64_t number)
{
    OUT_LITERAL(out, ",");
    out_json(out, key);
    OUT_LITERAL(out, ":");
    if (number)
        out_int(out, number);
    else
        OUT_LITERAL(out, "null");
}

static void text_json(Out *out, const char *key, const char *text)
{
    OUT_LITERAL(out, ",");
    out_json(out, key);
    OUT_LITERAL(out, ":");
    out_json(out, text);
}

static void row_json(Out *out, const Change *change)
{
    char moment[MOMENT_TEXT_SIZE];
    OUT_LITERAL(out, "{\"at\":");
    out_json(out, moment_write(change->moved, moment));
    text_json(out, "author", change->author);
    if (change->body.at) {
        OUT_LITERAL(out, ",\"body\":");
        out_raw(out, change->body.at, change->body.length);
    }
    number_json(out, "change", change->id);
    number_json(out, "incident", change->incident);
    text_json(out, "kind", change->kind);
    text_json(out, "reviewer", change->reviewer);
    text_json(out, "state", change->state);
    number_json(out, "subject", change->subject);
    text_json(out, "title", change->title);
    text_json(out, "tlp", tlp_words[change->mark]);
    text_json(out, "trouble", change->trouble);
    number_json(out, "version", change->version);
    OUT_LITERAL(out, "}");
}

bool run_change_list(const Call *call, Problem *problem)
{
    AUTO_STORE *work = desk_reader(call, problem);
    bool json = option_given(call, OPTION_JSON);
    int64_t after = 0;
    size_t count = PAGE_ROWS;
    AUTO_OUT out = { 0 };
    if (json)
        OUT_LITERAL(&out, "{\"changes\":[");
    while (count == PAGE_ROWS) {
        Change *changes;
        AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
        if (!work || !change_list(arena, work, (ChangePlace){ call->options[OPTION_STATE], after, PAGE_ROWS, TLP_RED },
                                  &changes, &count, problem))
            return false;
        for (size_t i = 0; i < count; i++) {
            if (json && after)
                OUT_LITERAL(&out, ",");
            json ? row_json(&out, &changes[i]) : row_text(&out, arena, &changes[i]);
            after = changes[i].id;
        }
    }
    if (json)
        OUT_LITERAL(&out, "]}\n");
    return print_out(&out, problem);
}

static void step_text(Out *out, Arena *arena, const ChangeStep *step)
{
    char moment[MOMENT_TEXT_SIZE];
    const char *line = arena_format(arena, "  version %lld, %s, %s\n", (long long)step->version,
                                    moment_write(step->at, moment), step->author);
    out_raw(out, line, strlen(line));
}

bool run_change_show(const Call *call, Problem *problem)
{
    Change change;
    ChangeStep *steps;
    int64_t id;
    size_t count;
    AUTO_OUT out = { 0 };
    if (!desk_number(call, 0, &id, problem))
        return false;
    AUTO_STORE *work = desk_reader(call, problem);
    if (!work || !change_find(call->arena, work, id, &change, problem) ||
        !change_history(call->arena, work, id, &steps, &count, problem))
        return false;
    if (option_given(call, OPTION_JSON)) {
        row_json(&out, &change);
    } else {
        row_text(&out, call->arena, &change);
        for (size_t i = 0; i < count; i++)
            step_text(&out, call->arena, &steps[i]);
        out_raw(&out, change.body.at, change.body.length);
    }
    OUT_LITERAL(&out, "\n");
    return print_out(&out, problem);
}

bool run_change_save(const Call *call, Problem *problem)
{
    Hand hand;
    Text body;
    int64_t id, version;
    if (!desk_hand(call, &hand, problem) || !desk_number(call, 0, &id, problem) ||
        !desk_number(call, 1, &version, problem) || !body_read(call, call->arguments[2], &body, problem))
        return false;
    AUTO_STORE *work = witness_open(call->var, problem);
    return work && change_save(work, &hand, id, version, body, problem) &&
           tell(call, "version", version + 1, "is saved", problem);
}

bool run_change_submit(const Call *call, Problem *problem)
{
    Hand hand;
    int64_t id;
    Codebook codebook;
    if (!desk_hand(call, &hand, problem) || !desk_number(call, 0, &id, problem) ||
        !call_codebook(call, &codebook, problem))
        return false;
    AUTO_STORE *work = witness_open(call->var, problem);
    return work && change_submit(work, &hand, &codebook, id, problem) &&
           tell(call, "change", id, "is in review", problem);
}

static bool step_aside(const Call *call, bool (*step)(Store *, const Hand *, int64_t, const char *, Problem *),
                       const char *words, Problem *problem)
{
    Hand hand;
    int64_t id;
    if (!desk_hand(call, &hand, problem) || !desk_number(call, 0, &id, problem))
        return false;
    if (!option_given(call, OPTION_REASON))
        return fail_field(problem, PROBLEM_USAGE, "reason", "'vigie %s' needs --reason", call->command->name);
    AUTO_STORE *work = witness_open(call->var, problem);
    return work && step(work, &hand, id, call->options[OPTION_REASON], problem) &&
           tell(call, "change", id, words, problem);
}

bool run_change_return(const Call *call, Problem *problem)
{
    return step_aside(call, change_return, "is a draft again", problem);
}

bool run_change_drop(const Call *call, Problem *problem)
{
    return step_aside(call, change_drop, "is dropped", problem);
}

/* What a change is about is an incident, or an organisation, or half a year. */
static bool tell_published(const Call *call, int64_t id, int64_t about, Problem *problem)
{
    if (option_given(call, OPTION_JSON))
        return tell(call, "incident", about, "", problem);
    const char *words =
        arena_format(call->arena, "is published; what it is about has the number %lld", (long long)about);
    return tell(call, "change", id, words, problem);
}

static bool publish_all(const Call *call, const ChangeDesk *desk, const Hand *hand, Problem *problem)
{
    if (!change_resume(desk, hand->now, problem))
        return false;
    for (size_t i = 0; i < call->count; i++) {
        int64_t id, incident;
        if (!desk_number(call, i, &id, problem) ||
            !change_publish(desk, hand, (ChangeAgreed){ id, 0 }, &incident, problem) ||
            !tell_published(call, id, incident, problem))
            return false;
    }
    return true;
}

static void difference_text(Out *out, Arena *arena, const FigureChange *change)
{
    const char *line = arena_format(arena, "%s%s%s: %s → %s\n", change->figure, *change->code ? " " : "", change->code,
                                    *change->before ? change->before : "none", *change->after ? change->after : "none");
    out_raw(out, line, strlen(line));
}

static void difference_json(Out *out, const FigureChange *change)
{
    OUT_LITERAL(out, "{\"after\":");
    out_json(out, *change->after ? change->after : NULL);
    text_json(out, "before", *change->before ? change->before : NULL);
    text_json(out, "code", *change->code ? change->code : NULL);
    text_json(out, "figure", change->figure);
    OUT_LITERAL(out, "}");
}

static bool show_differences(const Call *call, const Text looks[2], Problem *problem)
{
    FigureChange *changes;
    size_t count;
    AUTO_OUT out = { 0 };
    bool json = option_given(call, OPTION_JSON);
    preview_changes(call->arena, looks[0], looks[1], &changes, &count);
    if (json)
        OUT_LITERAL(&out, "{\"figures\":[");
    for (size_t i = 0; i < count; i++) {
        if (json && i)
            OUT_LITERAL(&out, ",");
        json ? difference_json(&out, &changes[i]) : difference_text(&out, call->arena, &changes[i]);
    }
    if (json)
        OUT_LITERAL(&out, "]}\n");
    else if (!count)
        OUT_LITERAL(&out, "No public figure would change.\n");
    return print_out(&out, problem);
}

/* All of them together, as one batch of the first one's author. */
static bool preview(const Call *call, const ChangeDesk *desk, const Hand *hand, Problem *problem)
{
    Text looks[2];
    const char *author = NULL;
    Proposal *proposals = NEW_ARRAY(call->arena, Proposal, call->count);
    for (size_t i = 0; i < call->count; i++) {
        int64_t id;
        Change change;
        if (!desk_number(call, i, &id, problem) || !change_find(call->arena, desk->work, id, &change, problem) ||
            !change_proposal(call->arena, &change, hand->author, desk->codebook, &proposals[i], problem))
            return false;
        author = author ? author : change.author;
    }
    return ledger_preview(desk->ledger, call->arena, author, (Proposals){ proposals, call->count }, looks, problem) &&
           show_differences(call, looks, problem);
}

bool run_publish(const Call *call, Problem *problem)
{
    Hand hand;
    Desk desk = { 0 };
    bool done = desk_hand(call, &hand, problem) && desk_open(call, &desk, problem) &&
                (option_given(call, OPTION_PREVIEW) ? preview(call, &desk.change, &hand, problem)
                                                    : publish_all(call, &desk.change, &hand, problem));
    desk_close(&desk);
    return done;
}
