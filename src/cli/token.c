/* vigie account token: what partners' programs send with. */
#include "domain/token.h"

#include "base/sys.h"
#include "cli/command.h"
#include "cli/desk.h"
#include "domain/deed.h"
#include "domain/witness.h"

static Hand by_command(void)
{
    return (Hand){ .author = DEED_COMMAND_LINE, .now = sys_now() };
}

static bool read_plan(const Call *call, int64_t now, TokenPlan *plan, Problem *problem)
{
    Span day;
    const char *until = call->options[OPTION_UNTIL], *scopes = call->options[OPTION_SCOPE];
    *plan = (TokenPlan){ .account = call->arguments[0],
                         .label = call->arguments[1],
                         .scopes = TOKEN_MAY_ALL,
                         .expires = now + TOKEN_DAYS * DAY_MS };
    if (scopes && !token_scopes_read(text_of(scopes), &plan->scopes))
        return fail_field(problem, PROBLEM_USAGE, "scope", "'%.60s' is no scope: send, read, or send,read", scopes);
    if (!until)
        return true;
    if (!span_read(text_of(until), &day) || day.first != day.last)
        return fail_field(problem, PROBLEM_USAGE, "until", "'%.60s' is no day such as 2027-06-30", until);
    plan->expires = (day.last + 1) * DAY_MS;
    return true;
}

/* The token goes to stdout alone, so that it can be handed on. */
static bool print_token(const Call *call, const char *text, int64_t id, Problem *problem)
{
    AUTO_OUT out = { 0 };
    bool json = option_given(call, OPTION_JSON);
    if (json) {
        OUT_LITERAL(&out, "{\"id\":");
        out_int(&out, id);
        OUT_LITERAL(&out, ",\"token\":");
        out_json(&out, text);
        OUT_LITERAL(&out, "}\n");
    } else {
        out_raw(&out, text, strlen(text));
        OUT_LITERAL(&out, "\n");
    }
    if (!json && !option_given(call, OPTION_QUIET))
        (void)fprintf(stderr, "This is token %lld of %s; it is shown only now.\n", (long long)id, call->arguments[0]);
    return print_out(&out, problem);
}

bool run_token_add(const Call *call, Problem *problem)
{
    char text[TOKEN_TEXT_SIZE + 1];
    int64_t id;
    TokenPlan plan;
    Hand hand = by_command();
    if (!seal_start(problem) || !read_plan(call, hand.now, &plan, problem))
        return false;
    AUTO_STORE *work = witness_open(call->var, problem);
    return work && token_add(work, &hand, &plan, text, &id, problem) && print_token(call, text, id, problem);
}

bool run_token_revoke(const Call *call, Problem *problem)
{
    int64_t id;
    Hand hand = by_command();
    if (!desk_number(call, 0, &id, problem))
        return false;
    AUTO_STORE *work = witness_open(call->var, problem);
    return work && token_revoke(work, &hand, id, 0, problem);
}

static const char *state_of(const Token *token)
{
    return token->revoked ? "revoked" : token->live ? "good" : "expired";
}

static void put_moment(Out *out, const char *key, int64_t moment)
{
    char text[MOMENT_TEXT_SIZE];
    out_raw(out, key, strlen(key));
    if (moment)
        out_json(out, moment_write(moment, text));
    else
        OUT_LITERAL(out, "null");
}

static void row_json(Out *out, Arena *arena, const Token *token)
{
    OUT_LITERAL(out, "{\"account\":");
    out_json(out, token->name);
    put_moment(out, ",\"expires\":", token->expires);
    OUT_LITERAL(out, ",\"id\":");
    out_int(out, token->id);
    OUT_LITERAL(out, ",\"label\":");
    out_json(out, token->label);
    put_moment(out, ",\"made\":", token->made);
    OUT_LITERAL(out, ",\"scopes\":");
    out_json(out, token_scopes_text(arena, token->scopes));
    OUT_LITERAL(out, ",\"state\":");
    out_json(out, state_of(token));
    put_moment(out, ",\"used\":", token->used);
    OUT_LITERAL(out, "}");
}

static void row_text(Out *out, Arena *arena, const Token *token)
{
    char last[DATE_TEXT_SIZE], used[DATE_TEXT_SIZE] = "never";
    day_write(moment_day(token->expires - 1), last);
    if (token->used)
        day_write(moment_day(token->used), used);
    const char *line =
        arena_format(arena, "%-5lld %-20s %-10s %-8s until %s, used %s  %s\n", (long long)token->id, token->name,
                     token_scopes_text(arena, token->scopes), state_of(token), last, used, token->label);
    out_raw(out, line, strlen(line));
}

bool run_token_list(const Call *call, Problem *problem)
{
    AUTO_OUT out = { 0 };
    Tokens tokens;
    bool json = option_given(call, OPTION_JSON);
    AUTO_STORE *work = desk_reader(call, problem);
    if (!work || !token_list(call->arena, work, call->count ? call->arguments[0] : NULL, sys_now(), &tokens, problem))
        return false;
    if (json)
        OUT_LITERAL(&out, "{\"tokens\":[");
    for (size_t i = 0; i < tokens.count; i++) {
        if (json && i)
            OUT_LITERAL(&out, ",");
        json ? row_json(&out, call->arena, &tokens.items[i]) : row_text(&out, call->arena, &tokens.items[i]);
    }
    if (json)
        OUT_LITERAL(&out, "]}\n");
    return print_out(&out, problem);
}
