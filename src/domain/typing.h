/* Typing: what somebody has typed into the form of a claim and not sent yet, so that it is not lost. It is nobody's
 * word yet: each save replaces the one before, and it goes when the form is sent. */
#pragma once

#include "domain/account.h"

typedef struct Typing {
    int64_t change;
    const char *account, *variable;
    int64_t version; /* of the change, that the form was made from */
    int64_t at;
    const char *form; /* its fields, as a form writes them */
} Typing;

/* Each is a transaction of its own. */
bool typing_put(Store *work, const Typing *typing, Problem *problem);
bool typing_drop(Store *work, const Typing *typing, Problem *problem); /* what its account typed about the variable */

/* What somebody typed about a variable; `there` false when it was nothing. Memory: `arena`. */
bool typing_find(Arena *arena, Store *work, const Typing *sought, Typing *typing, bool *there, Problem *problem);
