#include "domain/triage.h"

#include "domain/change_step.h"
#include "domain/derive.h"

const Refusal refusals[] = {
#define REFUSAL(code, words) { code, words },
#include "domain/refusals.def"
#undef REFUSAL
    { 0 }
};

static const char *kept(Arena *arena, const Rows *rows, int column)
{
    return rows_is_null(rows, column) ? NULL : arena_string(arena, rows_text(rows, column));
}

static bool is_reliable(const Record *record, char worst)
{
    for (size_t i = 0; i < record->source_count; i++)
        if (record->sources[i].reliability && record->sources[i].reliability[0] <= worst)
            return true;
    return false;
}

/* Points: a named organisation 20, its country 10, a date 15, an attack type 15; a source of reliability a or b 20, c
 * 10; a documented level of 3 and more 20. */
int candidate_score(Arena *arena, const Codebook *codebook, const Record *record)
{
    Run evidence;
    Derived derived;
    Problem ignored = { 0 };
    const AffectedFacts *first = record->affected_count ? &record->affected[0] : NULL;
    int score = 0;
    if (first && (!first->naming || strcmp(first->naming, "named") == 0))
        score += 20;
    if (first && first->organisation.country)
        score += 10;
    score += is_reliable(record, 'b') ? 20 : is_reliable(record, 'c') ? 10 : 0;
    if (!evidence_of_record(arena, codebook, record, NULL, &evidence, &ignored))
        return score;
    derive_incident(record, evidence, &derived);
    score += derived.reference_basis ? 15 : 0;
    score += derived.type_count && strcmp(derived.types[0], "unspecified") != 0 ? 15 : 0;
    return score + (derived.severity.level_low >= 3 ? 20 : 0);
}

static bool take(Arena *arena, const Rows *rows, const Codebook *codebook, Candidate *candidate, Problem *problem)
{
    Record record;
    *candidate = (Candidate){ .id = rows_int(rows, 0),
                              .dataset = kept(arena, rows, 1),
                              .external = kept(arena, rows, 2),
                              .why = kept(arena, rows, 3),
                              .incident = rows_int(rows, 4),
                              .at = rows_int(rows, 5),
                              .body = text_of(arena_text(arena, rows_bytes(rows, 6))),
                              .state = kept(arena, rows, 7),
                              .account = kept(arena, rows, 8),
                              .reason = kept(arena, rows, 9),
                              .note = kept(arena, rows, 10),
                              .until = rows_is_null(rows, 11) ? DAY_UNKNOWN : (int32_t)rows_int(rows, 11),
                              .change = rows_int(rows, 12),
                              .mark = tlp_of(rows_int(rows, 13)) };
    if (!record_read(arena, candidate->body, &record, problem))
        return false;
    candidate->title = record.title ? record.title : "";
    candidate->country = record.affected_count ? record.affected[0].organisation.country : NULL;
    candidate->score = candidate_score(arena, codebook, &record);
    return true;
}

bool candidate_list(Arena *arena, Store *work, const Codebook *codebook, const CandidatePage *page, Candidates *found,
                    Problem *problem)
{
    size_t room = 0;
    *found = (Candidates){ 0 };
    AUTO_ROWS *rows = store_run(work, problem, SQL_CANDIDATE_PAGE, "tiiii", page->state, (int64_t)page->today,
                                page->after, (int64_t)MIN(page->most, INT64_MAX), (int64_t)page->ceiling);
    while (rows && rows_next(rows)) {
        found->items = arena_grow(arena, found->items, found->count, &room, sizeof *found->items);
        if (!take(arena, rows, codebook, &found->items[found->count++], problem))
            return false;
    }
    return !problem->kind;
}

bool candidate_find(Arena *arena, Store *work, const Codebook *codebook, int64_t id, Candidate *candidate,
                    Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_CANDIDATE_GET, "i", id);
    if (!rows)
        return false;
    if (!rows_next(rows))
        return fail(problem, PROBLEM_NOT_FOUND, "there is no candidate %lld", (long long)id);
    return take(arena, rows, codebook, candidate, problem);
}

typedef struct Decided { /* what is to be stored of a decision */
    const char *state, *reason, *note;
    int32_t until;
    int64_t change;
} Decided;

static void write_detail(Out *detail, const Decided *decided)
{
    OUT_LITERAL(detail, "{\"note\":");
    out_json(detail, decided->note);
    OUT_LITERAL(detail, ",\"reason\":");
    out_json(detail, decided->reason);
    OUT_LITERAL(detail, ",\"state\":");
    out_json(detail, decided->state);
    OUT_LITERAL(detail, "}");
}

