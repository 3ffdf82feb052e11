#include "publish/journal_data.h"

#include "base/date.h"
#include "guard/seal.h"
#include "publish/actor_book.h"
#include "publish/table_rows.h"

enum { BASE64_SIZE = 48 };

/* The first two columns of both lists: their number, which the list is sorted by, and the moment. */
static void add_start(Out *out, const char *name, const Rows *rows)
{
    char moment[MOMENT_TEXT_SIZE];
    OUT_LITERAL(out, "{");
    out_json(out, name);
    OUT_LITERAL(out, ":");
    out_int(out, rows_int(rows, 0));
    OUT_LITERAL(out, ",\"at\":");
    out_json(out, moment_write(rows_int(rows, 1), moment));
}

static void add_hash(Out *out, Text bytes)
{
    char text[BASE64_SIZE];
    seal_base64(bytes, text, sizeof text);
    out_json(out, text);
}

/* NULL when the name has no letter. */
static const char *actor_address(Arena *arena, const char *name)
{
    AUTO_OUT path = { 0 };
    const char *slug = actor_slug(arena, name);
    OUT_LITERAL(&path, "/api/v1/actors/");
    out_url(&path, slug);
    return *slug ? arena_text(arena, out_view(&path)) : NULL;
}

const char *journal_address(Arena *arena, Text subject, const char *actor)
{
    static const struct {
        const char *prefix, *path;
    } kinds[] = { { "incident/", "/api/v1/incidents/" }, { "organisation/", "/api/v1/organisations/" } };
    if (actor)
        return actor_address(arena, actor);
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        size_t length = strlen(kinds[i].prefix);
        if (text_starts(subject, kinds[i].prefix))
            return arena_format(arena, "%s%.*s", kinds[i].path, (int)(subject.length - length), subject.at + length);
    }
    return NULL;
}

static void add_change(Out *out, const Rows *rows)
{
    Text subject = text_of(rows_text(rows, 3));
    add_start(out, "entry", rows);
    OUT_LITERAL(out, ",\"kind\":");
    out_json(out, rows_text(rows, 2));
    OUT_LITERAL(out, ",\"subject\":");
    out_json_text(out, subject);
    OUT_LITERAL(out, ",\"hash\":");
    add_hash(out, rows_bytes(rows, 4));
    OUT_LITERAL(out, ",\"address\":");
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    out_json(out, journal_address(arena, subject, table_cell(arena, rows, 5)));
    OUT_LITERAL(out, "}");
}

static void add_checkpoint(Out *out, const Rows *rows)
{
    add_start(out, "size", rows);
    OUT_LITERAL(out, ",\"number\":");
    out_int(out, rows_int(rows, 2));
    OUT_LITERAL(out, ",\"root\":");
    add_hash(out, rows_bytes(rows, 3));
    OUT_LITERAL(out, ",\"note\":");
    out_json(out, rows_text(rows, 4));
    OUT_LITERAL(out, "}");
}

/* At most `most` rows; the one behind them only tells that there is more. */
static int64_t add_rows(Out *out, Rows *rows, int64_t most, void (*add)(Out *out, const Rows *rows))
{
    int64_t count = 0, last = 0;
    for (; rows && rows_next(rows); count++) {
        if (count == most)
            return last;
        out_raw(out, ",\n", count ? 2 : 0);
        add(out, rows);
        last = rows_int(rows, 0);
    }
    return 0;
}

bool journal_moment(Store *public_store, int64_t entry, int64_t *moment, Problem *problem)
{
    AUTO_ROWS *rows = store_run(public_store, problem, SQL_PUBLISH_MOMENT_OF, "i", entry);
    if (rows && rows_next(rows))
        *moment = rows_int(rows, 0);
    return !problem->kind;
}

static bool count_entries(Store *public_store, int64_t *count, Problem *problem)
{
    AUTO_ROWS *rows = store_run(public_store, problem, SQL_PUBLISH_ENTRIES, "");
    *count = rows && rows_next(rows) ? rows_int(rows, 0) : 0;
    return !problem->kind;
}

/* The last entry before a moment, found by halving: no entry is earlier than the one ahead of it. */
static bool entry_before(Store *public_store, int64_t moment, int64_t *entry, Problem *problem)
{
    int64_t low = 0, high, at = 0; /* the entry sought is in [low, high] */
    if (!count_entries(public_store, &high, problem))
        return false;
    while (low < high) {
        int64_t middle = high - (high - low) / 2;
        if (!journal_moment(public_store, middle, &at, problem))
            return false;
        if (at < moment)
            low = middle;
        else
            high = middle - 1;
    }
    *entry = low;
    return true;
}

bool journal_after(Store *public_store, const JournalOrder *order, int64_t *after, Problem *problem)
{
    int64_t before = 0;
    if (order->since != INT64_MIN && !entry_before(public_store, order->since, &before, problem))
        return false;
    *after = MAX(order->after, before);
    return true;
}

bool changes_json(Out *out, Store *public_store, const JournalOrder *order, int64_t *last, Problem *problem)
{
    int64_t after;
    if (!journal_after(public_store, order, &after, problem))
        return false;
    AUTO_ROWS *rows = store_run(public_store, problem, SQL_PUBLISH_CHANGES, "ii", after, order->most + 1);
    OUT_LITERAL(out, "{\"changes\":[");
    *last = add_rows(out, rows, order->most, add_change);
    OUT_LITERAL(out, "]}\n");
    return !problem->kind;
}

bool checkpoints_json(Out *out, Store *public_store, const JournalOrder *order, int64_t *last, Problem *problem)
{
    AUTO_ROWS *rows = store_run(public_store, problem, SQL_PUBLISH_CHECKPOINTS, "ii", order->after, order->most + 1);
    OUT_LITERAL(out, "{\"checkpoints\":[");
    *last = add_rows(out, rows, order->most, add_checkpoint);
    OUT_LITERAL(out, "]}\n");
    return !problem->kind;
}

bool checkpoint_newest(Out *out, Store *public_store, Problem *problem)
{
    AUTO_ROWS *rows = store_run(public_store, problem, SQL_PUBLISH_CHECKPOINT_NEWEST, "");
    if (!rows || !rows_next(rows))
        return problem->kind ? false : fail(problem, PROBLEM_NOT_FOUND, "nothing was published yet");
    Text note = text_of(rows_text(rows, 0));
    out_raw(out, note.at, note.length);
    return true;
}
