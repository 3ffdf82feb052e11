/* Version: what is published about an incident from one entry on, as rows. */
#pragma once

#include "domain/derive.h"

typedef struct VersionPlace {
    int64_t incident, id; /* of the version's row */
    int64_t value;        /* id of its first row in version_value */
    int64_t since;        /* entry */
} VersionPlace;

/* The row of `version`, and in `version_value` the published codes of every public enum about the incident: all attack
 * types, all codes of a variable that takes many, one of the others. Not those of organisations, which are columns of
 * theirs, nor what Vigie computes. */
bool version_write(Store *store, const VersionPlace *place, const Derived *derived, Run evidence, Problem *problem);
