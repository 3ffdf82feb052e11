/* Talk: one exchange at the workbench: from the raw address to a response, by way of the session and the decision. */
#pragma once

#include "http/server.h"
#include "work/request.h"

extern const Exchange work_exchange; /* its site is a Workbench */

/* The token that a form of this session must carry: 64 hexadecimal digits, made from the cookie's. */
const char *form_token(const WorkRequest *request);

void token_make(char token[WORK_TOKEN_SIZE + 1]); /* a new cookie's: 256 random bits */
void token_hash(const char *token, Hash *hash);   /* as the store has it */
