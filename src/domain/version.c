#include "domain/version.h"

#include "domain/attribution.h"

typedef struct Listing { /* codes on their way into a version */
    Arena *arena;
    Version *version;
    size_t room;
} Listing;

static void add_code(Listing *listing, const char *variable, const char *code)
{
    Version *version = listing->version;
    version->codes =
        arena_grow(listing->arena, version->codes, version->code_count, &listing->room, sizeof *version->codes);
    version->codes[version->code_count++] = (VersionCode){ variable, code };
}

static bool is_one_of(const char *text, const char *const *list)
{
    for (; *list; list++)
        if (*text == **list && strcmp(text, *list) == 0)
            return true;
    return false;
}

/* Whether its codes tell something about the incident that is not a column elsewhere. */
static bool is_facet(const Variable *variable)
{
    static const char *const elsewhere[] = { "organisation", "affected", "source", "claim", NULL };
    static const char *const computed[] = { "attack_type",        "ransomware_status",    "inclusion_decision",
                                            "verification_level", "attribution_status",   "record_status",
                                            "date_precision",     "reference_date_basis", NULL };
    return variable->type == TYPE_ENUM && variable->visibility == VISIBLE_PUBLIC &&
           !is_one_of(variable->entity, elsewhere) && !is_one_of(variable->key, computed);
}

static void add_published(Listing *listing, Run run)
{
    const Variable *variable = run.claims[0].definition;
    const char *codes[DERIVED_TYPES_MAX];
    PublishedValue published;
    if (!is_facet(variable))
        return;
    size_t count = variable->cardinality == ANY_NUMBER ? derive_codes(run, codes, COUNT_OF(codes)) : 0;
    for (size_t i = 0; i < count; i++)
        add_code(listing, variable->key, codes[i]);
    if (variable->cardinality != ANY_NUMBER && derive_published(run, &published) && published.value)
        add_code(listing, variable->key, published.value);
}

void version_of(Arena *arena, const Record *record, Run evidence, Version *version)
{
    *version = (Version){ 0 };
    Derived *derived = &version->derived;
    Listing listing = { .arena = arena, .version = version };
    derive_incident(record, evidence, derived);
    for (size_t i = 0; i < derived->type_count; i++)
        add_code(&listing, "attack_type", derived->types[i]);
    if (derived->ransomware_status)
        add_code(&listing, "ransomware_status", derived->ransomware_status);
    add_code(&listing, "attribution_status", derive_attribution(evidence));
    for (size_t i = 0; i < evidence.count;) {
        Run run = run_at(evidence, i);
        add_published(&listing, run);
        i += run.count;
    }
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_number(double a, double b)
{
    return (isnan(a) && isnan(b)) || (a <= b && b <= a);
}

static bool same_date(const Derived *a, const Derived *b)
{
    return same_text(a->reference_basis, b->reference_basis) &&
           (!a->reference_basis ||
            (a->reference.first == b->reference.first && a->reference.last == b->reference.last));
}

static bool same_severity(const Severity *a, const Severity *b)
{
    return a->level_low == b->level_low && a->level_high == b->level_high && a->index_low == b->index_low &&
           a->index_high == b->index_high && a->coverage == b->coverage;
}

/* As their rows would be; the attack types are among the codes. */
static bool same_derived(const Derived *a, const Derived *b)
{
    return same_text(a->inclusion, b->inclusion) && same_text(a->reason, b->reason) &&
           a->verification == b->verification && same_date(a, b) &&
           same_text(a->ransomware_status, b->ransomware_status) && same_severity(&a->severity, &b->severity) &&
           same_number(a->persons, b->persons) && same_text(a->persons_missing, b->persons_missing) &&
           same_number(a->disturbed_days, b->disturbed_days) && same_number(a->appointments, b->appointments) &&
           same_number(a->procedures, b->procedures) && a->conflicting == b->conflicting;
}

bool version_same(const Version *a, const Version *b)
{
    bool same = a->code_count == b->code_count && same_derived(&a->derived, &b->derived);
    for (size_t i = 0; same && i < a->code_count; i++)
        same =
            strcmp(a->codes[i].variable, b->codes[i].variable) == 0 && strcmp(a->codes[i].code, b->codes[i].code) == 0;
    return same;
}

static const struct {
    Statement add, value_add;
} tables[] = {
    [VERSION_TABLE] = { SQL_VERSION_ADD, SQL_VERSION_VALUE_ADD },
    [KNOWN_TABLE] = { SQL_KNOWN_ADD, SQL_KNOWN_VALUE_ADD },
};

static double day_or_null(int32_t day)
{
    return day == DAY_UNKNOWN ? (double)NAN : day;
}

static bool write_row(Store *store, const VersionPlace *place, const Derived *derived, Problem *problem)
{
    const Severity *severity = &derived->severity;
    const char *basis = derived->reference_basis;
    return store_later(
        store, problem, tables[place->table].add, "iiirtttrrtttiiiiirtrrri", place->id, place->incident, place->since,
        day_or_null(place->known), derived->inclusion, derived->reason, verification_codes[derived->verification],
        basis ? (double)derived->reference.first : (double)NAN, basis ? (double)derived->reference.last : (double)NAN,
        basis, derived->type_count ? derived->types[0] : NULL, derived->ransomware_status, (int64_t)severity->level_low,
        (int64_t)severity->level_high, (int64_t)severity->index_low, (int64_t)severity->index_high,
        (int64_t)severity->coverage, derived->persons, derived->persons_missing, derived->disturbed_days,
        derived->appointments, derived->procedures, (int64_t)derived->conflicting);
}

bool version_write(Store *store, const VersionPlace *place, const Version *version, Problem *problem)
{
    if (!write_row(store, place, &version->derived, problem))
        return false;
    for (size_t i = 0; i < version->code_count; i++)
        if (!store_later(store, problem, tables[place->table].value_add, "iitt", place->value + (int64_t)i, place->id,
                         version->codes[i].variable, version->codes[i].code))
            return false;
    return true;
}
