/* Vouch: the rows that importers and partners write into the work store, with their digests in the private journal, so
 * that one which is changed behind the program's back is named. One row of the journal stands for all that were written
 * in a transaction:
 *
 *   rows.save, run/7: {"drafts":{"12":"<32 hexadecimal digits>"},"raw":{"31":"..."},"states":{"12":"..."}} */
#pragma once

#include "base/findings.h"
#include "base/out.h"
#include "domain/account.h"

typedef struct RawRow {       /* of raw_row */
    int64_t id, record, line; /* record: 0 when it was refused */
    Text bytes;
    const char *refusal; /* may be NULL */
} RawRow;

typedef struct DraftText { /* of draft */
    int64_t id, at;
    Text body;
} DraftText;

typedef struct RowState {       /* of import_row, while it is not published */
    int64_t id, incident, raw;  /* incident: 0, or the published one that it changes; raw: its newest raw row */
    const char *state, *reason; /* reason: may be NULL */
} RowState;

typedef struct Vouch { /* zeroed to begin with */
    Out raw, drafts, states;
} Vouch;

void vouch_raw(Vouch *vouch, const RawRow *row);
void vouch_draft(Vouch *vouch, const DraftText *draft);
void vouch_state(Vouch *vouch, const RowState *row);
/* Within the caller's transaction, behind the rows; empties it. Nothing happens when there was nothing. */
bool vouch_end(Vouch *vouch, Store *work, const Hand *hand, int64_t run, Problem *problem);
void vouch_free(Vouch *vouch);
#define AUTO_VOUCH __attribute__((cleanup(vouch_free))) Vouch

/* Within the caller's transaction: tells the journal of rows that it does not tell of, as they are found. For stores
 * that were begun by a program that did not tell of them. */
bool vouch_found(Store *work, Problem *problem);

/* Adds a sentence to `findings` for each row that is not what the private journal says, that it does not tell of, or
 * that is gone; a draft may be gone once it is published. */
bool vouch_verify(Store *work, Findings *findings, Problem *problem);
/* What is published needs no digest: the public journal has the incident, of that data set and id, or a change that was
 * published made the candidate a part of another one. Adds a sentence for each row of which neither is so. */
bool vouch_published_verify(Store *published, Store *work, Findings *findings, Problem *problem);
