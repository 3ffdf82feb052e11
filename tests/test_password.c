/* What must never happen: a password that an attacker tries first is taken; one is kept so that it can be read back; a
 * stranger learns from the time which names there are; a one-time code opens twice; what is sealed opens with another
 * key, for another account or after it was changed. */
#include "base/sys.h"
#include "guard/codes.h"
#include "guard/password.h"
#include "guard/seal.h"
#include "guard/vault.h"
#include "test.h"

#ifdef TESTING
#define HASHED "$argon2id$v=19$m=8192,t=1,p=1$"
#else
#define HASHED "$argon2id$v=19$m=65536,t=3,p=1$"
#endif

static const struct {
    const char *password, *name;
    PasswordFault fault;
} judged[] = {
    { "correct horse battery staple", "maria", PASSWORD_FINE },
    { "9f3kq-2mzx8-vv", "maria", PASSWORD_FINE },
    { "tr\xC3\xA8s \xC3\xA9l\xC3\xA8ve 12", "maria", PASSWORD_FINE },
    { "12345678901", "maria", PASSWORD_SHORT },
    { "\xC3\xA9\xC3\xA8\xC3\xA9\xC3\xA8\xC3\xA9\xC3\xA8", "maria", PASSWORD_SHORT }, /* six letters in twelve bytes */
    { "", "maria", PASSWORD_SHORT },
    { "123456789012", "maria", PASSWORD_COMMON },
    { "2024-12-31 23:59", "maria", PASSWORD_COMMON },
    { "password1234", "maria", PASSWORD_COMMON },
    { "!!PassWord!!2024", "maria", PASSWORD_COMMON },
    { "azertyuiop1234", "maria", PASSWORD_COMMON },
    { "monkeymonkeymonkey", "maria", PASSWORD_COMMON },
    { "abababababab", "maria", PASSWORD_COMMON },
    { "aaaaaaaaaaaaaaaa", "maria", PASSWORD_COMMON },
    { "maria1234567", "maria", PASSWORD_NAME },
    { "mariamariamaria", "maria", PASSWORD_NAME },
    { "jean.paul-9-2024", "jean.paul-9", PASSWORD_FINE }, /* a name with a digit at its end is no stem */
};

static void test_judging(void)
{
    char longest[PASSWORD_MOST + 1];
    for (size_t i = 0; i < COUNT_OF(judged); i++)
        CHECK(password_judge(text_of(judged[i].password), judged[i].name) == judged[i].fault, "judged: '%s'",
              judged[i].password);
    for (size_t i = 0; i < sizeof longest; i++)
        longest[i] = (char)('a' + i * i % 23);
    CHECK(password_judge((Text){ longest, PASSWORD_MOST }, "maria") == PASSWORD_FINE, "1,024 bytes are not too many");
    CHECK(password_judge((Text){ longest, sizeof longest }, "maria") == PASSWORD_LONG, "one more is");
}

static int64_t time_of(const char *hash, bool *fits)
{
    int64_t start = sys_tick();
    *fits = password_fits(hash, TEXT("a password to be tried"));
    return sys_tick() - start;
}

static void test_hashing(void)
{
    char hash[PASSWORD_HASH_SIZE], other[PASSWORD_HASH_SIZE], made[PASSWORD_MADE_SIZE + 1];
    Problem problem = { 0 };
    bool known, unknown;
    CHECK(password_hash(TEXT("a password to be tried"), hash, &problem), "a password is hashed");
    CHECK(text_starts(text_of(hash), HASHED),
          "by Argon2id, at its price (64 MiB and 3 passes where users log in): %.40s", hash);
    CHECK(password_hash(TEXT("a password to be tried"), other, &problem) && strcmp(hash, other) != 0,
          "the same password is not hashed the same");
    CHECK(password_fits(hash, TEXT("a password to be tried")), "it fits");
    CHECK(!password_fits(hash, TEXT("a password to be trieD")), "another does not");
    int64_t with = time_of(hash, &known), without = time_of("", &unknown);
    CHECK(known && !unknown, "no password fits an account that there is not");
    CHECK(without > with / 3 && without < with * 3, "and that takes as long (%lld and %lld microseconds)",
          (long long)without, (long long)with);
    password_make(made);
    CHECK(strlen(made) == PASSWORD_MADE_SIZE && strspn(made, "abcdefghjkmnpqrstuvwxyz023456789-") == strlen(made) &&
              made[4] == '-' && made[24] == '-',
          "one that is made can be read aloud: %s", made);
}

