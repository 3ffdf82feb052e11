#include "domain/session.h"

#include "domain/deed.h"

#define KEPT (30 * INT64_C(86400000)) /* after its last use */

static bool take(Arena *arena, const Rows *rows, int64_t now, Session *session, Problem *problem)
{
    Text pending = rows_bytes(rows, 7);
    *session = (Session){ .id = rows_int(rows, 0),
                          .account = rows_int(rows, 1),
                          .made = rows_int(rows, 2),
                          .seen = rows_int(rows, 3),
                          .proven = rows_int(rows, 4),
                          .second = rows_int(rows, 5) != 0,
                          .agent = arena_string(arena, rows_text(rows, 6)),
                          .pending = { pending.at ? arena_text(arena, pending) : NULL, pending.length },
                          .name = arena_string(arena, rows_text(rows, 9)),
                          .disabled = strcmp(rows_text(rows, 11), "active") != 0,
                          .expires = rows_int(rows, 12),
                          .has_codes = rows_int(rows, 13) != 0,
                          .has_passkeys = rows_int(rows, 14) != 0 };
    session->live =
        rows_is_null(rows, 8) && now - session->seen < SESSION_IDLE_MS && now - session->made < SESSION_MOST_MS;
    return account_role_find(text_of(rows_text(rows, 10)), &session->role) ||
           fail(problem, PROBLEM_DAMAGED, "the account %s has a role that there is not", session->name);
}

static Text bytes_of(const Hash *hash)
{
    return (Text){ (const char *)hash->bytes, sizeof hash->bytes };
}

bool session_find(Arena *arena, Store *work, const Hash *token, int64_t now, Session *session, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_SESSION_BY_HASH, "b", bytes_of(token));
    if (!rows)
        return false;
    if (!rows_next(rows))
        return fail(problem, PROBLEM_NOT_FOUND, "there is no such session");
    return take(arena, rows, now, session, problem);
}

bool session_list(Arena *arena, Store *work, int64_t account, int64_t now, Sessions *sessions, Problem *problem)
{
    AUTO_ROWS *rows =
        store_run(work, problem, SQL_SESSION_OF_ACCOUNT, "iii", account, now - SESSION_IDLE_MS, now - SESSION_MOST_MS);
    size_t room = 0;
    *sessions = (Sessions){ 0 };
    while (rows && rows_next(rows)) {
        sessions->items = arena_grow(arena, sessions->items, sessions->count, &room, sizeof *sessions->items);
        if (!take(arena, rows, now, &sessions->items[sessions->count++], problem))
            return false;
    }
    return rows && !problem->kind;
}

static bool tell(Store *work, const Hand *hand, const char *kind, int64_t id, const char *detail, Problem *problem)
{
    char subject[48];
    (void)snprintf(subject, sizeof subject, "session/%lld", (long long)id);
    Deed deed = { .at = hand->now, .author = hand->author, .kind = kind, .subject = subject, .detail = detail };
    return deed_add(work, &deed, problem);
}

/* Gives its id; 0: it failed. */
static int64_t insert(Store *work, const Hand *hand, int64_t account, const Hash *token, const char *agent,
                      Problem *problem)
{
    char cut[AGENT_MOST + 1];
    (void)snprintf(cut, sizeof cut, "%s", agent);
    AUTO_ROWS *rows = store_run(work, problem, SQL_SESSION_INSERT, "ibit", account, bytes_of(token), hand->now, cut);
    return rows && rows_next(rows) ? rows_int(rows, 0) : 0;
}

int64_t session_open(Store *work, const Hand *hand, int64_t account, const Hash *token, const char *agent,
                     Problem *problem)
{
    if (!store_do(work, problem, SQL_SESSION_FORGET, "i", hand->now - KEPT))
        return 0;
    int64_t id = insert(work, hand, account, token, agent, problem);
    return id && tell(work, hand, "session.begin", id, NULL, problem) ? id : 0;
}

bool session_begin(Store *work, const Hand *hand, int64_t account, const Hash *token, const char *agent,
                   Problem *problem)
{
    if (!store_begin(work, problem))
        return false;
    AUTO_UNDO *undo = work;
    return session_open(work, hand, account, token, agent, problem) && store_commit(work, problem);
}

bool session_seen(Store *work, const Session *session, int64_t now, Problem *problem)
{
    if (now - session->seen < SESSION_SEEN_MS)
        return true;
    if (!store_begin(work, problem))
        return false;
    AUTO_UNDO *undo = work;
    return store_do(work, problem, SQL_SESSION_PUT_SEEN, "ii", session->id, now) && store_commit(work, problem);
}

static bool put_end(Store *work, const Hand *hand, int64_t account, int64_t id, const char *reason, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_SESSION_PUT_END, "iiit", id, account, hand->now, reason);
    if (!rows)
        return false;
    return rows_next(rows) || (!problem->kind && fail(problem, PROBLEM_NOT_FOUND, "there is no such session"));
}

bool session_end(Store *work, const Hand *hand, int64_t account, int64_t id, const char *reason, Problem *problem)
{
    if (!store_begin(work, problem))
        return false;
    AUTO_UNDO *undo = work;
    return put_end(work, hand, account, id, reason, problem) && tell(work, hand, "session.end", id, NULL, problem) &&
           store_commit(work, problem);
}

bool session_refused(Store *work, int64_t now, const char *name, Problem *problem)
{
    char subject[ACCOUNT_NAME_MOST + 16];
    (void)snprintf(subject, sizeof subject, "account/%s", name ? name : "?");
    Deed deed = { .at = now, .author = "nobody", .kind = "session.refused", .subject = subject };
    if (!store_begin(work, problem))
        return false;
    AUTO_UNDO *undo = work;
    return deed_add(work, &deed, problem) && store_commit(work, problem);
}

bool session_end_all(Store *work, int64_t now, int64_t account, int64_t except, const char *reason, Problem *problem)
{
    return store_do(work, problem, SQL_SESSION_PUT_END_ALL, "iiit", account, except, now, reason);
}
