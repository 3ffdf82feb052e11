#include "domain/passkey.h"

#include "base/out.h"
#include "domain/deed.h"
#include "domain/second.h"

static Text copy(Arena *arena, Text bytes)
{
    return (Text){ arena_text(arena, bytes), bytes.length };
}

static Passkey passkey_row(Arena *arena, const Rows *rows)
{
    return (Passkey){ .id = rows_int(rows, 0),
                      .account = rows_int(rows, 1),
                      .name = arena_string(arena, rows_text(rows, 2)),
                      .key = { .id = copy(arena, rows_bytes(rows, 3)),
                               .algorithm = (int)rows_int(rows, 4),
                               .bytes = copy(arena, rows_bytes(rows, 5)) },
                      .counter = rows_int(rows, 6),
                      .made = rows_int(rows, 7),
                      .used = rows_int(rows, 8),
                      .copied = rows_int(rows, 9) };
}

bool passkey_list(Arena *arena, Store *work, int64_t account, Passkey **passkeys, size_t *count, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_PASSKEY_OF_ACCOUNT, "i", account);
    size_t room = 0;
    *passkeys = NULL;
    *count = 0;
    while (rows && rows_next(rows)) {
        *passkeys = arena_grow(arena, *passkeys, *count, &room, sizeof **passkeys);
        (*passkeys)[(*count)++] = passkey_row(arena, rows);
    }
    return rows && !problem->kind;
}

bool passkey_find(Arena *arena, Store *work, Text handle, Passkey *passkey, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_PASSKEY_BY_HANDLE, "b", handle);
    if (!rows)
        return false;
    if (!rows_next(rows))
        return !problem->kind && fail(problem, PROBLEM_NOT_FOUND, "there is no such passkey");
    *passkey = passkey_row(arena, rows);
    return true;
}

void passkey_owner(const Account *account, Hash *owner)
{
    char text[64];
    (void)snprintf(text, sizeof text, "account/%lld/%lld", (long long)account->id, (long long)account->made);
    hash_bytes(text_of(text), owner);
}

/* One more entry of the private journal: {"passkey":"blue key"} or {"why":"origin"}. */
typedef struct Told {
    const char *kind, *account, *member, *value; /* account NULL: of nobody */
} Told;

static bool tell(Store *work, const Hand *hand, const Told *told, Problem *problem)
{
    AUTO_OUT detail = { 0 };
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    OUT_LITERAL(&detail, "{");
    out_json(&detail, told->member);
    OUT_LITERAL(&detail, ":");
    out_json(&detail, told->value);
    OUT_LITERAL(&detail, "}");
    Deed deed = { .at = hand->now,
                  .author = hand->author,
                  .kind = told->kind,
                  .subject = arena_format(arena, "account/%s", told->account ? told->account : "?"),
                  .detail = arena_text(arena, out_view(&detail)) };
    return deed_add(work, &deed, problem);
}

/* Whether the statement took a row. */
static bool took(Rows *rows, bool *one)
{
    *one = rows && rows_next(rows);
    return rows_close(rows) && rows;
}

/* Each challenge is answered once. Those that are too old open nothing and need not be kept. */
static bool spend(Store *work, const Hand *hand, const char *challenge, bool *fresh, Problem *problem)
{
    *fresh = false;
    return !challenge || (store_do(work, problem, SQL_CHALLENGE_FORGET, "i", hand->now - CHALLENGE_MS) &&
                          took(store_run(work, problem, SQL_CHALLENGE_SPEND, "ti", challenge, hand->now), fresh));
}

static bool prove(Store *work, const Hand *hand, int64_t session, Problem *problem)
{
    return store_do(work, problem, SQL_SESSION_PUT_PROOF, "iii", session, hand->now, (int64_t)1);
}

static bool insert(Store *work, const Hand *hand, const PasskeyAddition *addition, bool *added, Problem *problem)
{
    const PasskeyKey *key = addition->key;
    return took(store_run(work, problem, SQL_PASSKEY_INSERT, "itbibii", addition->account->id, addition->name, key->id,
                          (int64_t)key->algorithm, key->bytes, addition->counter, hand->now),
                added);
}

static bool change_keys(Store *work, const Hand *hand, const PasskeyAddition *addition, Problem *problem)
{
    const Told told = { "account.passkey", addition->account->name, "passkey", addition->name };
    return prove(work, hand, addition->session, problem) &&
           session_end_all(work, hand->now, addition->account->id, addition->session, "second factor", problem) &&
           tell(work, hand, &told, problem);
}

