/* Vault: what the workbench keeps sealed in its store, so that a copy of the database alone opens nothing. The key is
 * in a file beside it, which the work role reads before it shuts itself in. */
#pragma once

#include "base/problem.h"
#include "base/text.h"

enum { VAULT_KEY_SIZE = 32, VAULT_EXTRA = 40 }; /* what sealing adds */

typedef struct Vault {
    unsigned char key[VAULT_KEY_SIZE];
} Vault;

/* Reads `path`, or makes it (mode 0600). DAMAGED when it is no such key. */
bool vault_open(const char *path, Vault *vault, Problem *problem);
void vault_forget(Vault *vault);

/* XChaCha20-Poly1305 with a random nonce. `purpose` says what it is and whose, "code/7": it opens under that only. */
void vault_seal(const Vault *vault, const char *purpose, Text open, unsigned char *sealed); /* length + VAULT_EXTRA */
bool vault_unseal(const Vault *vault, const char *purpose, Text sealed, unsigned char *open, Problem *problem);