static bool put(Store *work, const Hand *hand, int64_t id, const Decided *decided, Problem *problem)
{
    AUTO_OUT detail = { 0 };
    char subject[40];
    write_detail(&detail, decided);
    (void)snprintf(subject, sizeof subject, "candidate/%lld", (long long)id);
    Deed deed = {
        .at = hand->now, .author = hand->author, .kind = "triage", .subject = subject, .detail = detail.text
    };
    return deed_add(work, &deed, problem) &&
           store_do(work, problem, SQL_TRIAGE_PUT, "ittrttrii", id, decided->state, hand->author,
                    decided->until == DAY_UNKNOWN ? (double)NAN : decided->until, decided->reason, decided->note,
                    decided->change ? (double)decided->change : (double)NAN, hand->now, deed.id) &&
           store_do(work, problem, SQL_DRAFT_QUEUE, "iti", id, decided->state,
                    decided->until == DAY_UNKNOWN ? INT64_C(0) : (int64_t)decided->until);
}

/* The candidate, which nobody else has taken; what was refused must be opened first. */
static bool free_one(Arena *arena, Store *work, const Hand *hand, int64_t id, ChangeDraft *draft, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_CANDIDATE_GET, "i", id);
    if (!rows)
        return false;
    if (!rows_next(rows))
        return fail(problem, PROBLEM_NOT_FOUND, "there is no candidate %lld", (long long)id);
    const char *state = rows_text(rows, 7);
    if (strcmp(state, "open") != 0 && strcmp(state, "postponed") != 0)
        return fail(problem, PROBLEM_CONFLICT, "candidate %lld was %s by %s", (long long)id, state, rows_text(rows, 8));
    draft->body = text_of(arena_text(arena, rows_bytes(rows, 6)));
    draft->subject = rows_int(rows, 4);
    draft->mark = MAX(draft->mark, tlp_of(rows_int(rows, 13)));
    return change_person(work, hand->author, CHANGE_PREPARE, problem);
}

bool triage_take(Store *work, const Hand *hand, int64_t id, Tlp mark, int64_t *change, Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    AUTO_UNDO *undo = work;
    ChangeDraft draft = { .origin = id, .mark = mark };
    if (!store_begin(work, problem) || !free_one(arena, work, hand, id, &draft, problem))
        return false;
    draft.kind = draft.subject ? KIND_ADD : KIND_OPEN;
    if (!change_begin_within(work, hand, &draft, change, problem))
        return false;
    Decided decided = { .state = "taken", .until = DAY_UNKNOWN, .change = *change };
    return put(work, hand, id, &decided, problem) && store_commit(work, problem);
}

static bool decide(Store *work, const Hand *hand, int64_t id, const Decided *decided, Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    AUTO_UNDO *undo = work;
    ChangeDraft candidate = { 0 };
    return store_begin(work, problem) && free_one(arena, work, hand, id, &candidate, problem) &&
           put(work, hand, id, decided, problem) && store_commit(work, problem);
}

bool triage_postpone(Store *work, const Hand *hand, int64_t id, int32_t until, Problem *problem)
{
    if (until <= moment_day(hand->now))
        return fail_field(problem, PROBLEM_BAD_INPUT, "until",
                          "a candidate is postponed to a day that is still to come");
    return decide(work, hand, id, &(Decided){ .state = "postponed", .until = until }, problem);
}

bool triage_refuse(Store *work, const Hand *hand, int64_t id, const char *reason, const char *note, Problem *problem)
{
    if (!*reason)
        return fail_field(problem, PROBLEM_BAD_INPUT, "reason", "choose a reason");
    for (const Refusal *refusal = refusals; refusal->code; refusal++)
        if (strcmp(refusal->code, reason) == 0)
            return deed_words_fit("note", note, problem) &&
                   decide(work, hand, id,
                          &(Decided){ .state = "refused", .until = DAY_UNKNOWN, .reason = reason, .note = note },
                          problem);
    return fail_field(problem, PROBLEM_BAD_INPUT, "reason", "'%.60s' is no reason to refuse a candidate", reason);
}

bool triage_open_within(Store *work, const Hand *hand, int64_t id, Problem *problem)
{
    return put(work, hand, id, &(Decided){ .state = "open", .until = DAY_UNKNOWN }, problem);
}

bool triage_reopen(Store *work, const Hand *hand, int64_t id, Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    AUTO_UNDO *undo = work;
    if (!store_begin(work, problem) || !change_person(work, hand->author, CHANGE_PREPARE, problem))
        return false;
    Rows *rows = store_run(work, problem, SQL_CANDIDATE_GET, "i", id);
    const char *state = rows && rows_next(rows) ? arena_string(arena, rows_text(rows, 7)) : NULL;
    if (!rows || !rows_close(rows))
        return false;
    if (!state)
        return fail(problem, PROBLEM_NOT_FOUND, "there is no candidate %lld", (long long)id);
    if (strcmp(state, "refused") != 0 && strcmp(state, "postponed") != 0)
        return fail(problem, PROBLEM_CONFLICT, "candidate %lld is %s", (long long)id, state);
    return triage_open_within(work, hand, id, problem) && store_commit(work, problem);
}
