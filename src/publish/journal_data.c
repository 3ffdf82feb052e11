#include "publish/journal_data.h"

#include "base/date.h"
#include "guard/seal.h"

enum { CHECKPOINTS = 1000, BASE64_SIZE = 48 };

static void add_moment(Out *out, int64_t moment)
{
    char text[MOMENT_TEXT_SIZE];
    out_json(out, moment_write(moment, text));
}

static void add_hash(Out *out, Text bytes)
{
    char text[BASE64_SIZE];
    seal_base64(bytes, text, sizeof text);
    out_json(out, text);
}

static void add_change(Out *out, const Rows *rows)
{
    static const char prefix[] = "incident/";
    Text subject = text_of(rows_text(rows, 3));
    OUT_LITERAL(out, "{\"entry\":");
    out_int(out, rows_int(rows, 0));
    OUT_LITERAL(out, ",\"at\":");
    add_moment(out, rows_int(rows, 1));
    OUT_LITERAL(out, ",\"kind\":");
    out_json(out, rows_text(rows, 2));
    OUT_LITERAL(out, ",\"subject\":");
    out_json_text(out, subject);
    OUT_LITERAL(out, ",\"hash\":");
    add_hash(out, rows_bytes(rows, 4));
    if (text_starts(subject, prefix)) {
        OUT_LITERAL(out, ",\"address\":\"/api/v1/incidents/");
        out_raw(out, subject.at + sizeof prefix - 1, subject.length - (sizeof prefix - 1));
        OUT_LITERAL(out, "\"");
    }
    OUT_LITERAL(out, "}");
}

bool changes_json(Out *out, Store *public_store, const ChangesOrder *order, int64_t *last, Problem *problem)
{
    int64_t count = 0;
    AUTO_ROWS *rows =
        store_run(public_store, problem, SQL_PUBLISH_CHANGES, "iii", order->after, order->since, order->most + 1);
    *last = 0;
    OUT_LITERAL(out, "{\"changes\":[");
    for (int64_t entry = 0; rows && rows_next(rows); entry = rows_int(rows, 0)) {
        if (count == order->most) {
            *last = entry;
            break;
        }
        out_raw(out, ",\n", count ? 2 : 0);
        add_change(out, rows);
        count++;
    }
    OUT_LITERAL(out, "]}\n");
    return !problem->kind;
}

static void add_checkpoint(Out *out, const Rows *rows)
{
    OUT_LITERAL(out, "{\"size\":");
    out_int(out, rows_int(rows, 0));
    OUT_LITERAL(out, ",\"number\":");
    out_int(out, rows_int(rows, 1));
    OUT_LITERAL(out, ",\"at\":");
    add_moment(out, rows_int(rows, 2));
    OUT_LITERAL(out, ",\"root\":");
    add_hash(out, rows_bytes(rows, 3));
    OUT_LITERAL(out, ",\"note\":");
    out_json(out, rows_text(rows, 4));
    OUT_LITERAL(out, "}");
}

bool checkpoints_json(Out *out, Store *public_store, Problem *problem)
{
    size_t count = 0;
    AUTO_ROWS *rows = store_run(public_store, problem, SQL_PUBLISH_CHECKPOINTS, "i", (int64_t)CHECKPOINTS);
    OUT_LITERAL(out, "{\"checkpoints\":[");
    for (; rows && rows_next(rows); count++) {
        out_raw(out, ",\n", count ? 2 : 0);
        add_checkpoint(out, rows);
    }
    OUT_LITERAL(out, "]}\n");
    return !problem->kind;
}

bool checkpoint_newest(Out *out, Store *public_store, Problem *problem)
{
    AUTO_ROWS *rows = store_run(public_store, problem, SQL_PUBLISH_CHECKPOINTS, "i", INT64_C(1));
    if (!rows || !rows_next(rows))
        return problem->kind ? false : fail(problem, PROBLEM_NOT_FOUND, "nothing was published yet");
    Text note = text_of(rows_text(rows, 4));
    out_raw(out, note.at, note.length);
    return true;
}
