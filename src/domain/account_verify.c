/* Accounts against the private journal: a role that somebody has given to himself in the database is named. */
#include "domain/account.h"
#include "store/store.h"

typedef struct Told { /* of one account, by its last deeds */
    const char *name, *role, *state;
    bool seen; /* there is such an account */
} Told;

typedef struct Reading {
    Arena *arena;
    Told *told;
    size_t count, room;
    const char ***findings;
    size_t *finding_count, finding_room;
} Reading;

static void find(Reading *reading, const char *sentence)
{
    *reading->findings =
        arena_grow(reading->arena, *reading->findings, *reading->finding_count, &reading->finding_room, sizeof(char *));
    (*reading->findings)[(*reading->finding_count)++] = sentence;
}

static Told *told_of(Reading *reading, const char *name)
{
    for (size_t i = 0; i < reading->count; i++)
        if (strcmp(reading->told[i].name, name) == 0)
            return &reading->told[i];
    reading->told = arena_grow(reading->arena, reading->told, reading->count, &reading->room, sizeof *reading->told);
    Told *told = &reading->told[reading->count++];
    *told = (Told){ .name = arena_string(reading->arena, name), .role = "", .state = "" };
    return told;
}

static void take(Reading *reading, const Rows *rows)
{
    static const char before[] = "account/";
    const char *kind = rows_text(rows, 0), *subject = rows_text(rows, 1);
    if (!text_starts(text_of(subject), before))
        return;
    Told *told = told_of(reading, subject + sizeof before - 1);
    if (strcmp(kind, "account.add") == 0 || strcmp(kind, "account.role") == 0)
        told->role = arena_string(reading->arena, rows_text(rows, 2));
    if (strcmp(kind, "account.role") != 0)
        told->state = strcmp(kind, "account.disable") == 0 ? "disabled" : "active";
}

static void compare(Reading *reading, const Account *account)
{
    Told *told = told_of(reading, account->name);
    const char *role = arena_format(reading->arena, "{\"role\":\"%s\"}", account_roles[account->role].word);
    told->seen = true;
    if (strcmp(told->role, role) != 0)
        find(reading, arena_format(reading->arena, "the role of account %s is not what the private journal says",
                                   account->name));
    if (strcmp(told->state, account->disabled ? "disabled" : "active") != 0)
        find(reading, arena_format(reading->arena, "whether account %s is open is not what the private journal says",
                                   account->name));
}

/* NOLINTNEXTLINE(readability-non-const-parameter): counted up by find */
bool account_verify(Arena *arena, Store *work, const char ***findings, size_t *count, Problem *problem)
{
    Account *accounts;
    size_t account_count;
    Reading reading = { .arena = arena, .findings = findings, .finding_count = count, .finding_room = *count };
    AUTO_ROWS *rows = store_run(work, problem, SQL_ACCOUNT_DEEDS, "");
    while (rows && rows_next(rows))
        take(&reading, rows);
    if (!rows || problem->kind || !account_list(arena, work, &accounts, &account_count, problem))
        return false;
    for (size_t i = 0; i < account_count; i++)
        compare(&reading, &accounts[i]);
    for (size_t i = 0; i < reading.count; i++)
        if (!reading.told[i].seen)
            find(&reading,
                 arena_format(arena, "account %s, of which the private journal tells, is gone", reading.told[i].name));
    return true;
}
