/* What the site shows about an incident must be what METHOD.md 2, 4, 5 and 6 make of its claims: never a number that an
 * attacker gave, never an incident in a period that nobody named. */
#include "claims.h"
#include "domain/attribution.h"
#include "domain/impact.h"
#include "test.h"

#define R "attack_type ransomware victim asserts c2 a:victim:b\n"
#define D "event_kind.disclosed 2021-05-09 media asserts c2 n:media_own:b\n"
#define P "persons_affected "

static Arena *arena;
static Codebook codebook;

/* One clinic in France, named unless said otherwise. */
static Record *record_of(const char *inclusion)
{
    Record *record = NEW(arena, Record);
    *record = (Record){ .inclusion = inclusion, .reason = inclusion ? "given" : NULL, .affected_count = 1 };
    record->affected = NEW(arena, AffectedFacts);
    *record->affected = (AffectedFacts){ .organisation = { .name = "C", .country = "FR", .org_type = "clinic" },
                                         .role = "direct",
                                         .naming = "named" };
    return record;
}

static Derived derive(const char *claims)
{
    Derived derived;
    derive_incident(record_of(NULL), claims_of(arena, &codebook, claims), &derived);
    return derived;
}

typedef enum Victim { NAMED, TYPE_COUNTRY, TYPE_ONLY, NOT_HEALTH } Victim;

static const struct {
    const char *name;
    Victim victim;
    const char *given, *claims, *expected;
} inclusions[] = {
    { "all four questions", NAMED, NULL, R D, "included" },
    { "not health", NOT_HEALTH, NULL, R D, "excluded_scope" },
    { "an error", NAMED, NULL, R D "intent unintentional victim asserts c2 a:victim:b", "excluded_not_intentional" },
    { "intent unclear", NAMED, NULL, R D "intent unclear victim asserts c2 a:victim:b", "included" },
    { "no effect", NAMED, NULL, D, "excluded_no_effect" },
    { "no effect but claims of none", NAMED, NULL, D "data_disclosure none victim asserts c2 a:victim:b",
      "excluded_no_effect" },
    { "an effect without a type", NAMED, NULL, D "care_disruption s2_degraded victim asserts c2 a:victim:b",
      "included" },
    { "no date", NAMED, NULL, R, "excluded_insufficient" },
    { "a year and a name", NAMED, NULL, R "event_kind.detected 2021 victim asserts c2 a:victim:b", "included" },
    { "a year, type and country", TYPE_COUNTRY, NULL, R "event_kind.detected 2021 victim asserts c2 a:victim:b",
      "excluded_insufficient" },
    { "a month, type and country", TYPE_COUNTRY, NULL, R "event_kind.detected 2021-05 victim asserts c2 a:victim:b",
      "included" },
    { "a month and type without country", TYPE_ONLY, NULL, R "event_kind.detected 2021-05 victim asserts c2 a:victim:b",
      "excluded_insufficient" },
    { "refuted", NAMED, NULL, R D "attack_type ransomware authority denies c2 q:authority:a", "excluded_false" },
    { "a given decision holds", NAMED, "excluded_no_effect", R D, "excluded_no_effect" },
    { "pending stays pending", NAMED, "pending", R D, "pending" },
    { "even for what the questions exclude", NAMED, "included", D, "included" },
    { "but never without a date", NAMED, "included", R, "excluded_insufficient" },
};

static void test_inclusion(size_t i)
{
    Derived derived;
    Record *record = record_of(inclusions[i].given);
    OrganisationFacts *organisation = &record->affected->organisation;
    if (inclusions[i].victim != NAMED)
        record->affected->naming = "type_country";
    if (inclusions[i].victim == TYPE_ONLY)
        organisation->country = NULL;
    if (inclusions[i].victim == NOT_HEALTH)
        organisation->org_type = NULL;
    derive_incident(record, claims_of(arena, &codebook, inclusions[i].claims), &derived);
    CHECK(strcmp(derived.inclusion, inclusions[i].expected) == 0, "inclusion: %s: %s (%s)", inclusions[i].name,
          derived.inclusion, derived.reason ? derived.reason : "");
    CHECK(strcmp(derived.inclusion, "included") == 0 ? derived.reference_basis != NULL : derived.reason != NULL,
          "inclusion: %s: a date or a reason", inclusions[i].name);
}

