/* Release: the data as it was given out on a day: the body of the entry release.publish, subject "release/3". The files
 * themselves lie beside the store; the entry holds their hashes, so that they can be held to what was published. */
#pragma once

#include "domain/record.h"

enum { RELEASE_FILES_MAX = 100 };

typedef struct ReleaseFile {
    const char *path; /* a plain file name */
    const char *hash; /* SHA-256, hexadecimal */
    int64_t bytes;
} ReleaseFile;

typedef struct Release {
    const char *codebook; /* version */
    int32_t day;
    int64_t entries; /* of the journal, that its data tells of */
    ReleaseFile *files;
    size_t file_count;
    const char *key;      /* public key of minisign, base64 */
    const char *reviewer; /* the account that agreed; NULL when one person made it by the command */
    const char *sums;     /* SHA-256 of its file SHA256SUMS, hexadecimal */
} Release;

/* BAD_INPUT names what is wrong. */
bool release_check(const Release *release, Problem *problem);
/* Canonical JSON and back, as record_write and record_read. */
void release_write(Out *out, const Release *release);
bool release_read(Arena *arena, Text json, Release *release, Problem *problem);
/* The folder of its files below `releases`, named after its number and the begin of its sums, so that one that is only
 * prepared never stands where another is. Memory: `arena`. */
const char *release_folder(Arena *arena, const char *releases, int64_t number, const char *sums);
/* Whether it is a name that a file of a release may have: letters, digits, '.', '-' and '_', no full stop first. */
bool release_file_name(Text name);
