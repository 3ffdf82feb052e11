/* Load: one file on its way into the stores, batch by batch.
 *
 * While the log publishes one batch, the next one is read; a batch enters the work store only after the log has
 * answered for it, in one transaction with `rows_done`. So whatever is killed when, each row ends up stored and
 * published exactly once: a batch that the log had published already is answered from its key. Private to the room. */
#pragma once

#include "domain/derive.h"
#include "domain/ledger.h"
#include "intake/importer.h"
#include "intake/input.h"
#include "intake/match.h"

enum { BATCH_ROWS_LEAST = 1000, BATCH_ROWS_MOST = 5000, BATCH_BYTES = 16 << 20, NO_ENTRY = -1 };

typedef enum Fate {
    FATE_REFUSED,
    FATE_NEW,
    FATE_UNCHANGED, /* nothing that is not stored already */
    FATE_CHANGED,   /* the newest form of a stored record, with new claims or only new bytes */
    FATE_OLDER      /* a form from before the newest one that is stored */
} Fate;

typedef struct Outcome { /* of one row, until it is stored */
    Fate fate;
    size_t number, line;
    Text raw;
    const char *refusal;
    const char *external, *state, *reason;
    int64_t look_up, hash, bytes_hash;
    Stored stored;    /* of a record that was there: id, incident, newest raw row */
    int64_t previous; /* of the newest raw row, for FATE_OLDER */
    int64_t entry;    /* place among the batch's entries, or NO_ENTRY */
    Text draft;       /* the record that is not published; at == NULL: none */
} Outcome;

typedef struct BatchEntry { /* what the log is asked to publish */
    const char *kind;
    int64_t incident;
    size_t from, length; /* in `bodies` */
} BatchEntry;

typedef struct LoadBatch {
    Arena *arena;
    Outcome *outcomes;
    size_t count, room, bytes;
    Out bodies;
    BatchEntry *entries;
    size_t entry_count, entry_room;
    int64_t first, rows_done; /* rows of the file before and behind it */
    Text report;              /* JSON of everything counted up to its end */
    bool sent;
} LoadBatch;

typedef struct Load {
    const Importer *importer;
    const ImportOptions *options;
    Store *work;
    Ledger *ledger;
    Input *input;
    Arena *arena;     /* for the whole file */
    Arena *row_arena; /* for one row */
    Out scratch;
    Making making;
    Matcher matcher;
    ImportReport *report; /* of this file */
    LoadBatch batches[BATCHES];
    int64_t run, started, rows_done;
    int32_t observed;
    const char *dataset, *licence;
    Making past;      /* how the forms of another run are made: see load_past */
    int64_t past_run; /* that run; 0: none yet */
    Text past_header;
    json_t *past_json; /* of the last such form */
} Load;

/* Decides what one row is and adds its outcome to the batch. */
bool load_row(Load *load, size_t batch, const Row *row, const char *error, Problem *problem);

/* Stores a batch that the log has answered for, or that it was not asked about, with rows_done, in one transaction. */
bool load_store(Load *load, LoadBatch *batch, const int64_t *incidents, Problem *problem);

/* The record that stands in an older raw row, made as it was made then, and the day on which its file was taken.
 * `previous` is the raw row before, 0 for none. Memory: the arena of the row at hand. */
bool load_past(Load *load, int64_t raw, Record *record, int32_t *observed, int64_t *previous, Problem *problem);

/* All rows of the file from `rows_done` on. */
bool load_all(Load *load, Problem *problem);
