/* Codes: one-time codes by the clock (TOTP, RFC 6238: SHA-1, 30 seconds, 6 digits, which every authenticator knows). */
#pragma once

#include "base/problem.h"
#include "base/text.h"

enum { CODE_SECRET_SIZE = 20, CODE_BASE32_SIZE = 33, CODE_DIGITS = 6, CODE_STEP_MS = 30000 };

bool codes_start(Problem *problem); /* once, before anything else here */
void code_secret_make(unsigned char secret[CODE_SECRET_SIZE]);
/* As people type it into an authenticator. */
bool code_secret_write(const unsigned char secret[CODE_SECRET_SIZE], char text[CODE_BASE32_SIZE], Problem *problem);

/* The step whose code it is, when that is at most one step from `now` (milliseconds since 1970) and after `last`, the
 * step of the code that was accepted last, so that each is accepted once; else 0. Blanks in the code do not count. */
int64_t code_step(const unsigned char secret[CODE_SECRET_SIZE], Text code, int64_t now, int64_t last);
