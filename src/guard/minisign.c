#include "guard/minisign.h"

#include <sodium.h>

enum { NUMBER_SIZE = 8, PREHASH_SIZE = 64, COMMENT_MAX = 200, BASE64_SIZE = 128 };

/* Keys of minisign have a number by which a signature names its key; ours is made from the key. */
static void number_of(const SigningKey *key, unsigned char number[NUMBER_SIZE])
{
    Hash hash;
    hash_bytes((Text){ (const char *)key->public_key, KEY_SIZE }, &hash);
    memcpy(number, hash.bytes, NUMBER_SIZE);
}

void minisign_key(const SigningKey *key, char text[MINISIGN_KEY_SIZE])
{
    unsigned char bytes[2 + NUMBER_SIZE + KEY_SIZE] = { 'E', 'd' };
    number_of(key, bytes + 2);
    memcpy(bytes + 2 + NUMBER_SIZE, key->public_key, KEY_SIZE);
    seal_base64((Text){ (const char *)bytes, sizeof bytes }, text, MINISIGN_KEY_SIZE);
}

void minisign_key_file(const SigningKey *key, char text[MINISIGN_TEXT_MAX])
{
    char public_text[MINISIGN_KEY_SIZE];
    minisign_key(key, public_text);
    (void)snprintf(text, MINISIGN_TEXT_MAX, "untrusted comment: minisign public key of %.60s\n%s\n", key->name,
                   public_text);
}

void minisign_sign(const SigningKey *key, Text bytes, const char *comment, char text[MINISIGN_TEXT_MAX])
{
    unsigned char hash[PREHASH_SIZE], head[2 + NUMBER_SIZE + SIGNATURE_SIZE] = { 'E', 'D' },
                                                             whole[SIGNATURE_SIZE + COMMENT_MAX],
                                                             global[SIGNATURE_SIZE];
    char first[BASE64_SIZE], second[BASE64_SIZE];
    size_t length = MIN(strlen(comment), (size_t)COMMENT_MAX);
    crypto_generichash(hash, sizeof hash, (const unsigned char *)bytes.at, bytes.length, NULL, 0);
    number_of(key, head + 2);
    key_sign(key, (Text){ (const char *)hash, sizeof hash }, head + 2 + NUMBER_SIZE);
    memcpy(whole, head + 2 + NUMBER_SIZE, SIGNATURE_SIZE);
    memcpy(whole + SIGNATURE_SIZE, comment, length);
    key_sign(key, (Text){ (const char *)whole, SIGNATURE_SIZE + length }, global);
    seal_base64((Text){ (const char *)head, sizeof head }, first, sizeof first);
    seal_base64((Text){ (const char *)global, sizeof global }, second, sizeof second);
    (void)snprintf(text, MINISIGN_TEXT_MAX, "untrusted comment: signature of %.60s\n%s\ntrusted comment: %.*s\n%s\n",
                   key->name, first, (int)length, comment, second);
}
