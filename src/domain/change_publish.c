/* The second person's part of a change. */
#include "domain/adjudication.h"
#include "domain/change_step.h"
#include "domain/derive.h"
#include "domain/release.h"
#include "domain/reply.h"

enum { CODED_LEVEL = 3, CODED_ONE_IN = 10, RESUMED_MOST = 1000 };

typedef struct Publishing {
    Arena *arena;
    const ChangeDesk *desk;
    Change change;
    Proposal proposal;
    Problem *problem;
} Publishing;

bool change_needs_coding(Arena *arena, const Codebook *codebook, const Change *change, bool *needed, Problem *problem)
{
    Run evidence;
    Derived derived;
    Record record;
    *needed = false;
    if (strcmp(change->kind, KIND_OPEN) != 0)
        return true;
    if (!record_read(arena, change->body, &record, problem) ||
        !evidence_of_record(arena, codebook, &record, NULL, &evidence, problem))
        return false;
    derive_incident(&record, evidence, &derived);
    *needed = derived.severity.level_low >= CODED_LEVEL || change->id % CODED_ONE_IN == 0;
    return true;
}

bool change_may_publish(Store *work, const char *account, Problem *problem)
{
    return change_person(work, account, CHANGE_PUBLISH, problem);
}

static bool is_answered(Publishing *publishing, Statement statement, const char *account)
{
    Rows *rows =
        account
            ? store_run(publishing->desk->work, publishing->problem, statement, "it", publishing->change.id, account)
            : store_run(publishing->desk->work, publishing->problem, statement, "i", publishing->change.id);
    bool yes = rows && rows_next(rows) && rows_int(rows, 0) > 0;
    return rows_close(rows) && yes;
}

static bool is_coded_if_needed(Publishing *publishing)
{
    bool needed;
    if (!change_needs_coding(publishing->arena, publishing->desk->codebook, &publishing->change, &needed,
                             publishing->problem))
        return false;
    return !needed || is_answered(publishing, SQL_CHANGE_CODED, NULL) ||
           fail(publishing->problem, PROBLEM_CONFLICT, "change %lld needs a blind second coding before it is published",
                (long long)publishing->change.id);
}

/* Where two codings differ, somebody has decided. */
static bool is_decided(Publishing *publishing)
{
    Judged *all;
    size_t count, open = 0;
    if (!adjudication_list(publishing->arena, publishing->desk->work, &publishing->change, &all, &count,
                           publishing->problem))
        return false;
    for (size_t i = 0; i < count; i++)
        open += all[i].open;
    return !open || fail(publishing->problem, PROBLEM_CONFLICT,
                         "the codings of change %lld differ in %zu variables on which nobody has decided",
                         (long long)publishing->change.id, open);
}

/* What the desk asks for before somebody's agreement is taken. */
static bool is_let(Publishing *publishing, const Hand *hand, ChangeAgreed agreed)
{
    Change *change = &publishing->change;
    Store *work = publishing->desk->work;
    if (!change_person(work, hand->author, CHANGE_PUBLISH, publishing->problem) ||
        !change_find(publishing->arena, work, agreed.id, change, publishing->problem))
        return false;
    if (strcmp(change->state, "in_review") != 0)
        return fail(publishing->problem, PROBLEM_CONFLICT, "change %lld is %s, not in_review", (long long)agreed.id,
                    change->state);
    if (agreed.version && !change_is_newest(agreed.id, change->version, agreed.version, publishing->problem))
        return false;
    if (strcmp(change->author, hand->author) == 0 || is_answered(publishing, SQL_CHANGE_WROTE, hand->author))
        return fail_field(publishing->problem, PROBLEM_NOT_ALLOWED, "by", "%s cannot agree to what is their own work",
                          hand->author);
    return !publishing->problem->kind && mark_lets_publish(work, agreed.id, publishing->problem) &&
           is_coded_if_needed(publishing) && is_decided(publishing) &&
           reply_lets(publishing->arena, work, change, moment_day(hand->now), publishing->problem);
}

/* From review to the desk of the log: from here on it is published unless the log refuses it. */
static bool agree(Publishing *publishing, const Hand *hand, ChangeAgreed agreed)
{
    Change *change = &publishing->change;
    Store *work = publishing->desk->work;
    AUTO_UNDO *undo = work;
    if (!store_begin(work, publishing->problem) || !is_let(publishing, hand, agreed))
        return false;
    change->state = "publishing";
    change->reviewer = hand->author;
    change->trouble = NULL;
    return change_put_state(publishing->arena, work, hand, "change.agree", change, publishing->problem) &&
           store_commit(work, publishing->problem);
}

/* Whether the log will never take it, rather than not now. */
static bool is_refusal(ProblemKind kind)
{
    return kind == PROBLEM_BAD_INPUT || kind == PROBLEM_NOT_FOUND || kind == PROBLEM_CONFLICT ||
           kind == PROBLEM_NOT_ALLOWED;
}