static void test_dates(void)
{
    static const struct {
        const char *name, *claims, *basis;
        int year;
    } cases[] = {
        { "the start first",
          "event_kind.disclosed 2023 media asserts c2 a:media_own:b\nevent_kind.detected 2022 media asserts c2 "
          "a:media_own:b\nevent_kind.impact_start 2021 media asserts c2 a:media_own:b",
          "start", 2021 },
        { "then the detection",
          "event_kind.disclosed 2023 media asserts c2 a:media_own:b\nevent_kind.detected 2022 media asserts c2 "
          "a:media_own:b",
          "detected", 2022 },
        { "then the first mention", "event_kind.disclosed 2023 media asserts c2 a:media_own:b", "disclosed", 2023 },
        { "a missing start is none",
          "event_kind.impact_start ?not_reported media asserts c2 a:media_own:b\nevent_kind.disclosed 2023 media "
          "asserts "
          "c2 a:media_own:b",
          "disclosed", 2023 },
        { "other events are none", "event_kind.intrusion 2023 media asserts c2 a:media_own:b", NULL, 0 },
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Derived derived = derive(cases[i].claims);
        bool same = cases[i].basis ? derived.reference_basis && strcmp(derived.reference_basis, cases[i].basis) == 0 &&
                                         derived.reference.first == day_of(cases[i].year, 1, 1) &&
                                         derived.reference.last == day_of(cases[i].year, 12, 31)
                                   : !derived.reference_basis;
        CHECK(same, "reference date: %s", cases[i].name);
    }
}

static void test_types(void)
{
    static const struct {
        const char *name, *claims, *types, *status;
    } cases[] = {
        { "what the victim calls ransomware", R, "ransomware", "confirmed" },
        { "what the press calls it", "attack_type ransomware media asserts c2 a:media_own:b", "ransomware",
          "suspected" },
        { "a status that is told",
          "attack_type ransomware media asserts c2 a:media_own:b\nransomware_status confirmed media asserts c2 "
          "a:media_own:b",
          "ransomware", "confirmed" },
        { "told as suspected", R "ransomware_status suspected victim asserts c2 a:victim:b", "ransomware",
          "suspected" },
        { "a status unknown tells nothing", R "ransomware_status unknown victim asserts c2 a:victim:b", "ransomware",
          "confirmed" },
        { "ruled out",
          R "attack_type ddos victim asserts c2 c:victim:b\nransomware_status ruled_out authority asserts "
            "c2 b:authority:b",
          "ddos", NULL },
        { "unspecified only alone", R "attack_type unspecified media asserts c2 b:media_own:b", "ransomware",
          "confirmed" },
        { "unspecified alone", "attack_type unspecified media asserts c2 b:media_own:b", "unspecified", NULL },
        { "the main type is the first of the codebook",
          "attack_type data_leak media asserts c2 a:media_own:b\nattack_type destruction victim asserts c2 b:victim:b",
          "destruction data_leak", NULL },
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Derived derived = derive(cases[i].claims);
        const char *types = "";
        for (size_t j = 0; j < derived.type_count; j++)
            types = arena_format(arena, "%s%s%s", types, j ? " " : "", derived.types[j]);
        bool same = cases[i].status ? derived.ransomware_status && !strcmp(derived.ransomware_status, cases[i].status)
                                    : !derived.ransomware_status;
        CHECK(same && strcmp(types, cases[i].types) == 0, "types: %s: %s, %s", cases[i].name, types,
              derived.ransomware_status ? derived.ransomware_status : "no ransomware");
    }
}

#define APPOINTMENTS "metric.appointments_cancelled "

