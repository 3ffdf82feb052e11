#include "domain/inclusion.h"

#include "domain/published.h"

enum { MONTH = 31 };

static const Inclusion
    included = { "included", NULL },
    refuted = { "excluded_false", N_("An authority, a court or better evidence shows that it did not happen") },
    no_health = { "excluded_scope", N_("No affected organisation is known to belong to the health sector") },
    no_intent = { "excluded_not_intentional", N_("No person acted without right, as far as the sources tell") },
    no_effect = { "excluded_no_effect", N_("No attack type, unauthorised access or effect is reported") },
    no_date = { "excluded_insufficient", N_("No date of its start, detection or disclosure is known") },
    no_identity = { "excluded_insufficient", N_("Neither the organisation nor its type, country and month are known") };

static const Inclusion *const own[] = { &refuted, &no_health, &no_intent, &no_effect, &no_date, &no_identity };

static bool belongs_to_health(const Record *record)
{
    for (size_t i = 0; i < record->affected_count; i++)
        if (record->affected[i].organisation.org_type || record->affected[i].organisation.sector_group)
            return true;
    return false;
}

static bool is_unintentional(Run all)
{
    PublishedValue intent;
    return derive_published(run_of(all, "intent"), &intent) && intent.value &&
           strcmp(intent.value, "unintentional") == 0;
}

static bool has_effect(Run all)
{
    for (size_t i = 0; i < all.count; i++)
        if (evidence_of_effect(&all.claims[i]))
            return true;
    return false;
}

/* Question 4: it can be told from others. */
static bool is_distinct(const Record *record, Span date)
{
    for (size_t i = 0; i < record->affected_count; i++) {
        const OrganisationFacts *organisation = &record->affected[i].organisation;
        bool described = organisation->org_type && organisation->country && date.last - date.first < MONTH;
        if (affected_named(&record->affected[i]) || described)
            return true;
    }
    return false;
}

static Inclusion by_questions(const InclusionCase *facts, Run all)
{
    if (facts->verification == V9_REFUTED)
        return refuted;
    if (!belongs_to_health(facts->record))
        return no_health;
    if (is_unintentional(all))
        return no_intent;
    if (!has_effect(all))
        return no_effect;
    if (!facts->date)
        return no_date;
    return is_distinct(facts->record, *facts->date) ? included : no_identity;
}

Inclusion inclusion_decide(const InclusionCase *facts, Run all)
{
    const Record *record = facts->record;
    if (!record->inclusion)
        return by_questions(facts, all);
    if (strcmp(record->inclusion, "included") == 0 && !facts->date)
        return no_date;
    return (Inclusion){ record->inclusion, record->reason };
}

bool inclusion_may_change(const char *code, const char *reason)
{
    if (strcmp(code, "included") == 0 && !reason)
        return true;
    for (size_t i = 0; i < COUNT_OF(own); i++)
        if (reason && strcmp(code, own[i]->code) == 0 && strcmp(reason, own[i]->reason) == 0)
            return true;
    return false;
}
