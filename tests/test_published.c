/* The published value must never be chosen in another order than METHOD.md 4 says, and an attacker's number must never
 * feed one. */
#include "claims.h"
#include "test.h"

typedef struct Case {
    const char *name, *claims, *variable;
    const char *value; /* NULL: nothing is published; "?code": missing */
    bool contested;
    double low, high; /* the range; 0, 0: not looked at */
} Case;

#define P "persons_affected "

/* clang-format off */
static const Case cases[] = {
    { "one claim", P "100 victim asserts c2 a:victim:b", "persons_affected", "100", false, 100, 100 },
    { "an attacker's number never feeds", P "9000000 actor asserts c2 a:leak_site:c", "persons_affected", NULL, 0, 0,
      0 },
    { "nor widens the range", P "100 victim asserts c2 a:victim:b\n" P "9000 actor asserts c2 b:media_own:b",
      "persons_affected", "100", false, 100, 100 },
    { "what a leak site says is the attacker's", P "900 victim asserts c2 a:leak_site:b", "persons_affected", NULL, 0,
      0, 0 },
    { "an attacker's code may stand alone", "data_disclosure published actor asserts c3 a:leak_site:c",
      "data_disclosure", "published", 0, 0, 0 },
    { "deprecated is dropped",
      P "100 victim asserts c2 a:victim:b - deprecated\n" P "200 media asserts c3 b:media_own:c", "persons_affected",
      "200", false, 200, 200 },
    { "deprecated alone publishes nothing", P "100 victim asserts c2 a:victim:b - deprecated", "persons_affected", NULL,
      0, 0, 0 },
    { "preferred goes before a better claimant",
      P "100 authority asserts c1 a:register:a\n" P "150 media asserts c3 b:media_own:c - preferred",
      "persons_affected", "150", true, 100, 150 },
    { "court before authority", P "2 authority asserts c2 b:court:a\n" P "1 authority asserts c2 a:authority:a",
      "persons_affected", "2", true, 1, 2 },
    { "authority before victim", P "1 victim asserts c1 a:victim:a\n" P "2 authority asserts c3 b:authority:b",
      "persons_affected", "2", true, 1, 2 },
    { "victim before study", P "1 expert asserts c1 a:study:a\n" P "2 victim asserts c3 b:victim:b", "persons_affected",
      "2", true, 1, 2 },
    { "study before expert", P "1 expert asserts c1 a:media_own:a\n" P "2 expert asserts c3 b:study:b",
      "persons_affected", "2", true, 1, 2 },
    { "expert before media", P "1 media asserts c1 a:media_own:a\n" P "2 expert asserts c3 b:security_company:b",
      "persons_affected", "2", true, 1, 2 },
    { "media before a private person", P "1 person asserts c1 a:media_own:a\n" P "2 media asserts c3 b:media_own:b",
      "persons_affected", "2", true, 1, 2 },
    { "then the later day",
      P "1 victim asserts c1 a:victim:a 2021-01-01\n" P "2 victim asserts c3 b:victim:b 2021-02-01", "persons_affected",
      "2", true, 1, 2 },
    { "then credibility", P "1 victim asserts c3 a:victim:a\n" P "2 victim asserts c2 b:victim:b", "persons_affected",
      "2", true, 1, 2 },
    { "then reliability", P "1 victim asserts c2 a:victim:c\n" P "2 victim asserts c2 b:victim:b", "persons_affected",
      "2", true, 1, 2 },
    { "a doubtful claim contests nothing", P "1 victim asserts c2 a:victim:b\n" P "2 media asserts c4 b:media_own:b",
      "persons_affected", "1", false, 1, 1 },
    { "ranges that overlap are no contradiction",
      P "100.. victim asserts c2 a:victim:b\n" P "120 media asserts c2 b:media_own:b", "persons_affected", "100..",
      false, 100, (double)INFINITY },
    { "a denial of the value contests it",
      "data_disclosure published media asserts c2 a:media_own:b\ndata_disclosure published victim denies c2 b:victim:b",
      "data_disclosure", "published", true, 0, 0 },
    { "a denial of another value does not",
      "data_disclosure exfiltrated media asserts c2 a:media_own:b\ndata_disclosure sold victim denies c2 b:victim:b",
      "data_disclosure", "exfiltrated", false, 0, 0 },
    { "denials alone publish nothing", "data_disclosure published victim denies c2 b:victim:b", "data_disclosure", NULL,
      0, 0, 0 },
    { "missing is a code, not zero", P "?placeholder authority asserts c2 a:register:a", "persons_affected",
      "?placeholder", 0, 0, 0 },
    { "a value goes before a missing code",
      P "?placeholder authority asserts c2 a:register:a\n" P "7 media asserts c3 b:media_own:c", "persons_affected",
      "7", 0, 7, 7 },
    { "a later vintage of one source replaces without contradiction",
      P "500 authority asserts c2 a:register:a 2021-01-01\n" P "700 authority corrects c2 a:register:a 2021-06-01",
      "persons_affected", "700", false, 700, 700 },
    { "an older vintage that comes later changes nothing",
      P "700 authority asserts c2 a:register:a 2021-06-01\n" P "500 authority asserts c2 a:register:a 2021-01-01",
      "persons_affected", "700", false, 700, 700 },
    { "of the same day the later entry holds",
      P "500 authority asserts c2 a:register:a 2021-01-01\n" P "700 authority asserts c2 a:register:a 2021-01-01",
      "persons_affected", "700", false, 700, 700 },
    { "another speaker in the same source is not replaced",
      P "500 victim asserts c2 a:media_own:b 2021-01-01\n" P "700 media asserts c2 a:media_own:b 2021-06-01",
      "persons_affected", "500", true, 500, 700 },
    { "a deprecated vintage replaces nothing",
      P "500 authority asserts c2 a:register:a 2021-01-01\n" P
        "700 authority asserts c2 a:register:a 2021-06-01 deprecated",
      "persons_affected", "500", false, 500, 500 },
    { "a later missing code replaces the value of its source",
      P "500 authority asserts c2 a:register:a 2021-01-01\n" P "?withheld authority asserts c2 a:register:a 2021-06-01",
      "persons_affected", "?withheld", 0, 0, 0 },
    { "a count of care that grew is no contradiction",
      "metric.appointments_cancelled 100 victim asserts c2 a:victim:b 2024-06-10\n"
      "metric.appointments_cancelled 900 victim asserts c2 b:victim:b 2024-07-10",
      "metric.appointments_cancelled", "900", false, 900, 900 },
    { "one that fell is",
      "metric.appointments_cancelled 900 victim asserts c2 a:victim:b 2024-06-10\n"
      "metric.appointments_cancelled 100 victim asserts c2 b:victim:b 2024-07-10",
      "metric.appointments_cancelled", "100", true, 100, 900 },
    { "dates that do not overlap are contested",
      "event_kind.detected 2021-05-09 victim asserts c2 a:victim:b\nevent_kind.detected 2021-05-11 media asserts c2 "
      "b:media_own:b",
      "event_kind.detected", "2021-05-09", true, 0, 0 },
    { "a month and a day in it are not",
      "event_kind.detected 2021-05 victim asserts c2 a:victim:b\nevent_kind.detected 2021-05-11 media asserts c2 "
      "b:media_own:b",
      "event_kind.detected", "2021-05", false, 0, 0 },
};
/* clang-format on */

