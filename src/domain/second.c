#include "domain/second.h"

#include "domain/deed.h"

static bool tell(Store *work, const Hand *hand, const char *kind, Problem *problem)
{
    char subject[ACCOUNT_NAME_MOST + 16];
    (void)snprintf(subject, sizeof subject, "account/%s", hand->author);
    Deed deed = { .at = hand->now, .author = hand->author, .kind = kind, .subject = subject };
    return deed_add(work, &deed, problem);
}

/* What is sealed is bound to its account and its use. */
static const char *purpose_of(int64_t account, char purpose[32])
{
    (void)snprintf(purpose, 32, "code/%lld", (long long)account);
    return purpose;
}

/* A recovery code as it is hashed: without case, blanks and hyphens. */
static void recovery_hash(Text typed, Hash *hash)
{
    char plain[PASSWORD_MADE_SIZE + 1] = "";
    size_t length = 0;
    for (size_t i = 0; i < typed.length && length < PASSWORD_MADE_SIZE; i++)
        if (typed.at[i] != ' ' && typed.at[i] != '-')
            plain[length++] =
                (char)(typed.at[i] >= 'A' && typed.at[i] <= 'Z' ? typed.at[i] + ('a' - 'A') : typed.at[i]);
    hash_bytes((Text){ plain, length }, hash);
    memset(plain, 0, sizeof plain);
}

/* Whether the statement took a row. */
static bool took(Rows *rows, bool *one)
{
    *one = rows && rows_next(rows);
    return rows_close(rows) && rows;
}

static bool take_code(const SecondDesk *desk, const Account *account, Text typed, bool *taken, Problem *problem)
{
    unsigned char secret[CODE_SECRET_SIZE];
    char purpose[32];
    *taken = false;
    if (!account->code_secret.at)
        return true;
    if (account->code_secret.length != CODE_SECRET_SIZE + VAULT_EXTRA ||
        !vault_unseal(desk->vault, purpose_of(account->id, purpose), account->code_secret, secret, problem))
        return fail(problem, PROBLEM_DAMAGED, "the secret of one-time codes of %s cannot be read", account->name);
    int64_t step = code_step(secret, typed, desk->hand->now, account->code_step);
    memset(secret, 0, sizeof secret);
    return !step || took(store_run(desk->work, problem, SQL_ACCOUNT_TAKE_STEP, "ii", account->id, step), taken);
}

static bool take_recovery(Store *work, const Hand *hand, const Account *account, Text typed, bool *taken,
                          Problem *problem)
{
    Hash hash;
    recovery_hash(typed, &hash);
    return took(store_run(work, problem, SQL_RECOVERY_TAKE, "ibi", account->id,
                          (Text){ (const char *)hash.bytes, sizeof hash.bytes }, hand->now),
                taken);
}

static bool prove(Store *work, const Hand *hand, int64_t session, Problem *problem)
{
    return store_do(work, problem, SQL_SESSION_PUT_PROOF, "iii", session, hand->now, (int64_t)1);
}

bool second_take(const SecondDesk *desk, const Account *account, int64_t session, Text typed, SecondResult *result,
                 Problem *problem)
{
    Store *work = desk->work;
    const Hand *hand = desk->hand;
    bool code = false, recovery = false;
    *result = SECOND_WRONG;
    if (!store_begin(work, problem))
        return false;
    AUTO_UNDO *undo = work;
    if (!take_code(desk, account, typed, &code, problem) ||
        (!code && !take_recovery(work, hand, account, typed, &recovery, problem)))
        return false;
    if (!code && !recovery)
        return tell(work, hand, "session.second-wrong", problem) && store_commit(work, problem);
    *result = code ? SECOND_CODE : SECOND_RECOVERY;
    return prove(work, hand, session, problem) &&
           tell(work, hand, code ? "session.second" : "session.recovery", problem) && store_commit(work, problem);
}

bool second_offer(Store *work, const Vault *vault, const Session *session, unsigned char secret[CODE_SECRET_SIZE],
                  Problem *problem)
{
    unsigned char sealed[CODE_SECRET_SIZE + VAULT_EXTRA];
    char purpose[32];
    purpose_of(session->account, purpose);
    if (session->pending.length == sizeof sealed)
        return vault_unseal(vault, purpose, session->pending, secret, problem);
    code_secret_make(secret);
    vault_seal(vault, purpose, (Text){ (const char *)secret, CODE_SECRET_SIZE }, sealed);
    if (!store_begin(work, problem))
        return false;
    AUTO_UNDO *undo = work;
    return store_do(work, problem, SQL_SESSION_PUT_PENDING, "ib", session->id,
                    (Text){ (const char *)sealed, sizeof sealed }) &&
           store_commit(work, problem);
}

bool second_recovery(Store *work, int64_t account, char codes[RECOVERY_CODES][PASSWORD_MADE_SIZE + 1], Problem *problem)
{
    Hash hash;
    if (!store_do(work, problem, SQL_RECOVERY_CLEAR, "i", account))
        return false;
    for (size_t i = 0; i < RECOVERY_CODES; i++) {
        password_make(codes[i]);
        recovery_hash(text_of(codes[i]), &hash);
        if (!store_do(work, problem, SQL_RECOVERY_ADD, "ib", account,
                      (Text){ (const char *)hash.bytes, sizeof hash.bytes }))
            return false;
    }
    return true;
}

bool second_set_up(const SecondDesk *desk, const Session *session, Text typed, bool *fits,
                   char codes[RECOVERY_CODES][PASSWORD_MADE_SIZE + 1], Problem *problem)
{
    Store *work = desk->work;
    const Hand *hand = desk->hand;
    unsigned char secret[CODE_SECRET_SIZE];
    char purpose[32];
    *fits = false;
    if (session->pending.length != CODE_SECRET_SIZE + VAULT_EXTRA)
        return true;
    if (!vault_unseal(desk->vault, purpose_of(session->account, purpose), session->pending, secret, problem))
        return false;
    int64_t step = code_step(secret, typed, hand->now, 0);
    memset(secret, 0, sizeof secret);
    *fits = step != 0;
    if (!step)
        return true;
    if (!store_begin(work, problem))
        return false;
    AUTO_UNDO *undo = work;
    return store_do(work, problem, SQL_ACCOUNT_PUT_CODES, "ibi", session->account, session->pending, step) &&
           store_do(work, problem, SQL_SESSION_PUT_PENDING, "ib", session->id, (Text){ 0 }) &&
           second_recovery(work, session->account, codes, problem) && prove(work, hand, session->id, problem) &&
           session_end_all(work, hand->now, session->account, session->id, "second factor", problem) &&
           tell(work, hand, "account.codes", problem) && store_commit(work, problem);
}

bool second_proven(Store *work, const Hand *hand, const Session *session, Problem *problem)
{
    if (!store_begin(work, problem))
        return false;
    AUTO_UNDO *undo = work;
    return store_do(work, problem, SQL_SESSION_PUT_PROOF, "iii", session->id, hand->now, (int64_t)session->second) &&
           tell(work, hand, "session.proof", problem) && store_commit(work, problem);
}
