/* Passkeys at forms: what a script gives to the browser so that it asks a device, and what comes back in the fields
 * "passkey.…". A form without its script goes on working: it just offers no passkey. */
#pragma once

#include "domain/passkey.h"
#include "work/pages.h"

/* Whether the page is looked at under the workbench's own address: browsers give passkeys there only. */
bool passkeys_work_here(const WorkRequest *request);

/* Offers at the form to use a passkey: one of those of the session's account, or any while nobody is logged in. `use`
 * ("login") binds the challenge to what the form is for. */
bool passkey_offer(const WorkRequest *request, WorkForm *form, const char *use, Problem *problem);
/* Makes the form one that adds a passkey to the session's account. */
bool passkey_offer_new(const WorkRequest *request, WorkForm *form, Problem *problem);

bool passkey_was_sent(const WorkRequest *request); /* an answer of a device came with the form */

/* Takes the answer of a device, for the session; what is wrong is then said at the form and `taken` false. */
bool passkey_proves(WorkRequest *request, const char *use, bool *taken, Problem *problem);
/* The same while nobody is logged in: begins a session of `token`. */
bool passkey_opens(WorkRequest *request, const char *token, bool *taken, Problem *problem);
/* Adds a passkey to the account of the session; recovery codes as passkey_add makes them. */
bool passkey_added(WorkRequest *request, const char *name, bool *taken, RecoverySheet *sheet, Problem *problem);
