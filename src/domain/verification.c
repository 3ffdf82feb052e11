#include "domain/verification.h"

const char *const verification_codes[] = { "v0_unverified", "v1_claimed", "v2_probable", "v3_confirmed", "v9_refuted" };

#define RULE(name, level, words) [VERIFICATION_##name] = (words),
const char *const verification_words[VERIFICATION_RULES] = {
#include "domain/verification.def"
};
#undef RULE

#define RULE(name, level, words) [VERIFICATION_##name] = (level),
static const VerificationLevel levels[VERIFICATION_RULES] = {
#include "domain/verification.def"
};
#undef RULE

static bool is_one_of(const char *text, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(text, *list) == 0)
            return true;
    return false;
}

/* Events that tell of the attack, not of what people did about it later. */
static bool is_event_of_attack(const Evidence *claim)
{
    static const char *const after[] = { "event_kind.attribution", "event_kind.legal_step", "event_kind.correction",
                                         NULL };
    return strncmp(claim->variable, "event_kind.", 11) == 0 && !is_one_of(claim->variable, after);
}

static bool is_about_intent(const Evidence *claim)
{
    return strcmp(claim->variable, "intent") == 0 && evidence_is(claim, "intentional");
}

static bool says_it_happened(const Evidence *claim)
{
    return evidence_asserts(claim) && !evidence_by_machine(claim) &&
           (evidence_of_effect(claim) || is_about_intent(claim) || is_event_of_attack(claim));
}

static bool is_reliable(const Evidence *claim, char worst)
{
    return claim->reliability[0] <= worst;
}

static bool is_official(const Evidence *claim) /* victim, authority or court */
{
    return evidence_standing(claim) <= STANDING_VICTIM;
}

static bool has_direct_knowledge(const Evidence *claim)
{
    static const char *const indirect[] = { "media_relay", "social", "dataset", "leak_site", "aggregator_ai", NULL };
    return !evidence_by_attacker(claim) && !is_one_of(claim->source_type, indirect);
}

typedef bool Test(const Evidence *claim);

/* Whether sources of two different groups pass the test. */
static bool two_groups(Run all, Test *passes)
{
    size_t first = all.count;
    for (size_t i = 0; i < all.count; i++) {
        const Evidence *claim = &all.claims[i];
        if (!says_it_happened(claim) || !passes(claim))
            continue;
        if (first < i && !evidence_same_group(&all.claims[first], claim))
            return true;
        first = MIN(first, i);
    }
    return false;
}

static bool anyone(Run all, Test *passes)
{
    for (size_t i = 0; i < all.count; i++)
        if (says_it_happened(&all.claims[i]) && passes(&all.claims[i]))
            return true;
    return false;
}

bool verification_is_official(Run all)
{
    return anyone(all, is_official);
}

static bool confirms(const Evidence *claim)
{
    return is_official(claim) && is_reliable(claim, 'c');
}

static bool witnesses(const Evidence *claim)
{
    return has_direct_knowledge(claim) && is_reliable(claim, 'b') && evidence_credible(claim);
}

static bool is_good(const Evidence *claim)
{
    return !evidence_by_attacker(claim) && is_reliable(claim, 'b') && evidence_credible(claim);
}

static bool is_fair(const Evidence *claim)
{
    return !evidence_by_attacker(claim) && is_reliable(claim, 'c') && evidence_credible(claim);
}

/* The first that holds; else nobody says it. */
static const struct {
    VerificationRule rule;
    bool (*say)(Run all, Test *passes);
    Test *passes;
} steps[] = {
    { VERIFICATION_OFFICIAL, anyone, confirms },
    { VERIFICATION_WITNESSES, two_groups, witnesses },
    { VERIFICATION_GOOD_SOURCE, anyone, is_good },
    { VERIFICATION_FAIR_SOURCES, two_groups, is_fair },
    { VERIFICATION_ATTACKER, anyone, evidence_by_attacker },
};

static VerificationRule rule_of(Run all)
{
    for (size_t i = 0; i < COUNT_OF(steps); i++)
        if (steps[i].say(all, steps[i].passes))
            return steps[i].rule;
    return VERIFICATION_NOBODY;
}

static bool is_attack_type(const Evidence *claim)
{
    return strcmp(claim->variable, "attack_type") == 0;
}

/* Whether every attack type that somebody asserts is denied by `denier`, and there is one. */
static bool denies_every_type(Run all, const Evidence *denier)
{
    Run types = run_of(all, "attack_type");
    size_t asserted = 0, denied = 0;
    for (size_t i = 0; i < types.count; i++) {
        if (!evidence_asserts(&types.claims[i]))
            continue;
        asserted++;
        for (size_t j = 0; j < types.count; j++)
            if (types.claims[j].statement == denier->statement && evidence_denies(&types.claims[j]) &&
                evidence_is(&types.claims[i], types.claims[j].value)) {
                denied++;
                break;
            }
    }
    return asserted && denied == asserted;
}

static bool denies_it(Run all, const Evidence *claim)
{
    if (!evidence_denies(claim) || evidence_by_machine(claim))
        return false;
    if (is_about_intent(claim))
        return true;
    return is_attack_type(claim) && (evidence_is(claim, "unspecified") || denies_every_type(all, claim));
}

/* Whether `claim`, which says that it happened, holds against the denial. */
static bool withstands(const Evidence *claim, const Evidence *denial)
{
    int standing = evidence_standing(denial);
    if (standing <= STANDING_AUTHORITY)
        return evidence_standing(claim) <= standing && evidence_day(claim) >= evidence_day(denial);
    return is_official(claim) || (!evidence_by_attacker(claim) && claim->reliability[0] <= denial->reliability[0]);
}

static bool may_refute(const Evidence *denial)
{
    int standing = evidence_standing(denial);
    return standing <= STANDING_AUTHORITY ||
           ((standing == STANDING_STUDY || standing == STANDING_EXPERT) && evidence_credible(denial));
}

static bool is_refuted_by(Run all, const Evidence *denial)
{
    if (!denies_it(all, denial) || !may_refute(denial))
        return false;
    for (size_t i = 0; i < all.count; i++)
        if (says_it_happened(&all.claims[i]) && withstands(&all.claims[i], denial))
            return false;
    return true;
}

/* What a person of the project lowered it to, or as it is. */
static Verified lowered(Run all, Verified verified)
{
    Run wishes = run_of(all, "verification_level");
    for (size_t i = 0; i < wishes.count; i++)
        for (int wish = V0_UNVERIFIED; wish < (int)verified.level; wish++)
            if (evidence_asserts(&wishes.claims[i]) && strcmp(wishes.claims[i].claimant, "project") == 0 &&
                evidence_is(&wishes.claims[i], verification_codes[wish]))
                verified = (Verified){ (VerificationLevel)wish, VERIFICATION_LOWERED };
    return verified;
}

Verified derive_verification(Run all)
{
    for (size_t i = 0; i < all.count; i++)
        if (is_refuted_by(all, &all.claims[i]))
            return (Verified){ V9_REFUTED, VERIFICATION_REFUTED };
    VerificationRule rule = rule_of(all);
    return lowered(all, (Verified){ levels[rule], rule });
}