bool passkey_add(Store *work, const Hand *hand, const PasskeyAddition *addition, PasskeyFault *fault,
                 RecoverySheet *sheet, Problem *problem)
{
    bool fresh, added = false;
    sheet->made = false;
    if (!store_begin(work, problem))
        return false;
    AUTO_UNDO *undo = work;
    if (!spend(work, hand, addition->challenge, &fresh, problem) ||
        (fresh && !insert(work, hand, addition, &added, problem)))
        return false;
    *fault = !fresh ? PASSKEY_CHALLENGE : !added ? PASSKEY_TWICE : PASSKEY_FINE;
    if (*fault != PASSKEY_FINE)
        return store_commit(work, problem);
    sheet->made = addition->account->recovery_left == 0;
    return (!sheet->made || second_recovery(work, addition->account->id, sheet->codes, problem)) &&
           change_keys(work, hand, addition, problem) && store_commit(work, problem);
}

static bool remove_one(Store *work, Arena *arena, int64_t account, int64_t id, Passkey *removed, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_PASSKEY_REMOVE, "ii", id, account);
    if (!rows)
        return false;
    if (!rows_next(rows))
        return !problem->kind && fail(problem, PROBLEM_NOT_FOUND, "there is no such passkey");
    *removed = passkey_row(arena, rows);
    return true;
}

static bool has_second(Store *work, Arena *arena, const Session *session, Problem *problem)
{
    Passkey *left;
    size_t count;
    if (session->has_codes || account_roles[session->role].second != SECOND_REQUIRED)
        return true;
    return passkey_list(arena, work, session->account, &left, &count, problem) &&
           (count || fail(problem, PROBLEM_CONFLICT, "the role needs a second factor and this is the last"));
}

bool passkey_remove(Store *work, const Hand *hand, const Session *session, int64_t id, Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Passkey removed = { 0 };
    if (!store_begin(work, problem))
        return false;
    AUTO_UNDO *undo = work;
    return remove_one(work, arena, session->account, id, &removed, problem) &&
           has_second(work, arena, session, problem) &&
           session_end_all(work, hand->now, session->account, session->id, "second factor", problem) &&
           tell(work, hand, &(Told){ "account.passkey-removed", session->name, "passkey", removed.name }, problem) &&
           store_commit(work, problem);
}

static bool open_session(Store *work, const Hand *hand, const PasskeyUse *use, Problem *problem)
{
    int64_t id = use->session;
    if (!id)
        id = session_open(work, hand, use->passkey->account, use->token, use->agent, problem);
    return id && prove(work, hand, id, problem) &&
           tell(work, hand, &(Told){ "session.passkey", use->account, "passkey", use->passkey->name }, problem);
}

static bool refuse(Store *work, const Hand *hand, const PasskeyUse *use, PasskeyFault fault, Problem *problem)
{
    if (fault == PASSKEY_COPIED)
        return store_do(work, problem, SQL_PASSKEY_PUT_COPIED, "ii", use->passkey->id, hand->now) &&
               tell(work, hand, &(Told){ "session.passkey-copied", use->account, "passkey", use->passkey->name },
                    problem);
    return tell(work, hand, &(Told){ "session.passkey-wrong", use->account, "why", passkey_fault_word(fault) },
                problem);
}

/* Decides what the signature alone cannot tell. */
static bool settle(Store *work, const Hand *hand, const PasskeyUse *use, PasskeyFault *fault, Problem *problem)
{
    bool fresh, counted = false;
    if (!spend(work, hand, use->challenge, &fresh, problem))
        return false;
    if (*fault == PASSKEY_FINE && !fresh)
        *fault = PASSKEY_CHALLENGE;
    if (*fault != PASSKEY_FINE)
        return true;
    if (!took(store_run(work, problem, SQL_PASSKEY_COUNT, "iii", use->passkey->id, use->counter, hand->now), &counted))
        return false;
    *fault = counted ? PASSKEY_FINE : PASSKEY_COPIED;
    return true;
}

bool passkey_take(Store *work, const Hand *hand, const PasskeyUse *use, PasskeyFault *fault, Problem *problem)
{
    if (!store_begin(work, problem))
        return false;
    AUTO_UNDO *undo = work;
    return settle(work, hand, use, fault, problem) &&
           (*fault == PASSKEY_FINE ? open_session(work, hand, use, problem)
                                   : refuse(work, hand, use, *fault, problem)) &&
           store_commit(work, problem);
}
