/* Incident: what is published about one incident as of an entry of the journal, read from the public store by its
 * number. Lists, the incident's own page and the exports all read it here. */
#pragma once

#include "publish/view.h"
#include "store/store.h"

typedef struct Organisation {
    int64_t id;
    const char *name, *country, *subdivision, *place, *org_type, *sector_group;
    const char *role, *naming; /* its role in this incident; name is "" unless naming is "named" */
    const char *naming_basis;  /* why it may be named; may be NULL */
    int64_t supplier;          /* the organisation of the same incident that it was hit through; 0 */
} Organisation;

typedef struct Code {
    const char *variable, *code;
} Code;

typedef struct Incident {
    int64_t id;
    const char *dataset, *external, *title, *summary;
    const char *inclusion, *reason, *verification;
    Span date;                                 /* nothing when basis is NULL */
    const char *date_basis;                    /* NULL: no date is known */
    const char *main_type, *ransomware_status; /* NULL when there is none */
    int severity_low, severity_high, index_low, index_high, coverage;
    double persons, disturbed_days, appointments, procedures; /* NaN when not known */
    const char *persons_missing;
    bool conflicting;
    int64_t first_entry, version_entry;
    const Organisation *organisations;
    size_t organisation_count;
    const Code *codes; /* published codes of the public enum variables, in the order of the codebook */
    size_t code_count;
} Incident;

/* As of entry `entries`. NOT_FOUND when it was not published then. Memory: `arena`. */
bool incident_read(Arena *arena, Store *public_store, int64_t id, int64_t entries, Incident *incident,
                   Problem *problem);

/* Whether the register takes a record with this decision for an attack: of others it says nothing that only an attack
 * has. */
bool incident_is_attack(const char *inclusion);
/* The role of an organisation in a record with this decision: only in an attack is one said to be attacked. */
const char *incident_role(const View *view, const char *role, const char *inclusion);
/* Its codes of one variable as labels, "Ransomware, Data theft"; "" when there is none. */
const char *incident_labels(const View *view, const Incident *incident, const char *variable);
/* Its organisations' names, or what may be said of those that are not named ("hospital, France"). */
const char *organisation_name(const View *view, const Organisation *organisation);
/* The one that it was hit through, NULL when that is not known; and how many were hit through it. */
const Organisation *incident_supplier(const Incident *incident, const Organisation *organisation);
int64_t incident_supplied(const Incident *incident, const Organisation *organisation);
/* What it is called in a reader's language: its organisations, the first ones when there are many; else its title. */
const char *incident_heading(const View *view, const Incident *incident);
/* The whole of its title for who stays on the heading: titles are written in English, others are told the heading
 * again. */
const char *incident_hint(const View *view, const Incident *incident);
/* The countries of its organisations, each once; answers how many. */
size_t incident_country_codes(const View *view, const Incident *incident, const char *const **codes);
const char *incident_countries(const View *view, const Incident *incident);
/* "at least major", "no effect documented", "no effect". */
const char *incident_severity(const View *view, const Incident *incident);
