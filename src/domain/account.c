#include "domain/account.h"

#include "domain/deed.h"
#include "domain/session.h"
#include "guard/seal.h"

#define DAY INT64_C(86400000)

const RoleInfo account_roles[ACCOUNT_ROLE_COUNT] = {
#define ROLE(name, word, second, place, tlp) { word, second, place, tlp },
    ACCOUNT_ROLES(ROLE)
#undef ROLE
};

bool account_role_find(Text word, AccountRole *role)
{
    for (int i = 0; i < ACCOUNT_ROLE_COUNT; i++)
        if (text_is(word, account_roles[i].word)) {
            *role = (AccountRole)i;
            return true;
        }
    return false;
}

bool account_name_is_good(Text name)
{
    bool good = name.length >= 2 && name.length <= ACCOUNT_NAME_MOST && name.at[0] >= 'a' && name.at[0] <= 'z';
    for (size_t i = 0; i < name.length && good; i++)
        good = (name.at[i] >= 'a' && name.at[i] <= 'z') || (name.at[i] >= '0' && name.at[i] <= '9') ||
               name.at[i] == '.' || name.at[i] == '-';
    return good;
}

static bool take(Arena *arena, const Rows *rows, Account *account, Problem *problem)
{
    Text secret = rows_bytes(rows, 6);
    *account = (Account){ .id = rows_int(rows, 0),
                          .name = arena_string(arena, rows_text(rows, 1)),
                          .disabled = strcmp(rows_text(rows, 3), "active") != 0,
                          .password = arena_string(arena, rows_text(rows, 4)),
                          .expires = rows_int(rows, 5),
                          .code_secret = { secret.at ? arena_text(arena, secret) : NULL, secret.length },
                          .code_step = rows_int(rows, 7),
                          .made = rows_int(rows, 8),
                          .recovery_left = rows_int(rows, 9),
                          .passkeys = rows_int(rows, 10) };
    return account_role_find(text_of(rows_text(rows, 2)), &account->role) ||
           fail(problem, PROBLEM_DAMAGED, "the account %s has a role that there is not", account->name);
}

bool account_find(Arena *arena, Store *work, const char *name, Account *account, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_ACCOUNT_BY_NAME, "t", name);
    if (!rows)
        return false;
    if (!rows_next(rows))
        return fail_field(problem, PROBLEM_NOT_FOUND, "name", "there is no account %.60s", name);
    return take(arena, rows, account, problem);
}

bool account_at(Arena *arena, Store *work, int64_t id, Account *account, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_ACCOUNT_BY_ID, "i", id);
    if (!rows)
        return false;
    if (!rows_next(rows))
        return fail(problem, PROBLEM_NOT_FOUND, "there is no account with the number %lld", (long long)id);
    return take(arena, rows, account, problem);
}

bool account_list(Arena *arena, Store *work, Account **accounts, size_t *count, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_ACCOUNT_ALL, "");
    size_t room = 0;
    *accounts = NULL;
    *count = 0;
    while (rows && rows_next(rows)) {
        *accounts = arena_grow(arena, *accounts, *count, &room, sizeof **accounts);
        if (!take(arena, rows, &(*accounts)[(*count)++], problem))
            return false;
    }
    return rows && !problem->kind;
}

bool account_opens(const Account *account, int64_t now)
{
    bool expired = account->expires && account->expires < now;
    return !account->disabled && !expired && account_roles[account->role].place == WORKBENCH;
}

static bool tell(Store *work, const Hand *hand, const char *kind, const char *name, const char *detail,
                 Problem *problem)
{
    char subject[ACCOUNT_NAME_MOST + 16];
    (void)snprintf(subject, sizeof subject, "account/%s", name);
    Deed deed = { .at = hand->now, .author = hand->author, .kind = kind, .subject = subject, .detail = detail };
    return deed_add(work, &deed, problem);
}

enum { DETAIL_SIZE = 40 };

static const char *detail_of(AccountRole role, char detail[DETAIL_SIZE])
{
    (void)snprintf(detail, DETAIL_SIZE, "{\"role\":\"%s\"}", account_roles[role].word);
    return detail;
}

