#include "domain/published.h"

bool type_is_number(ValueType type)
{
    return type == TYPE_COUNT || type == TYPE_NUMBER || type == TYPE_RANGE || type == TYPE_MONEY;
}

static bool is_preferred(const Evidence *claim)
{
    return strcmp(claim->rank, "preferred") == 0;
}

/* Whether it may become or widen a published value. */
static bool feeds(const Evidence *claim)
{
    return evidence_asserts(claim) && !(type_is_number(claim->type) && evidence_by_attacker(claim));
}

bool evidence_better(const Evidence *a, const Evidence *b)
{
    if (is_preferred(a) != is_preferred(b))
        return is_preferred(a);
    int standing_a = evidence_standing(a), standing_b = evidence_standing(b);
    if (standing_a != standing_b)
        return standing_a < standing_b;
    if (evidence_day(a) != evidence_day(b))
        return evidence_day(a) > evidence_day(b);
    int order = strcmp(a->credibility, b->credibility);
    if (!order)
        order = strcmp(a->reliability, b->reliability);
    if (order)
        return order < 0;
    return a->recorded != b->recorded ? a->recorded > b->recorded : a->claim < b->claim;
}

Preference evidence_preference(const Evidence *a, const Evidence *b)
{
    if (is_preferred(a) != is_preferred(b))
        return BY_RANK;
    if (evidence_standing(a) != evidence_standing(b))
        return BY_CLAIMANT;
    if (evidence_day(a) != evidence_day(b))
        return BY_DAY;
    if (strcmp(a->credibility, b->credibility) != 0)
        return BY_CREDIBILITY;
    return strcmp(a->reliability, b->reliability) != 0 ? BY_RELIABILITY : BY_ENTRY;
}

/* Both are indicators of care whose count did not fall from the earlier day to the later. */
static bool grew(const Evidence *a, const Evidence *b)
{
    const Evidence *early = evidence_day(a) < evidence_day(b) ? a : b, *late = early == a ? b : a;
    return strncmp(a->variable, "metric.", 7) == 0 && early->as_of != DAY_UNKNOWN && late->as_of != DAY_UNKNOWN &&
           early->as_of < late->as_of && early->parsed.low <= late->parsed.high;
}

bool evidence_contradicts(const Evidence *a, const Evidence *b)
{
    return value_contradicts(a->definition, a->type, a->value, b->value) && !grew(a, b);
}

/* Whether `other` speaks against the chosen claim: another value, or a denial of this one. */
static bool is_against(const Evidence *chosen, const Evidence *other)
{
    if (other == chosen || !evidence_credible(other))
        return false;
    if (evidence_denies(other))
        return strcmp(chosen->value, other->value) == 0;
    return feeds(other) && evidence_contradicts(chosen, other);
}

static void widen(PublishedValue *published, const Evidence *claim)
{
    published->range_low = fmin(published->range_low, claim->parsed.low);
    published->range_high = fmax(published->range_high, claim->parsed.high);
}

static void contest(Run run, PublishedValue *published)
{
    for (size_t i = 0; i < run.count && !published->contested; i++)
        published->contested = is_against(published->chosen, &run.claims[i]);
    for (size_t i = 0; i < run.count && published->contested; i++)
        if (feeds(&run.claims[i]) && evidence_credible(&run.claims[i]))
            widen(published, &run.claims[i]);
}

/* The best claim that gives a value, or that only says why there is none. */
static const Evidence *best(Run run, bool (*fits)(const Evidence *))
{
    const Evidence *found = NULL;
    for (size_t i = 0; i < run.count; i++)
        if (fits(&run.claims[i]) && (!found || evidence_better(&run.claims[i], found)))
            found = &run.claims[i];
    return found;
}

static bool tells_missing(const Evidence *claim)
{
    return claim->live && claim->missing;
}

bool derive_published(Run run, PublishedValue *published)
{
    const Evidence *chosen = best(run, feeds), *missing = chosen ? NULL : best(run, tells_missing);
    if (!chosen && !missing)
        return false;
    *published = (PublishedValue){ .variable = run.claims[0].variable, .chosen = chosen };
    published->low = published->high = published->range_low = published->range_high = NAN;
    if (missing) {
        published->missing = missing->missing;
        return true;
    }
    published->value = chosen->value;
    published->low = published->range_low = chosen->parsed.low;
    published->high = published->range_high = chosen->parsed.high;
    if (run.count > 1)
        contest(run, published);
    return true;
}

typedef struct Choice { /* which claims count for a variable of many codes */
    bool preferred_only, attackers_too;
} Choice;

static Choice choice_of(Run run)
{
    Choice choice = { .attackers_too = true };
    for (size_t i = 0; i < run.count; i++) {
        if (!evidence_asserts(&run.claims[i]))
            continue;
        choice.preferred_only = choice.preferred_only || is_preferred(&run.claims[i]);
        choice.attackers_too = choice.attackers_too && evidence_by_attacker(&run.claims[i]);
    }
    return choice;
}

/* The best standing of those who assert `code`, or who deny it; one behind the attacker when nobody does. */
static int best_standing(Run run, Choice choice, const char *code, bool (*speaks)(const Evidence *))
{
    int standing = STANDING_ATTACKER + 1;
    for (size_t i = 0; i < run.count; i++) {
        const Evidence *claim = &run.claims[i];
        if (!speaks(claim) || strcmp(claim->value, code) != 0 || (evidence_by_attacker(claim) && !choice.attackers_too))
            continue;
        if (speaks == evidence_denies || !choice.preferred_only || is_preferred(claim))
            standing = MIN(standing, evidence_standing(claim));
    }
    return standing;
}

size_t derive_codes(Run run, const char **codes, size_t most)
{
    size_t count = 0;
    if (run.count == 0)
        return 0;
    const Variable *variable = run.claims[0].definition;
    Choice choice = choice_of(run);
    for (size_t i = 0; i < variable->value_count && count < most; i++) {
        const char *code = variable->values[i].code;
        int asserted = best_standing(run, choice, code, evidence_asserts);
        if (asserted <= STANDING_ATTACKER && asserted < best_standing(run, choice, code, evidence_denies))
            codes[count++] = code;
    }
    return count;
}
