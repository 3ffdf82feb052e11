#include "domain/vouch.h"

#include "base/json.h"
#include "domain/deed.h"
#include "guard/seal.h"

enum { DIGEST_SIZE = 32 /* digits: half of SHA-256 */ };

/* SHA-256(numbers, each with a line's end || text, with one || bytes) */
static void digest_of(const int64_t *numbers, size_t count, const char *text, Text bytes, char digest[DIGEST_SIZE + 1])
{
    AUTO_OUT head = { 0 };
    Hashing hashing;
    Hash hash;
    char hex[2 * HASH_SIZE + 1];
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
    hash_hex(&hash, hex);
    (void)snprintf(digest, DIGEST_SIZE + 1, "%.*s", DIGEST_SIZE, hex);
}

static void digest_raw(const RawRow *row, char digest[DIGEST_SIZE + 1])
{
    const int64_t numbers[] = { row->id, row->record, row->line };
    digest_of(numbers, COUNT_OF(numbers), row->refusal, row->bytes, digest);
}

static void digest_draft(const DraftText *draft, char digest[DIGEST_SIZE + 1])
{
    const int64_t numbers[] = { draft->id, draft->at };
    digest_of(numbers, COUNT_OF(numbers), NULL, draft->body, digest);
}

static void digest_state(const RowState *row, char digest[DIGEST_SIZE + 1])
{
    const int64_t numbers[] = { row->id, row->incident, row->raw };
    digest_of(numbers, COUNT_OF(numbers), row->reason, text_of(row->state), digest);
}

static void put(Out *out, int64_t id, const char *digest)
{
    if (out->length)
        OUT_LITERAL(out, ",");
    OUT_LITERAL(out, "\"");
    out_int(out, id);
    OUT_LITERAL(out, "\":");
    out_json(out, digest);
}

void vouch_raw(Vouch *vouch, const RawRow *row)
{
    char digest[DIGEST_SIZE + 1];
    digest_raw(row, digest);
    put(&vouch->raw, row->id, digest);
}

void vouch_draft(Vouch *vouch, const DraftText *draft)
{
    char digest[DIGEST_SIZE + 1];
    digest_draft(draft, digest);
    put(&vouch->drafts, draft->id, digest);
}

