#include "domain/change_step.h"
#include "domain/derive.h"
#include "domain/release.h"

enum { TITLE_MOST = 200 };

static const char *kept(Arena *arena, const Rows *rows, int column)
{
    return rows_is_null(rows, column) ? NULL : arena_string(arena, rows_text(rows, column));
}

static Change take(Arena *arena, const Rows *rows)
{
    return (Change){ .id = rows_int(rows, 0),
                     .subject = rows_int(rows, 1),
                     .origin = rows_int(rows, 2),
                     .version = rows_int(rows, 3),
                     .incident = rows_int(rows, 4),
                     .moved = rows_int(rows, 5),
                     .kind = arena_text(arena, text_of(rows_text(rows, 6))),
                     .title = kept(arena, rows, 7),
                     .state = arena_text(arena, text_of(rows_text(rows, 8))),
                     .author = arena_text(arena, text_of(rows_text(rows, 9))),
                     .reviewer = kept(arena, rows, 10),
                     .trouble = kept(arena, rows, 11),
                     .mark = tlp_of(rows_int(rows, 12)) };
}

bool change_find(Arena *arena, Store *work, int64_t id, Change *change, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_CHANGE_GET, "i", id);
    if (!rows)
        return false;
    if (!rows_next(rows))
        return fail(problem, PROBLEM_NOT_FOUND, "there is no change %lld", (long long)id);
    *change = take(arena, rows);
    change->body = text_of(arena_text(arena, rows_bytes(rows, 13)));
    return true;
}

bool change_version(Arena *arena, Store *work, int64_t id, int64_t version, Text *body, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_CHANGE_BODY, "ii", id, version);
    if (!rows)
        return false;
    if (!rows_next(rows))
        return fail(problem, PROBLEM_NOT_FOUND, "change %lld has no version %lld", (long long)id, (long long)version);
    *body = text_of(arena_text(arena, rows_bytes(rows, 0)));
    return true;
}

bool change_list(Arena *arena, Store *work, ChangePlace place, Change **changes, size_t *count, Problem *problem)
{
    size_t room = 0;
    *changes = NULL;
    *count = 0;
    int64_t most = (int64_t)MIN(place.most, INT64_MAX), ceiling = place.ceiling;
    AUTO_ROWS *rows = place.state
                          ? store_run(work, problem, SQL_CHANGE_PAGE, "tiii", place.state, place.after, most, ceiling)
                          : store_run(work, problem, SQL_CHANGE_PAGE_OPEN, "iii", place.after, most, ceiling);
    while (rows && rows_next(rows)) {
        *changes = arena_grow(arena, *changes, *count, &room, sizeof **changes);
        (*changes)[(*count)++] = take(arena, rows);
    }
    return !problem->kind;
}

bool change_history(Arena *arena, Store *work, int64_t id, ChangeStep **steps, size_t *count, Problem *problem)
{
    size_t room = 0;
    *steps = NULL;
    *count = 0;
    AUTO_ROWS *rows = store_run(work, problem, SQL_CHANGE_STEPS, "i", id);
    while (rows && rows_next(rows)) {
        *steps = arena_grow(arena, *steps, *count, &room, sizeof **steps);
        (*steps)[(*count)++] = (ChangeStep){ rows_int(rows, 0), rows_int(rows, 1), kept(arena, rows, 2),
                                             text_of(arena_text(arena, rows_bytes(rows, 3))) };
    }
    return !problem->kind;
}

bool change_person(Store *work, const char *name, ChangePower power, Problem *problem)
{
    static const char *const coders[] = { "coder", "reviewer", "editor", "administrator" };
    static const char *const publishers[] = { "reviewer", "editor" };
    bool publishes = power == CHANGE_PUBLISH;
    const char *const *roles = publishes ? publishers : coders;
    size_t count = publishes ? COUNT_OF(publishers) : COUNT_OF(coders);
    AUTO_ROWS *rows = store_run(work, problem, SQL_PERSON_FIND, "t", name);
    if (!rows)
        return false;
    if (!rows_next(rows) || strcmp(rows_text(rows, 1), "active") != 0)
        return fail_field(problem, PROBLEM_NOT_ALLOWED, "by", "there is no active account '%.60s'", name);
    for (size_t i = 0; i < count; i++)
        if (strcmp(rows_text(rows, 0), roles[i]) == 0)
            return true;
    return fail_field(problem, PROBLEM_NOT_ALLOWED, "by", "%.60s is %.40s and may not %s", name, rows_text(rows, 0),
                      publishes ? "publish: a reviewer or an editor may" : "prepare changes");
}

