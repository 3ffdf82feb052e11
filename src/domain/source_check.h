/* Source check: what the address of a published source answered when the program asked it, and what follows. A source
 * is said to be gone, as a person says it (source_state.h), once it was seen gone on two different days and did not
 * answer in between; what could not be told says nothing.
 *
 * The program tells only what it saw change: when a person says that a source is there, what was seen before counts no
 * more; when a person says that it is gone, an answer takes that back only after the program has seen it gone too. */
#pragma once

#include "base/arena.h"
#include "store/store.h"

/* clang-format off */
typedef enum SourceVerdict { SOURCE_ANSWERS, SOURCE_SEEN_GONE, SOURCE_UNTOLD } SourceVerdict;

/*   name         word           what it means */
#define SOURCE_SIGHTS(SEEN)                                                                          \
    SEEN(ANSWER,      "answer",      SOURCE_ANSWERS)   /* 200 to 299 */                              \
    SEEN(NOT_FOUND,   "not_found",   SOURCE_SEEN_GONE) /* 404 */                                     \
    SEEN(REMOVED,     "removed",     SOURCE_SEEN_GONE) /* 410 */                                     \
    SEEN(NO_HOST,     "no_host",     SOURCE_SEEN_GONE) /* there is no such name */                   \
    SEEN(REFUSED,     "refused",     SOURCE_UNTOLD)    /* any other status */                        \
    SEEN(TIMEOUT,     "timeout",     SOURCE_UNTOLD)    /* no answer in time */                       \
    SEEN(UNREACHED,   "unreached",   SOURCE_UNTOLD)    /* no connection, or none that held */        \
    SEEN(PRIVATE,     "private",     SOURCE_UNTOLD)    /* at, or led to, an address that is not asked */ \
    SEEN(REDIRECTS,   "redirects",   SOURCE_UNTOLD)    /* led on and on */                           \
    SEEN(CERTIFICATE, "certificate", SOURCE_UNTOLD)    /* it may be somebody else who answers */     \
    SEEN(UNUSABLE,    "unusable",    SOURCE_UNTOLD)    /* no address of the web, or one with a password */ \
    SEEN(BROKEN,      "broken",      SOURCE_UNTOLD)    /* the process that asked did not survive it */

typedef enum SourceSight {
#define SEEN(name, word, verdict) SEEN_##name,
    SOURCE_SIGHTS(SEEN)
#undef SEEN
    SOURCE_SIGHT_COUNT
} SourceSight;
/* clang-format on */

typedef struct SightInfo {
    const char *word;
    SourceVerdict verdict;
} SightInfo;

extern const SightInfo source_sights[SOURCE_SIGHT_COUNT];

enum { SOURCE_ADDRESS_MOST = 2000 /* bytes of an address that is kept */ };

typedef struct SourceAnswer {
    SourceSight seen;
    int64_t status;      /* of HTTP; 0 when none came */
    const char *address; /* where it led to, in ASCII; NULL when it led nowhere else */
} SourceAnswer;

typedef struct SourceCheck { /* the last one of a source */
    SourceAnswer answer;
    int64_t at;         /* moment; 0: it was never asked */
    int64_t gone_since; /* when it was first seen gone; 0 when it has answered since */
} SourceCheck;

/* Memory: `arena`. */
bool source_check_get(Arena *arena, Store *work, int64_t source, SourceCheck *check, Problem *problem);

typedef struct SourcesDue {
    const int64_t *items; /* those never asked first, then by when they were asked last */
    size_t count, left;   /* left: how many more are due */
} SourcesDue;

typedef struct DuePlan {
    int64_t now, after, most; /* after: days in which what answered, or is known to be gone, is left in peace */
} DuePlan;

enum { SOURCE_RETRY_DAYS = 7 /* what could not be told is asked again after so many, or `after` when that is less */ };

/* Published sources with an address of the web that somebody's statement cites, but for pages of attackers, which
 * nobody is to visit, and what is confidential. What was seen gone once is due on the next day. Memory: `arena`. */
bool source_check_due(Arena *arena, Store *work, Store *published, const DuePlan *plan, SourcesDue *due,
                      Problem *problem);
/* Memory: `arena`. */
bool source_check_address(Arena *arena, Store *published, int64_t source, const char **address, Problem *problem);

typedef enum SourceTurn {
    TURN_NONE,
    TURN_SUSPECTED, /* seen gone, which counts from another day on */
    TURN_GONE,      /* said to be gone by this, and those concerned are alerted */
    TURN_BACK,      /* said to be there again by this */
} SourceTurn;

/* Keeps what was seen at `now`, with what follows from it, in one transaction. */
bool source_check_note(Store *work, Store *published, int64_t source, const SourceCheck *seen, SourceTurn *turn,
                       Problem *problem);