static void test_numbers(void)
{
    static const struct {
        const char *name, *claims;
        double persons; /* -1: not known */
        const char *missing;
        double appointments;
    } cases[] = {
        { "the victim's number", P "100 victim asserts c2 a:victim:b", 100, NULL, -1 },
        { "a register's", P "100 authority asserts c2 a:register:a", 100, NULL, -1 },
        { "a study's", P "100 expert asserts c2 a:study:b", 100, NULL, -1 },
        { "the lower bound", P "100..900 victim asserts c2 a:victim:b", 100, NULL, -1 },
        { "at most is at least none", P "..900 victim asserts c2 a:victim:b", 0, NULL, -1 },
        { "not the attacker's", P "100 actor asserts c2 a:leak_site:b", -1, NULL, -1 },
        { "not the press's", P "100 media asserts c2 a:media_own:a", -1, NULL, -1 },
        { "not the project's", P "100 project asserts c2 a:dataset:a", -1, NULL, -1 },
        { "the register's beside a preferred one of the press",
          P "100 authority asserts c2 a:register:a\n" P "300 media asserts c2 b:media_own:a - preferred", 100, NULL,
          -1 },
        { "a placeholder is counted as such", P "?placeholder authority asserts c2 a:register:a", -1, "placeholder",
          -1 },
        { "not when somebody knows",
          P "?placeholder authority asserts c2 a:register:a\n" P "70 victim asserts c2 b:victim:b", 70, NULL, -1 },
        { "nor when the press does",
          P "?placeholder authority asserts c2 a:register:a\n" P "70 media asserts c2 b:media_own:b", -1, NULL, -1 },
        { "the latest observation of care, whoever made it",
          APPOINTMENTS "900 victim asserts c2 a:victim:b 2024-06-10\n" APPOINTMENTS
                       "1200 media asserts c3 b:media_own:c 2024-07-10",
          -1, NULL, 1200 },
        { "of one day the better claimant",
          APPOINTMENTS "900 victim asserts c2 a:victim:b 2024-06-10\n" APPOINTMENTS
                       "1200 media asserts c3 b:media_own:c 2024-06-10",
          -1, NULL, 900 },
        { "never the attacker",
          APPOINTMENTS "900 victim asserts c2 a:victim:b 2024-06-10\n" APPOINTMENTS
                       "9999 actor asserts c3 b:media_own:a 2024-07-10",
          -1, NULL, 900 },
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Derived derived = derive(cases[i].claims);
        bool persons = cases[i].persons < 0 ? isnan(derived.persons) : fabs(derived.persons - cases[i].persons) < 0.5;
        bool missing = cases[i].missing ? derived.persons_missing && !strcmp(derived.persons_missing, cases[i].missing)
                                        : !derived.persons_missing;
        CHECK(persons && missing, "persons: %s: %g %s", cases[i].name, derived.persons,
              derived.persons_missing ? derived.persons_missing : "");
        CHECK(cases[i].appointments < 0 ? isnan(derived.appointments)
                                        : fabs(derived.appointments - cases[i].appointments) < 0.5,
              "care: %s: %g", cases[i].name, derived.appointments);
    }
    Derived derived = derive("metric.clinical_disruption_days 12.5 victim asserts c2 a:victim:b\n" P
                             "1 victim asserts c2 a:victim:b\n" P "9 media asserts c2 b:media_own:b");
    CHECK(fabs(derived.disturbed_days - 12.5) < 0.01 && derived.conflicting, "days of disturbed care, and a conflict");
    CHECK(!derive(R D).conflicting && isnan(derive(R D).disturbed_days), "no days, no conflict");
}

#define T "attack_type data_theft victim asserts c2 a:victim:b\n"