/* What lists call it: the title of the record, or what the act is about. */
static bool title_of(Arena *arena, const char *kind, int64_t subject, Text body, const char **title, Problem *problem)
{
    Act act;
    Record record;
    Release release;
    AgreementReport report;
    if (act_find(kind) != ACT_KIND_COUNT) {
        if (!act_read(arena, body, &act, problem))
            return false;
        if (subject == 0)
            *title = act.facts && act.facts->name ? act.facts->name : "";
        else
            *title = arena_format(arena, "%lld: %.*s", (long long)subject, TITLE_MOST, act.reason ? act.reason : "");
        return true;
    }
    if (strcmp(kind, KIND_RELEASE) == 0) {
        if (!release_read(arena, body, &release, problem))
            return false;
        *title = arena_format(arena, "%lld: %.16s", (long long)subject, release.sums ? release.sums : "");
        return true;
    }
    if (strcmp(kind, KIND_AGREEMENT) == 0) {
        if (!agreement_report_read(arena, body, &report, problem))
            return false;
        *title = report.period ? report.period : "";
        return true;
    }
    if (strcmp(kind, KIND_OPEN) != 0 && strcmp(kind, KIND_ADD) != 0)
        return fail_field(problem, PROBLEM_BAD_INPUT, "kind", "'%.60s' is no kind of change", kind);
    if (!record_read(arena, body, &record, problem))
        return false;
    if (strcmp(kind, KIND_ADD) == 0)
        *title =
            arena_format(arena, "%lld: %.*s", (long long)subject, TITLE_MOST, record.external ? record.external : "");
    else
        *title = record.title ? record.title : "";
    return true;
}

/* {"hash":...,"version":1}: a version of the private journal's. */
static const char *detail_of_body(Arena *arena, int64_t version, Text body)
{
    Hash hash;
    char hex[2 * HASH_SIZE + 1];
    hash_bytes(body, &hash);
    hash_hex(&hash, hex);
    return arena_format(arena, "{\"hash\":\"%s\",\"version\":%lld}", hex, (long long)version);
}

bool change_deed(Arena *arena, Store *work, const Hand *hand, ChangeDeed done, int64_t *deed, Problem *problem)
{
    Deed row = { .at = hand->now,
                 .author = hand->author,
                 .kind = done.kind,
                 .subject = arena_format(arena, "change/%lld", (long long)done.change),
                 .detail = done.detail };
    if (!deed_add(work, &row, problem))
        return false;
    *deed = row.id;
    return true;
}

const char *change_body_detail(Arena *arena, int64_t version, Text body)
{
    return detail_of_body(arena, version, body);
}

static bool next_id(Store *work, int64_t *id, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_CHANGE_NEXT, "");
    if (!rows || !rows_next(rows))
        return false;
    *id = rows_int(rows, 0);
    return true;
}

bool change_begin_within(Store *work, const Hand *hand, const ChangeDraft *draft, int64_t *id, Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    const char *title;
    int64_t deed;
    ActKind act = act_find(draft->kind);
    bool makes = act != ACT_KIND_COUNT && act_table[act].needs & ACT_MAKES;
    bool opens = makes || strcmp(draft->kind, KIND_OPEN) == 0;
    if (opens != (draft->subject == 0) || draft->subject < 0)
        return fail(problem, PROBLEM_BAD_INPUT, "%s and the number %lld do not go together", draft->kind,
                    (long long)draft->subject);
    if (!title_of(arena, draft->kind, draft->subject, draft->body, &title, problem) ||
        !change_person(work, hand->author, CHANGE_PREPARE, problem) || !next_id(work, id, problem) ||
        !change_deed(arena, work, hand, (ChangeDeed){ "change.save", *id, detail_of_body(arena, 1, draft->body) },
                     &deed, problem))
        return false;
    Rows *rows = store_run(work, problem, SQL_CHANGE_ADD, "tirttii", draft->kind, draft->subject,
                           draft->origin ? (double)draft->origin : (double)NAN, title, hand->author, hand->now, deed);
    bool added = rows && rows_next(rows) && rows_int(rows, 0) == *id;
    return rows_close(rows) && added &&
           store_do(work, problem, SQL_CHANGE_VERSION_ADD, "iiitvi", *id, (int64_t)1, hand->now, hand->author,
                    draft->body, deed) &&
           mark_raise_within(work, hand, MARK_CHANGE, *id, draft->mark, problem);
}

