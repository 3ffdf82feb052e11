/* Proof: what a person shows to prove to be it: its password and codes, each with a limit on wrong tries. */
#pragma once

#include "work/request.h"

/* The account of the request's session, as it is now. */
bool account_of(const WorkRequest *request, Account *account, Problem *problem);

/* Whether the account's bucket of wrong tries is not empty; else says at the form when to try again: answer with
 * too_often then. */
bool may_try(WorkRequest *request, const char *name, WorkReply *reply);
bool too_often(WorkRequest *request, WorkReply *reply, Problem *problem);
void tried_well(const WorkRequest *request, const char *name);

/* Takes a one-time or recovery code in the field "code"; what is wrong is then said there. */
bool code_taken(WorkRequest *request, const Account *account, bool *taken, Problem *problem);
