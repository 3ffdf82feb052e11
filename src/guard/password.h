/* Password: how passwords are kept and compared, and which may not be chosen. */
#pragma once

#include "base/problem.h"
#include "base/text.h"

enum { PASSWORD_HASH_SIZE = 128, PASSWORD_LEAST = 12, PASSWORD_MOST = 1024 };

/* Argon2id, 64 MiB, 3 passes: about 150 ms of a core. UNAVAILABLE when there is no memory for it. */
bool password_hash(Text password, char hash[PASSWORD_HASH_SIZE], Problem *problem);
/* Whether it is the password of `hash`. As slow when `hash` is empty (then never). */
bool password_fits(const char *hash, Text password);

typedef enum PasswordFault {
    PASSWORD_FINE,
    PASSWORD_SHORT, /* fewer than PASSWORD_LEAST characters */
    PASSWORD_LONG,  /* more than PASSWORD_MOST bytes */
    PASSWORD_NAME,  /* little more than the account's name */
    PASSWORD_COMMON /* one of the commonest, also with digits and signs about it, or repeated */
} PasswordFault;

/* There are no rules about which kinds of characters it needs. `name` is the account's. */
PasswordFault password_judge(Text password, const char *name);

enum { PASSWORD_MADE_SIZE = 29 };
/* A password of 120 random bits in groups of letters and digits that are not mistaken for each other. */
void password_make(char password[PASSWORD_MADE_SIZE + 1]);
