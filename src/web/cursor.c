#include "web/cursor.h"

enum { QUESTION_SIZE = 17 };

/* What a cursor belongs to: the list, in whatever form, its filter and its order. */
static void name_question(const Request *request, char name[QUESTION_SIZE])
{
    AUTO_OUT question = { 0 };
    Text path = text_of(request->path);
    out_raw(&question, path.at, text_find(path, "."));
    OUT_LITERAL(&question, "?");
    filter_write(&question, &request->filter);
    OUT_LITERAL(&question, "&");
    out_int(&question, request->sort);
    (void)snprintf(name, QUESTION_SIZE, "%016llx", (unsigned long long)text_hash(out_view(&question)));
}

static bool take_number(Text *rest, int64_t most, int64_t *number)
{
    Text digits;
    return text_split(rest, '-', &digits) && text_int(digits, number) && *number > 0 && *number <= most;
}

bool cursor_read(const Request *request, Cursor *cursor, Problem *problem)
{
    char question[QUESTION_SIZE];
    Text rest = request->cursor;
    if (rest.length == 0)
        return true;
    name_question(request, question);
    bool whole = take_number(&rest, INT32_MAX, &cursor->passed) && take_number(&rest, INT64_MAX, &cursor->moment);
    return (whole && text_is(rest, question)) ||
           fail_field(problem, PROBLEM_BAD_INPUT, "cursor",
                      "this cursor is not of this question: take it from the header Link of the answer before");
}

const char *cursor_write(const Request *request, Cursor cursor)
{
    char question[QUESTION_SIZE];
    AUTO_OUT query = { 0 };
    name_question(request, question);
    filter_write(&query, &request->filter);
    const char *sort = request->sort ? arena_format(request->arena, "&sort=%s", order_words[request->sort]) : "";
    return arena_format(request->arena, "%s?%s%slimit=%lld&cursor=%lld-%lld-%s%s%s", request->path,
                        query.length ? query.text : "", query.length ? "&" : "", (long long)request->limit,
                        (long long)cursor.passed, (long long)cursor.moment, question, sort,
                        request->spreadsheet ? "&bom=1" : "");
}
