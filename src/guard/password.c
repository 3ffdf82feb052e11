#include "guard/password.h"

#include <sodium.h>

#include "base/sys.h"

enum { FEWEST_DIFFERENT = 4, GROUP = 4, LETTER_BITS = 5 };

#ifdef TESTING /* where hundreds of accounts log in, and the library that hashes is not what is tried */
enum { PASSES = 1, MEMORY = 8 << 20 };
#define PRICE "m=8192,t=1"
#else
enum { PASSES = 3, MEMORY = 64 << 20 };
#define PRICE "m=65536,t=3"
#endif

extern const char asset_passwords_txt[], asset_passwords_txt_end[]; /* made from data/passwords.txt */

_Static_assert(PASSWORD_HASH_SIZE >= crypto_pwhash_STRBYTES, "the hash fits");

bool password_hash(Text password, char hash[PASSWORD_HASH_SIZE], Problem *problem)
{
    return crypto_pwhash_str_alg(hash, password.at, password.length, PASSES, MEMORY, crypto_pwhash_ALG_ARGON2ID13) ==
               0 ||
           fail(problem, PROBLEM_UNAVAILABLE, "there is no memory to hash a password");
}

/* Of no password: made once with the parameters above, so that an unknown name takes as long as a known one. */
static const char nobody[] = "$argon2id$v=19$" PRICE ",p=1$c29tZSBzYWx0IG9mIG91cg$"
                             "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

bool password_fits(const char *hash, Text password)
{
    bool fits = crypto_pwhash_str_verify(*hash ? hash : nobody, password.at, password.length) == 0;
    return fits && *hash;
}

static size_t count_characters(Text text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.length; i++)
        count += ((unsigned char)text.at[i] & 0xC0) != 0x80;
    return count;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

/* Without digits and signs before and behind the first and last letter. */
static Text stem_of(Text text)
{
    while (text.length && !is_letter(text.at[0]))
        text = text_slice(text, 1, text.length);
    while (text.length && !is_letter(text.at[text.length - 1]))
        text.length--;
    return text;
}

/* The part of which the text is a repetition: "abab" gives "ab", "abaXab" itself. */
static Text unit_of(Text text)
{
    for (size_t unit = 1; unit < text.length; unit++)
        if (memcmp(text.at, text.at + unit, text.length - unit) == 0)
            return text_slice(text, 0, unit);
    return text;
}

static bool is_common(Text text)
{
    Text rest = { asset_passwords_txt, (size_t)(asset_passwords_txt_end - asset_passwords_txt) }, line;
    while (text_split(&rest, '\n', &line))
        if (line.length && line.at[0] != '#' && text_equal(line, text))
            return true;
    return false;
}

/* Whether an attacker would try it early: without letters, a few characters over and over, or a common word. */
static bool is_easy(Text lower)
{
    Text unit = unit_of(lower), stem = stem_of(unit);
    return unit.length < FEWEST_DIFFERENT || stem.length == 0 || is_common(lower) || is_common(unit) || is_common(stem);
}

PasswordFault password_judge(Text password, const char *name)
{
    char lower[PASSWORD_MOST];
    if (password.length > PASSWORD_MOST)
        return PASSWORD_LONG;
    if (count_characters(password) < PASSWORD_LEAST)
        return PASSWORD_SHORT;
    for (size_t i = 0; i < password.length; i++)
        lower[i] =
            (char)(password.at[i] >= 'A' && password.at[i] <= 'Z' ? password.at[i] + ('a' - 'A') : password.at[i]);
    Text text = { lower, password.length };
    bool named = text_is(stem_of(unit_of(text)), name) || text_is(unit_of(text), name);
    bool easy = is_easy(text);
    sodium_memzero(lower, sizeof lower);
    return named ? PASSWORD_NAME : easy ? PASSWORD_COMMON : PASSWORD_FINE;
}

void password_make(char password[PASSWORD_MADE_SIZE + 1])
{
    static const char letters[] = "abcdefghjkmnpqrstuvwxyz023456789"; /* 32 of them */
    unsigned char random[PASSWORD_MADE_SIZE];
    size_t length = 0;
    sys_random(random, sizeof random);
    while (length < PASSWORD_MADE_SIZE) {
        if (length % (GROUP + 1) == GROUP)
            password[length++] = '-';
        password[length] = letters[random[length] % (1u << LETTER_BITS)];
        length++;
    }
    password[PASSWORD_MADE_SIZE] = '\0';
    sodium_memzero(random, sizeof random);
}
