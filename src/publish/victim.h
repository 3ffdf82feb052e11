/* Victim: one organisation that was attacked, by itself: what may be said of it, and the incidents that it is in. One
 * that may not be named is its kind and its country, in every form; one that is withheld is never read. */
#pragma once

#include "publish/incident.h"
#include "publish/other_names.h"

typedef struct VictimIncident {
    int64_t incident;
    const char *role, *inclusion, *verification; /* codes */
    int32_t date;                                /* the first day of its reference date, or DAY_UNKNOWN */
    bool counted;                                /* as an attack on an organisation: METHOD.md 5.2 */
    const char *naming_basis;                    /* why it may be named there; may be NULL */
    int64_t supplied;                            /* how many organisations were hit through it */
    const Organisation *supplier;                /* that it was hit through; NULL */
} VictimIncident;

typedef struct Victim {
    int64_t id, since;
    Organisation facts; /* without role; naming is "named" or "type_country" */
    OtherNames names;
    VictimIncident *incidents; /* the latest first */
    size_t incident_count;
} Victim;

/* As of entry `entries`. NOT_FOUND when there is none. Nothing of it may be shown when it has no incidents: it is
 * withheld, or no incident holds it by then. Memory: `arena`. */
bool victim_read(Arena *arena, Store *public_store, int64_t id, int64_t entries, Victim *victim, Problem *problem);

/* The organisation that it was found to be, as of that entry; 0 when it is one of its own. */
bool victim_elsewhere(Store *public_store, int64_t id, int64_t entries, int64_t *target, Problem *problem);

const char *victim_path(Arena *arena, int64_t id); /* "/organisations/7": what follows the language */
