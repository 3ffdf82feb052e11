/* Journal: the only way to write research facts. Append-only entries in the public store, hashed into the log.
 *
 * Canonical entry (RFC 8785), whose leaf hash is in the tree:
 * {"at":"2026-05-09T12:00:00.000Z","author":"import:hhs-ocr","body":{...},"kind":"incident.open","seq":12,"subject":"incident/7"}
 */
#pragma once

#include "store/log.h"
#include "store/store.h"

typedef struct Entry {
    int64_t seq; /* from 1, without gaps */
    int64_t at;  /* moment; never before the entry ahead of it */
    const char *author, *kind, *subject;
    Text body; /* canonical JSON; at == NULL when redacted */
    Hash hash; /* of the canonical entry; what stands when the body was redacted */
} Entry;

typedef struct Journal Journal;

/* Reads the newest frontier from the store. `key` may be NULL for reading; then journal_seal fails. The store and the
 * key belong to the caller and outlive the journal. */
Journal *journal_open(Arena *arena, Store *public_store, const SigningKey *key, Problem *problem);
int64_t journal_size(const Journal *journal);

/* Appends within the caller's transaction. Sets seq, at and hash of `entry`. */
bool journal_append(Journal *journal, Entry *entry, Problem *problem);
/* Signs a checkpoint over all entries so far and stores it, within the caller's transaction: call it before each
 * commit. After a failed commit call journal_reload. */
bool journal_seal(Journal *journal, Checkpoint *checkpoint, Problem *problem);
bool journal_reload(Journal *journal, Problem *problem);

/* Entries with seq >= from, in order, each handed to `each` until it answers false. */
typedef bool EntryVisitor(void *context, const Entry *entry, Problem *problem);
bool journal_each(Store *public_store, int64_t from, EntryVisitor *each, void *context, Problem *problem);

typedef struct Finding {
    int64_t seq;      /* the entry, or the size of the checkpoint */
    const char *what; /* one sentence */
} Finding;

typedef struct Verification {
    int64_t entries, checkpoints, redacted;
    Finding *findings; /* at most 1,000 are kept */
    size_t finding_count;
} Verification;

/* Recomputes every hash, the sequence, the moments, the tree at every checkpoint and every signature. `outside` (may
 * be empty) is a checkpoint kept elsewhere: the journal must contain it. Findings are not a problem: the call answers
 * true and lists them. Memory: `arena`. */
bool journal_verify(Arena *arena, Store *public_store, const SigningKey *key, Text outside, Verification *result,
                    Problem *problem);
