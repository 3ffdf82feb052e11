/* Seal: signatures and hashes, by libsodium. */
#pragma once

#include "base/arena.h"
#include "base/problem.h"

enum { HASH_SIZE = 32, KEY_SIZE = 32, SECRET_SIZE = 64, SIGNATURE_SIZE = 64, VERIFIER_KEY_MAX = 512 };

typedef struct Hash {
    unsigned char bytes[HASH_SIZE];
} Hash;

typedef struct SigningKey {
    char name[64];                                           /* the log's origin line, for example "vigie.local/log" */
    unsigned char public_key[KEY_SIZE], secret[SECRET_SIZE]; /* secret is wiped by key_forget */
} SigningKey;

bool seal_start(Problem *problem);       /* once, before anything else here */
void hash_bytes(Text bytes, Hash *hash); /* SHA-256 */
void hash_hex(const Hash *hash, char text[2 * HASH_SIZE + 1]);
void seal_base64(Text bytes, char *text, size_t size); /* standard alphabet with padding */
bool seal_unbase64(Text text, void *bytes, size_t size, size_t *length);
void seal_base64url(Text bytes, char *text, size_t size); /* the alphabet of addresses, without padding */
bool seal_unbase64url(Text text, void *bytes, size_t size, size_t *length);

bool seal_same(Text a, Text b); /* takes as long wherever they differ */

/* Reads the key file, or makes one (mode 0600) with that name when it is missing: the name that was given first stays.
 * Its public half is in `path`.pub in the form of a C2SP verifier key: <name>+<hash>+<base64(0x01 || public key)>. */
bool key_open(const char *path, const char *name, SigningKey *key, Problem *problem);
bool key_read_public(const char *path, SigningKey *key, Problem *problem); /* from the .pub file; no secret */
/* Its public half, as in that file, with the line's end. */
void key_public_text(const SigningKey *key, char text[VERIFIER_KEY_MAX]);
void key_forget(SigningKey *key);
bool key_can_sign(const SigningKey *key); /* its secret half is here */
void key_sign(const SigningKey *key, Text message, unsigned char signature[SIGNATURE_SIZE]);
bool key_verifies(const SigningKey *key, Text message, const unsigned char signature[SIGNATURE_SIZE]);
uint32_t key_id(const SigningKey *key); /* C2SP key hash: first 4 bytes of SHA-256(name || 0x0A || 0x01 || key) */

/* SHA-256 of bytes that come piece by piece. */
typedef struct Hashing {
    _Alignas(16) unsigned char state[128]; /* private to nettle */
} Hashing;

void hash_start(Hashing *hashing);
void hash_add(Hashing *hashing, Text bytes);
void hash_end(Hashing *hashing, Hash *hash);