static const struct {
    const char *name, *claims;
    Dimension dimension;
    int low, high;
} dimensions[] = {
    { "nothing known", "", SERVICE, 0, 4 },
    { "ransomware made something unusable", R, SERVICE, 1, 4 },
    { "what is said", R "care_disruption s3_service_stopped victim asserts c2 a:victim:b", SERVICE, 3, 3 },
    { "data theft only", T, SERVICE, 0, 2 },
    { "data theft with an outage", T "care_disruption s3_service_stopped victim asserts c2 b:victim:b", SERVICE, 3, 3 },
    { "contested gives the range",
      "care_disruption s1_admin victim asserts c2 a:victim:b\ncare_disruption s4_facility_stopped media asserts c2 "
      "b:media_own:b",
      SERVICE, 1, 4 },
    { "no day", "metric.clinical_disruption_days 0 victim asserts c2 a:victim:b", DURATION, 0, 0 },
    { "half a day", "metric.clinical_disruption_days 0.5 victim asserts c2 a:victim:b", DURATION, 1, 1 },
    { "two days", "metric.clinical_disruption_days 2 victim asserts c2 a:victim:b", DURATION, 2, 2 },
    { "a week", "metric.clinical_disruption_days 7 victim asserts c2 a:victim:b", DURATION, 3, 3 },
    { "27 days", "metric.clinical_disruption_days 27 victim asserts c2 a:victim:b", DURATION, 3, 3 },
    { "28 days", "metric.clinical_disruption_days 28 victim asserts c2 a:victim:b", DURATION, 4, 4 },
    { "at least a week", "metric.clinical_disruption_days 7.. victim asserts c2 a:victim:b", DURATION, 3, 4 },
    { "an attacker's days", "metric.clinical_disruption_days 28 actor asserts c2 a:leak_site:b", DURATION, 0, 4 },
    { "appointments alone", APPOINTMENTS "150 victim asserts c2 a:victim:b", VOLUME, 2, 4 },
    { "appointments alone of data theft", T APPOINTMENTS "50 victim asserts c2 b:victim:b", VOLUME, 1, 2 },
    { "both added",
      APPOINTMENTS "950 victim asserts c2 a:victim:b\nmetric.procedures_cancelled 50 victim asserts c2 a:victim:b",
      VOLUME, 3, 3 },
    { "care of data theft", T, VOLUME, 0, 2 },
    { "harm unknown", R, HARM, 0, 4 },
    { "harm of data theft", T, HARM, 0, 2 },
    { "an alleged death raises the upper end only", T "harm_level h4_death media asserts c2 b:media_own:b", HARM, 0,
      4 },
    { "none found by inquiry", "harm_level h0_none_found authority asserts c2 a:authority:a", HARM, 0, 0 },
    { "a harm without a status is alleged", "harm_level h2_low_moderate victim asserts c2 a:victim:b", HARM, 0, 4 },
    { "one site", R, SCALE, 1, 1 },
    { "nine sites", "sites_affected 9 victim asserts c2 a:victim:b", SCALE, 2, 2 },
    { "ten sites", "metric.sites_affected 10 victim asserts c2 a:victim:b", SCALE, 3, 3 },
    { "a hundred", "metric.sites_affected 100 victim asserts c2 a:victim:b", SCALE, 4, 4 },
    { "data unknown", R, DATA, 0, 4 },
    { "none taken", "data_disclosure none victim asserts c2 a:victim:b", DATA, 0, 0 },
    { "taken, of nobody knows how many", "data_disclosure exfiltrated victim asserts c2 a:victim:b", DATA, 0, 3 },
    { "9,999 persons", P "9999 victim asserts c2 a:victim:b", DATA, 1, 1 },
    { "10,000 persons", P "10000 victim asserts c2 a:victim:b", DATA, 2, 2 },
    { "a million, not known if published", P "1000000 victim asserts c2 a:victim:b", DATA, 3, 4 },
    { "a million, taken",
      P "1000000 victim asserts c2 a:victim:b\ndata_disclosure exfiltrated victim asserts c2 a:victim:b", DATA, 3, 3 },
    { "a million, published",
      P "1000000 victim asserts c2 a:victim:b\ndata_disclosure published victim asserts c2 a:victim:b", DATA, 4, 4 },
    { "a million, used against them",
      P "1000000 victim asserts c2 a:victim:b\ndata_disclosure misused victim asserts c2 a:victim:b", DATA, 4, 4 },
    { "a million, offered", P "1000000 victim asserts c2 a:victim:b\ndata_disclosure sold victim asserts c2 a:victim:b",
      DATA, 3, 3 },
    { "100,000, published",
      P "100000 victim asserts c2 a:victim:b\ndata_disclosure published victim asserts c2 a:victim:b", DATA, 3, 3 },
    { "a placeholder is unknown", P "?placeholder authority asserts c2 a:register:a", DATA, 0, 4 },
    { "an attacker's millions are unknown", P "9000000 actor asserts c2 a:leak_site:a", DATA, 0, 4 },
    { "recovery unknown", R, RECOVERABILITY, 0, 4 },
    { "regular", "recoverability regular victim asserts c2 a:victim:b", RECOVERABILITY, 1, 1 },
    { "supplemented", "recoverability supplemented victim asserts c2 a:victim:b", RECOVERABILITY, 2, 2 },
    { "extended", "recoverability extended victim asserts c2 a:victim:b", RECOVERABILITY, 3, 3 },
    { "not recoverable", "recoverability not_recoverable victim asserts c2 a:victim:b", RECOVERABILITY, 4, 4 },
    { "spill-over unknown", R, SPILLOVER, 0, 4 },
    { "of data theft", T, SPILLOVER, 0, 0 },
    { "no plan", "emergency_plan none victim asserts c2 a:victim:b", SPILLOVER, 0, 0 },
    { "own facility", "emergency_plan facility victim asserts c2 a:victim:b", SPILLOVER, 1, 1 },
    { "regional", "emergency_plan regional victim asserts c2 a:victim:b", SPILLOVER, 3, 3 },
    { "national", "emergency_plan national victim asserts c2 a:victim:b", SPILLOVER, 4, 4 },
    { "neighbours loaded", "metric.neighbour_load_percent 12 expert asserts c2 a:study:b", SPILLOVER, 2, 4 },
    { "ambulances diverted within an own plan",
      "emergency_plan facility victim asserts c2 a:victim:b\nmetric.ambulances_diverted 3 victim asserts c2 a:victim:b",
      SPILLOVER, 2, 2 },
};