void vouch_state(Vouch *vouch, const RowState *row)
{
    char digest[DIGEST_SIZE + 1];
    digest_state(row, digest);
    put(&vouch->states, row->id, digest);
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

typedef struct Told { /* what the journal says of one row */
    int64_t id;
    size_t order;
    char digest[DIGEST_SIZE + 1];
} Told;

typedef struct Tales {
    Told *items;
    size_t count, room;
} Tales;

typedef enum Kind { RAW_ROWS, DRAFTS, STATES, KIND_COUNT } Kind;

typedef struct Verifying {
    Store *work;
    Tales tales[KIND_COUNT];
    Findings *findings;
    Problem *problem;
} Verifying;

static bool raw_fits(const Rows *rows, const char *digest)
{
    char found[DIGEST_SIZE + 1];
    const RawRow row = { .id = rows_int(rows, 0),
                         .record = rows_int(rows, 1),
                         .line = rows_int(rows, 2),
                         .bytes = rows_bytes(rows, 3),
                         .refusal = rows_is_null(rows, 4) ? NULL : rows_text(rows, 4) };
    digest_raw(&row, found);
    return strcmp(found, digest) == 0;
}

static bool draft_fits(const Rows *rows, const char *digest)
{
    char found[DIGEST_SIZE + 1];
    const DraftText draft = { rows_int(rows, 0), rows_int(rows, 1), rows_bytes(rows, 2) };
    digest_draft(&draft, found);
    return strcmp(found, digest) == 0;
}

static bool state_fits(const Rows *rows, const char *digest)
{
    char found[DIGEST_SIZE + 1];
    const RowState row = { .id = rows_int(rows, 0),
                           .incident = rows_int(rows, 1),
                           .raw = rows_int(rows, 2),
                           .state = rows_text(rows, 3),
                           .reason = rows_is_null(rows, 4) ? NULL : rows_text(rows, 4) };
    digest_state(&row, found);
    return strcmp(found, digest) == 0;
}

static const struct {
    const char *member, *what;
    Statement rows;
    bool (*fits)(const Rows *rows, const char *digest);
    enum { STAYS, MAY_BE_PUBLISHED } end;
} kinds[KIND_COUNT] = {
    [RAW_ROWS] = { "raw", "raw row", SQL_VOUCH_RAWS, raw_fits, STAYS },
    [DRAFTS] = { "drafts", "the record of candidate", SQL_VOUCH_DRAFTS, draft_fits, MAY_BE_PUBLISHED },
    [STATES] = { "states", "the state of imported row", SQL_VOUCH_STATES, state_fits, MAY_BE_PUBLISHED },
};

static void find(const Verifying *verifying, Kind kind, int64_t id, const char *wrong)
{
    findings_add(verifying->findings, "%s %lld %s", kinds[kind].what, (long long)id, wrong);
}

/* The iterators of the library take no const; nothing is changed. */
static void take_members(Verifying *verifying, Kind kind, json_t *members)
{
    Tales *tales = &verifying->tales[kind];
    for (void *at = json_object_iter(members); at; at = json_object_iter_next(members, at)) {
        const char *digest = json_string_value(json_object_iter_value(at));
        Told told = { .order = tales->count };
        if (!digest || !text_int(text_of(json_object_iter_key(at)), &told.id))
            continue;
        (void)snprintf(told.digest, sizeof told.digest, "%s", digest);
        tales->items =
            arena_grow(verifying->findings->arena, tales->items, tales->count, &tales->room, sizeof *tales->items);
        tales->items[tales->count++] = told;
    }
}

static bool take_deeds(Verifying *verifying)
{
    AUTO_ROWS *rows = store_run(verifying->work, verifying->problem, SQL_VOUCH_DEEDS, "");
    while (rows && rows_next(rows)) {
        Problem broken = { 0 }; /* the chain of the journal names such a row */
        AUTO_JSON *detail = json_parse(text_of(rows_text(rows, 0)), &broken);
        for (Kind kind = 0; detail && kind < KIND_COUNT; kind++)
            take_members(verifying, kind, json_object_get(detail, kinds[kind].member));
    }
    return rows && !verifying->problem->kind;
}

static int by_id(const void *a, const void *b)
{
    const Told *left = a, *right = b;
    if (left->id != right->id)
        return left->id < right->id ? -1 : 1;
    return left->order < right->order ? -1 : 1;
}

/* Of each row what was told last. */
static void keep_last(Tales *tales)
{
    size_t kept = 0;
    if (tales->count)
        qsort(tales->items, tales->count, sizeof *tales->items, by_id);
    for (size_t i = 0; i < tales->count; i++)
        if (i + 1 == tales->count || tales->items[i + 1].id != tales->items[i].id)
            tales->items[kept++] = tales->items[i];
    tales->count = kept;
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
    AUTO_ROWS *rows = store_run(verifying->work, verifying->problem, kinds[kind].rows, "");
    while (rows && rows_next(rows)) {
        int64_t id = rows_int(rows, 0);
        skip_gone(verifying, kind, id, &place);
        if (place == tales->count || tales->items[place].id != id)
            find(verifying, kind, id, "is nothing that the private journal tells of");
        else if (!kinds[kind].fits(rows, tales->items[place++].digest))
            find(verifying, kind, id, "is not what the private journal says");
    }
    skip_gone(verifying, kind, INT64_MAX, &place);
    return rows && !verifying->problem->kind;
}

bool vouch_verify(Store *work, Findings *findings, Problem *problem)
{
    Verifying verifying = { .work = work, .findings = findings, .problem = problem };
    if (!take_deeds(&verifying))
        return false;
    for (Kind kind = 0; kind < KIND_COUNT; kind++) {
        keep_last(&verifying.tales[kind]);
        if (!compare(&verifying, kind))
            return false;
    }
    return true;
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
