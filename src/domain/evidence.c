#include "domain/evidence.h"

enum { FEW = 48 }; /* up to here insertion is faster than qsort */

/* Asked some hundred times an incident; most words differ at once. */
static bool same(const char *a, const char *b)
{
    return *a == *b && strcmp(a, b) == 0;
}

static bool one_of(const char *text, const char *const *list)
{
    for (; *list; list++)
        if (same(text, *list))
            return true;
    return false;
}

int32_t evidence_day(const Evidence *claim)
{
    return claim->as_of != DAY_UNKNOWN ? claim->as_of : claim->known_since;
}

int32_t evidence_known_day(const Evidence *claim)
{
    return claim->known_since != DAY_UNKNOWN ? claim->known_since : claim->recorded_on;
}

bool evidence_by_attacker(const Evidence *claim)
{
    return same(claim->claimant, "actor") || same(claim->source_type, "leak_site");
}

bool evidence_by_machine(const Evidence *claim)
{
    return same(claim->source_type, "aggregator_ai") || (claim->origin && same(claim->origin, "machine"));
}

bool evidence_credible(const Evidence *claim)
{
    return claim->credibility[0] == 'c' && claim->credibility[1] >= '1' && claim->credibility[1] <= '3';
}

bool evidence_asserts(const Evidence *claim)
{
    return claim->live && claim->value && !same(claim->stance, "denies");
}

bool evidence_denies(const Evidence *claim)
{
    return claim->live && claim->value && same(claim->stance, "denies");
}

bool evidence_is(const Evidence *claim, const char *value)
{
    return claim->value && same(claim->value, value);
}

int evidence_standing(const Evidence *claim)
{
    static const struct {
        const char *claimant;
        int standing;
    } order[] = {
        { "authority", STANDING_AUTHORITY }, { "victim", STANDING_VICTIM },   { "expert", STANDING_EXPERT },
        { "media", STANDING_MEDIA },         { "project", STANDING_PROJECT }, { "person", STANDING_PERSON },
    };
    if (evidence_by_attacker(claim))
        return STANDING_ATTACKER;
    int standing = STANDING_ATTACKER;
    for (size_t i = 0; i < COUNT_OF(order); i++)
        if (same(claim->claimant, order[i].claimant))
            standing = order[i].standing;
    if (standing == STANDING_AUTHORITY && same(claim->source_type, "court"))
        return STANDING_COURT;
    if (standing == STANDING_EXPERT && same(claim->source_type, "study"))
        return STANDING_STUDY;
    return standing;
}

bool evidence_of_effect(const Evidence *claim)
{
    static const char *const entities[] = { "attack", "data_impact", "care_impact", "harm", "ransom", NULL };
    static const char *const nothing[] = { "none",          "no",        "unknown", "unclear", "s0_none", "possible",
                                           "h0_none_found", "ruled_out", NULL };
    return evidence_asserts(claim) && one_of(claim->definition->entity, entities) && !one_of(claim->value, nothing) &&
           !(claim->parsed.high <= 0);
}

static int compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static bool is_deprecated(const Evidence *claim)
{
    return same(claim->rank, "deprecated");
}

/* Deprecated claims stand last within their variable, so that they replace nothing. */
static int speaker_order(const Evidence *a, const Evidence *b)
{
    int order = strcmp(a->variable, b->variable);
    if (!order)
        order = (int)is_deprecated(a) - (int)is_deprecated(b);
    if (!order)
        order = compare_numbers(a->source, b->source);
    return order ? order : strcmp(a->claimant, b->claimant);
}

static int newest_first(const Evidence *a, const Evidence *b)
{
    int order = compare_numbers(evidence_day(b), evidence_day(a));
    return order ? order : compare_numbers(b->recorded, a->recorded);
}

static int compare(const void *left, const void *right)
{
    const Evidence *a = left, *b = right;
    int order = speaker_order(a, b);
    if (!order)
        order = newest_first(a, b);
    return order ? order : compare_numbers(a->claim, b->claim);
}

static void insert_in_order(Evidence *claims, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        size_t place = i;
        while (place > 0 && compare(&claims[place - 1], &claims[i]) > 0)
            place--;
        if (place == i)
            continue;
        Evidence moved = claims[i];
        memmove(&claims[place + 1], &claims[place], (i - place) * sizeof *claims);
        claims[place] = moved;
    }
}

void evidence_sort(Evidence *claims, size_t count)
{
    if (count <= FEW)
        insert_in_order(claims, count);
    else
        qsort(claims, count, sizeof *claims, compare);
    const Evidence *newest = claims;
    for (size_t i = 0; i < count; i++) {
        if (speaker_order(newest, &claims[i]) != 0)
            newest = &claims[i];
        claims[i].live = !is_deprecated(&claims[i]) && newest_first(newest, &claims[i]) == 0;
    }
}

Run run_at(Run all, size_t from)
{
    size_t end = from + 1;
    while (end < all.count && same(all.claims[from].variable, all.claims[end].variable))
        end++;
    return (Run){ all.claims + from, end - from };
}

Run run_of(Run all, const char *variable)
{
    size_t low = 0, high = all.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(all.claims[middle].variable, variable) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == all.count || !same(all.claims[low].variable, variable))
        return (Run){ 0 };
    return run_at(all, low);
}

bool evidence_same_group(const Evidence *a, const Evidence *b)
{
    if (a->group && b->group)
        return strcmp(a->group, b->group) == 0;
    return a->source == b->source;
}
