/* An incident must never be published as better confirmed than METHOD.md 3 allows. */
#include "claims.h"
#include "test.h"

#define T "attack_type ransomware "

static const struct {
    const char *name;
    VerificationLevel level;
    const char *claims;
} cases[] = {
    { "the victim in a fair source", V3_CONFIRMED, T "victim asserts c2 a:media_own:c" },
    { "an authority", V3_CONFIRMED, T "authority asserts c2 a:register:a" },
    { "a court", V3_CONFIRMED, T "authority asserts c2 a:court:a" },
    { "the victim in a poor source only", V0_UNVERIFIED, T "victim asserts c2 a:social:d" },
    { "a victim's word through a leak site is the attacker's", V1_CLAIMED, T "victim asserts c2 a:leak_site:b" },
    { "two b sources with direct knowledge", V3_CONFIRMED,
      T "media asserts c2 a:media_own:b\n" T "media asserts c2 b:media_own:b" },
    { "two b sources of one group count once", V2_PROBABLE,
      T "media asserts c2 a:media_own:b:afp\n" T "media asserts c2 b:media_own:b:afp" },
    { "two b sources of two groups", V3_CONFIRMED,
      T "media asserts c2 a:media_own:b:afp\n" T "media asserts c2 b:media_own:b:reuters" },
    { "a relay has no direct knowledge", V2_PROBABLE,
      T "media asserts c2 a:media_own:b\n" T "media asserts c2 b:media_relay:b" },
    { "nor has a data set", V2_PROBABLE, T "media asserts c2 a:media_own:b\n" T "project asserts c2 b:dataset:b" },
    { "two claims in one source count once", V2_PROBABLE,
      T "media asserts c2 a:media_own:b\nattack_type data_leak expert asserts c2 a:media_own:b" },
    { "one b source", V2_PROBABLE, T "media asserts c3 a:media_own:b" },
    { "one b source that doubts", V0_UNVERIFIED, T "media asserts c4 a:media_own:b" },
    { "one c source", V0_UNVERIFIED, T "media asserts c2 a:media_own:c" },
    { "two independent c sources", V2_PROBABLE,
      T "media asserts c2 a:media_own:c\n" T "media asserts c3 b:media_relay:c" },
    { "two dependent c sources", V0_UNVERIFIED,
      T "media asserts c2 a:media_own:c:x\n" T "media asserts c3 b:media_relay:c:x" },
    { "two d sources", V0_UNVERIFIED, T "media asserts c2 a:social:d\n" T "media asserts c3 b:social:d" },
    { "the attacker", V1_CLAIMED, T "actor asserts c3 a:leak_site:c" },
    { "the press relaying the attacker", V1_CLAIMED,
      T "actor asserts c2 a:media_own:a\n" T "actor asserts c2 b:media_own:a" },
    { "a model's text counts for nothing", V0_UNVERIFIED, T "victim asserts c1 a:aggregator_ai:a" },
    { "a superseded claim does not confirm", V0_UNVERIFIED,
      T "victim asserts c2 a:victim:b 2021-01-01\nattack_type ?withheld victim corrects c2 a:victim:b 2021-02-01" },
    { "a deprecated claim does not confirm", V0_UNVERIFIED, T "victim asserts c2 a:victim:b - deprecated" },
    { "a claim that nothing was taken is no claim that it happened", V0_UNVERIFIED,
      "data_disclosure none victim asserts c2 a:victim:b" },
    { "zero persons neither", V0_UNVERIFIED, "persons_affected 0 victim asserts c2 a:victim:b" },
    { "an effect is", V3_CONFIRMED, "care_disruption s2_degraded victim asserts c2 a:victim:b" },
    { "an event of the attack is", V3_CONFIRMED, "event_kind.detected 2021-05 victim asserts c2 a:victim:b" },
    { "a missing code is not", V0_UNVERIFIED, "persons_affected ?placeholder authority asserts c2 a:register:a" },
    { "a victim's denial alone does not refute", V1_CLAIMED,
      T "actor asserts c3 a:leak_site:c\n" T "victim denies c2 b:victim:b" },
    { "an authority's denial refutes", V9_REFUTED,
      T "actor asserts c3 a:leak_site:c\n" T "authority denies c2 b:authority:b" },
    { "also what the victim said", V9_REFUTED,
      T "victim asserts c2 a:victim:b 2021-01-01\nintent intentional authority denies c2 b:authority:b 2021-02-01" },
    { "denying one of two types does not", V3_CONFIRMED,
      T "media asserts c3 a:media_own:b\nattack_type ddos victim asserts c2 c:victim:b\n" T
        "authority denies c2 b:authority:b" },
    { "denying that it was an attack at all does", V9_REFUTED,
      T "media asserts c3 a:media_own:b\nattack_type unspecified authority denies c2 b:authority:b" },
    { "an authority that asserts later holds", V3_CONFIRMED,
      T "authority asserts c2 a:authority:b 2021-03-01\n" T "authority denies c2 b:authority:b 2021-02-01" },
    { "a court's denial holds against it", V9_REFUTED,
      T "authority asserts c2 a:authority:b 2021-03-01\n" T "authority denies c2 b:court:b 2021-02-01" },
    { "better evidence refutes", V9_REFUTED, T "media asserts c3 a:media_own:c\n" T "expert denies c2 b:study:b" },
    { "evidence no better does not", V2_PROBABLE, T "media asserts c3 a:media_own:b\n" T "expert denies c2 b:study:b" },
    { "an expert does not refute the victim", V3_CONFIRMED,
      T "victim asserts c3 a:victim:c\n" T "expert denies c2 b:study:a" },
    { "denying a number refutes nothing", V3_CONFIRMED,
      T "victim asserts c2 a:victim:b\npersons_affected 100 authority denies c2 b:authority:a" },
    { "a person lowers it", V2_PROBABLE,
      T "victim asserts c2 a:victim:b\nverification_level v2_probable project asserts c2 p:confidential:b" },
    { "and never raises it", V1_CLAIMED,
      T "actor asserts c3 a:leak_site:c\nverification_level v3_confirmed project asserts c2 p:confidential:b" },
    { "nobody says anything", V0_UNVERIFIED, "" },
};

int main(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Codebook codebook = codebook_of_tests(arena);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        VerificationLevel level = derive_verification(claims_of(arena, &codebook, cases[i].claims)).level;
        CHECK(level == cases[i].level, "%s: %s", cases[i].name, verification_codes[level]);
    }
    return DONE();
}
