#include "domain/vouch.h"

#include "base/sys.h"
#include "domain/deed.h"
#include "domain/told.h"

/* SHA-256(numbers, each with a line's end || text, with one || bytes) */
static void digest_of(const int64_t *numbers, size_t count, const char *text, Text bytes, char digest[TOLD_DIGITS + 1])
{
    AUTO_OUT head = { 0 };
    Hashing hashing;
    Hash hash;
    for (size_t i = 0; i < count; i++) {
        out_int(&head, numbers[i]);
        OUT_LITERAL(&head, "\n");
    }
    out_json(&head, text);
    OUT_LITERAL(&head, "\n");
    hash_start(&hashing);
    hash_add(&hashing, out_view(&head));
    hash_add(&hashing, bytes);
    hash_end(&hashing, &hash);
    told_digest(&hash, digest);
}

static void digest_raw(const RawRow *row, char digest[TOLD_DIGITS + 1])
{
    const int64_t numbers[] = { row->id, row->record, row->line };
    digest_of(numbers, COUNT_OF(numbers), row->refusal, row->bytes, digest);
}

static void digest_draft(const DraftText *draft, char digest[TOLD_DIGITS + 1])
{
    const int64_t numbers[] = { draft->id, draft->at };
    digest_of(numbers, COUNT_OF(numbers), NULL, draft->body, digest);
}

static void digest_state(const RowState *row, char digest[TOLD_DIGITS + 1])
{
    const int64_t numbers[] = { row->id, row->incident, row->raw };
    digest_of(numbers, COUNT_OF(numbers), row->reason, text_of(row->state), digest);
}

void vouch_raw(Vouch *vouch, const RawRow *row)
{
    char digest[TOLD_DIGITS + 1];
    digest_raw(row, digest);
    told_put(&vouch->raw, row->id, digest);
}

void vouch_draft(Vouch *vouch, const DraftText *draft)
{
    char digest[TOLD_DIGITS + 1];
    digest_draft(draft, digest);
    told_put(&vouch->drafts, draft->id, digest);
}

void vouch_state(Vouch *vouch, const RowState *row)
{
    char digest[TOLD_DIGITS + 1];
    digest_state(row, digest);
    told_put(&vouch->states, row->id, digest);
}

static bool tell(const Vouch *vouch, Store *work, const Hand *hand, int64_t run, Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    AUTO_OUT detail = { 0 };
    OUT_LITERAL(&detail, "{\"drafts\":{");
    out_raw(&detail, vouch->drafts.text, vouch->drafts.length);
    OUT_LITERAL(&detail, "},\"raw\":{");
    out_raw(&detail, vouch->raw.text, vouch->raw.length);
    OUT_LITERAL(&detail, "},\"states\":{");
    out_raw(&detail, vouch->states.text, vouch->states.length);
    OUT_LITERAL(&detail, "}}");
    Deed deed = { .at = hand->now,
                  .author = hand->author,
                  .kind = "rows.save",
                  .subject = arena_format(arena, "run/%lld", (long long)run),
                  .detail = arena_text(arena, out_view(&detail)) };
    return deed_add(work, &deed, problem);
}

bool vouch_end(Vouch *vouch, Store *work, const Hand *hand, int64_t run, Problem *problem)
{
    bool told =
        (!vouch->raw.length && !vouch->drafts.length && !vouch->states.length) || tell(vouch, work, hand, run, problem);
    out_clear(&vouch->raw);
    out_clear(&vouch->drafts);
    out_clear(&vouch->states);
    return told;
}

void vouch_free(Vouch *vouch)
{
    out_free(&vouch->raw);
    out_free(&vouch->drafts);
    out_free(&vouch->states);
}

typedef enum Kind { RAW_ROWS, DRAFTS, STATES, KIND_COUNT } Kind;

typedef struct Verifying {
    Store *work;
    Tales tales[KIND_COUNT];
    Findings *findings;
    Problem *problem;
} Verifying;

