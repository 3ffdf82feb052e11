/* Session: one browser in which somebody has logged in. Its token has 256 random bits; the store has its hash only.
 *
 * A session ends by logging out, by a change of role or password, by disabling or resetting the account, an hour after
 * the last request (to five minutes) and twelve hours after the first. */
#pragma once

#include "domain/account.h"
#include "guard/seal.h"

enum {
    SESSION_IDLE_MS = 60 * 60 * 1000,
    SESSION_SEEN_MS = 5 * 60 * 1000, /* requests within it are written down as one: each writing is told the journal */
    SESSION_MOST_MS = 12 * 60 * 60 * 1000,
    SESSION_PROOF_MS = 10 * 60 * 1000, /* for so long a person need not prove again to be it */
    AGENT_MOST = 120
};

typedef struct Session {
    int64_t id, account, made, seen, proven;
    bool second; /* a second factor was given */
    const char *agent;
    Text pending; /* a sealed secret of one-time codes that is being set up; at == NULL: none */
    bool live;
    const char *name; /* of its account, and what holds for that now */
    AccountRole role;
    bool disabled, has_codes, has_passkeys;
    int64_t expires;
} Session;

/* The session of the token with this hash, live or ended; NOT_FOUND when there is none. Memory: `arena`. */
bool session_find(Arena *arena, Store *work, const Hash *token, int64_t now, Session *session, Problem *problem);
/* The live ones of an account, the last used first. */
typedef struct Sessions {
    Session *items;
    size_t count;
} Sessions;

bool session_list(Arena *arena, Store *work, int64_t account, int64_t now, Sessions *sessions, Problem *problem);

/* Each of these is a transaction of its own, with its entry in the private journal where a person did it. */
bool session_begin(Store *work, const Hand *hand, int64_t account, const Hash *token, const char *agent,
                   Problem *problem);
bool session_seen(Store *work, const Session *session, int64_t now, Problem *problem); /* writes now and then */
/* NOT_FOUND when the account has no live session of that number. */
bool session_end(Store *work, const Hand *hand, int64_t account, int64_t id, const char *reason, Problem *problem);

/* Somebody tried to log in in vain: as `name`, or NULL when there is no such account (what was typed may be a
 * password).
 */
bool session_refused(Store *work, int64_t now, const char *name, Problem *problem);

/* Within the caller's transaction: the number of a new one of an account; 0: it failed. */
int64_t session_open(Store *work, const Hand *hand, int64_t account, const Hash *token, const char *agent,
                     Problem *problem);
/* Within the caller's transaction: all of an account's but `except` (0: none). */
bool session_end_all(Store *work, int64_t now, int64_t account, int64_t except, const char *reason, Problem *problem);
