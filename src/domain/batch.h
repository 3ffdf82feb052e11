/* Batch: proposals that are published together or not at all, and what the log role needs for that. */
#pragma once

#include "domain/deed_head.h"
#include "domain/ledger.h"
#include "store/journal.h"

typedef struct Keeper {
    Store *store;
    const Codebook *codebook;
    SigningKey key;
    Journal *journal;
    Projector *projector;
    const char *checkpoint_path; /* where the newest signed checkpoint lies for others to keep */
    const char *deeds_path;      /* and the newest signed head of the private journal */
    int64_t data_version;        /* of the store when journal and projector were read */
    LedgerLook *look;            /* what is written about the store around a batch that is only tried; may be NULL */
    bool over;                   /* journal and projector could not be read again after a batch was undone */
    bool ahead;                  /* batch_run_ahead has added the next batch to them */
} Keeper;

typedef struct Batch {
    const char *key, *author;
    Proposal *proposals;
    Record *records; /* what the proposals say */
    Act *acts;       /* and those that are acts */
    size_t count;
    int64_t *incidents; /* the answer */
    bool is_trial;      /* it has no key: nothing of it stays */
    DeedHead head;      /* size 0: none; else there is nothing but this, which is to be signed */
} Batch;

bool keeper_prepare(Keeper *keeper, Arena *arena, const Codebook *codebook, Problem *problem);
/* Writes the newest checkpoint into its file, if it is another one. */
bool keeper_publish(Keeper *keeper, Problem *problem);

/* Reads and checks all of it, without the store: BAD_INPUT when it is not a batch or says which record is wrong.
 * Memory: `arena`; the bodies stay in `frame`. */
bool batch_read(Arena *arena, Text frame, const Codebook *codebook, Batch *batch, Problem *problem);
/* Opens a transaction in which it appends, projects and seals; leaves nothing when it fails. */
bool batch_append(Keeper *keeper, Batch *batch, Problem *problem);
/* Commits that transaction; leaves nothing when it fails. keeper_publish is left to the caller. */
bool batch_commit(Keeper *keeper, Problem *problem);
/* Signs the head of the private journal that was sent, and leaves it for others to keep. */
bool batch_sign(Keeper *keeper, const Batch *batch, Problem *problem);
/* Appends and undoes it: what keeper->look wrote before it and after it. NOT_ALLOWED when there is no look. */
bool batch_try(Keeper *keeper, Batch *batch, Out looks[2], Problem *problem);

/* The same while the next batch is prepared: batch_commit_beside begins the commit, batch_run_ahead makes the rows of
 * the next batch meanwhile, batch_committed says whether the first one is on disk, and batch_append goes on with the
 * next. What was made ahead of a commit that failed, or of what another process wrote in between, is made again. */
bool batch_commit_beside(Keeper *keeper, Problem *problem);
void batch_run_ahead(Keeper *keeper, Batch *batch);
bool batch_committed(Keeper *keeper, Problem *problem);
