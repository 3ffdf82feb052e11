#include "domain/impact.h"

#include "domain/published.h"

static const double day_cuts[] = { 1, 2, 7, 28 }, volume_cuts[] = { 1, 100, 1000, 10000 },
                    site_cuts[] = { 1, 2, 10, 100 }, person_cuts[] = { 1, 10000, 100000, 1000000 };

enum { LEVELS = 4, CAP_OF_DATA_ONLY = 2 };

static uint8_t cut(const double cuts[LEVELS], double value)
{
    uint8_t level = 0;
    while (level < LEVELS && value >= cuts[level])
        level++;
    return level;
}

static Interval cut_range(const double cuts[LEVELS], double low, double high)
{
    return (Interval){ cut(cuts, low), cut(cuts, high) };
}

static bool published_of(const Impact *impact, const char *variable, PublishedValue *published)
{
    return derive_published(run_of(impact->all, variable), published) && published->value;
}

/* The place of `code` in a list of codes that ends with NULL; -1 when it is not there. */
static int place_of(const char *const *codes, const char *code)
{
    for (int i = 0; code && codes[i]; i++)
        if (strcmp(codes[i], code) == 0)
            return i;
    return -1;
}

/* The interval of an ordered enum: the published code, or all codes that credible live claims give when contested. */
static bool ordered_range(const Impact *impact, const char *variable, const char *const *codes, Interval *range)
{
    PublishedValue published;
    if (!published_of(impact, variable, &published))
        return false;
    int place = place_of(codes, published.value);
    if (place < 0)
        return false;
    *range = (Interval){ (uint8_t)place, (uint8_t)place };
    Run run = run_of(impact->all, variable);
    for (size_t i = 0; published.contested && i < run.count; i++) {
        const Evidence *claim = &run.claims[i];
        int other = evidence_asserts(claim) && evidence_credible(claim) ? place_of(codes, claim->value) : -1;
        range->low = other >= 0 && other < range->low ? (uint8_t)other : range->low;
        range->high = other > range->high ? (uint8_t)other : range->high;
    }
    return true;
}

static bool has_type(const Impact *impact, const char *type)
{
    for (size_t i = 0; i < impact->type_count; i++)
        if (strcmp(impact->types[i], type) == 0)
            return true;
    return false;
}

static bool is_data_only(const Impact *impact)
{
    static const char *const data_types[] = { "data_extortion", "data_theft", "data_leak", NULL };
    for (size_t i = 0; i < impact->type_count; i++)
        if (place_of(data_types, impact->types[i]) < 0)
            return false;
    return impact->type_count > 0;
}

static Interval unknown(uint8_t cap)
{
    return (Interval){ 0, cap };
}

static uint8_t care_cap(const Impact *impact)
{
    return is_data_only(impact) ? CAP_OF_DATA_ONLY : LEVELS;
}

static Interval service(const Impact *impact)
{
    static const char *const codes[] = {
        "s0_none", "s1_admin", "s2_degraded", "s3_service_stopped", "s4_facility_stopped", NULL
    };
    Interval range;
    if (ordered_range(impact, "care_disruption", codes, &range))
        return range;
    range = unknown(care_cap(impact));
    range.low = has_type(impact, "ransomware") ? 1 : 0;
    return range;
}

static Interval duration(const Impact *impact)
{
    PublishedValue days;
    if (!published_of(impact, "metric.clinical_disruption_days", &days))
        return unknown(LEVELS);
    Interval range = cut_range(day_cuts, days.range_low, days.range_high);
    range.low = days.range_low > 0 ? MAX(range.low, 1) : range.low;
    range.high = days.range_high > 0 ? MAX(range.high, 1) : range.high;
    return range;
}

static Interval volume(const Impact *impact)
{
    uint8_t cap = care_cap(impact);
    Bounds a = impact->appointments, b = impact->procedures;
    if (isnan(a.low) && isnan(b.low))
        return unknown(cap);
    if (!isnan(a.low) && !isnan(b.low))
        return cut_range(volume_cuts, a.low + b.low, a.high + b.high);
    uint8_t known = cut(volume_cuts, isnan(a.low) ? b.low : a.low);
    return (Interval){ known, MAX(known, cap) };
}

/* What the statement of a harm says about its cause: 1 established, 0 ruled out, -1 anything else. */
static int is_established(const Impact *impact, const Evidence *harm)
{
    Run causes = run_of(impact->all, "causal_status");
    for (size_t i = 0; i < causes.count; i++) {
        const Evidence *cause = &causes.claims[i];
        if (cause->statement != harm->statement || !evidence_asserts(cause))
            continue;
        if (evidence_is(cause, "contributing") || evidence_is(cause, "direct"))
            return 1;
        if (evidence_is(cause, "ruled_out"))
            return 0;
    }
    return -1;
}

