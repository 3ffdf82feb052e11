#include "domain/derive.h"

#include "domain/impact.h"

static bool is(const char *text, const char *other)
{
    return text && strcmp(text, other) == 0;
}

static void reference_date(Run all, Derived *derived)
{
    static const struct {
        const char *event, *basis;
    } order[] = {
        { "event_kind.impact_start", "start" },
        { "event_kind.detected", "detected" },
        { "event_kind.disclosed", "disclosed" },
    };
    PublishedValue date;
    for (size_t i = 0; i < COUNT_OF(order); i++) {
        if (!derive_published(run_of(all, order[i].event), &date) || !date.chosen)
            continue;
        derived->reference = date.chosen->parsed.span;
        derived->reference_basis = order[i].basis;
        return;
    }
}

static void drop_type(Derived *derived, const char *type)
{
    size_t kept = 0;
    for (size_t i = 0; i < derived->type_count; i++)
        if (!is(derived->types[i], type))
            derived->types[kept++] = derived->types[i];
    derived->type_count = kept;
}

static bool has_type(const Derived *derived, const char *type)
{
    for (size_t i = 0; i < derived->type_count; i++)
        if (is(derived->types[i], type))
            return true;
    return false;
}

/* Whether somebody who can know says that it was ransomware. */
static bool is_stated(Run types)
{
    for (size_t i = 0; i < types.count; i++)
        if (evidence_asserts(&types.claims[i]) && evidence_is(&types.claims[i], "ransomware") &&
            evidence_standing(&types.claims[i]) <= STANDING_EXPERT)
            return true;
    return false;
}

static void attack_types(Run all, Derived *derived)
{
    Run types = run_of(all, "attack_type");
    PublishedValue status = { 0 };
    derived->type_count = derive_codes(types, derived->types, DERIVED_TYPES_MAX);
    bool told = derive_published(run_of(all, "ransomware_status"), &status);
    if (told && is(status.value, "ruled_out"))
        drop_type(derived, "ransomware");
    if (derived->type_count > 1)
        drop_type(derived, "unspecified");
    if (!has_type(derived, "ransomware"))
        return;
    bool confirmed = is(status.value, "confirmed") || (!is(status.value, "suspected") && is_stated(types));
    derived->ransomware_status = confirmed ? "confirmed" : "suspected";
}

static bool may_count_persons(const Evidence *claim)
{
    return evidence_asserts(claim) && evidence_standing(claim) <= STANDING_EXPERT;
}

static double at_least(double low)
{
    return low < 0 ? 0 : low; /* "at most 200" is at least none */
}

static void persons(Run all, Derived *derived)
{
    Run run = run_of(all, "persons_affected");
    const Evidence *best = NULL;
    PublishedValue published;
    for (size_t i = 0; i < run.count; i++)
        if (may_count_persons(&run.claims[i]) && (!best || evidence_better(&run.claims[i], best)))
            best = &run.claims[i];
    if (best)
        derived->persons = at_least(best->parsed.low);
    else if (derive_published(run, &published))
        derived->persons_missing = published.missing;
}

/* METHOD.md 5.7: of an indicator that grows, the latest observation, whoever made it but the attacker. */
static const Evidence *latest(Run run)
{
    const Evidence *found = NULL;
    for (size_t i = 0; i < run.count; i++) {
        const Evidence *claim = &run.claims[i];
        if (!evidence_asserts(claim) || evidence_by_attacker(claim))
            continue;
        bool newer = found && evidence_day(claim) > evidence_day(found);
        bool older = found && evidence_day(claim) < evidence_day(found);
        if (!found || newer || (!older && evidence_better(claim, found)))
            found = claim;
    }
    return found;
}

static Bounds latest_bounds(Run run)
{
    const Evidence *observation = latest(run);
    if (!observation)
        return (Bounds){ NAN, NAN };
    return (Bounds){ at_least(observation->parsed.low), observation->parsed.high };
}

static void care(Run all, Derived *derived, Impact *impact)
{
    PublishedValue days;
    if (derive_published(run_of(all, "metric.clinical_disruption_days"), &days) && days.value)
        derived->disturbed_days = at_least(days.low);
    impact->appointments = latest_bounds(run_of(all, "metric.appointments_cancelled"));
    impact->procedures = latest_bounds(run_of(all, "metric.procedures_cancelled"));
    derived->appointments = impact->appointments.low;
    derived->procedures = impact->procedures.low;
}

static bool is_contested(Run all)
{
    PublishedValue published;
    for (size_t i = 0; i < all.count;) {
        Run run = run_at(all, i);
        if (run.count > 1 && derive_published(run, &published) && published.contested)
            return true;
        i += run.count;
    }
    return false;
}

void derive_inclusion(const Record *record, Run evidence, Derived *derived)
{
    *derived = (Derived){ .persons = NAN, .disturbed_days = NAN, .appointments = NAN, .procedures = NAN };
    reference_date(evidence, derived);
    Verified verified = derive_verification(evidence);
    derived->verification = verified.level;
    derived->verification_rule = verified.rule;
    InclusionCase facts = { record, derived->reference_basis ? &derived->reference : NULL, derived->verification };
    Inclusion inclusion = inclusion_decide(&facts, evidence);
    derived->inclusion = inclusion.code;
    derived->reason = inclusion.reason;
    if (is(inclusion.code, "excluded_false") && derived->verification != V9_REFUTED) {
        derived->verification = V9_REFUTED;
        derived->verification_rule = VERIFICATION_DECIDED;
    }
}

void derive_incident(const Record *record, Run evidence, Derived *derived)
{
    derive_inclusion(record, evidence, derived);
    attack_types(evidence, derived);
    persons(evidence, derived);
    Impact impact = { .record = record, .all = evidence, .types = derived->types, .type_count = derived->type_count };
    care(evidence, derived, &impact);
    Interval dimensions[DIMENSION_COUNT];
    impact_dimensions(&impact, dimensions);
    derived->severity = severity_of(dimensions);
    derived->conflicting = is_contested(evidence);
}

bool derive_publishable(const Derived *derived)
{
    if (is(derived->inclusion, "included"))
        return derived->verification == V1_CLAIMED || derived->verification == V2_PROBABLE ||
               derived->verification == V3_CONFIRMED;
    return strncmp(derived->inclusion, "excluded_", 9) == 0;
}
