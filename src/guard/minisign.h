/* Minisign: signatures that the program minisign verifies (https://jedisct1.github.io/minisign/): Ed25519 over the
 * BLAKE2b-512 of a file, and over that signature with a comment. */
#pragma once

#include "guard/seal.h"

enum { MINISIGN_KEY_SIZE = 64, MINISIGN_TEXT_MAX = 1024 };

/* The public key as minisign -P takes it: base64 of "Ed", the key's number and the key. */
void minisign_key(const SigningKey *key, char text[MINISIGN_KEY_SIZE]);
/* The content of a file minisign.pub. */
void minisign_key_file(const SigningKey *key, char text[MINISIGN_TEXT_MAX]);
/* The content of the file <name>.minisig beside the bytes that are signed. `comment` is signed too: one line of at most
 * 200 bytes. */
void minisign_sign(const SigningKey *key, Text bytes, const char *comment, char text[MINISIGN_TEXT_MAX]);