static Bounds bounds_of(Run all, const char *metric)
{
    PublishedValue value;
    bool known = derive_published(run_of(all, metric), &value);
    return (Bounds){ known ? value.low : NAN, known ? value.high : NAN };
}

static Interval dimension_of(const Record *record, Run all, Dimension dimension)
{
    Interval intervals[DIMENSION_COUNT];
    Derived derived;
    derive_incident(record, all, &derived);
    Impact impact = { .record = record, .all = all, .types = derived.types, .type_count = derived.type_count };
    impact.appointments = bounds_of(all, "metric.appointments_cancelled");
    impact.procedures = bounds_of(all, "metric.procedures_cancelled");
    impact_dimensions(&impact, intervals);
    return intervals[dimension];
}

static void test_dimensions(void)
{
    for (size_t i = 0; i < COUNT_OF(dimensions); i++) {
        Interval got =
            dimension_of(record_of(NULL), claims_of(arena, &codebook, dimensions[i].claims), dimensions[i].dimension);
        CHECK(got.low == dimensions[i].low && got.high == dimensions[i].high, "severity: %s: %d to %d",
              dimensions[i].name, got.low, got.high);
    }
}

/* Harm and its causal status belong together by their statement. */
static void test_harm(void)
{
    static const struct {
        const char *status;
        int low, high;
    } cases[] = { { "contributing", 4, 4 },  { "direct", 4, 4 },      { "alleged", 0, 4 },
                  { "under_inquiry", 0, 4 }, { "statistical", 0, 4 }, { "ruled_out", 0, 2 } };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Evidence claims[3];
        const char *lines[] = { "attack_type data_theft victim asserts c2 a:victim:b",
                                "harm_level h4_death authority asserts c2 a:authority:b",
                                arena_format(arena, "causal_status %s authority asserts c2 a:authority:b",
                                             cases[i].status) };
        for (size_t j = 0; j < COUNT_OF(claims); j++) {
            claims[j] = claim_of(arena, &codebook, text_of(lines[j]), (int64_t)j);
            claims[j].statement = j ? 7 : 6;
        }
        evidence_sort(claims, COUNT_OF(claims));
        Interval got = dimension_of(record_of(NULL), (Run){ claims, COUNT_OF(claims) }, HARM);
        CHECK(got.low == cases[i].low && got.high == cases[i].high, "a death, %s: %d to %d", cases[i].status, got.low,
              got.high);
    }
}

static void test_scale(void)
{
    static const struct {
        const char *name, *role, *type;
        size_t count;
        int low, high;
    } cases[] = {
        { "no organisation", "direct", "clinic", 0, 0, 4 },
        { "two clinics", "direct", "clinic", 2, 2, 2 },
        { "ten by a supplier", "via_supplier", "hospital", 10, 3, 3 },
        { "a group", "direct", "hospital_group", 1, 1, 4 },
        { "those that received patients", "spillover", "hospital", 5, 0, 4 },
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Record record = { .affected_count = cases[i].count };
        record.affected = NEW_ARRAY(arena, AffectedFacts, 16);
        for (size_t j = 0; j < cases[i].count; j++)
            record.affected[j] =
                (AffectedFacts){ .organisation = { .name = "N", .org_type = cases[i].type }, .role = cases[i].role };
        Interval got = dimension_of(&record, (Run){ 0 }, SCALE);
        CHECK(got.low == cases[i].low && got.high == cases[i].high, "scale: %s: %d to %d", cases[i].name, got.low,
              got.high);
    }
}

