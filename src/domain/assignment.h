/* Assignment: who is to see to a change. It gives no right and takes none: it says whose turn it is, and the account
 * gets an alert. */
#pragma once

#include "domain/change.h"

/* Gives the change to the account, or to nobody when `name` is "". One transaction with its row of the private journal
 * and the alert. CONFLICT for a change that is over; BAD_INPUT with the field "account" for a name of which there is no
 * account that is active, works at the workbench and may see the change. */
bool assignment_put(Store *work, const Hand *hand, int64_t change, const char *name, Problem *problem);

/* Whose it is; NULL when it is nobody's. Memory: `arena`. */
bool assignment_of(Arena *arena, Store *work, int64_t change, const char **name, Problem *problem);

typedef struct Assignees { /* who may be given a change */
    const char **names;
    size_t count;
} Assignees;

/* By name. Memory: `arena`. */
bool assignment_people(Arena *arena, Store *work, Assignees *people, Problem *problem);
