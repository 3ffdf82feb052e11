/* vigie account: who may work at the workbench. */
#include "domain/account.h"

#include "base/date.h"
#include "base/sys.h"
#include "cli/command.h"
#include "domain/deed.h"
#include "domain/witness.h"
#include "guard/seal.h"

static bool read_role(const Call *call, AccountRole *role, Problem *problem)
{
    const char *word = call->options[OPTION_ROLE];
    if (!word)
        return fail_field(problem, PROBLEM_USAGE, "role",
                          "--role is needed: coder, reviewer, editor, legal, "
                          "administrator or partner");
    return account_role_find(text_of(word), role) ||
           fail_field(problem, PROBLEM_USAGE, "role",
                      "there is no role '%.60s'; there are coder, reviewer, editor, legal, administrator and partner",
                      word);
}

/* The work store, made when it is missing. */
static Store *open_work(const Call *call, Problem *problem)
{
    return seal_start(problem) && sys_make_folder(call->var, problem) ? witness_open(call->var, problem) : NULL;
}

static Hand by_command(void)
{
    return (Hand){ .author = DEED_COMMAND_LINE, .now = sys_now() };
}

/* The password goes to stdout alone, so that it can be handed on; what to do with it to stderr. */
static bool print_password(const Call *call, const char *password, Problem *problem)
{
    AUTO_OUT out = { 0 };
    bool json = option_given(call, OPTION_JSON);
    if (json) {
        OUT_LITERAL(&out, "{\"name\":");
        out_json(&out, call->arguments[0]);
        OUT_LITERAL(&out, ",\"password\":");
        out_json(&out, password);
        OUT_LITERAL(&out, "}\n");
    } else {
        out_raw(&out, password, strlen(password));
        OUT_LITERAL(&out, "\n");
    }
    if (!json && !option_given(call, OPTION_QUIET))
        (void)fprintf(stderr, "This password opens the account %s within %d days; it is shown only now.\n",
                      call->arguments[0], TEMPORARY_DAYS);
    return print_out(&out, problem);
}

bool run_account_add(const Call *call, Problem *problem)
{
    char password[PASSWORD_MADE_SIZE + 1];
    AccountRole role;
    Hand hand = by_command();
    if (!read_role(call, &role, problem))
        return false;
    AUTO_STORE *work = open_work(call, problem);
    return work && account_add(work, &hand, call->arguments[0], role, password, problem) &&
           print_password(call, password, problem);
}

bool run_account_reset(const Call *call, Problem *problem)
{
    char password[PASSWORD_MADE_SIZE + 1];
    Hand hand = by_command();
    AUTO_STORE *work = open_work(call, problem);
    return work && account_reset(work, &hand, call->arguments[0], password, problem) &&
           print_password(call, password, problem);
}

bool run_account_role(const Call *call, Problem *problem)
{
    AccountRole role;
    Hand hand = by_command();
    if (!read_role(call, &role, problem))
        return false;
    AUTO_STORE *work = open_work(call, problem);
    return work && account_change_role(work, &hand, call->arguments[0], role, problem);
}

bool run_account_disable(const Call *call, Problem *problem)
{
    Hand hand = by_command();
    AUTO_STORE *work = open_work(call, problem);
    return work && account_disable(work, &hand, call->arguments[0], problem);
}

bool run_account_enable(const Call *call, Problem *problem)
{
    Hand hand = by_command();
    AUTO_STORE *work = open_work(call, problem);
    return work && account_enable(work, &hand, call->arguments[0], problem);
}

static void row_json(Out *out, const Account *account)
{
    char moment[MOMENT_TEXT_SIZE];
    OUT_LITERAL(out, "{\"codes\":");
    out_raw(out, account->code_secret.at ? "true" : "false", account->code_secret.at ? 4 : 5);
    OUT_LITERAL(out, ",\"made\":");
    out_json(out, moment_write(account->made, moment));
    OUT_LITERAL(out, ",\"name\":");
    out_json(out, account->name);
    OUT_LITERAL(out, ",\"passkeys\":");
    out_int(out, account->passkeys);
    OUT_LITERAL(out, ",\"recovery_codes\":");
    out_int(out, account->recovery_left);
    OUT_LITERAL(out, ",\"role\":");
    out_json(out, account_roles[account->role].word);
    OUT_LITERAL(out, ",\"state\":");
    out_json(out, account->disabled ? "disabled" : "active");
    OUT_LITERAL(out, "}");
}

static void row_text(Out *out, Arena *arena, const Account *account)
{
    const char *codes = account->code_secret.at ? "codes" : "no codes";
    const char *line = arena_format(arena, "%-20s %-14s %-9s %s, %lld %s\n", account->name,
                                    account_roles[account->role].word, account->disabled ? "disabled" : "active", codes,
                                    (long long)account->passkeys, account->passkeys == 1 ? "passkey" : "passkeys");
    out_raw(out, line, strlen(line));
}

bool run_account_list(const Call *call, Problem *problem)
{
    AUTO_OUT out = { 0 };
    Account *accounts;
    size_t count;
    bool json = option_given(call, OPTION_JSON);
    AUTO_STORE *work = store_open(call->var, STORE_WORK, READ_ONLY, problem);
    if (!work || !account_list(call->arena, work, &accounts, &count, problem))
        return false;
    if (json)
        OUT_LITERAL(&out, "{\"accounts\":[");
    for (size_t i = 0; i < count; i++) {
        if (json && i)
            OUT_LITERAL(&out, ",");
        json ? row_json(&out, &accounts[i]) : row_text(&out, call->arena, &accounts[i]);
    }
    if (json)
        OUT_LITERAL(&out, "]}\n");
    return print_out(&out, problem);
}
