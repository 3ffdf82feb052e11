#include "domain/attribution.h"

static bool names_somebody(const Evidence *claim)
{
    return evidence_asserts(claim) && !evidence_by_machine(claim) &&
           (evidence_credible(claim) || evidence_by_attacker(claim) || evidence_standing(claim) == STANDING_COURT);
}

typedef bool Pair(const Evidence *a, const Evidence *b);

static bool any_two(Run named, Pair *fits)
{
    for (size_t i = 0; i < named.count; i++)
        for (size_t j = i + 1; names_somebody(&named.claims[i]) && j < named.count; j++)
            if (names_somebody(&named.claims[j]) && fits(&named.claims[i], &named.claims[j]))
                return true;
    return false;
}

static bool agree(const Evidence *a, const Evidence *b)
{
    return !evidence_by_attacker(a) && !evidence_by_attacker(b) && !evidence_same_group(a, b) &&
           !evidence_contradicts(a, b);
}

const char *derive_attribution(Run all)
{
    Run named = run_of(all, "actor");
    size_t count = 0, by_others = 0, by_courts = 0;
    for (size_t i = 0; i < named.count; i++) {
        const Evidence *claim = &named.claims[i];
        if (!names_somebody(claim))
            continue;
        count++;
        by_others += !evidence_by_attacker(claim);
        by_courts += evidence_standing(claim) == STANDING_COURT;
    }
    if (count == 0)
        return "none";
    if (by_courts)
        return "judicial";
    if (any_two(named, evidence_contradicts))
        return "contested";
    if (any_two(named, agree))
        return "corroborated";
    return by_others ? "attributed" : "claimed";
}
