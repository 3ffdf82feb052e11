#include "web/fault.h"

#include "publish/link.h"
#include "publish/pages.h"
#include "publish/problem_json.h"
#include "web/route.h"

/* What the store cannot do now it may do in a moment: to a reader that is "try again". */
static int status_of(const Problem *problem)
{
    switch (problem->kind) {
    case PROBLEM_DAMAGED:
    case PROBLEM_STORE: return 503;
    case PROBLEM_NONE:
    case PROBLEM_USAGE:
    case PROBLEM_BAD_INPUT:
    case PROBLEM_NOT_FOUND:
    case PROBLEM_CONFLICT:
    case PROBLEM_NOT_ALLOWED:
    case PROBLEM_METHOD:
    case PROBLEM_NOT_OFFERED:
    case PROBLEM_TOO_LONG:
    case PROBLEM_BUSY:
    case PROBLEM_FULL:
    case PROBLEM_BROKEN:
    case PROBLEM_UNAVAILABLE:
    case PROBLEM_KIND_COUNT: break;
    }
    return problem_http_status(problem);
}

static bool wants_data(const Request *request)
{
    static const char *const pages[] = { "", "html" };
    if (text_starts(text_of(request->path), "/api/"))
        return true;
    for (size_t i = 0; i < COUNT_OF(pages); i++)
        if (text_is(request->extension, pages[i]))
            return false;
    return text_is(request->extension, "csv") || text_is(request->extension, "json") ||
           text_is(request->extension, "svg");
}

/* Inner facts of the server are for its log, not for the reader. */
static const char *detail_of(const Problem *problem, int status)
{
    return status < 500 ? problem->message : "the register cannot be read just now; please try again in a moment";
}

/* A view of nothing in particular, in the reader's language. */
static View plain_view(const Request *request)
{
    static const Filter everything = { .from = INT32_MIN, .to = INT32_MAX, .as_of = INT64_MAX };
    return (View){ .arena = request->arena,
                   .site = request->app->site,
                   .language = route_reader(request),
                   .codebook = request->app->site->codebook,
                   .filter = &everything };
}

static void answer_json(const Request *request, const Problem *problem, Reply *reply)
{
    View view = plain_view(request);
    ErrorPage page = error_page(&view, problem, reply->status);
    Told told = { .word = problem_word(problem),
                  .status = reply->status,
                  .detail = error_sentence(&view, &page, detail_of(problem, reply->status)),
                  .field = problem->field,
                  .allowed = &page.allowed };
    reply->type = PROBLEM_JSON_TYPE;
    problem_json(&reply->body, &told);
}

static void answer_page(const Request *request, const Problem *problem, Reply *reply)
{
    View view = plain_view(request);
    ErrorPage page = error_page(&view, problem, reply->status);
    Frame frame = frame_of(&view, PAGE_ELSEWHERE, "/");
    frame_title(&frame, &view, page.heading, page.sentence);
    reply->type = "text/html; charset=utf-8";
    error_html(&reply->body, &frame, &page);
}

void fault_answer(const Request *request, const Problem *problem, Reply *reply)
{
    out_clear(&reply->body);
    reply->status = status_of(problem);
    reply->freshness = FRESH_NEVER;
    reply->file_name = reply->location = NULL;
    if (wants_data(request))
        answer_json(request, problem, reply);
    else
        answer_page(request, problem, reply);
}
