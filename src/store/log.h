/* Log: the Merkle tree over the journal's entries, and its signed checkpoints.
 *
 * Tree and hashes as in RFC 6962 section 2.1 (leaf: SHA-256(0x00 || entry), node: SHA-256(0x01 || left || right)).
 * Checkpoints in the C2SP tlog-checkpoint form: origin, size and base64 root on three lines, an empty line, and a
 * signed-note signature line "— <name> <base64(key id || Ed25519 signature)>". */
#pragma once

#include "guard/seal.h"

enum { LOG_LEVELS = 64, CHECKPOINT_MAX = 1024 };

typedef struct Frontier {   /* the roots of the complete subtrees, which is all that appending needs */
    int64_t size;           /* leaves */
    Hash nodes[LOG_LEVELS]; /* nodes[i] is set when bit i of size is */
} Frontier;

void leaf_hash(Text entry, Hash *hash);
void frontier_add(Frontier *frontier, const Hash *leaf);
void frontier_root(const Frontier *frontier, Hash *root); /* of an empty tree: SHA-256("") */

typedef struct Checkpoint {
    int64_t size;
    Hash root;
    int64_t at;                /* moment, of a chain; 0: it does not say */
    char note[CHECKPOINT_MAX]; /* the whole signed text */
} Checkpoint;

bool checkpoint_sign(const SigningKey *key, const Frontier *frontier, Checkpoint *checkpoint, Problem *problem);
/* Parses and verifies; DAMAGED when it is signed by another key or the signature is wrong, BAD_INPUT when it is not a
 * checkpoint. */
bool checkpoint_read(const SigningKey *key, Text note, Checkpoint *checkpoint, Problem *problem);

/* The same form for a chain of hashes, each of which takes in the one before: `root` is the last one, and the origin is
 * the name of the log with this behind it, so that neither is taken for the other. A fourth line has the moment. */
#define CHAIN_ORIGIN_END "/deeds"
bool chain_sign(const SigningKey *key, int64_t size, const Hash *last, int64_t at, Checkpoint *checkpoint,
                Problem *problem);
bool chain_read(const SigningKey *key, Text note, Checkpoint *checkpoint, Problem *problem);
