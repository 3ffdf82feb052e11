/* Typing: what somebody has typed into the form of a claim and not sent yet, so that it is not lost, and who is on a
 * record at this moment. It is nobody's word yet: it has no row in the private journal, each save replaces the one
 * before, and it goes when the form is sent. */
#pragma once

#include "domain/account.h"

enum { TYPING_HERE_MS = 2 * 60 * 1000 }; /* how long somebody is there whose browser says nothing more */

typedef struct Typing {
    int64_t change;
    const char *account, *variable;
    int64_t version; /* of the change, that the form was made from */
    int64_t at;
    const char *form; /* its fields, as a form writes them; "" nothing was typed */
} Typing;

/* Each is a transaction of its own. */
bool typing_put(Store *work, const Typing *typing, Problem *problem);
bool typing_here(Store *work, const Typing *typing, Problem *problem); /* the account is there; what it typed stays */
bool typing_drop(Store *work, const Typing *typing, Problem *problem); /* what its account typed about the variable */

/* What somebody typed about a variable; `there` false when it was nothing. Memory: `arena`. */
bool typing_find(Arena *arena, Store *work, const Typing *sought, Typing *typing, bool *there, Problem *problem);

typedef struct Present {
    const char *account;
    int64_t at;
} Present;

typedef struct PresentList {
    Present *items;
    size_t count;
} PresentList;

/* Who is on the change besides the hand, by name. */
bool typing_others(Arena *arena, Store *work, const Hand *hand, int64_t change, PresentList *others, Problem *problem);
