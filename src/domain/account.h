/* Account: somebody who may work on the register. Kept in the work store, never in the journal of facts.
 *
 * Each change is one transaction with its entry in the private journal; a change of role, disabling and a reset end the
 * account's sessions in it. */
#pragma once

#include "domain/tlp.h"
#include "guard/codes.h"
#include "guard/password.h"
#include "guard/vault.h"
#include "store/store.h"

/* clang-format off */
/*       name            word             second factor     works in   sees at most */
#define ACCOUNT_ROLES(ROLE)                                                                      \
    ROLE(CODER,          "coder",         SECOND_AS_WISHED, WORKBENCH, TLP_AMBER)                \
    ROLE(REVIEWER,       "reviewer",      SECOND_REQUIRED,  WORKBENCH, TLP_AMBER_STRICT)         \
    ROLE(EDITOR,         "editor",        SECOND_REQUIRED,  WORKBENCH, TLP_AMBER_STRICT)         \
    ROLE(LEGAL,          "legal",         SECOND_REQUIRED,  WORKBENCH, TLP_RED)                  \
    ROLE(ADMINISTRATOR,  "administrator", SECOND_REQUIRED,  WORKBENCH, TLP_RED)                  \
    ROLE(PARTNER,        "partner",       SECOND_AS_WISHED, API_ONLY,  TLP_GREEN)

typedef enum AccountRole {
#define ROLE(name, word, second, place, tlp) ACCOUNT_##name,
    ACCOUNT_ROLES(ROLE)
#undef ROLE
    ACCOUNT_ROLE_COUNT
} AccountRole;
/* clang-format on */

typedef struct RoleInfo {
    const char *word;
    enum { SECOND_AS_WISHED, SECOND_REQUIRED } second; /* whoever can publish or decide about others needs one */
    enum { WORKBENCH, API_ONLY } place;
    Tlp ceiling;
} RoleInfo;

extern const RoleInfo account_roles[ACCOUNT_ROLE_COUNT];

bool account_role_find(Text word, AccountRole *role);

enum { ACCOUNT_NAME_MOST = 40, RECOVERY_CODES = 8, TEMPORARY_DAYS = 7 };

typedef struct Account {
    int64_t id;
    const char *name;
    AccountRole role;
    bool disabled;
    const char *password; /* its hash */
    int64_t expires;      /* 0, or until when a password that somebody else set opens: it must be replaced */
    Text code_secret;     /* sealed; at == NULL: none */
    int64_t code_step, made;
    int64_t recovery_left, passkeys; /* how many */
} Account;

/* What a name looks like: 2 to 40 of a-z, 0-9, full stop and hyphen, a letter first. */
bool account_name_is_good(Text name);

bool account_find(Arena *arena, Store *work, const char *name, Account *account, Problem *problem); /* NOT_FOUND */
/* By its number. */
bool account_at(Arena *arena, Store *work, int64_t id, Account *account, Problem *problem);        /* NOT_FOUND */
bool account_list(Arena *arena, Store *work, Account **accounts, size_t *count, Problem *problem); /* by name */

/* Whether somebody may come in with it now: it is active, works here, and a first password has not expired. */
bool account_opens(const Account *account, int64_t now);

/* By whom and when something is changed. */
typedef struct Hand {
    const char *author; /* an account's name or DEED_COMMAND_LINE */
    int64_t now;
} Hand;

/* Makes a password that opens once, for TEMPORARY_DAYS, and must then be replaced; it is in `password` and nowhere
 * else. Takes as long as a hash. BAD_INPUT with the field name; CONFLICT when the name is taken. */
bool account_add(Store *work, const Hand *hand, const char *name, AccountRole role,
                 char password[PASSWORD_MADE_SIZE + 1], Problem *problem);
/* A password as for a new account; takes away one-time codes, recovery codes and passkeys. */
bool account_reset(Store *work, const Hand *hand, const char *name, char password[PASSWORD_MADE_SIZE + 1],
                   Problem *problem);
bool account_disable(Store *work, const Hand *hand, const char *name, Problem *problem);
bool account_enable(Store *work, const Hand *hand, const char *name, Problem *problem);
bool account_change_role(Store *work, const Hand *hand, const char *name, AccountRole role, Problem *problem);

/* By the person itself; `session` is the one that goes on. The password was judged (password_judge). */
bool account_set_password(Store *work, const Hand *hand, const Account *account, int64_t session, Text password,
                          Problem *problem);
