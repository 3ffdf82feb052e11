/* What must never happen: a passkey opens although it was made or used for another site, another page, by nobody, or by
 * a device that has not its key; bytes that a device never makes do anything but be refused; a challenge holds twice,
 * for another session or after its time. What devices answer is in tests/vectors/passkeys.txt, made by openssl. */
#include "base/sys.h"
#include "guard/challenge.h"
#include "guard/passkey.h"
#include "guard/seal.h"
#include "test.h"

enum { CELLS = 10, BYTES_MOST = 16384 };

static const PasskeyPlace place = { .origin = "https://work.vigie.example:8443", .party = "work.vigie.example" };

typedef struct Vector { /* a line of the file */
    Text expected, act, challenge, id, key, name;
    int64_t algorithm, counter;
    PasskeyAnswer answer;
} Vector;

static Text bytes_of(Arena *arena, Text cell)
{
    char *bytes = arena_take(arena, BYTES_MOST);
    size_t length = 0;
    if (!text_is(cell, "-") && !seal_unbase64url(cell, bytes, BYTES_MOST, &length))
        abort();
    return (Text){ bytes, length };
}

static bool read_line(Arena *arena, Text line, Vector *vector)
{
    Text cells[CELLS];
    for (size_t i = 0; i < CELLS; i++)
        if (!text_split(&line, ' ', &cells[i]))
            return false;
    *vector = (Vector){ .expected = cells[0],
                        .act = cells[1],
                        .challenge = cells[4],
                        .id = bytes_of(arena, cells[5]),
                        .key = bytes_of(arena, cells[6]),
                        .answer = { bytes_of(arena, cells[7]), bytes_of(arena, cells[8]), bytes_of(arena, cells[9]) },
                        .name = line };
    return text_int(cells[2], &vector->algorithm) && text_int(cells[3], &vector->counter);
}

static PasskeyFault judge(Arena *arena, const Vector *vector, PasskeyKey *key, int64_t *counter)
{
    if (text_is(vector->act, "create"))
        return passkey_made(arena, &place, vector->challenge, &vector->answer, key, counter);
    *key = (PasskeyKey){ vector->id, (int)vector->algorithm, vector->key };
    return passkey_used(&place, vector->challenge, &vector->answer, key, counter);
}

static void test_vector(Arena *arena, const Vector *vector)
{
    PasskeyKey key = { .algorithm = 0 };
    int64_t counter = -1;
    const char *found = passkey_fault_word(judge(arena, vector, &key, &counter));
    bool same = !text_is(vector->expected, "fine") ||
                (counter == vector->counter && text_equal(key.id, vector->id) && text_equal(key.bytes, vector->key) &&
                 key.algorithm == vector->algorithm);
    CHECK(text_is(vector->expected, found) && same, "%.*s %lld: %.*s is %s", (int)vector->act.length, vector->act.at,
          (long long)vector->algorithm, (int)vector->name.length, vector->name.at, found);
}

/* What was signed with one key must not fit another, and no single byte of it may be another. */
static void test_each_byte(Arena *arena, const Vector *vector)
{
    PasskeyKey key = { vector->id, (int)vector->algorithm, vector->key };
    size_t taken = 0, tried = 0;
    int64_t counter;
    for (size_t i = 0; i < vector->answer.data.length + vector->answer.client.length; i++, tried++) {
        Vector changed = *vector;
        Text *part = i < vector->answer.data.length ? &changed.answer.data : &changed.answer.client;
        size_t place_in = i < vector->answer.data.length ? i : i - vector->answer.data.length;
        char *bytes = arena_text(arena, *part);
        bytes[place_in] = (char)(bytes[place_in] ^ 0x10);
        *part = (Text){ bytes, part->length };
        taken += passkey_used(&place, vector->challenge, &changed.answer, &key, &counter) == PASSKEY_FINE;
    }
    CHECK(tried > 200 && !taken, "%lld: no byte of what was signed can be another: %zu tried",
          (long long)vector->algorithm, tried);
}

static void test_vectors(Arena *arena)
{
    Problem problem = { 0 };
    Text rest, line;
    Vector vector;
    size_t count = 0;
    bool read = sys_read_file(arena, "tests/vectors/passkeys.txt", 1 << 20, &rest, &problem);
    while (read && text_split(&rest, '\n', &line)) {
        if (!line.length)
            continue;
        count++;
        if (!read_line(arena, line, &vector)) {
            CHECK(false, "line %zu is a vector", count);
            continue;
        }
        test_vector(arena, &vector);
        if (text_is(vector.name, "a use"))
            test_each_byte(arena, &vector);
    }
    CHECK(count > 150, "%zu vectors", count);
}

