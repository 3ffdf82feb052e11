/* Passkey: those of accounts: added and named by their owner, used to log in or to confirm, removed.
 *
 * Each use is taken once: its challenge is spent and the device's counter goes on, in one transaction with the session
 * that it opens or proves and the entry in the private journal. A counter that goes back means that the key is in two
 * devices; it then opens nothing any more, whichever of them asks, until its owner removes it. */
#pragma once

#include "domain/session.h"
#include "guard/challenge.h"
#include "guard/passkey.h"

enum { PASSKEYS_MOST = 20, PASSKEY_NAME_MOST = 60 }; /* of an account; bytes */

typedef struct Passkey {
    int64_t id, account;
    const char *name;
    PasskeyKey key;
    int64_t counter;
    int64_t made, used, copied; /* moments; 0: not yet */
} Passkey;

bool passkey_list(Arena *arena, Store *work, int64_t account, Passkey **passkeys, size_t *count, Problem *problem);
/* By what its device calls it; NOT_FOUND. */
bool passkey_find(Arena *arena, Store *work, Text handle, Passkey *passkey, Problem *problem);

/* What a device calls the account: says nothing about the person, and is the same as long as there is the account. */
void passkey_owner(const Account *account, Hash *owner);

typedef struct PasskeyAddition {
    const Account *account;
    int64_t session;       /* in which it is added: it goes on, and has its second factor; the others end */
    const char *challenge; /* that was answered */
    const char *name;
    const PasskeyKey *key; /* judged by passkey_made */
    int64_t counter;
} PasskeyAddition;

typedef struct RecoverySheet {
    bool made;
    char codes[RECOVERY_CODES][PASSWORD_MADE_SIZE + 1]; /* when made: they are nowhere else */
} RecoverySheet;

/* Makes recovery codes too when the account has none left. `fault` is TWICE or CHALLENGE when it is not added. */
bool passkey_add(Store *work, const Hand *hand, const PasskeyAddition *addition, PasskeyFault *fault,
                 RecoverySheet *sheet, Problem *problem);
/* Ends the account's other sessions. NOT_FOUND; CONFLICT when the role needs a second factor and this was the last. */
bool passkey_remove(Store *work, const Hand *hand, const Session *session, int64_t id, Problem *problem);

typedef struct PasskeyUse {
    const char *account;    /* name; NULL: of nobody */
    const Passkey *passkey; /* NULL: there is none such */
    const char *challenge;  /* that was answered; NULL: none of ours */
    int64_t counter;        /* as the device has signed it */
    int64_t session;        /* that is proven by it; 0: one begins, of this token and browser: */
    const Hash *token;
    const char *agent;
} PasskeyUse;

/* `fault` comes with what was found at the signature and goes with what is so in the end: anything but FINE opens and
 * proves nothing, and is told to the private journal. */
bool passkey_take(Store *work, const Hand *hand, const PasskeyUse *use, PasskeyFault *fault, Problem *problem);
