/* Second: the second factor of an account: one-time codes, and recovery codes for when the device is lost. */
#pragma once

#include "domain/session.h"

typedef enum SecondResult { SECOND_WRONG, SECOND_CODE, SECOND_RECOVERY } SecondResult;

typedef struct SecondDesk { /* what both need */
    Store *work;
    const Vault *vault; /* opens the secrets of one-time codes */
    const Hand *hand;
} SecondDesk;

/* Takes a one-time code or a recovery code, whichever `typed` is, each once; the session then has its second factor. */
bool second_take(const SecondDesk *desk, const Account *account, int64_t session, Text typed, SecondResult *result,
                 Problem *problem);

/* The secret that is being set up in this session, made when there is none. */
bool second_offer(Store *work, const Vault *vault, const Session *session, unsigned char secret[CODE_SECRET_SIZE],
                  Problem *problem);
/* Takes it into use when `typed` is its code: ends the account's other sessions, and makes new recovery codes, which
 * are in `codes` and nowhere else. `fits` is false when it is not. */
bool second_set_up(const SecondDesk *desk, const Session *session, Text typed, bool *fits,
                   char codes[RECOVERY_CODES][PASSWORD_MADE_SIZE + 1], Problem *problem);

/* New recovery codes in the place of the account's others, within the caller's transaction. */
bool second_recovery(Store *work, int64_t account, char codes[RECOVERY_CODES][PASSWORD_MADE_SIZE + 1],
                     Problem *problem);

/* The person has proved again to be it, by its password and, where it has one, its second factor. */
bool second_proven(Store *work, const Hand *hand, const Session *session, Problem *problem);