static const struct {
    const char *address, *origin, *party; /* origin NULL: no address for passkeys */
} places[] = {
    { "http://localhost:8081", "http://localhost:8081", "localhost" },
    { "http://localhost:80/", "http://localhost", "localhost" },
    { "https://work.vigie.example", "https://work.vigie.example", "work.vigie.example" },
    { "https://work.vigie.example/", "https://work.vigie.example", "work.vigie.example" },
    { "https://work.vigie.example:443", "https://work.vigie.example", "work.vigie.example" },
    { "https://work.vigie.example:8443/", "https://work.vigie.example:8443", "work.vigie.example" },
    { "http://work.vigie.example", NULL, NULL },
    { "https://127.0.0.1", NULL, NULL },
    { "http://127.0.0.1:8081", NULL, NULL },
    { "https://[::1]", NULL, NULL },
    { "https://Work.Vigie.Example", NULL, NULL },
    { "https://work.vigie.example/path", NULL, NULL },
    { "https://work.vigie.example:0", NULL, NULL },
    { "https://work.vigie.example:70000", NULL, NULL },
    { "https://work.vigie.example:", NULL, NULL },
    { "https://someone@work.vigie.example", NULL, NULL },
    { "https://", NULL, NULL },
    { "work.vigie.example", NULL, NULL },
    { "", NULL, NULL },
};

static void test_places(Arena *arena)
{
    for (size_t i = 0; i < COUNT_OF(places); i++) {
        Problem problem = { 0 };
        PasskeyPlace read = { 0 };
        bool good = passkey_place(arena, places[i].address, &read, &problem);
        CHECK(good ? places[i].origin && strcmp(read.origin, places[i].origin) == 0 &&
                         strcmp(read.party, places[i].party) == 0
                   : !places[i].origin && problem.kind == PROBLEM_BAD_INPUT,
              "'%s' is %s", places[i].address, good ? read.origin : "no place");
    }
}

static void test_challenges(void)
{
    const int64_t now = INT64_C(1700000000000);
    const Vault vault = { { 1 } }, other = { { 2 } };
    char text[CHALLENGE_SIZE + 1], again[CHALLENGE_SIZE + 1];
    challenge_make(&vault, "passkey login abc", now, text);
    challenge_make(&vault, "passkey login abc", now, again);
    CHECK(strlen(text) == CHALLENGE_SIZE && strcmp(text, again) != 0, "each challenge is another: %s", text);
    CHECK(challenge_holds(&vault, "passkey login abc", now, text_of(text)) &&
              challenge_holds(&vault, "passkey login abc", now + CHALLENGE_MS - 1, text_of(text)),
          "it holds for ten minutes");
    CHECK(!challenge_holds(&vault, "passkey login abc", now + CHALLENGE_MS, text_of(text)), "and no longer");
    CHECK(!challenge_holds(&vault, "passkey login abc", now - 1, text_of(text)), "nor before it was made");
    CHECK(!challenge_holds(&vault, "passkey login abd", now, text_of(text)), "nor in another session");
    CHECK(!challenge_holds(&vault, "passkey second abc", now, text_of(text)), "nor for another use");
    CHECK(!challenge_holds(&other, "passkey login abc", now, text_of(text)), "nor at another workbench");
    CHECK(!challenge_holds(&vault, "passkey login abc", now, TEXT("")) &&
              !challenge_holds(&vault, "passkey login abc", now, TEXT("AAAA")) &&
              !challenge_holds(&vault, "passkey login abc", now, TEXT("????")),
          "what is none does not");
    text[10] = text[10] == 'A' ? 'B' : 'A';
    CHECK(!challenge_holds(&vault, "passkey login abc", now, text_of(text)), "nor one that was changed");
}

int main(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Problem problem = { 0 };
    bool started = seal_start(&problem) && passkey_start(&problem);
    CHECK(started, "the libraries start %s", problem.message);
    if (!started)
        return DONE();
    test_vectors(arena);
    test_places(arena);
    test_challenges();
    return DONE();
}
