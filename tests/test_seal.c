/* A signature must never be taken for good when the text, the key or the signature is another one. */
#include <sys/stat.h>

#include "base/sys.h"
#include "guard/seal.h"
#include "test.h"

static void test_hash(void)
{
    /* FIPS 180-2 appendix B.1 and the empty text */
    static const struct {
        const char *text, *hash;
    } rows[] = {
        { "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
        { "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        Hash hash;
        char hex[2 * HASH_SIZE + 1];
        hash_bytes(text_of(rows[i].text), &hash);
        hash_hex(&hash, hex);
        CHECK(strcmp(hex, rows[i].hash) == 0, "SHA-256 of '%s'", rows[i].text);
    }
}

static void test_base64(void)
{
    static const struct {
        const char *what, *text, *bytes; /* bytes NULL: refused */
    } rows[] = {
        { "nothing", "", "" },
        { "with one padding sign", "aGk=", "hi" },
        { "with two", "aA==", "h" },
        { "without padding", "aGk", NULL },
        { "too much padding", "aGk==", NULL },
        { "a blank inside", "aG k=", NULL },
        { "a line end behind", "aGk=\n", NULL },
        { "bits that would be lost", "aGl=", NULL },
        { "the alphabet for addresses", "_-8=", NULL },
        { "more bytes than there is room for", "aGVsbG8gd29ybGQ=", NULL },
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        char bytes[8];
        size_t length = 0;
        bool good = seal_unbase64(text_of(rows[i].text), bytes, sizeof bytes, &length);
        bool as_expected = rows[i].bytes ? good && text_is((Text){ bytes, length }, rows[i].bytes) : !good;
        CHECK(as_expected, "base64 %s is %s", rows[i].what, rows[i].bytes ? "read" : "refused");
    }
}

static char path[128], public_path[160];

static bool write_text(const char *at, const char *text)
{
    Problem problem = { 0 };
    return sys_write_file(at, text_of(text), 0600, &problem);
}

static void test_key_file(void)
{
    Problem problem = { 0 };
    SigningKey made, again, public_half;
    struct stat facts;
    CHECK(key_open(path, "example.org/log", &made, &problem), "a missing key is made (%s)", problem.message);
    CHECK(stat(path, &facts) == 0 && (facts.st_mode & 0777) == 0600, "nobody else may read its file");
    CHECK(key_open(path, "another.name", &again, &problem) && memcmp(&made, &again, sizeof made) == 0,
          "it is the same when read again, its name too");
    CHECK(key_read_public(public_path, &public_half, &problem) &&
              memcmp(public_half.public_key, made.public_key, KEY_SIZE) == 0 &&
              strcmp(public_half.name, "example.org/log") == 0,
          "the public half stands beside it (%s)", problem.message);
    CHECK(key_can_sign(&made) && !key_can_sign(&public_half), "only the secret half signs");
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Text text;
    CHECK(sys_read_file(arena, public_path, 1024, &text, &problem) && text_starts(text, "example.org/log+"),
          "its form is that of a C2SP verifier key");
    unlink(public_path);
    CHECK(key_open(path, "example.org/log", &again, &problem) && sys_exists(public_path),
          "a public half that was lost is written again");
    key_forget(&made);
    CHECK(!key_can_sign(&made), "a key that was forgotten signs no more");
}

static void test_bad_key_files(void)
{
    static const struct {
        const char *what, *text;
    } rows[] = {
        { "an empty file", "" },
        { "another text", "hello\n" },
        { "a key without a name", "PRIVATE+KEY++00000000+AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n" },
        { "a key whose hash is another's", "PRIVATE+KEY+n+00000000+AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n" },
        { "a key of another type", "PRIVATE+KEY+n+00000000+AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n" },
        { "a key that was cut", "PRIVATE+KEY+n+00000000+AQAA\n" },
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        Problem problem = { 0 };
        SigningKey key;
        CHECK(write_text(path, rows[i].text) && !key_open(path, "n", &key, &problem) &&
                  problem.kind == PROBLEM_DAMAGED && !key_can_sign(&key),
              "%s is refused (%s)", rows[i].what, problem.message);
        problem = (Problem){ 0 };
        CHECK(!key_read_public(path, &key, &problem) && problem.kind == PROBLEM_DAMAGED,
              "and so it is as a public one");
    }
    static const char *const names[] = { "", "with blank", "with+plus", "ligne\n",
                                         "0123456789012345678901234567890123456789012345678901234567890123" };
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        Problem problem = { 0 };
        SigningKey key;
        unlink(path);
        CHECK(!key_open(path, names[i], &key, &problem) && problem.kind == PROBLEM_BAD_INPUT && !sys_exists(path),
              "no key is made with the name '%s'", i == 3 ? "(line end)" : names[i]);
    }
}

/* RFC 8032 section 7.1, test 2; the key's text has the form that Go's note package writes. */
static void test_signature(void)
{
    Problem problem = { 0 };
    SigningKey key = { .name = "n" }, other;
    static const unsigned char secret[] = { 0x4c, 0xcd, 0x08, 0x9b, 0x28, 0xff, 0x96, 0xda, 0x9d, 0xb6, 0xc3,
                                            0x46, 0xec, 0x11, 0x4e, 0x0f, 0x5b, 0x8a, 0x31, 0x9f, 0x35, 0xab,
                                            0xa6, 0x24, 0xda, 0x8c, 0xf6, 0xed, 0x4f, 0xb8, 0xa6, 0xfb },
                               public_half[] = { 0x3d, 0x40, 0x17, 0xc3, 0xe8, 0x43, 0x89, 0x5a, 0x92, 0xb7, 0x0a,
                                                 0xa7, 0x4d, 0x1b, 0x7e, 0xbc, 0x9c, 0x98, 0x2c, 0xcf, 0x2e, 0xc4,
                                                 0x96, 0x8c, 0xc0, 0xcd, 0x55, 0xf1, 0x2a, 0xf4, 0x66, 0x0c },
                               expected[] = { 0x92, 0xa0, 0x09, 0xa9, 0xf0, 0xd4, 0xca, 0xb8, 0x72, 0x0e, 0x82,
                                              0x0b, 0x5f, 0x64, 0x25, 0x40, 0xa2, 0xb2, 0x7b, 0x54, 0x16, 0x50,
                                              0x3f, 0x8f, 0xb3, 0x76, 0x22, 0x23, 0xeb, 0xdb, 0x69, 0xda };
    memcpy(key.secret, secret, KEY_SIZE);
    memcpy(key.secret + KEY_SIZE, public_half, KEY_SIZE);
    memcpy(key.public_key, public_half, KEY_SIZE);
    unsigned char signature[SIGNATURE_SIZE];
    key_sign(&key, TEXT("r"), signature);
    CHECK(memcmp(signature, expected, sizeof expected) == 0, "a signature is that of RFC 8032");
    CHECK(key_verifies(&key, TEXT("r"), signature), "and is verified");
    CHECK(!key_verifies(&key, TEXT("s"), signature), "not for another text");
    unlink(path);
    CHECK(key_open(path, "n", &other, &problem) && !key_verifies(&other, TEXT("r"), signature), "not with another key");
    signature[40] ^= 1;
    CHECK(!key_verifies(&key, TEXT("r"), signature), "not when a bit of it was changed");
}

int main(void)
{
    Problem problem = { 0 };
    char folder[] = "/tmp/vigie-seal-XXXXXX";
    if (!mkdtemp(folder) || !seal_start(&problem))
        return 1;
    (void)snprintf(path, sizeof path, "%s/log.key", folder);
    (void)snprintf(public_path, sizeof public_path, "%s.pub", path);
    test_hash();
    test_base64();
    test_key_file();
    test_bad_key_files();
    test_signature();
    unlink(path);
    unlink(public_path);
    rmdir(folder);
    return DONE();
}
