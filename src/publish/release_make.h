/* Making a release: the published tables as files of a Data Package (https://datapackage.org, version 2), with the
 * codebook as their schema, their licences, a citation, their SHA-256 sums and a signature that minisign verifies. */
#pragma once

#include "domain/release.h"
#include "guard/minisign.h"
#include "publish/tables.h"

typedef struct ReleasePlan {
    int64_t number;      /* set by release_prepare */
    int64_t now;         /* moment */
    const char *folder;  /* that the files go into; it is there and empty; set by release_prepare */
    const char *beside;  /* what is behind the number in the name of the folder while it is made: one for each maker */
    const char *address; /* of the site, for links; NULL: none */
    Store *store;
    const Snapshot *snapshot;
    const Codebook *codebook;
    const SigningKey *key;
    const char *keep; /* folders of releases that are prepared and still under review, with blanks between them */
} ReleasePlan;

/* What the entry says of it. Memory: `arena`. */
bool release_make(Arena *arena, const ReleasePlan *plan, Release *release, Problem *problem);

/* Makes the next release in a folder of its own below `releases` (release_folder), which nobody sees before the entry
 * of the release is published. Folders that earlier tries left are removed, but for those to keep.
 */
bool release_prepare(Arena *arena, const char *releases, ReleasePlan *plan, Release *release, Problem *problem);

/* The files that stand beside those of the entry: SHA256SUMS, its signature and the key. */
extern const char *const release_seals[]; /* ended by NULL */
