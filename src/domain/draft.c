#include "domain/draft.h"

#include "domain/derive.h"

enum { PAGE = 200 };

static const char *kept(Arena *arena, const Rows *rows, int column)
{
    return rows_is_null(rows, column) ? NULL : arena_string(arena, rows_text(rows, column));
}

static bool take_row(Arena *arena, const Rows *rows, DraftRow *row, Problem *problem)
{
    Record *record = NEW(arena, Record);
    if (!record_read(arena, text_of(arena_text(arena, rows_bytes(rows, 7))), record, problem))
        return false;
    *row = (DraftRow){ .id = rows_int(rows, 0),
                       .dataset = kept(arena, rows, 1),
                       .external = kept(arena, rows, 2),
                       .title = record->title ? record->title : "",
                       .state = kept(arena, rows, 3),
                       .reason = kept(arena, rows, 4),
                       .incident = rows_int(rows, 5),
                       .at = rows_int(rows, 6),
                       .mark = tlp_of(rows_int(rows, 8)),
                       .refusal = kept(arena, rows, 9),
                       .until = rows_is_null(rows, 10) ? DAY_UNKNOWN : (int32_t)rows_int(rows, 10),
                       .record = record };
    return true;
}

static bool is_decided(const char *state)
{
    return strcmp(state, "postponed") == 0 || strcmp(state, "refused") == 0;
}

bool draft_list(Arena *arena, Store *work, const DraftPage *page, DraftRow **rows, size_t *count, Problem *problem)
{
    size_t room = 0;
    *rows = NULL;
    *count = 0;
    int64_t most = (int64_t)MIN(page->most, INT64_MAX), today = page->today, ceiling = page->ceiling;
    AUTO_ROWS *answer =
        page->state ? store_run(work, problem, is_decided(page->state) ? SQL_DRAFT_PAGE_DECIDED : SQL_DRAFT_PAGE_IN,
                                "tiiii", page->state, today, page->after, most, ceiling)
                    : store_run(work, problem, SQL_DRAFT_PAGE, "iiii", today, page->after, most, ceiling);
    while (answer && rows_next(answer)) {
        *rows = arena_grow(arena, *rows, *count, &room, sizeof **rows);
        if (!take_row(arena, answer, &(*rows)[(*count)++], problem))
            return false;
    }
    return !problem->kind;
}

bool draft_count(Store *work, const DraftPage *page, int64_t *count, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_DRAFT_COUNT, "tiii", page->state, (int64_t)page->today,
                                (int64_t)MIN(page->most, INT64_MAX), (int64_t)page->ceiling);
    *count = rows && rows_next(rows) ? rows_int(rows, 0) : 0;
    return rows && !problem->kind;
}

typedef struct Publishing {
    const DraftDesk *desk;
    const DraftChoice *choice;
    DraftReport *report;
    Arena *arena;   /* of the report */
    Arena *scratch; /* of one draft */
    Problem *problem;
} Publishing;

static bool keep(Publishing *publishing, int64_t id, const char *reason)
{
    DraftReport *report = publishing->report;
    report->kept++;
    if (report->reason_count < COUNT_OF(report->reasons)) {
        report->reasons[report->reason_count].id = id;
        report->reasons[report->reason_count++].reason = arena_string(publishing->arena, reason);
    }
    return true;
}

/* Why METHOD.md does not let it be published; NULL when it does. */
static const char *obstacle(Publishing *publishing, const Record *record)
{
    Problem wrong = { 0 };
    Run evidence;
    Derived derived;
    if (!record_check(record, publishing->desk->codebook, &wrong) ||
        !evidence_of_record(publishing->scratch, publishing->desk->codebook, record, NULL, &evidence, &wrong))
        return arena_string(publishing->scratch, wrong.message);
    derive_inclusion(record, evidence, &derived);
    if (derive_publishable(&derived))
        return NULL;
    if (strcmp(derived.inclusion, "pending") == 0)
        return "its inclusion is not decided";
    return "nothing in it is verified: it needs a better source";
}