static void digest_of_raw(const Rows *rows, char digest[TOLD_DIGITS + 1])
{
    const RawRow row = { .id = rows_int(rows, 0),
                         .record = rows_int(rows, 1),
                         .line = rows_int(rows, 2),
                         .bytes = rows_bytes(rows, 3),
                         .refusal = rows_is_null(rows, 4) ? NULL : rows_text(rows, 4) };
    digest_raw(&row, digest);
}

static void digest_of_draft(const Rows *rows, char digest[TOLD_DIGITS + 1])
{
    const DraftText draft = { rows_int(rows, 0), rows_int(rows, 1), rows_bytes(rows, 2) };
    digest_draft(&draft, digest);
}

static void digest_of_state(const Rows *rows, char digest[TOLD_DIGITS + 1])
{
    const RowState row = { .id = rows_int(rows, 0),
                           .incident = rows_int(rows, 1),
                           .raw = rows_int(rows, 2),
                           .state = rows_text(rows, 3),
                           .reason = rows_is_null(rows, 4) ? NULL : rows_text(rows, 4) };
    digest_state(&row, digest);
}

static const struct {
    const char *member, *what;
    Statement rows;
    void (*digest)(const Rows *rows, char digest[TOLD_DIGITS + 1]);
    enum { STAYS, MAY_BE_PUBLISHED } end;
} kinds[KIND_COUNT] = {
    [RAW_ROWS] = { "raw", "raw row", SQL_VOUCH_RAWS, digest_of_raw, STAYS },
    [DRAFTS] = { "drafts", "the record of candidate", SQL_VOUCH_DRAFTS, digest_of_draft, MAY_BE_PUBLISHED },
    [STATES] = { "states", "the state of imported row", SQL_VOUCH_STATES, digest_of_state, MAY_BE_PUBLISHED },
};

static void find(const Verifying *verifying, Kind kind, int64_t id, const char *wrong)
{
    findings_add(verifying->findings, "%s %lld %s", kinds[kind].what, (long long)id, wrong);
}

static bool take_deeds(Verifying *verifying)
{
    AUTO_ROWS *rows = store_run(verifying->work, verifying->problem, SQL_VOUCH_DEEDS, "");
    while (rows && rows_next(rows)) {
        Problem broken = { 0 }; /* the chain of the journal names such a row */
        AUTO_JSON *detail = json_parse(text_of(rows_text(rows, 0)), &broken);
        for (Kind kind = 0; detail && kind < KIND_COUNT; kind++)
            told_take(verifying->findings->arena, &verifying->tales[kind], json_object_get(detail, kinds[kind].member));
    }
    return rows && !verifying->problem->kind;
}

static bool may_be_gone(Verifying *verifying, Kind kind, int64_t id)
{
    if (kinds[kind].end == STAYS)
        return false;
    AUTO_ROWS *rows = store_run(verifying->work, verifying->problem, SQL_VOUCH_PUBLISHED, "i", id);
    return rows && rows_next(rows);
}

/* Those told of before `id`, from `*place` on, have no row. */
static void skip_gone(Verifying *verifying, Kind kind, int64_t id, size_t *place)
{
    const Tales *tales = &verifying->tales[kind];
    for (; *place < tales->count && tales->items[*place].id < id; (*place)++)
        if (!may_be_gone(verifying, kind, tales->items[*place].id))
            find(verifying, kind, tales->items[*place].id, "is gone");
}