static Interval harm(const Impact *impact)
{
    static const char *const codes[] = {
        "h0_none_found", "h1_delay", "h2_low_moderate", "h3_severe", "h4_death", NULL
    };
    Run run = run_of(impact->all, "harm_level");
    int established = -1, alleged = 0;
    for (size_t i = 0; i < run.count; i++) {
        const Evidence *claim = &run.claims[i];
        int level = evidence_asserts(claim) ? place_of(codes, claim->value) : -1;
        int cause = level > 0 ? is_established(impact, claim) : 1;
        if (level < 0 || evidence_by_attacker(claim))
            continue;
        established = cause == 1 ? MAX(established, level) : established;
        alleged = cause == -1 ? MAX(alleged, level) : alleged;
    }
    if (established < 0)
        return unknown((uint8_t)MAX(care_cap(impact), alleged));
    return (Interval){ (uint8_t)established, (uint8_t)MAX(established, alleged) };
}

static bool stands_for_many(const OrganisationFacts *organisation)
{
    static const char *const types[] = { "hospital_group",  "health_authority", "ministry_agency", "insurer_public",
                                         "insurer_private", "it_supplier",      "other_supplier",  NULL };
    return place_of(types, organisation->org_type) >= 0;
}

static Interval scale(const Impact *impact)
{
    PublishedValue sites;
    if (published_of(impact, "sites_affected", &sites) || published_of(impact, "metric.sites_affected", &sites))
        return cut_range(site_cuts, sites.range_low, sites.range_high);
    size_t count = 0;
    bool many = false;
    for (size_t i = 0; i < impact->record->affected_count; i++) {
        const AffectedFacts *affected = &impact->record->affected[i];
        if (strcmp(affected->role, "direct") != 0 && strcmp(affected->role, "via_supplier") != 0)
            continue;
        count++;
        many = many || stands_for_many(&affected->organisation);
    }
    Interval range = cut_range(site_cuts, (double)count, (double)count);
    if (many || count == 0)
        range.high = LEVELS;
    return range;
}

static Interval data(const Impact *impact)
{
    static const char *const steps[] = { "accessed", "exfiltrated", "sold", NULL };
    PublishedValue persons, disclosure = { 0 };
    bool known = published_of(impact, "data_disclosure", &disclosure);
    bool counted = published_of(impact, "persons_affected", &persons);
    if (!counted && known && strcmp(disclosure.value, "none") == 0 && !disclosure.contested)
        return unknown(0);
    Interval range = counted ? cut_range(person_cuts, persons.range_low, persons.range_high) : unknown(LEVELS);
    bool exposed = known && (strcmp(disclosure.value, "published") == 0 || strcmp(disclosure.value, "misused") == 0);
    bool limited = known && !disclosure.contested && place_of(steps, disclosure.value) >= 0;
    if (!exposed)
        range.low = MIN(range.low, LEVELS - 1);
    if (limited)
        range.high = MIN(range.high, LEVELS - 1);
    return range;
}

static Interval recoverability(const Impact *impact)
{
    static const char *const codes[] = { "", "regular", "supplemented", "extended", "not_recoverable", NULL };
    Interval range;
    return ordered_range(impact, "recoverability", codes, &range) ? range : unknown(LEVELS);
}

static bool is_above_zero(const Impact *impact, const char *variable)
{
    PublishedValue number;
    return published_of(impact, variable, &number) && number.low > 0;
}

static Interval spillover(const Impact *impact)
{
    static const char *const plans[] = { "none", "facility", "", "regional", "national", NULL };
    bool loaded = is_above_zero(impact, "metric.neighbour_load_percent") ||
                  is_above_zero(impact, "metric.ambulances_diverted") ||
                  is_above_zero(impact, "metric.diversion_hours");
    Interval range;
    if (!ordered_range(impact, "emergency_plan", plans, &range))
        range = unknown(is_data_only(impact) ? 0 : LEVELS);
    if (loaded)
        range = (Interval){ MAX(range.low, 2), MAX(range.high, 2) };
    return range;
}

void impact_dimensions(const Impact *impact, Interval dimensions[DIMENSION_COUNT])
{
    dimensions[SERVICE] = service(impact);
    dimensions[DURATION] = duration(impact);
    dimensions[VOLUME] = volume(impact);
    dimensions[HARM] = harm(impact);
    dimensions[SCALE] = scale(impact);
    dimensions[DATA] = data(impact);
    dimensions[RECOVERABILITY] = recoverability(impact);
    dimensions[SPILLOVER] = spillover(impact);
}