static bool close_to(double a, double b)
{
    return (isinf(a) && isinf(b)) || fabs(a - b) < 1e-9;
}

static void test_case(Arena *arena, const Codebook *codebook, const Case *c)
{
    PublishedValue got = { 0 };
    bool any = derive_published(run_of(claims_of(arena, codebook, c->claims), c->variable), &got);
    if (!c->value) {
        CHECK(!any, "%s", c->name);
        return;
    }
    bool missing = c->value[0] == '?';
    const char *want = missing ? c->value + 1 : c->value, *have = missing ? got.missing : got.value;
    CHECK(any && have && strcmp(have, want) == 0 && !missing == !!got.value, "%s: %s", c->name,
          have ? have : "nothing");
    CHECK(got.contested == c->contested, "%s: contested %d", c->name, got.contested);
    if (c->high > 0)
        CHECK(close_to(got.range_low, c->low) && close_to(got.range_high, c->high), "%s: %g to %g", c->name,
              got.range_low, got.range_high);
}

static const struct {
    const char *name, *claims, *codes;
} lists[] = {
    { "all documented types, in the codebook's order",
      "attack_type data_leak media asserts c2 a:media_own:b\nattack_type ransomware victim asserts c2 b:victim:b",
      "ransomware data_leak" },
    { "the attacker's only when nobody else gives one",
      "attack_type data_leak actor asserts c3 a:leak_site:c\nattack_type ransomware victim asserts c2 b:victim:b",
      "ransomware" },
    { "the attacker's alone", "attack_type data_leak actor asserts c3 a:leak_site:c", "data_leak" },
    { "not what a better claimant denies",
      "attack_type ransomware media asserts c2 a:media_own:b\nattack_type ransomware victim denies c2 b:victim:b\n"
      "attack_type ddos victim asserts c2 c:victim:b",
      "ddos" },
    { "but what a worse one denies",
      "attack_type ransomware victim asserts c2 a:victim:b\nattack_type ransomware media denies c2 b:media_own:b",
      "ransomware" },
    { "preferred ones alone",
      "attack_type ransomware media asserts c2 a:media_own:b - preferred\nattack_type ddos victim asserts c2 "
      "b:victim:b",
      "ransomware" },
    { "a code once",
      "attack_type ransomware media asserts c2 a:media_own:b\nattack_type ransomware victim asserts c2 b:victim:b",
      "ransomware" },
};

static void test_list(Arena *arena, const Codebook *codebook, size_t i)
{
    const char *codes[DERIVED_TYPES_MAX], *joined = "";
    size_t count =
        derive_codes(run_of(claims_of(arena, codebook, lists[i].claims), "attack_type"), codes, DERIVED_TYPES_MAX);
    for (size_t j = 0; j < count; j++)
        joined = arena_format(arena, "%s%s%s", joined, j ? " " : "", codes[j]);
    CHECK(strcmp(joined, lists[i].codes) == 0, "types: %s: %s", lists[i].name, joined);
}

int main(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Codebook codebook = codebook_of_tests(arena);
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        test_case(arena, &codebook, &cases[i]);
    for (size_t i = 0; i < COUNT_OF(lists); i++)
        test_list(arena, &codebook, i);
    return DONE();
}
