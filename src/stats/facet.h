/* Facet: one thing that incidents can be filtered and counted by. The fixed ones stand in facet.def; every other
 * public enum variable of the codebook is one by its own key. */
#pragma once

#include "codebook/codebook.h"

typedef enum FacetValues {
    VALUES_CODEBOOK,     /* codes of the variable */
    VALUES_VERIFICATION, /* the same, or their first two letters: v3 */
    VALUES_SEVERITY,     /* severity_name */
    VALUES_COUNTRY,      /* ISO 3166-1 alpha-2 */
    VALUES_NAME,         /* of a data set */
} FacetValues;

typedef enum FixedFacet {
#define FACET(name, key, variable, values) FACET_##name,
#include "stats/facet.def"
#undef FACET
    FIXED_FACETS
} FixedFacet;

typedef struct FacetInfo {
    const char *key, *variable; /* variable: "" when the codes are not the codebook's */
    FacetValues values;
} FacetInfo;

extern const FacetInfo facet_info[FIXED_FACETS];

/* What `key` names: a fixed facet, by its key or by its variable ("attack_type" is "type"), or another public enum
 * variable. False when it names none. */
bool facet_find(const Codebook *codebook, Text key, FacetInfo *facet);

/* The code as the register writes it, in `arena`: FR for fr, v3_confirmed for v3. NULL when there is no such value. */
const char *facet_code(const Codebook *codebook, const FacetInfo *facet, Arena *arena, Text value);

/* The allowed values in words: "ransomware, destruction, ..." or "a two-letter ISO 3166-1 code". */
const char *facet_allowed(const Codebook *codebook, const FacetInfo *facet, Arena *arena);