static bool compare(Verifying *verifying, Kind kind)
{
    const Tales *tales = &verifying->tales[kind];
    size_t place = 0;
    char digest[TOLD_DIGITS + 1];
    AUTO_ROWS *rows = store_run(verifying->work, verifying->problem, kinds[kind].rows, "");
    while (rows && rows_next(rows)) {
        int64_t id = rows_int(rows, 0);
        skip_gone(verifying, kind, id, &place);
        kinds[kind].digest(rows, digest);
        if (place == tales->count || tales->items[place].id != id)
            find(verifying, kind, id, "is nothing that the private journal tells of");
        else if (strcmp(tales->items[place++].digest, digest) != 0)
            find(verifying, kind, id, "is not what the private journal says");
    }
    skip_gone(verifying, kind, INT64_MAX, &place);
    return rows && !verifying->problem->kind;
}

static bool is_told(const Tales *tales, int64_t id, size_t *place)
{
    while (*place < tales->count && tales->items[*place].id < id)
        (*place)++;
    return *place < tales->count && tales->items[*place].id == id;
}

static bool tell_untold(Verifying *verifying, Kind kind)
{
    AUTO_VOUCH vouch = { 0 };
    size_t place = 0, count = 0;
    char digest[TOLD_DIGITS + 1];
    Out *const members[KIND_COUNT] = { [RAW_ROWS] = &vouch.raw, [DRAFTS] = &vouch.drafts, [STATES] = &vouch.states };
    const Hand hand = { DEED_COMMAND_LINE, sys_now() };
    told_sort(&verifying->tales[kind]);
    AUTO_ROWS *rows = store_run(verifying->work, verifying->problem, kinds[kind].rows, "");
    while (rows && rows_next(rows)) {
        int64_t id = rows_int(rows, 0);
        if (is_told(&verifying->tales[kind], id, &place))
            continue;
        kinds[kind].digest(rows, digest);
        told_put(members[kind], id, digest);
        if (++count % TOLD_AT_ONCE == 0 && !vouch_end(&vouch, verifying->work, &hand, 0, verifying->problem))
            return false;
    }
    return rows && !verifying->problem->kind && vouch_end(&vouch, verifying->work, &hand, 0, verifying->problem);
}

bool vouch_found(Store *work, Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Findings unused = { .arena = arena };
    Verifying verifying = { .work = work, .findings = &unused, .problem = problem };
    bool told = take_deeds(&verifying);
    for (Kind kind = 0; kind < KIND_COUNT && told; kind++)
        told = tell_untold(&verifying, kind);
    return told;
}

/* Raw rows stay when their record is taken away. */
static bool find_orphans(Verifying *verifying)
{
    AUTO_ROWS *rows = store_run(verifying->work, verifying->problem, SQL_VOUCH_ORPHANS, "");
    while (rows && rows_next(rows))
        findings_add(verifying->findings, "imported row %lld is gone", (long long)rows_int(rows, 0));
    return rows && !verifying->problem->kind;
}

bool vouch_verify(Store *work, Findings *findings, Problem *problem)
{
    Verifying verifying = { .work = work, .findings = findings, .problem = problem };
    if (!take_deeds(&verifying))
        return false;
    for (Kind kind = 0; kind < KIND_COUNT; kind++) {
        told_sort(&verifying.tales[kind]);
        if (!compare(&verifying, kind))
            return false;
    }
    return find_orphans(&verifying);
}

static bool is_there(Rows *rows, Problem *problem)
{
    AUTO_ROWS *closed = rows;
    return closed && rows_next(closed) && !problem->kind;
}

bool vouch_published_verify(Store *published, Store *work, Findings *findings, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_VOUCH_PUBLISHED_ROWS, "");
    while (rows && rows_next(rows)) {
        int64_t id = rows_int(rows, 0), incident = rows_int(rows, 3);
        if (!is_there(store_run(published, problem, SQL_VOUCH_INCIDENT, "itt", incident, rows_text(rows, 1),
                                rows_text(rows, 2)),
                      problem) &&
            !is_there(store_run(work, problem, SQL_VOUCH_CHANGE, "ii", id, incident), problem))
            findings_add(findings, "imported row %lld is not published as incident %lld", (long long)id,
                         (long long)incident);
    }
    return rows && !problem->kind;
}
