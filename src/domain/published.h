/* Published value: what Vigie says about a variable, chosen from its claims by METHOD.md 4. */
#pragma once

#include "domain/evidence.h"

typedef struct PublishedValue {
    const char *variable;
    const char *value;            /* NULL when only missing codes are known */
    const char *missing;          /* the missing code then */
    double low, high;             /* of the chosen claim, as in Parsed */
    double range_low, range_high; /* over all live claims of credibility 1 to 3 when contested; else as low and high */
    const Evidence *chosen;       /* NULL when missing */
    bool contested;
} PublishedValue;

/* `run`: the claims of one variable (run_of). Rank, then claimant, then day, credibility, reliability, then the newest
 * entry. An attacker's number (count, number, range, money) never feeds anything. False when there is nothing to
 * publish: no claim, or only denials. */
bool derive_published(Run run, PublishedValue *published);

/* Of a variable that takes any number of codes: those published, in the codebook's order. Preferred claims alone when
 * there are any; the attacker's only when nobody else gives one; not those that a claimant of equal or better standing
 * denies. Returns how many. */
size_t derive_codes(Run run, const char **codes, size_t most);

bool type_is_number(ValueType type);
/* METHOD.md 4's order: whether `a` is to be published rather than `b`. */
bool evidence_better(const Evidence *a, const Evidence *b);
typedef enum Preference { BY_RANK, BY_CLAIMANT, BY_DAY, BY_CREDIBILITY, BY_RELIABILITY, BY_ENTRY } Preference;
/* The first rule of that order by which the two differ. */
Preference evidence_preference(const Evidence *a, const Evidence *b);
/* Whether two claims about one variable cannot both be true. A count that grew between two days of observation is no
 * contradiction when it is an indicator of care. */
bool evidence_contradicts(const Evidence *a, const Evidence *b);