/* A row becomes an incident once, whatever its draft says by then; claims are the same when they say the same. */
static bool send_one(Publishing *publishing, int64_t id, Proposal proposal, int64_t *incident)
{
    uint64_t content = proposal.incident ? text_hash(proposal.body) : 0;
    const char *key =
        arena_format(publishing->scratch, "draft:%lld:%016llx", (long long)id, (unsigned long long)content);
    return ledger_send(publishing->desk->ledger, key, publishing->choice->author, &proposal, 1, publishing->problem) &&
           ledger_receive(publishing->desk->ledger, incident, 1, publishing->problem);
}

static bool take_off(Publishing *publishing, int64_t id, int64_t incident)
{
    Store *work = publishing->desk->work;
    AUTO_UNDO *undo = work;
    return store_begin(work, publishing->problem) &&
           store_do(work, publishing->problem, SQL_DRAFT_PUBLISHED, "ii", id, incident) &&
           store_do(work, publishing->problem, SQL_DRAFT_REMOVE, "i", id) && store_commit(work, publishing->problem);
}

static void decide(const DraftChoice *choice, Record *record)
{
    if (!choice->inclusion || !record->inclusion || strcmp(record->inclusion, "pending") != 0)
        return;
    record->inclusion = choice->inclusion;
    record->reason = choice->reason;
}

static bool publish_record(Publishing *publishing, int64_t id, int64_t published, Record *record)
{
    AUTO_OUT body = { 0 };
    int64_t incident;
    decide(publishing->choice, record);
    const char *why_not = published ? NULL : obstacle(publishing, record);
    if (why_not)
        return keep(publishing, id, why_not);
    record_write(&body, record);
    Proposal proposal = { published ? KIND_ADD : KIND_OPEN, published, out_view(&body) };
    if (!send_one(publishing, id, proposal, &incident) || !take_off(publishing, id, incident))
        return false;
    publishing->report->published++;
    return true;
}

static bool publish_one(Publishing *publishing, int64_t id)
{
    Record record;
    bool sent = false;
    arena_reset(publishing->scratch);
    Rows *rows = store_run(publishing->desk->work, publishing->problem, SQL_DRAFT_FIND, "i", id);
    if (!rows)
        return false;
    bool there = rows_next(rows);
    int64_t published = there ? rows_int(rows, 0) : 0;
    sent = there && strcmp(rows_text(rows, 2), "sent") == 0;
    bool marked = there && rows_int(rows, 3) != TLP_CLEAR;
    Text body = there ? text_of(arena_text(publishing->scratch, rows_bytes(rows, 1))) : (Text){ 0 };
    if (!rows_close(rows))
        return false;
    if (!there)
        return fail(publishing->problem, PROBLEM_NOT_FOUND, "there is no draft %lld", (long long)id);
    if (sent)
        return keep(publishing, id, "a partner sent it: two people publish it at the workbench");
    if (marked)
        return keep(publishing, id, "only what is TLP:CLEAR is published");
    return record_read(publishing->scratch, body, &record, publishing->problem) &&
           publish_record(publishing, id, published, &record);
}

/* All that are held, page by page: what is kept stays behind, what is published leaves the list. */
static bool publish_held(Publishing *publishing)
{
    DraftPage page = { .state = "held", .most = PAGE, .ceiling = TLP_RED };
    for (size_t count = PAGE; count == PAGE;) {
        AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
        DraftRow *rows;
        if (!draft_list(arena, publishing->desk->work, &page, &rows, &count, publishing->problem))
            return false;
        for (size_t i = 0; i < count; i++)
            if (!publish_one(publishing, rows[i].id))
                return false;
        page.after = count ? rows[count - 1].id : page.after;
    }
    return true;
}

bool draft_publish(Arena *arena, const DraftDesk *desk, const DraftChoice *choice, DraftReport *report,
                   Problem *problem)
{
    AUTO_ARENA *scratch = arena_new(ARENA_NO_CAP);
    Publishing publishing = { desk, choice, report, arena, scratch, problem };
    *report = (DraftReport){ 0 };
    if (!choice->ids)
        return publish_held(&publishing);
    for (size_t i = 0; i < choice->count; i++)
        if (!publish_one(&publishing, choice->ids[i]))
            return false;
    return true;
}
