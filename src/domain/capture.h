/* Capture: the bytes of a source as somebody read it, kept in the work store beside the record that quotes it. The
 * record has their SHA-256, which is published with the source; the bytes are not. */
#pragma once

#include "domain/change.h"

enum { CAPTURE_BYTES_MAX = 2 << 20 };

typedef struct Capture {
    int64_t id, change, at;
    int64_t size;       /* of the bytes */
    const char *sha256; /* hexadecimal */
    const char *name;   /* of the file; "" when it was pasted */
    const char *account;
    Text words; /* see intake/article.h; without bytes in a list */
} Capture;

typedef struct CapturePlan {
    int64_t change, version; /* that the record was read from */
    SourceFacts source;      /* without sha256 */
    const char *name;
    Text bytes, words;
} CapturePlan;

/* Keeps the bytes and gives the draft's record a source with their fingerprint: the one with the same address when that
 * has none yet, else a further one. Both, or neither. The same bytes twice are one capture. CONFLICT as change_save. */
bool capture_add(Store *work, const Hand *hand, const CapturePlan *plan, int64_t *id, Problem *problem);

/* NOT_FOUND when the change has no such capture. Memory: `arena`. */
bool capture_find(Arena *arena, Store *work, int64_t change, int64_t id, Capture *capture, Problem *problem);
/* Those of a change, by number, without their words. */
bool capture_list(Arena *arena, Store *work, int64_t change, Capture **captures, size_t *count, Problem *problem);
/* The one with this fingerprint; its id is 0 when there is none. `sha256` may be NULL. */
bool capture_of(Arena *arena, Store *work, int64_t change, const char *sha256, Capture *capture, Problem *problem);
bool capture_bytes(Arena *arena, Store *work, int64_t change, int64_t id, Text *bytes, Problem *problem);