bool change_begin(Store *work, const Hand *hand, const ChangeDraft *draft, int64_t *id, Problem *problem)
{
    AUTO_UNDO *undo = work;
    return store_begin(work, problem) && change_begin_within(work, hand, draft, id, problem) &&
           store_commit(work, problem);
}

static bool is_in(const Change *change, const char *state, Problem *problem)
{
    return strcmp(change->state, state) == 0 ||
           fail(problem, PROBLEM_CONFLICT, "change %lld is %s, not %s", (long long)change->id, change->state, state);
}

bool change_put_version(Arena *arena, Store *work, const Hand *hand, const Change *change, Text body, Problem *problem)
{
    const char *title;
    int64_t deed, next = change->version + 1;
    return title_of(arena, change->kind, change->subject, body, &title, problem) &&
           change_deed(arena, work, hand, (ChangeDeed){ "change.save", change->id, detail_of_body(arena, next, body) },
                       &deed, problem) &&
           store_do(work, problem, SQL_CHANGE_VERSION_ADD, "iiitvi", change->id, next, hand->now, hand->author, body,
                    deed) &&
           store_do(work, problem, SQL_CHANGE_SAVED, "iitii", change->id, next, title, hand->now, deed);
}

bool change_is_newest(int64_t id, int64_t newest, int64_t version, Problem *problem)
{
    return version == newest ||
           fail_field(problem, PROBLEM_CONFLICT, "version",
                      "change %lld has been saved since: its newest version is %lld, this was made from %lld",
                      (long long)id, (long long)newest, (long long)version);
}

bool change_save_within(Store *work, const Hand *hand, int64_t id, int64_t version, Text body, Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Change change;
    if (!change_person(work, hand->author, CHANGE_PREPARE, problem) ||
        !change_find(arena, work, id, &change, problem) || !is_in(&change, "draft", problem) ||
        !change_is_newest(id, change.version, version, problem))
        return false;
    return change_put_version(arena, work, hand, &change, body, problem);
}

bool change_save(Store *work, const Hand *hand, int64_t id, int64_t version, Text body, Problem *problem)
{
    AUTO_UNDO *undo = work;
    return store_begin(work, problem) && change_save_within(work, hand, id, version, body, problem) &&
           store_commit(work, problem);
}

/* {"incident":7,"reviewer":"bela","state":"published","version":2} */
static const char *detail_of_state(Arena *arena, const Change *change)
{
    AUTO_OUT out = { 0 };
    OUT_LITERAL(&out, "{\"incident\":");
    out_int(&out, change->incident);
    OUT_LITERAL(&out, ",\"reviewer\":");
    out_json(&out, change->reviewer);
    OUT_LITERAL(&out, ",\"state\":");
    out_json(&out, change->state);
    if (change->trouble) {
        OUT_LITERAL(&out, ",\"trouble\":");
        out_json(&out, change->trouble);
    }
    OUT_LITERAL(&out, ",\"version\":");
    out_int(&out, change->version);
    OUT_LITERAL(&out, "}");
    return arena_text(arena, out_view(&out));
}

bool change_put_state(Arena *arena, Store *work, const Hand *hand, const char *kind, const Change *change,
                      Problem *problem)
{
    int64_t deed;
    return change_deed(arena, work, hand, (ChangeDeed){ kind, change->id, detail_of_state(arena, change) }, &deed,
                       problem) &&
           store_do(work, problem, SQL_CHANGE_STEP, "ittrtii", change->id, change->state, change->reviewer,
                    change->incident ? (double)change->incident : (double)NAN, change->trouble, hand->now, deed);
}

/* Why METHOD.md 2 and 3 do not let a new incident be published; NULL when they do. */
static bool may_be_published(Arena *arena, const Codebook *codebook, const Record *record, Problem *problem)
{
    Run evidence;
    Derived derived;
    if (!evidence_of_record(arena, codebook, record, NULL, &evidence, problem))
        return false;
    derive_incident(record, evidence, &derived);
    if (derive_publishable(&derived))
        return true;
    return strcmp(derived.inclusion, "pending") == 0
               ? fail_field(problem, PROBLEM_BAD_INPUT, "inclusion_decision", "its inclusion is not decided")
               : fail_field(problem, PROBLEM_BAD_INPUT, "statements",
                            "nothing in it is verified: it needs a better source");
}