/* RFC 6238, appendix B, with SHA-1: the last six of the eight digits. */
static const struct {
    int64_t seconds;
    const char *code;
} vectors[] = {
    { 59, "287082" },         { 1111111109, "081804" }, { 1111111111, "050471" },
    { 1234567890, "005924" }, { 2000000000, "279037" }, { 20000000000, "353130" },
};

static void test_codes(void)
{
    const unsigned char *secret = (const unsigned char *)"12345678901234567890";
    for (size_t i = 0; i < COUNT_OF(vectors); i++) {
        int64_t now = vectors[i].seconds * 1000, step = now / CODE_STEP_MS;
        Text code = text_of(vectors[i].code);
        CHECK(code_step(secret, code, now, 0) == step, "RFC 6238: %s", vectors[i].code);
        CHECK(code_step(secret, code, now + CODE_STEP_MS, 0) == step, "it is good for one step more");
        CHECK(!code_step(secret, code, now + 2 * CODE_STEP_MS, 0), "not for two");
        CHECK(!code_step(secret, code, now, step), "nor a second time");
    }
    CHECK(code_step(secret, TEXT(" 287 082 "), 59000, 0) == 1, "blanks do not count");
    static const char *const wrong[] = { "", "28708", "2870822", "28708a", "-28708", "287083", "\xD9\xA2" };
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        CHECK(!code_step(secret, text_of(wrong[i]), 59000, 0), "no code: '%s'", wrong[i]);
    char text[CODE_BASE32_SIZE];
    Problem problem = { 0 };
    CHECK(code_secret_write(secret, text, &problem) && strcmp(text, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ") == 0,
          "the secret as people type it: %s", text);
}

static void test_vault(void)
{
    const char *folder = getenv("TMPDIR");
    char path[PATH_MAX], sealed[5 + VAULT_EXTRA], open[5];
    Problem problem = { 0 };
    Vault vault, again, other;
    (void)snprintf(path, sizeof path, "%s/vigie-vault-%d", folder ? folder : "/tmp", (int)getpid());
    CHECK(vault_open(path, &vault, &problem) && vault_open(path, &again, &problem) &&
              memcmp(&vault, &again, sizeof vault) == 0,
          "the key is made once");
    vault_seal(&vault, "code/1", TEXT("bytes"), (unsigned char *)sealed);
    Text bytes = { sealed, sizeof sealed };
    CHECK(vault_unseal(&vault, "code/1", bytes, (unsigned char *)open, &problem) && memcmp(open, "bytes", 5) == 0,
          "what is sealed opens");
    CHECK(!vault_unseal(&vault, "code/2", bytes, (unsigned char *)open, &problem), "not as that of another account");
    sys_random(&other, sizeof other);
    CHECK(!vault_unseal(&other, "code/1", bytes, (unsigned char *)open, &problem), "nor with another key");
    CHECK(!vault_unseal(&vault, "code/1", text_slice(bytes, 0, VAULT_EXTRA - 1), (unsigned char *)open, &problem),
          "nor when it was cut");
    sealed[sizeof sealed - 1] ^= 1;
    CHECK(!vault_unseal(&vault, "code/1", bytes, (unsigned char *)open, &problem), "nor changed");
    problem = (Problem){ 0 };
    CHECK(sys_write_file(path, TEXT("short"), 0600, &problem) && !vault_open(path, &vault, &problem) &&
              problem.kind == PROBLEM_DAMAGED,
          "a key file of another size is refused: %s", problem.message);
    (void)unlink(path);
}

int main(void)
{
    Problem problem = { 0 };
    CHECK(seal_start(&problem) && codes_start(&problem), "the libraries start");
    test_judging();
    test_hashing();
    test_codes();
    test_vault();
    return DONE();
}
