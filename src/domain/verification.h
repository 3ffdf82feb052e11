/* Verification level: how well it is known that the incident happened, by METHOD.md 3. */
#pragma once

#include "domain/evidence.h"

typedef enum VerificationLevel { V0_UNVERIFIED, V1_CLAIMED, V2_PROBABLE, V3_CONFIRMED, V9_REFUTED } VerificationLevel;

extern const char *const verification_codes[]; /* by level: the codes of verification_level */

typedef enum VerificationRule {
#define RULE(name, level, words) VERIFICATION_##name,
#include "domain/verification.def"
#undef RULE
    VERIFICATION_RULES
} VerificationRule;

extern const char *const verification_words[VERIFICATION_RULES]; /* in English, for translation */

typedef struct Verified {
    VerificationLevel level;
    VerificationRule rule; /* that gave it */
} Verified;

/* Over all evidence of an incident. A claim that it happened is one of an attack type, of another effect
 * (evidence_of_effect), of an intentional act or of an event of the attack. What a model wrote without an editor counts
 * for nothing.
 *
 * v3: such a claim by victim, authority or court in a source of reliability a to c; or by two a-b sources of different
 *     independence groups with direct knowledge (not relays, data sets or social networks), credibility 1 to 3.
 * v2: one a-b source, or two c sources of different groups, credibility 1 to 3, not the attacker.
 * v1: the attacker or relays of it.  v0: all else.
 * v9: a denial that there was an intentional act or any attack (attack_type unspecified), or of every attack type that
 *     is asserted. It must come from an authority or a court, newer than what any other of the same standing asserts;
 *     or be better evidence: an expert or a study, credible, in a source that is more reliable than every source but
 *     the attacker's that asserts, while no victim, authority or court does.
 * A claim about verification_level by the project may lower the level, never raise it. A source without a group of its
 * own is its own group. */
Verified derive_verification(Run all);
/* Whether a live claim of the victim, an authority or a court says that it happened, however reliable its source. */
bool verification_is_official(Run all);
