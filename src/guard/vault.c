#include "guard/vault.h"

#include <sodium.h>

#include "base/sys.h"

enum { NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES };

_Static_assert(VAULT_EXTRA == NONCE + TAG, "what sealing adds");
_Static_assert(VAULT_KEY_SIZE == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "the key fits");

static bool make_key(const char *path, Vault *vault, Problem *problem)
{
    sys_random(vault->key, sizeof vault->key);
    return sys_write_file(path, (Text){ (const char *)vault->key, sizeof vault->key }, 0600, problem);
}

bool vault_open(const char *path, Vault *vault, Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Problem reading = { 0 };
    Text bytes;
    if (!sys_exists(path))
        return make_key(path, vault, problem);
    if (!sys_read_file(arena, path, VAULT_KEY_SIZE, &bytes, &reading) || bytes.length != VAULT_KEY_SIZE)
        return fail(problem, reading.kind == PROBLEM_NOT_ALLOWED ? PROBLEM_NOT_ALLOWED : PROBLEM_DAMAGED,
                    "%.200s is not the key of the workbench: expected %d bytes", path, VAULT_KEY_SIZE);
    memcpy(vault->key, bytes.at, sizeof vault->key);
    return true;
}

void vault_forget(Vault *vault)
{
    sodium_memzero(vault->key, sizeof vault->key);
}

void vault_seal(const Vault *vault, const char *purpose, Text open, unsigned char *sealed)
{
    unsigned char *nonce = sealed, *text = sealed + NONCE;
    sys_random(nonce, NONCE);
    crypto_aead_xchacha20poly1305_ietf_encrypt(text, NULL, (const unsigned char *)open.at, open.length,
                                               (const unsigned char *)purpose, strlen(purpose), NULL, nonce,
                                               vault->key);
}

bool vault_unseal(const Vault *vault, const char *purpose, Text sealed, unsigned char *open, Problem *problem)
{
    const unsigned char *nonce = (const unsigned char *)sealed.at;
    return (sealed.length >= VAULT_EXTRA &&
            crypto_aead_xchacha20poly1305_ietf_decrypt(open, NULL, NULL, nonce + NONCE, sealed.length - NONCE,
                                                       (const unsigned char *)purpose, strlen(purpose), nonce,
                                                       vault->key) == 0) ||
           fail(problem, PROBLEM_DAMAGED, "what is sealed as %s does not open with the key of the workbench", purpose);
}