static bool ask_the_log(Publishing *publishing, Problem *refused)
{
    const Change *change = &publishing->change;
    Ledger *ledger = publishing->desk->ledger;
    const char *key = arena_format(publishing->arena, "change:%lld:%016llx", (long long)change->id,
                                   (unsigned long long)text_hash(publishing->proposal.body));
    return ledger_send(ledger, key, change->author, &publishing->proposal, 1, refused) &&
           ledger_receive(ledger, &publishing->change.incident, 1, refused);
}

static bool refuse(Publishing *publishing, const Hand *hand, const Problem *refused)
{
    Store *work = publishing->desk->work;
    AUTO_UNDO *undo = work;
    Problem trouble = { 0 };
    Change *change = &publishing->change;
    change->state = "draft";
    change->reviewer = NULL;
    change->incident = 0;
    change->trouble = arena_string(publishing->arena, refused->message);
    if (is_refusal(refused->kind) && store_begin(work, &trouble) &&
        change_put_state(publishing->arena, work, hand, "change.refuse", change, &trouble))
        (void)store_commit(work, &trouble);
    return fail_field(publishing->problem, refused->kind, refused->field, "%s", refused->message);
}

static bool note_published(Publishing *publishing, const Hand *hand)
{
    Store *work = publishing->desk->work;
    AUTO_UNDO *undo = work;
    Change now, *change = &publishing->change;
    Problem *problem = publishing->problem;
    if (!store_begin(work, problem) || !change_find(publishing->arena, work, change->id, &now, problem))
        return false;
    if (strcmp(now.state, "publishing") != 0) /* another process has finished it */
        return true;
    change->state = "published";
    if (change->origin && (!store_do(work, problem, SQL_DRAFT_PUBLISHED, "ii", change->origin, change->incident) ||
                           !store_do(work, problem, SQL_DRAFT_REMOVE, "i", change->origin)))
        return false;
    return change_put_state(publishing->arena, work, hand, "change.publish", change, problem) &&
           store_commit(work, problem);
}

/* What was agreed to, whoever goes on with it. */
static bool finish(Publishing *publishing, const Hand *hand)
{
    Problem refused = { 0 };
    const Change *change = &publishing->change;
    if (!change_proposal(publishing->arena, change, change->reviewer, publishing->desk->codebook, &publishing->proposal,
                         &refused) ||
        !ask_the_log(publishing, &refused))
        return refuse(publishing, hand, &refused);
    return note_published(publishing, hand);
}

bool change_publish(const ChangeDesk *desk, const Hand *hand, ChangeAgreed agreed, int64_t *incident, Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Publishing publishing = { .arena = arena, .desk = desk, .problem = problem };
    if (!agree(&publishing, hand, agreed) || !finish(&publishing, hand))
        return false;
    *incident = publishing.change.incident;
    return true;
}

bool change_lets_publish(const ChangeDesk *desk, const Hand *hand, int64_t id, Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Publishing publishing = { .arena = arena, .desk = desk, .problem = problem };
    return is_let(&publishing, hand, (ChangeAgreed){ id, 0 });
}

bool change_releases(Arena *arena, Store *work, const char **folders, Problem *problem)
{
    AUTO_OUT words = { 0 };
    AUTO_ROWS *rows = store_run(work, problem, SQL_CHANGE_RELEASES, "");
    while (rows && rows_next(rows)) {
        Release release;
        if (!release_read(arena, text_of(arena_text(arena, rows_bytes(rows, 1))), &release, problem))
            return false;
        const char *folder = release_folder(arena, "", rows_int(rows, 0), release.sums ? release.sums : "");
        out_raw(&words, folder + 1, strlen(folder + 1));
        OUT_LITERAL(&words, " ");
    }
    *folders = arena_text(arena, out_view(&words));
    return rows && !problem->kind;
}

bool change_resume(const ChangeDesk *desk, int64_t now, Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Change *changes;
    size_t count;
    if (!change_list(arena, desk->work, (ChangePlace){ "publishing", 0, RESUMED_MOST, TLP_RED }, &changes, &count,
                     problem))
        return false;
    for (size_t i = 0; i < count; i++) {
        Problem refused = { 0 };
        Publishing publishing = { .arena = arena, .desk = desk, .problem = &refused };
        Hand hand = { changes[i].reviewer, now };
        if (!change_find(arena, desk->work, changes[i].id, &publishing.change, problem))
            return false;
        if (strcmp(publishing.change.state, "publishing") == 0 && !finish(&publishing, &hand) &&
            !is_refusal(refused.kind))
            return fail(problem, refused.kind, "%s", refused.message);
    }
    return true;
}
