#include "work/api.h"

#include "publish/problem_json.h"

bool api_bearer(WorkRequest *request, Problem *problem)
{
    static const char scheme[] = "Bearer ";
    AUTO_READER reader = { 0 };
    Problem finding = { 0 };
    Text shown = text_of(request->authorization), token;
    if (!text_is_nocase(text_slice(shown, 0, sizeof scheme - 1), scheme))
        return true;
    token = text_trim(text_slice(shown, sizeof scheme - 1, shown.length));
    if (token.length != TOKEN_TEXT_SIZE)
        return true;
    if (!reader_take(request, &reader, problem))
        return false;
    if (token_find(request->arena, reader.store, token, request->now, &request->bearer, &finding))
        return true;
    request->bearer = (Token){ 0 };
    return finding.kind == PROBLEM_NOT_FOUND || fail(problem, finding.kind, "%s", finding.message);
}

void api_facts(const WorkRequest *request, AccessFacts *facts)
{
    facts->live = request->bearer.live;
    facts->disabled = request->bearer.disabled;
    facts->role = request->bearer.role;
    facts->scopes = request->bearer.scopes;
}

static void answer(WorkReply *reply, const Told *told)
{
    out_clear(&reply->body);
    reply->status = told->status;
    reply->type = PROBLEM_JSON_TYPE;
    problem_json(&reply->body, told);
}

static const struct {
    int status;
    const char *sentence;
} answers[] = {
#define ANSWER(name, status, sentence) { status, sentence },
    ACCESS_ANSWERS(ANSWER)
#undef ANSWER
};

/* What is said to a program where the page's words would be of no use to it. */
static const struct {
    AccessAnswer answer;
    const char *word, *sentence;
} own[] = {
    { ACCESS_NOTHING, "not-found", "There is nothing at this address." },
    { ACCESS_METHOD, "method-not-allowed", NULL },
    { ACCESS_BIG, "too-long", "This is more than the address takes." },
    { ACCESS_OFTEN, "too-often", NULL },
    { ACCESS_FIELD, "bad-input", "The query holds something that this address does not take." },
    { ACCESS_BEARER, "no-token", NULL },
};

static Told told_of(AccessAnswer access)
{
    Told told = { .word = "not-allowed", .status = answers[access].status, .detail = answers[access].sentence };
    for (size_t i = 0; i < COUNT_OF(own); i++)
        if (own[i].answer == access) {
            told.word = own[i].word;
            told.detail = own[i].sentence ? own[i].sentence : told.detail;
        }
    return told;
}

static bool is_about_token(AccessAnswer access)
{
    return access == ACCESS_BEARER || access == ACCESS_ROLE || access == ACCESS_SCOPE;
}

/* A token that opens nothing any more, and who still tries it. */
static bool note(const WorkRequest *request, AccessAnswer access, Problem *problem)
{
    AUTO_WRITER writing = { 0 };
    TokenUse use = { "token.refused", arena_format(request->arena, "token/%lld", (long long)request->bearer.id),
                     arena_format(request->arena, "{\"answer\":\"%s\",\"method\":\"%s\"}", access_word(access),
                                  request->method) };
    writer_take(request, &writing);
    return token_refused(writing.store, &request->bearer, request->now, &use, problem);
}

bool api_refuse(WorkRequest *request, AccessAnswer access, const Head *head, WorkReply *reply, Problem *problem)
{
    Told told = told_of(access);
    if (access == ACCESS_FIELD && head && !head->suits) {
        told = (Told){ .word = "bad-input", .status = 415, .detail = "This address takes application/json." };
    }
    if (access == ACCESS_BEARER)
        reply->authenticate =
            request->bearer.id ? "Bearer realm=\"vigie\", error=\"invalid_token\"" : "Bearer realm=\"vigie\"";
    if (request->bearer.id && is_about_token(access) && !note(request, access, problem))
        return false;
    answer(reply, &told);
    return true;
}

void api_tell(const WorkRequest *request, const Problem *problem, int status, WorkReply *reply)
{
    answer(reply, &(Told){ .word = problem_word(problem),
                           .status = status,
                           .detail = status < 500 ? problem->message
                                                  : "The records cannot be reached just now. Nothing was kept; please "
                                                    "try again in a moment.",
                           .field = problem->field,
                           .pointer = request->pointer });
}

const char *api_address(const WorkRequest *request, int64_t candidate)
{
    return arena_format(request->arena, "/api/v1/candidates/%lld", (long long)candidate);
}
