/* Derive: from the claims about an incident to what is published, by METHOD.md 2 to 4 and 6. Pure functions over
 * Evidence: no store, no clock, so that the vectors test exactly what the site shows. */
#pragma once

#include "domain/record.h"
#include "domain/severity.h"

typedef struct Evidence { /* one claim with all that the rules look at */
    int64_t claim;           /* its id */
    const char *variable, *value, *missing, *raw;
    ValueType type;
    Parsed parsed;
    const char *claimant, *stance, *credibility, *rank; /* rank: preferred, normal, deprecated */
    const char *source_type, *reliability, *origin, *group; /* of the source */
    int64_t source, statement;
    int32_t as_of, known_since;
    int64_t recorded; /* entry number */
} Evidence;

typedef struct PublishedValue { /* METHOD.md 4 */
    const char *variable;
    const char *value;      /* NULL when only missing codes are known */
    const char *missing;    /* the missing code then */
    double low, high;       /* of the chosen claim */
    double range_low, range_high; /* over all live claims of credibility 1 to 3 when contested */
    const Evidence *chosen; /* NULL when missing */
    bool contested;
} PublishedValue;

/* `claims` of one variable, live or not; chosen by METHOD.md 4. False when there is nothing to publish. */
bool derive_published(const Codebook *codebook, const Evidence *claims, size_t count, PublishedValue *published);

typedef enum VerificationLevel { V0_UNVERIFIED, V1_CLAIMED, V2_PROBABLE, V3_CONFIRMED, V9_REFUTED } VerificationLevel;
extern const char *const verification_codes[]; /* by level: the codes of verification_level */

VerificationLevel derive_verification(const Codebook *codebook, const Evidence *claims, size_t count); /* METHOD.md 3 */

enum { DERIVED_TYPES_MAX = 64 };

typedef struct Derived { /* one version of an incident: the row of the table `version` */
    const char *inclusion, *reason;
    VerificationLevel verification;
    Span reference;               /* reference date */
    const char *reference_basis;  /* start, detected, disclosed; NULL with no date at all */
    const char *types[DERIVED_TYPES_MAX]; /* attack types in the codebook's order; the first is the main type */
    size_t type_count;
    const char *ransomware_status; /* NULL when not ransomware: confirmed or suspected otherwise */
    Severity severity;
    double persons;               /* lower bound that feeds METHOD.md 5.8; NaN when not known */
    const char *persons_missing;  /* "placeholder", ... or NULL */
    double disturbed_days;        /* metric.clinical_disruption_days; NaN when not known */
    double appointments, procedures; /* NaN when not known */
    bool conflicting;
} Derived;

/* What the affected organisations add: sector for the first question, sites for the severity. */
void derive_incident(const Codebook *codebook, const Record *record, const Evidence *claims, size_t count,
                     Derived *derived);
