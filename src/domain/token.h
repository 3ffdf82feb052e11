/* Token: what a partner's program shows to send by the API in place of a person's password. It has 256 random bits; the
 * store has its hash only. It belongs to an account of the role partner, opens what its scopes name and nothing else,
 * and ends by its day, by being revoked, or with the account.
 *
 * Each of these is a transaction of its own with its entry in the private journal, where none is said to be the
 * caller's. */
#pragma once

#include "domain/account.h"
#include "guard/seal.h"

/* clang-format off */
/*        name   word      what it opens */
#define TOKEN_SCOPES(SCOPE)                                  \
    SCOPE(SEND, "send", "send candidates")                   \
    SCOPE(READ, "read", "read what became of one's own")

typedef enum TokenScope {
#define SCOPE(name, word, opens) TOKEN_BIT_##name,
    TOKEN_SCOPES(SCOPE)
#undef SCOPE
    TOKEN_SCOPE_COUNT
} TokenScope;
/* clang-format on */

#define TOKEN_MAY(name) (1u << TOKEN_BIT_##name)
#define TOKEN_PREFIX "vigie_" /* so that programs that look for forgotten secrets find it */

enum {
    TOKEN_MAY_ALL = (1 << TOKEN_SCOPE_COUNT) - 1,
    TOKEN_TEXT_SIZE = sizeof TOKEN_PREFIX - 1 + 2 * (size_t)HASH_SIZE,
    TOKEN_LABEL_MOST = 60, /* bytes */
    TOKEN_DAYS = 365,      /* unless said otherwise */
    TOKENS_MOST = 20       /* good ones of an account */
};

typedef struct Token {
    int64_t id, account;
    const char *name; /* of its account */
    const char *label;
    unsigned scopes; /* TOKEN_MAY_... */
    int64_t made, expires;
    int64_t used, revoked; /* 0: not yet */
    AccountRole role;      /* of its account, now */
    bool disabled;         /* its account is */
    bool live;             /* neither revoked nor expired */
} Token;

/* "send,read" or "send read"; false when one of them is none, or there is none. */
bool token_scopes_read(Text text, unsigned *scopes);
const char *token_scopes_text(Arena *arena, unsigned scopes); /* "send read" */

typedef struct TokenPlan {
    const char *account, *label;
    unsigned scopes;
    int64_t expires; /* moment */
} TokenPlan;

/* `text` is the token, shown only now. NOT_FOUND when there is no such account; BAD_INPUT with the field when it is no
 * partner's, when the label is empty, too long or no plain text, or the day has passed; CONFLICT when the account has
 * TOKENS_MOST good ones. */
bool token_add(Store *work, const Hand *hand, const TokenPlan *plan, char text[TOKEN_TEXT_SIZE + 1], int64_t *id,
               Problem *problem);
/* NOT_FOUND when there is no good token of that number; `account` 0: of whoever it is. */
bool token_revoke(Store *work, const Hand *hand, int64_t id, int64_t account, Problem *problem);

typedef struct Tokens {
    Token *items;
    size_t count;
} Tokens;

/* All of an account, or of all when `account` is NULL, by account and number. Memory: `arena`. */
bool token_list(Arena *arena, Store *work, const char *account, int64_t now, Tokens *tokens, Problem *problem);

/* The token that is written so, good or not; NOT_FOUND when there is none. Memory: `arena`. */
bool token_find(Arena *arena, Store *work, Text text, int64_t now, Token *token, Problem *problem);

/* Within the caller's transaction: that it was used for `kind` of `subject`. `detail`: a JSON object, or NULL. */
typedef struct TokenUse {
    const char *kind, *subject, *detail;
} TokenUse;
bool token_used(Store *work, const Token *token, int64_t now, const TokenUse *use, Problem *problem);
/* It was tried and opened nothing. */
bool token_refused(Store *work, const Token *token, int64_t now, const TokenUse *use, Problem *problem);
