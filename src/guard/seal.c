#include "guard/seal.h"

#include <nettle/sha2.h>
#include <sodium.h>

#include "base/sys.h"

enum { ED25519 = 1, KEY_TEXT_SIZE = 64, TYPED_KEY_SIZE = KEY_SIZE + 1 };

/* A private key's text starts with this; <name>+<hash>+<base64(type || seed)> follows, as for the public key. */
#define PRIVATE_START "PRIVATE+KEY+"

bool seal_start(Problem *problem)
{
    return sodium_init() >= 0 || fail(problem, PROBLEM_BROKEN, "the cryptographic library does not start");
}

/* SHA-256 is nettle's and not libsodium's: it uses the processor's own instructions, and each entry of the journal is
 * hashed. */
_Static_assert(sizeof(struct sha256_ctx) <= sizeof((Hashing *)NULL)->state, "the state fits");

static struct sha256_ctx *state_of(Hashing *hashing)
{
    return (struct sha256_ctx *)hashing->state;
}

void hash_start(Hashing *hashing)
{
    sha256_init(state_of(hashing));
}

void hash_add(Hashing *hashing, Text bytes)
{
    sha256_update(state_of(hashing), bytes.length, (const uint8_t *)bytes.at);
}

void hash_end(Hashing *hashing, Hash *hash)
{
    sha256_digest(state_of(hashing), sizeof hash->bytes, hash->bytes);
}

void hash_bytes(Text bytes, Hash *hash)
{
    Hashing hashing;
    hash_start(&hashing);
    hash_add(&hashing, bytes);
    hash_end(&hashing, hash);
}

void hash_hex(const Hash *hash, char text[2 * HASH_SIZE + 1])
{
    sodium_bin2hex(text, 2 * HASH_SIZE + 1, hash->bytes, HASH_SIZE);
}

void seal_base64(Text bytes, char *text, size_t size)
{
    sodium_bin2base64(text, size, (const unsigned char *)bytes.at, bytes.length, sodium_base64_VARIANT_ORIGINAL);
}

static bool unbase64(Text text, int variant, void *bytes, size_t size, size_t *length)
{
    const char *end = NULL;
    *length = 0;
    if (text.length == 0)
        return true;
    return sodium_base642bin(bytes, size, text.at, text.length, NULL, length, &end, variant) == 0 &&
           end == text.at + text.length;
}

bool seal_unbase64(Text text, void *bytes, size_t size, size_t *length)
{
    return unbase64(text, sodium_base64_VARIANT_ORIGINAL, bytes, size, length);
}