static void test_attribution(void)
{
#define ACTOR(who, claimant, credibility, source) "actor " who " " claimant " asserts " credibility " " source "\n"
    static const struct {
        const char *claims, *status;
    } cases[] = {
        { R, "none" },
        { R "attribution_basis media media asserts c2 n:media_own:b", "none" },
        { R ACTOR("LockBit", "actor", "c4", "l:leak_site:e"), "claimed" },
        { R ACTOR("LockBit", "media", "c2", "l:leak_site:b"), "claimed" },
        { R ACTOR("LockBit", "media", "c4", "n:media_own:b"), "none" },
        { R ACTOR("LockBit", "media", "c2", "n:media_own:b"), "attributed" },
        { R ACTOR("LockBit", "actor", "c4", "l:leak_site:e") ACTOR("LockBit", "media", "c2", "n:media_own:b"),
          "attributed" },
        { R ACTOR("LockBit", "media", "c2", "n:media_own:b") ACTOR("LockBit", "victim", "c2", "n:victim:b"),
          "attributed" },
        { R ACTOR("LockBit", "media", "c2", "n:media_own:b") ACTOR("LockBit", "victim", "c2", "a:victim:b"),
          "corroborated" },
        { R ACTOR("LockBit", "media", "c2", "n:media_own:b") ACTOR("Conti", "victim", "c2", "a:victim:b"),
          "contested" },
        { R ACTOR("LockBit", "media", "c4", "n:media_own:b") ACTOR("Conti", "victim", "c2", "a:victim:b"),
          "attributed" },
        { R ACTOR("Hive", "actor", "c4", "l:leak_site:e") ACTOR("Conti", "authority", "c1", "p:authority:a"),
          "contested" },
        { R ACTOR("Hive", "media", "c2", "n:media_own:b") ACTOR("Conti", "authority", "c1", "j:court:a"), "judicial" },
        { R "actor Hive media denies c2 n:media_own:b", "none" },
    };
#undef ACTOR
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *status = derive_attribution(claims_of(arena, &codebook, cases[i].claims));
        CHECK(strcmp(status, cases[i].status) == 0, "attribution: %s, not %s, of %s", cases[i].status, status,
              cases[i].claims);
    }
}

static void test_publishable(void)
{
    static const struct {
        const char *name, *given, *claims;
        bool publishable;
    } cases[] = {
        { "confirmed", NULL, R D, true },
        { "claimed by the attacker only", NULL,
          "attack_type data_leak actor asserts c3 a:leak_site:c\nevent_kind.disclosed 2021 actor asserts c3 "
          "a:leak_site:c",
          true },
        { "unverified", NULL,
          "attack_type data_leak media asserts c3 a:social:d\nevent_kind.disclosed 2021 media asserts c3 a:social:d",
          false },
        { "excluded", NULL, R, true },
        { "pending", "pending", R D, false },
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        Derived derived;
        derive_incident(record_of(cases[i].given), claims_of(arena, &codebook, cases[i].claims), &derived);
        CHECK(derive_publishable(&derived) == cases[i].publishable, "publishable: %s", cases[i].name);
    }
    Derived derived;
    derive_incident(record_of("excluded_false"), claims_of(arena, &codebook, R D), &derived);
    CHECK(derived.verification == V9_REFUTED, "what is excluded as false is refuted");
    derived = derive(R D);
    CHECK(derived.severity.level_low == 1 && derived.severity.level_high == 5 && derived.severity.index_low == 7 &&
              derived.severity.index_high == 91 && derived.severity.coverage == 12,
          "ransomware, nothing reported: the second vector");
}

int main(void)
{
    arena = arena_new(ARENA_NO_CAP);
    codebook = codebook_of_tests(arena);
    for (size_t i = 0; i < COUNT_OF(inclusions); i++)
        test_inclusion(i);
    test_dates();
    test_types();
    test_numbers();
    test_dimensions();
    test_harm();
    test_scale();
    test_attribution();
    test_publishable();
    arena_free(arena);
    return DONE();
}
