/* What a release says of itself: its description as a Data Package, its README and its citation. */
#pragma once

#include "domain/release.h"
#include "publish/schema.h"

typedef struct ReleaseTable {
    const char *name, *title;
    const Schema *schema;
    Text header; /* the first line of its CSV: the schema's columns, and then further variables */
} ReleaseTable;

typedef struct ReleaseFacts {
    int64_t number, now;
    const char *address; /* of the site; NULL: none */
    const Codebook *codebook;
    const Release *release; /* its files so far */
    const ReleaseTable *tables;
    size_t table_count;
} ReleaseFacts;

/* https://datapackage.org/profiles/2.0/datapackage.json */
void release_package(Out *out, Arena *arena, const ReleaseFacts *facts);
void release_readme(Out *out, const ReleaseFacts *facts);
void release_citation(Out *out, const ReleaseFacts *facts); /* Citation File Format 1.2.0 */
