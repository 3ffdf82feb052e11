/* Deed head: how long the private journal is and the hash of its last row, signed by the log role, which keeps it in
 * the public store: a journal that somebody makes anew with other rows, or cuts off, does not fit the heads that were
 * signed before. They tell of nothing but its length. */
#pragma once

#include "base/findings.h"
#include "store/log.h"
#include "store/store.h"

typedef struct DeedHead {
    int64_t size; /* rows; 0: none yet */
    Hash last;
} DeedHead;

/* That of the private journal as it stands. */
bool deed_head(Store *work, DeedHead *head, Problem *problem);

/* Of the newest one that was signed: its rows, 0 for none, and when. */
bool deed_head_signed(Store *published, int64_t *size, int64_t *at, Problem *problem);

/* In the log role: signs it and keeps it, in a transaction of its own. What is no longer than the last is not signed.
 * CONFLICT when it is as long as the last, and another: then the journal was written anew. `note` may be NULL; it is
 * cleared when nothing was signed. */
bool deed_head_sign(Store *published, const SigningKey *key, const DeedHead *head, char note[CHECKPOINT_MAX],
                    Problem *problem);

typedef struct DeedHeadCheck {
    Store *published, *work;
    const SigningKey *key;
    Text beside;  /* the newest, in its file; may be empty */
    Text outside; /* a head that was kept elsewhere; may be empty */
} DeedHeadCheck;

/* Whether a kept note is one of these, not a checkpoint of the public journal: says nothing of its signature. */
bool deed_head_is(const SigningKey *key, Text note);

/* Holds the private journal to all heads: adds a sentence to `findings` for each that does not fit. That each row's
 * hash is right is deed_verify's part. */
bool deed_head_verify(const DeedHeadCheck *check, Findings *findings, Problem *problem);
