/* Impact: the eight dimensions of METHOD.md 6, from the claims about an incident.
 *
 * Published values are used throughout, so an attacker's number never feeds one; a contested value gives the whole
 * range. Missing is [0, 4] unless logic caps it: of an incident whose attack types are only data theft, data leak or
 * extortion without encryption, service, volume and harm at 2 and spill-over at 0.
 *
 * service         care_disruption s0 to s4. Unknown, but ransomware: at least 1, as something was unusable.
 * duration        metric.clinical_disruption_days; above 0 and below a day is 1.
 * volume          appointments and procedures of the latest cumulative observations, added; when only one is known, at
 *                 least that.
 * harm            worst harm_level whose causal_status in the same statement is contributing or direct. Alleged, under
 *                 inquiry and statistical harm, or harm of no status, raises the upper end only; ruled out, nothing.
 *                 h0_none_found is a finding and needs no status.
 * scale           sites_affected or metric.sites_affected; else the number of organisations that are affected directly
 *                 or via a supplier, with an open upper end when one of them stands for many sites (a group, a
 * supplier, an authority). The codebook has no word for a national service yet: it enters by its sites. data
 * persons_affected; 4 only if data_disclosure is published or misused. Disclosure none is 0. recoverability  regular 1,
 * supplemented 2, extended 3, not_recoverable 4. spill-over      emergency_plan none 0, facility 1, regional 3,
 * national 4; a load of neighbours above 0, ambulances diverted or hours of diversion: at least 2. */
#pragma once

#include "domain/evidence.h"
#include "domain/severity.h"

typedef struct Bounds {
    double low, high; /* NaN when not known */
} Bounds;

typedef struct Impact {
    const Record *record; /* for its affected organisations */
    Run all;
    const char *const *types; /* published attack types */
    size_t type_count;
    Bounds appointments, procedures; /* latest cumulative observations */
} Impact;

void impact_dimensions(const Impact *impact, Interval dimensions[DIMENSION_COUNT]);
