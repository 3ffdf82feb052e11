/* Making a release: the published tables as files of a Data Package (https://datapackage.org, version 2), with the
 * codebook as their schema, their licences, a citation, their SHA-256 sums and a signature that minisign verifies. */
#pragma once

#include "domain/release.h"
#include "guard/minisign.h"
#include "publish/tables.h"

typedef struct ReleasePlan {
    int64_t number;
    int64_t now;         /* moment */
    const char *folder;  /* that the files go into; it is there and empty */
    const char *address; /* of the site, for links; NULL: none */
    Store *store;
    const Snapshot *snapshot;
    const Codebook *codebook;
    const SigningKey *key;
    Text agreement; /* the coders' agreement as CSV; empty: none */
} ReleasePlan;

/* What the entry says of it. Memory: `arena`. */
bool release_make(Arena *arena, const ReleasePlan *plan, Release *release, Problem *problem);

/* The files that stand beside those of the entry: SHA256SUMS, its signature and the key. */
extern const char *const release_seals[]; /* ended by NULL */
