#include "domain/version.h"

typedef struct Writer {
    Store *store;
    const VersionPlace *place;
    int64_t value; /* id of the next row */
    Problem *problem;
} Writer;

static bool add_row(Store *store, const VersionPlace *place, const Derived *derived, Problem *problem)
{
    const Severity *severity = &derived->severity;
    const char *basis = derived->reference_basis;
    return store_later(
        store, problem, SQL_VERSION_ADD, "iiitttrrtttiiiiirtrrri", place->id, place->incident, place->since,
        derived->inclusion, derived->reason, verification_codes[derived->verification],
        basis ? (double)derived->reference.first : (double)NAN, basis ? (double)derived->reference.last : (double)NAN,
        basis, derived->type_count ? derived->types[0] : NULL, derived->ransomware_status, (int64_t)severity->level_low,
        (int64_t)severity->level_high, (int64_t)severity->index_low, (int64_t)severity->index_high,
        (int64_t)severity->coverage, derived->persons, derived->persons_missing, derived->disturbed_days,
        derived->appointments, derived->procedures, (int64_t)derived->conflicting);
}

static bool add_code(Writer *writer, const char *variable, const char *code)
{
    return store_later(writer->store, writer->problem, SQL_VERSION_VALUE_ADD, "iitt", writer->value++,
                       writer->place->id, variable, code);
}

static bool add_codes(Writer *writer, const char *variable, const char *const *codes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!add_code(writer, variable, codes[i]))
            return false;
    return true;
}

static bool is_one_of(const char *text, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(text, *list) == 0)
            return true;
    return false;
}

/* Whether its codes tell something about the incident that is not a column elsewhere. */
static bool is_facet(const Variable *variable)
{
    static const char *const elsewhere[] = { "organisation", "affected", "source", "claim", NULL };
    static const char *const computed[] = { "attack_type",          "ransomware_status",
                                            "inclusion_decision",   "verification_level",
                                            "record_status",        "date_precision",
                                            "reference_date_basis", NULL };
    return variable->type == TYPE_ENUM && variable->visibility == VISIBLE_PUBLIC &&
           !is_one_of(variable->entity, elsewhere) && !is_one_of(variable->key, computed);
}

static bool add_published(Writer *writer, Run run)
{
    const Variable *variable = run.claims[0].definition;
    const char *codes[DERIVED_TYPES_MAX];
    PublishedValue published;
    if (!is_facet(variable))
        return true;
    if (variable->cardinality == ANY_NUMBER)
        return add_codes(writer, variable->key, codes, derive_codes(run, codes, COUNT_OF(codes)));
    return !derive_published(run, &published) || !published.value || add_code(writer, variable->key, published.value);
}

bool version_write(Store *store, const VersionPlace *place, const Derived *derived, Run evidence, Problem *problem)
{
    Writer writer = { store, place, place->value, problem };
    if (!add_row(store, place, derived, problem) ||
        !add_codes(&writer, "attack_type", derived->types, derived->type_count))
        return false;
    if (derived->ransomware_status && !add_code(&writer, "ransomware_status", derived->ransomware_status))
        return false;
    for (size_t i = 0; i < evidence.count;) {
        Run run = run_at(evidence, i);
        if (!add_published(&writer, run))
            return false;
        i += run.count;
    }
    return true;
}