void seal_base64url(Text bytes, char *text, size_t size)
{
    sodium_bin2base64(text, size, (const unsigned char *)bytes.at, bytes.length,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

bool seal_unbase64url(Text text, void *bytes, size_t size, size_t *length)
{
    return unbase64(text, sodium_base64_VARIANT_URLSAFE_NO_PADDING, bytes, size, length);
}

bool seal_same(Text a, Text b)
{
    return a.length == b.length && (a.length == 0 || sodium_memcmp(a.at, b.at, a.length) == 0);
}

static bool name_is_good(Text name)
{
    if (name.length == 0 || name.length >= sizeof((SigningKey *)NULL)->name)
        return false;
    for (size_t i = 0; i < name.length; i++)
        if (name.at[i] <= ' ' || name.at[i] > '~' || name.at[i] == '+')
            return false;
    return true;
}

/* <start><name>+<hash>+<base64(type || bytes)> */
static void write_key(const SigningKey *key, const char *start, const unsigned char bytes[KEY_SIZE],
                      char text[VERIFIER_KEY_MAX])
{
    unsigned char typed[TYPED_KEY_SIZE] = { ED25519 };
    char base64[KEY_TEXT_SIZE];
    memcpy(typed + 1, bytes, KEY_SIZE);
    seal_base64((Text){ (const char *)typed, sizeof typed }, base64, sizeof base64);
    (void)snprintf(text, VERIFIER_KEY_MAX, "%s%s+%08x+%s\n", start, key->name, (unsigned)key_id(key), base64);
    sodium_memzero(typed, sizeof typed);
    sodium_memzero(base64, sizeof base64);
}

/* Takes the name and the bytes out of such a text, and the hash for read_id to compare. */
static bool read_key(Text text, SigningKey *key, unsigned char bytes[KEY_SIZE], Text *id)
{
    Text rest = text_trim(text), name;
    if (!text_split(&rest, '+', &name) || !text_split(&rest, '+', id) || !name_is_good(name))
        return false;
    unsigned char typed[TYPED_KEY_SIZE];
    size_t length;
    bool good = seal_unbase64(rest, typed, sizeof typed, &length) && length == sizeof typed && typed[0] == ED25519;
    (void)snprintf(key->name, sizeof key->name, "%.*s", (int)name.length, name.at);
    memcpy(bytes, typed + 1, KEY_SIZE);
    sodium_memzero(typed, sizeof typed);
    return good;
}

static bool id_is(const SigningKey *key, Text id)
{
    char expected[16];
    (void)snprintf(expected, sizeof expected, "%08x", (unsigned)key_id(key));
    return text_is(id, expected);
}

static bool read_secret(Text text, SigningKey *key)
{
    unsigned char seed[KEY_SIZE];
    Text id;
    bool good = text_starts(text, PRIVATE_START) &&
                read_key(text_slice(text, strlen(PRIVATE_START), text.length), key, seed, &id);
    if (good) {
        crypto_sign_seed_keypair(key->public_key, key->secret, seed);
        good = id_is(key, id);
    }
    sodium_memzero(seed, sizeof seed);
    return good;
}

static bool write_public(const char *path, const SigningKey *key, Problem *problem)
{
    char beside[PATH_MAX], text[VERIFIER_KEY_MAX];
    if ((size_t)snprintf(beside, sizeof beside, "%s.pub", path) >= sizeof beside)
        return fail(problem, PROBLEM_BAD_INPUT, "the path of the key is too long");
    write_key(key, "", key->public_key, text);
    return sys_exists(beside) || sys_write_file(beside, text_of(text), 0644, problem);
}

static bool make_key(const char *path, const char *name, SigningKey *key, Problem *problem)
{
    if (!name_is_good(text_of(name)))
        return fail(problem, PROBLEM_BAD_INPUT,
                    "'%.80s' is no name for a key: 1 to 63 visible ASCII characters but '+'", name);
    (void)snprintf(key->name, sizeof key->name, "%s", name);
    crypto_sign_keypair(key->public_key, key->secret);
    unsigned char seed[KEY_SIZE];
    char text[VERIFIER_KEY_MAX];
    crypto_sign_ed25519_sk_to_seed(seed, key->secret);
    write_key(key, PRIVATE_START, seed, text);
    bool done = sys_write_file(path, text_of(text), 0600, problem);
    sodium_memzero(seed, sizeof seed);
    sodium_memzero(text, sizeof text);
    return done;
}

void key_public_text(const SigningKey *key, char text[VERIFIER_KEY_MAX])
{
    write_key(key, "", key->public_key, text);
}

bool key_open(const char *path, const char *name, SigningKey *key, Problem *problem)
{
    *key = (SigningKey){ 0 };
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Problem reading = { 0 };
    Text text;
    if (!sys_read_file(arena, path, VERIFIER_KEY_MAX, &text, &reading)) {
        if (reading.kind != PROBLEM_NOT_FOUND)
            return fail(problem, reading.kind, "%s", reading.message);
        return make_key(path, name, key, problem) && write_public(path, key, problem);
    }
    bool good = read_secret(text, key);
    char *bytes = (char *)(uintptr_t)text.at; /* the arena's own, and gone with it in a moment */
    sodium_memzero(bytes, text.length);
    if (good)
        return write_public(path, key, problem);
    key_forget(key);
    return fail(problem, PROBLEM_DAMAGED, "%.200s is not a signing key", path);
}

bool key_read_public(const char *path, SigningKey *key, Problem *problem)
{
    *key = (SigningKey){ 0 };
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Text text, id;
    if (!sys_read_file(arena, path, VERIFIER_KEY_MAX, &text, problem))
        return false;
    return (read_key(text, key, key->public_key, &id) && id_is(key, id)) ||
           fail(problem, PROBLEM_DAMAGED, "%.200s is not a verifier key", path);
}

void key_forget(SigningKey *key)
{
    sodium_memzero(key->secret, sizeof key->secret);
}

bool key_can_sign(const SigningKey *key)
{
    return !sodium_is_zero(key->secret, sizeof key->secret);
}

void key_sign(const SigningKey *key, Text message, unsigned char signature[SIGNATURE_SIZE])
{
    crypto_sign_detached(signature, NULL, (const unsigned char *)message.at, message.length, key->secret);
}

bool key_verifies(const SigningKey *key, Text message, const unsigned char signature[SIGNATURE_SIZE])
{
    return crypto_sign_verify_detached(signature, (const unsigned char *)message.at, message.length, key->public_key) ==
           0;
}

uint32_t key_id(const SigningKey *key)
{
    char bytes[sizeof key->name + 2 + KEY_SIZE];
    size_t length = strlen(key->name);
    memcpy(bytes, key->name, length);
    bytes[length++] = '\n';
    bytes[length++] = ED25519;
    memcpy(bytes + length, key->public_key, KEY_SIZE);
    Hash hash;
    hash_bytes((Text){ bytes, length + KEY_SIZE }, &hash);
    return (uint32_t)hash.bytes[0] << 24 | (uint32_t)hash.bytes[1] << 16 | (uint32_t)hash.bytes[2] << 8 | hash.bytes[3];
}
