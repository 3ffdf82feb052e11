/* Version: what is said about an incident, derived from claims, and as rows. */
#pragma once

#include "domain/derive.h"

typedef struct VersionCode { /* a published code of a public enum */
    const char *variable, *code;
} VersionCode;

typedef struct Version {
    Derived derived;
    VersionCode *codes;
    size_t code_count;
} Version;

/* What the evidence says by derive_incident, and the published codes of every public enum about the incident: all
 * attack types, all codes of a variable that takes many, one of the others; and the attribution status. Not those of
 * organisations, which are columns of theirs, nor what Vigie computes. Memory: `arena`; codes and texts live as long as
 * the codebook, the record and the texts of the evidence. */
void version_of(Arena *arena, const Record *record, Run evidence, Version *version);
bool version_same(const Version *a, const Version *b);

typedef enum VersionTable { VERSION_TABLE, KNOWN_TABLE } VersionTable;

typedef struct VersionPlace {
    VersionTable table;
    int64_t incident, id; /* of the row */
    int64_t value;        /* id of its first row in version_value or known_value */
    int64_t since;        /* the entry; in `known` the day known_since */
    int32_t known;        /* the day known_since; in `known` the day known_until */
} VersionPlace;

/* The row of the table and those of its values. */
bool version_write(Store *store, const VersionPlace *place, const Version *version, Problem *problem);
