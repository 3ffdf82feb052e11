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
    const char *address; /* of the site, for links; NULL: none */
    Store *store;
    const Snapshot *snapshot;
    const Codebook *codebook;
    const SigningKey *key;
    const char *keep; /* folders of releases that are prepared and still under review, with blanks between them */
} ReleasePlan;

/* What the entry says of it. Memory: `arena`. */
bool release_make(Arena *arena, const ReleasePlan *plan, Release *release, Problem *problem);

/* To be held from before it is known what is to be kept (ReleasePlan.keep) until what was prepared is published or
 * under review: whoever prepares another one removes what is neither. A descriptor to close, or -1: CONFLICT when
 * somebody else holds it, who may be a process that was killed and has not quite ended. Memory: `arena`. */
int release_lock(Arena *arena, const char *releases, Problem *problem);

/* Makes the next release in a folder of its own below `releases` (release_folder), which nobody sees before the entry
 * of the release is published. Folders that earlier tries left are removed, but for those to keep. Within release_lock.
 */
bool release_prepare(Arena *arena, const char *releases, ReleasePlan *plan, Release *release, Problem *problem);

/* The files that stand beside those of the entry: SHA256SUMS, its signature and the key. */
extern const char *const release_seals[]; /* ended by NULL */
