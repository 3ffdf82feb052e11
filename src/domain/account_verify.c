/* Accounts against the private journal: a role that somebody has given to himself in the database is named. */
#include "base/json.h"
#include "domain/account.h"
#include "store/store.h"

typedef struct Told {                           /* of one account, by its last deeds */
    const char *name, *role, *state, *password; /* password: the digest of its hash */
    bool seen;                                  /* there is such an account */
} Told;

typedef struct Reading {
    Arena *arena;
    Told *told;
    size_t count, room;
    Findings *findings;
} Reading;

static Told *told_of(Reading *reading, const char *name)
{
    for (size_t i = 0; i < reading->count; i++)
        if (strcmp(reading->told[i].name, name) == 0)
            return &reading->told[i];
    reading->told = arena_grow(reading->arena, reading->told, reading->count, &reading->room, sizeof *reading->told);
    Told *told = &reading->told[reading->count++];
    *told = (Told){ .name = arena_string(reading->arena, name), .role = "", .state = "", .password = "" };
    return told;
}

static const struct {
    const char *kind, *state; /* NULL: it stays what it was */
} kinds[] = { { "account.add", "active" }, { "account.enable", "active" }, { "account.disable", "disabled" } };

static void take_state(Told *told, const char *kind)
{
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (strcmp(kinds[i].kind, kind) == 0)
            told->state = kinds[i].state;
}

/* What a deed does not say stays what it was. */
static void take_member(Reading *reading, const json_t *detail, const char *member, const char **value)
{
    const char *said = json_string_of(detail, member);
    *value = said ? arena_string(reading->arena, said) : *value;
}

static void take(Reading *reading, const Rows *rows)
{
    static const char before[] = "account/";
    const char *subject = rows_text(rows, 1);
    Problem broken = { 0 }; /* the chain of the journal names such a row */
    AUTO_JSON *detail = json_parse(text_of(rows_text(rows, 2)), &broken);
    if (!text_starts(text_of(subject), before) || !detail)
        return;
    Told *told = told_of(reading, subject + sizeof before - 1);
    take_state(told, rows_text(rows, 0));
    take_member(reading, detail, "role", &told->role);
    take_member(reading, detail, "password", &told->password);
}

static void compare(Reading *reading, const Account *account)
{
    char digest[PASSWORD_DIGEST_SIZE + 1];
    Told *told = told_of(reading, account->name);
    account_password_digest(account->password, digest);
    const struct {
        const char *said, *stands, *what;
    } facts[] = {
        { told->role, account_roles[account->role].word, "the role of account" },
        { told->state, account->disabled ? "disabled" : "active", "the state of account" },
        { told->password, digest, "the password of account" },
    };
    told->seen = true;
    for (size_t i = 0; i < COUNT_OF(facts); i++)
        if (strcmp(facts[i].said, facts[i].stands) != 0)
            findings_add(reading->findings, "%s %s is not what the private journal says", facts[i].what, account->name);
}

bool account_verify(Store *work, Findings *findings, Problem *problem)
{
    Account *accounts;
    size_t account_count;
    Reading reading = { .arena = findings->arena, .findings = findings };
    AUTO_ROWS *rows = store_run(work, problem, SQL_ACCOUNT_DEEDS, "");
    while (rows && rows_next(rows))
        take(&reading, rows);
    if (!rows || problem->kind || !account_list(findings->arena, work, &accounts, &account_count, problem))
        return false;
    for (size_t i = 0; i < account_count; i++)
        compare(&reading, &accounts[i]);
    for (size_t i = 0; i < reading.count; i++)
        if (!reading.told[i].seen)
            findings_add(findings, "account %s, of which the private journal tells, is gone", reading.told[i].name);
    return true;
}