static bool insert(Store *work, const Hand *hand, const char *name, AccountRole role, const char *hash,
                   Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_ACCOUNT_INSERT, "tttii", name, account_roles[role].word, hash,
                                hand->now + TEMPORARY_DAYS * DAY, hand->now);
    if (!rows || !rows_next(rows))
        return rows && !problem->kind
                   ? fail_field(problem, PROBLEM_CONFLICT, "name", "there is already an account %s", name)
                   : false;
    return true;
}

bool account_add(Store *work, const Hand *hand, const char *name, AccountRole role,
                 char password[PASSWORD_MADE_SIZE + 1], Problem *problem)
{
    char hash[PASSWORD_HASH_SIZE], detail[DETAIL_SIZE];
    if (!account_name_is_good(text_of(name)))
        return fail_field(
            problem, PROBLEM_BAD_INPUT, "name",
            "'%.60s' is no name for an account: 2 to %d of a-z, 0-9, full stop and hyphen, a letter first", name,
            ACCOUNT_NAME_MOST);
    password_make(password);
    if (!password_hash(text_of(password), hash, problem) || !store_begin(work, problem))
        return false;
    AUTO_UNDO *undo = work;
    return insert(work, hand, name, role, hash, problem) &&
           tell(work, hand, "account.add", name, detail_of(role, detail), problem) && store_commit(work, problem);
}

bool account_reset(Store *work, const Hand *hand, const char *name, char password[PASSWORD_MADE_SIZE + 1],
                   Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    char hash[PASSWORD_HASH_SIZE];
    Account account;
    password_make(password);
    if (!account_find(arena, work, name, &account, problem) || !password_hash(text_of(password), hash, problem) ||
        !store_begin(work, problem))
        return false;
    AUTO_UNDO *undo = work;
    return store_do(work, problem, SQL_ACCOUNT_PUT_PASSWORD, "iti", account.id, hash,
                    hand->now + TEMPORARY_DAYS * DAY) &&
           store_do(work, problem, SQL_ACCOUNT_PUT_CODES, "ibi", account.id, (Text){ 0 }, (int64_t)0) &&
           store_do(work, problem, SQL_RECOVERY_CLEAR, "i", account.id) &&
           store_do(work, problem, SQL_PASSKEY_CLEAR, "i", account.id) &&
           session_end_all(work, hand->now, account.id, 0, "reset", problem) &&
           tell(work, hand, "account.reset", name, NULL, problem) && store_commit(work, problem);
}

static bool put_state(Store *work, const Hand *hand, const char *name, const char *state, const char *kind,
                      Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Account account;
    if (!account_find(arena, work, name, &account, problem) || !store_begin(work, problem))
        return false;
    AUTO_UNDO *undo = work;
    return store_do(work, problem, SQL_ACCOUNT_PUT_STATE, "it", account.id, state) &&
           session_end_all(work, hand->now, account.id, 0, state, problem) &&
           tell(work, hand, kind, name, NULL, problem) && store_commit(work, problem);
}

bool account_disable(Store *work, const Hand *hand, const char *name, Problem *problem)
{
    return put_state(work, hand, name, "disabled", "account.disable", problem);
}

bool account_enable(Store *work, const Hand *hand, const char *name, Problem *problem)
{
    return put_state(work, hand, name, "active", "account.enable", problem);
}

bool account_change_role(Store *work, const Hand *hand, const char *name, AccountRole role, Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    char detail[DETAIL_SIZE];
    Account account;
    if (!account_find(arena, work, name, &account, problem) || !store_begin(work, problem))
        return false;
    AUTO_UNDO *undo = work;
    return store_do(work, problem, SQL_ACCOUNT_PUT_ROLE, "it", account.id, account_roles[role].word) &&
           session_end_all(work, hand->now, account.id, 0, "role", problem) &&
           tell(work, hand, "account.role", name, detail_of(role, detail), problem) && store_commit(work, problem);
}

bool account_set_password(Store *work, const Hand *hand, const Account *account, int64_t session, Text password,
                          Problem *problem)
{
    char hash[PASSWORD_HASH_SIZE];
    if (!password_hash(password, hash, problem) || !store_begin(work, problem))
        return false;
    AUTO_UNDO *undo = work;
    return store_do(work, problem, SQL_ACCOUNT_PUT_PASSWORD, "iti", account->id, hash, (int64_t)0) &&
           session_end_all(work, hand->now, account->id, session, "password", problem) &&
           tell(work, hand, "account.password", account->name, NULL, problem) && store_commit(work, problem);
}