static bool propose_act(Arena *arena, const Change *change, const char *reviewer, const Codebook *codebook, Out *out,
                        Problem *problem)
{
    Act act;
    if (!act_read(arena, change->body, &act, problem))
        return false;
    act.reviewer = reviewer;
    act_conceal(arena, &act);
    act_write(out, &act);
    return act_check(act_find(change->kind), &act, codebook, problem);
}

static bool propose_release(Arena *arena, const Change *change, const char *reviewer, Out *out, Problem *problem)
{
    Release release;
    if (!release_read(arena, change->body, &release, problem))
        return false;
    release.reviewer = reviewer;
    release_write(out, &release);
    return release_check(&release, problem);
}

static bool propose_agreement(Arena *arena, const Change *change, const char *reviewer, Out *out, Problem *problem)
{
    AgreementReport report;
    if (!agreement_report_read(arena, change->body, &report, problem))
        return false;
    report.reviewer = reviewer;
    agreement_report_write(out, &report);
    return agreement_report_check(&report, change->subject, problem);
}

static bool propose_record(Arena *arena, const Change *change, const char *reviewer, const Codebook *codebook, Out *out,
                           Problem *problem)
{
    Record record;
    bool opens = strcmp(change->kind, KIND_OPEN) == 0;
    if (!record_read(arena, change->body, &record, problem) || !record_check(&record, codebook, problem))
        return false;
    if (opens != !!record.title)
        return fail_field(problem, PROBLEM_BAD_INPUT, "title", "a new incident has a title, nothing else has one");
    if (opens && !may_be_published(arena, codebook, &record, problem))
        return false;
    record.reviewer = reviewer;
    record_conceal(arena, &record);
    record_write(out, &record);
    return true;
}

bool change_proposal(Arena *arena, const Change *change, const char *reviewer, const Codebook *codebook,
                     Proposal *proposal, Problem *problem)
{
    AUTO_OUT out = { 0 };
    bool proposed =
        act_find(change->kind) != ACT_KIND_COUNT    ? propose_act(arena, change, reviewer, codebook, &out, problem)
        : strcmp(change->kind, KIND_RELEASE) == 0   ? propose_release(arena, change, reviewer, &out, problem)
        : strcmp(change->kind, KIND_AGREEMENT) == 0 ? propose_agreement(arena, change, reviewer, &out, problem)
                                                    : propose_record(arena, change, reviewer, codebook, &out, problem);
    if (proposed)
        *proposal = (Proposal){ change->kind, change->subject, text_of(arena_text(arena, out_view(&out))) };
    return proposed;
}

bool change_submit(Store *work, const Hand *hand, const Codebook *codebook, int64_t id, Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    AUTO_UNDO *undo = work;
    Change change;
    Proposal proposal;
    if (!store_begin(work, problem) || !change_person(work, hand->author, CHANGE_PREPARE, problem) ||
        !change_find(arena, work, id, &change, problem) || !is_in(&change, "draft", problem) ||
        !change_proposal(arena, &change, "somebody else", codebook, &proposal, problem))
        return false;
    change.state = "in_review";
    change.trouble = NULL;
    return change_put_state(arena, work, hand, "change.submit", &change, problem) && store_commit(work, problem);
}

/* Out of review, or out of work altogether, with the reason. */
static bool step_aside(Store *work, const Hand *hand, int64_t id, const char *why, const char *state, Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    AUTO_UNDO *undo = work;
    Change change;
    bool drops = strcmp(state, "dropped") == 0;
    if (!why || !*why)
        return fail_field(problem, PROBLEM_BAD_INPUT, "reason", "a reason is needed");
    if (!deed_words_fit("reason", why, problem) || !store_begin(work, problem) ||
        !change_person(work, hand->author, CHANGE_PREPARE, problem) || !change_find(arena, work, id, &change, problem))
        return false;
    if (!(drops && strcmp(change.state, "draft") == 0) && !is_in(&change, "in_review", problem))
        return false;
    change.state = state;
    change.trouble = why;
    return change_put_state(arena, work, hand, drops ? "change.drop" : "change.return", &change, problem) &&
           store_commit(work, problem);
}

bool change_return(Store *work, const Hand *hand, int64_t id, const char *why, Problem *problem)
{
    return step_aside(work, hand, id, why, "draft", problem);
}

bool change_drop(Store *work, const Hand *hand, int64_t id, const char *why, Problem *problem)
{
    return step_aside(work, hand, id, why, "dropped", problem);
}
