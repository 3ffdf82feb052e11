/* Challenge: what a device signs so that its answer is new. It is a moment, sealed by the workbench's key for one use
 * in one session, so nothing of it is kept until it comes back; that it comes back once is domain/passkey.h's part. */
#pragma once

#include "guard/vault.h"

enum { CHALLENGE_SIZE = 64, CHALLENGE_MS = 10 * 60 * 1000 };

/* In base64url. `purpose` says for what and for whom, "login 5f3a…": it holds under that only, for CHALLENGE_MS. */
void challenge_make(const Vault *vault, const char *purpose, int64_t now, char text[CHALLENGE_SIZE + 1]);
bool challenge_holds(const Vault *vault, const char *purpose, int64_t now, Text text);
