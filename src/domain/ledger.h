/* Ledger: how other roles get something published. The log role is a process of its own: it holds the signing key and
 * alone writes the public store. Callers send proposals over a socket pair and get answers after the commit.
 *
 * A batch carries an idempotency key: sent twice (after a crash), it is appended once and answered the same. */
#pragma once

#include "codebook/codebook.h"
#include "domain/record.h"

typedef struct Ledger Ledger;

typedef struct Proposal {
    const char *kind; /* incident.open or claim.add */
    int64_t incident; /* 0 for incident.open: the ledger gives the number */
    Text body;        /* record_write */
} Proposal;

/* Starts the log role as a child: it opens var/public.db and var/log.key (both made when missing), shuts itself in and
 * serves this one connection. Fails with the child's problem when it cannot. */
Ledger *ledger_start(Arena *arena, const char *var, const Codebook *codebook, Problem *problem);
/* Ends the child and waits for it; idempotent; accepts NULL. */
void ledger_stop(Ledger *ledger);
int ledger_descriptor(const Ledger *ledger);

/* One batch: all proposals in one transaction with one checkpoint. `author` is "import:<data set>" or an account.
 * Sending and receiving are apart so that the caller can prepare the next batch while this one is written: send,
 * send, receive, send, receive, ... answers come in the order of the batches, at most 2 outstanding. */
bool ledger_send(Ledger *ledger, const char *key, const char *author, const Proposal *proposals, size_t count,
                 Problem *problem);
/* incidents[i] is the number of the incident of proposal i of the oldest unanswered batch. */
bool ledger_receive(Ledger *ledger, int64_t *incidents, size_t count, Problem *problem);
