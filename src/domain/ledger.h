/* Ledger: how other roles get something published. The log role is a process of its own: it holds the signing key and
 * alone writes the public store. Callers send proposals over a socket pair and get answers after the commit.
 *
 * A batch carries an idempotency key: sent twice (after a crash), it is appended once and answered the same. Killed at
 * any moment, on either side, the public store holds all of a batch or nothing of it. */
#pragma once

#include "codebook/codebook.h"
#include "domain/project.h"

typedef struct Ledger Ledger;

typedef struct Proposal {
    const char *kind; /* KIND_OPEN or KIND_ADD */
    int64_t incident; /* 0 for incident.open: the ledger gives the number */
    Text body;        /* record_write */
} Proposal;

/* Starts the log role as a child: it opens var/public.db and var/log.key (both made when missing; the log's name is the
 * first line of var/log.name, else "vigie/log"), shuts itself in and serves this one connection. Fails with the child's
 * problem when it cannot. To be called before this process opens a store or starts a thread: neither may cross a fork.
 */
Ledger *ledger_start(Arena *arena, const char *var, const Codebook *codebook, Problem *problem);
typedef enum LedgerMoment { LEDGER_BEFORE, LEDGER_AFTER } LedgerMoment;
/* What is written about the public store before and after a batch that is only tried: runs in the log role, in its
 * transaction. What it sees before is committed, what it sees after will be undone. */
typedef bool LedgerLook(LedgerMoment moment, Store *public_store, const Codebook *codebook, Out *out, Problem *problem);
/* The same with what ledger_preview looks at. `kept`: a descriptor that stays open in the child for as long as it
 * lives, such as of a lock, which is then free when both have ended and not before; -1: none. */
Ledger *ledger_start_looking(Arena *arena, const char *var, const Codebook *codebook, LedgerLook *look, int kept,
                             Problem *problem);
/* Ends the child and waits for it; idempotent; accepts NULL. */
void ledger_stop(Ledger *ledger);
int ledger_descriptor(const Ledger *ledger);

/* One batch: all proposals in one transaction with one checkpoint. `author` is "import:<data set>" or an account.
 * Sending and receiving are apart so that the caller can prepare the next batch while this one is written: send,
 * send, receive, send, receive, ... answers come in the order of the batches, of which at most
 * LEDGER_OUTSTANDING wait for one. */
enum { LEDGER_OUTSTANDING = 4 };
bool ledger_send(Ledger *ledger, const char *key, const char *author, const Proposal *proposals, size_t count,
                 Problem *problem);
/* incidents[i] is the number of the incident of proposal i of the oldest unanswered batch. When a record is refused
 * (BAD_INPUT: it does not pass record_check, is not canonical, is decided as pending...), nothing of its batch is kept
 * and the ledger goes on serving. UNAVAILABLE when the child is gone: start a new one and send the same key again. */
bool ledger_receive(Ledger *ledger, int64_t *incidents, size_t count, Problem *problem);

/* Tries a batch: what `look` wrote before it and after it; nothing of it stays. No batch may be under way. Fails as the
 * batch would. Memory: `arena`. */
typedef struct Proposals {
    const Proposal *items;
    size_t count;
} Proposals;

bool ledger_preview(Ledger *ledger, Arena *arena, const char *author, Proposals proposals, Text looks[2],
                    Problem *problem);

/* Has the head of the private journal signed as it stands in `work`. No batch may be under way. Nothing happens when it
 * is empty or as long as what was signed last. CONFLICT when it is another one than that. */
bool ledger_sign_deeds(Ledger *ledger, Store *work, Problem *problem);
#define LEDGER_HEAD_KEY "\n" /* in place of a batch's key, which is a name */

static inline void ledger_end(Ledger **ledger)
{
    ledger_stop(*ledger);
}
#define AUTO_LEDGER __attribute__((cleanup(ledger_end))) Ledger
