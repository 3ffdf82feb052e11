#include "domain/capture.h"

#include "domain/change_step.h"

static const char *kept(Arena *arena, const Rows *rows, int column)
{
    return arena_string(arena, rows_text(rows, column));
}

static Capture take(Arena *arena, const Rows *rows)
{
    return (Capture){ .id = rows_int(rows, 0),
                      .change = rows_int(rows, 1),
                      .at = rows_int(rows, 2),
                      .size = rows_int(rows, 3),
                      .sha256 = kept(arena, rows, 4),
                      .name = kept(arena, rows, 5),
                      .account = kept(arena, rows, 6) };
}

static Capture take_whole(Arena *arena, const Rows *rows)
{
    Capture capture = take(arena, rows);
    capture.words = text_of(arena_text(arena, rows_bytes(rows, 7)));
    return capture;
}

bool capture_find(Arena *arena, Store *work, int64_t change, int64_t id, Capture *capture, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_CAPTURE_GET, "ii", change, id);
    if (!rows)
        return false;
    if (!rows_next(rows))
        return fail(problem, PROBLEM_NOT_FOUND, "change %lld has no capture %lld", (long long)change, (long long)id);
    *capture = take_whole(arena, rows);
    return true;
}

bool capture_of(Arena *arena, Store *work, int64_t change, const char *sha256, Capture *capture, Problem *problem)
{
    *capture = (Capture){ 0 };
    if (!sha256)
        return true;
    AUTO_ROWS *rows = store_run(work, problem, SQL_CAPTURE_BY_HASH, "it", change, sha256);
    if (rows && rows_next(rows))
        *capture = take_whole(arena, rows);
    return rows && !problem->kind;
}

bool capture_list(Arena *arena, Store *work, int64_t change, Capture **captures, size_t *count, Problem *problem)
{
    size_t room = 0;
    *captures = NULL;
    *count = 0;
    AUTO_ROWS *rows = store_run(work, problem, SQL_CAPTURES_OF, "i", change);
    while (rows && rows_next(rows)) {
        *captures = arena_grow(arena, *captures, *count, &room, sizeof **captures);
        (*captures)[(*count)++] = take(arena, rows);
    }
    return rows && !problem->kind;
}

bool capture_bytes(Arena *arena, Store *work, int64_t change, int64_t id, Text *bytes, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_CAPTURE_CONTENT, "ii", change, id);
    if (!rows)
        return false;
    if (!rows_next(rows))
        return fail(problem, PROBLEM_NOT_FOUND, "change %lld has no capture %lld", (long long)change, (long long)id);
    Text there = rows_bytes(rows, 0);
    *bytes = (Text){ arena_copy(arena, there.at, there.length), there.length };
    return true;
}

static const char *hash_of(Arena *arena, Text bytes)
{
    Hash hash;
    char *hex = arena_take(arena, 2 * HASH_SIZE + 1);
    hash_bytes(bytes, &hash);
    hash_hex(&hash, hex);
    return hex;
}

static const char *detail_of(Arena *arena, Text bytes, const char *sha256)
{
    return arena_format(arena, "{\"bytes\":%zu,\"sha256\":\"%s\"}", bytes.length, sha256);
}

static bool same(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

/* The record with the source and its fingerprint. */
static void give_source(Arena *arena, Record *record, const SourceFacts *source, const char *sha256)
{
    for (size_t i = 0; i < record->source_count; i++)
        if (same(record->sources[i].url, source->url) && !record->sources[i].sha256) {
            record->sources[i].sha256 = sha256;
            return;
        }
    SourceFacts *sources = NEW_ARRAY(arena, SourceFacts, record->source_count + 1);
    if (record->source_count)
        memcpy(sources, record->sources, record->source_count * sizeof *sources);
    sources[record->source_count] = *source;
    sources[record->source_count++].sha256 = sha256;
    record->sources = sources;
}

static bool save_source(Arena *arena, Store *work, const Hand *hand, const CapturePlan *plan, const char *sha256,
                        Problem *problem)
{
    Change change;
    Record record;
    AUTO_OUT body = { 0 };
    if (!change_find(arena, work, plan->change, &change, problem))
        return false;
    if (act_find(change.kind) != ACT_KIND_COUNT)
        return fail(problem, PROBLEM_CONFLICT, "change %lld has no record with sources", (long long)change.id);
    if (!record_read(arena, change.body, &record, problem))
        return false;
    give_source(arena, &record, &plan->source, sha256);
    record_write(&body, &record);
    return change_save_within(work, hand, plan->change, plan->version, out_view(&body), problem);
}

/* The capture has its fingerprint and gets its id. */
static bool put(Arena *arena, Store *work, const Hand *hand, const CapturePlan *plan, Capture *capture,
                Problem *problem)
{
    int64_t deed;
    const char *detail = detail_of(arena, plan->bytes, capture->sha256);
    if (!change_deed(arena, work, hand, (ChangeDeed){ "capture.add", plan->change, detail }, &deed, problem))
        return false;
    Rows *rows = store_run(work, problem, SQL_CAPTURE_PUT, "ittbviti", plan->change, capture->sha256, plan->name,
                           plan->bytes, plan->words, hand->now, hand->author, deed);
    capture->id = rows && rows_next(rows) ? rows_int(rows, 0) : 0;
    return rows_close(rows) && capture->id;
}

bool capture_add(Store *work, const Hand *hand, const CapturePlan *plan, int64_t *id, Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    AUTO_UNDO *undo = work;
    Capture capture;
    if (!plan->bytes.length || plan->bytes.length > CAPTURE_BYTES_MAX)
        return fail_field(problem, PROBLEM_BAD_INPUT, "file", "a capture has 1 to %d bytes", CAPTURE_BYTES_MAX);
    const char *sha256 = hash_of(arena, plan->bytes);
    if (!store_begin(work, problem) || !capture_of(arena, work, plan->change, sha256, &capture, problem))
        return false;
    bool known = capture.id != 0;
    capture.sha256 = sha256;
    if (!known && (!save_source(arena, work, hand, plan, sha256, problem) ||
                   !put(arena, work, hand, plan, &capture, problem) || !store_commit(work, problem)))
        return false;
    *id = capture.id;
    return true;
}
