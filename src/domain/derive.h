/* Derive: from the claims about an incident to what is published, by METHOD.md 2 to 4 and 6. Pure functions over
 * Evidence: no store, no clock, so that the vectors test exactly what the site shows. */
#pragma once

#include "domain/evidence.h"
#include "domain/inclusion.h"
#include "domain/published.h"
#include "domain/severity.h"
#include "domain/verification.h"

enum { DERIVED_TYPES_MAX = 64 };

typedef struct Derived { /* one version of an incident: the row of the table `version` */
    const char *inclusion, *reason;
    VerificationLevel verification;
    VerificationRule verification_rule;
    Span reference;                       /* reference date; nothing when the basis is NULL */
    const char *reference_basis;          /* start, detected, disclosed; NULL with no date at all */
    const char *types[DERIVED_TYPES_MAX]; /* attack types in the codebook's order; the first is the main type */
    size_t type_count;
    const char *ransomware_status; /* NULL when not ransomware: confirmed or suspected otherwise */
    Severity severity;
    double persons;                  /* lower bound that feeds METHOD.md 5.8; NaN when not known */
    const char *persons_missing;     /* "placeholder", ... when persons is NaN and a claim says why; else NULL */
    double disturbed_days;           /* lower bound of metric.clinical_disruption_days; NaN when not known */
    double appointments, procedures; /* lower bounds of the latest observations; NaN when not known */
    bool conflicting;                /* a published value is contested */
} Derived;

/* `record` gives the affected organisations (sector for the first question, sites for the severity) and the decision on
 * inclusion, if it brings one; its statements are not looked at. Codes and texts live as long as the codebook, the
 * record and the evidence.
 *
 * Reference date: published event_kind.impact_start, else detected, else disclosed. Attack types: all published ones;
 * "unspecified" only when there is no other, and ransomware not when its status is published as ruled out. Ransomware
 * status: the published one; when that tells neither, confirmed if victim, authority, court, study or expert say
 * ransomware, else suspected. Persons: the best claim by victim, authority or register, court, study or expert.
 * Refuted and excluded as false go together. */
void derive_incident(const Record *record, Run evidence, Derived *derived);

/* Only what decides whether it is published: reference date, verification, inclusion and reason. */
void derive_inclusion(const Record *record, Run evidence, Derived *derived);

/* Whether METHOD.md 2 and 3 let it be published: included and at least claimed, or excluded with its reason. What is
 * pending or included but unverified stays in the work store. */
bool derive_publishable(const Derived *derived);
