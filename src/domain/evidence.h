/* Evidence: one claim with all that the rules of METHOD.md look at: who says it, where, when, how sure.
 *
 * The rules take evidence in one order (evidence_sort): by variable, then by source and speaker, newest first. In that
 * order the claims of one variable are a run, and what one speaker said earlier in the same source stands behind what
 * replaced it.
 *
 * A claim about an actor names the one of the registry that has this name (domain/actor.h), as of the same entry.
 *
 * Supersession: of what one speaker says about one variable in one source, only the claims with the latest date (as_of,
 * else known_since), then the latest entry, are live. So a later vintage of a register changes a value without a
 * contradiction, and an older vintage that is imported later changes nothing. */
#pragma once

#include "domain/record.h"
#include "store/store.h"

enum { ROWS_PER_INCIDENT = 1 << 20 }; /* ids of the rows of an incident are incident * ROWS_PER_INCIDENT + n */

typedef struct Evidence {
    int64_t claim; /* its id */
    const char *variable, *value, *missing, *raw;
    int64_t actor;              /* number in the registry of the one that `value` names; 0 */
    const char *spelled;        /* as the source calls it, where `value` is another name in the registry; NULL */
    const Variable *definition; /* of the variable in the codebook */
    ValueType type;
    Parsed parsed;
    const char *claimant, *stance, *credibility, *rank;     /* rank: preferred, normal, deprecated */
    const char *source_type, *reliability, *origin, *group; /* of the source; origin and group may be NULL */
    int64_t source, statement;
    int32_t as_of, known_since; /* days, or DAY_UNKNOWN */
    int64_t recorded;           /* entry number */
    int32_t recorded_on;        /* the day of that entry; looked at only when known_since is DAY_UNKNOWN */
    bool live;                  /* set by evidence_sort: neither deprecated nor superseded */
} Evidence;

typedef struct Run { /* claims of one variable */
    const Evidence *claims;
    size_t count;
} Run;

typedef struct Standing { /* a source as it stands in the register, which may know it under other facts */
    int64_t id;
    const char *source_type, *reliability, *origin, *group;
} Standing;

typedef struct Placing {      /* where the claims of a record stand in the register */
    const Standing *sources;  /* one for each source of the record */
    int64_t claim, statement; /* ids of the first ones; the others follow */
    int64_t recorded;         /* entry */
    int32_t recorded_on;      /* its day */
} Placing;

/* The evidence of a record, sorted. `placing` NULL: on its own, with the record's facts about its sources and places as
 * ids. BAD_INPUT when the record does not pass record_check. Memory: `arena`. */
bool evidence_of_record(Arena *arena, const Codebook *codebook, const Record *record, const Placing *placing,
                        Run *evidence, Problem *problem);

typedef struct Asked {
    int64_t incident, at; /* entry; INT64_MAX: now */
} Asked;

/* All claims in force about an incident at an entry, sorted. Claims about variables that the codebook no longer has are
 * left out. Memory: `arena`. */
bool evidence_read(Arena *arena, Store *public_store, const Codebook *codebook, Asked asked, Run *evidence,
                   Problem *problem);

void evidence_sort(Evidence *claims, size_t count); /* also sets `live` */
Run run_at(Run all, size_t from);                   /* the run that starts there */
Run run_of(Run all, const char *variable);          /* empty when nobody speaks about it */

enum {
    STANDING_COURT,
    STANDING_AUTHORITY,
    STANDING_VICTIM,
    STANDING_STUDY,
    STANDING_EXPERT,
    STANDING_MEDIA,
    STANDING_PROJECT,
    STANDING_PERSON,
    STANDING_ATTACKER
};

/* Order of claimants of METHOD.md 4, best first. The project's own inference, which METHOD.md does not name, stands
 * behind the media. Whatever a leak site says is the attacker's. */
int evidence_standing(const Evidence *claim);
bool evidence_by_attacker(const Evidence *claim);
bool evidence_by_machine(const Evidence *claim); /* written by a model without an editor */
bool evidence_credible(const Evidence *claim);   /* c1 to c3 */
bool evidence_asserts(const Evidence *claim);    /* live, with a value, asserting or correcting */
bool evidence_denies(const Evidence *claim);     /* live, with a value, denying it */
bool evidence_is(const Evidence *claim, const char *value);
/* Whether their sources are of one independence group; a source without a group is its own. */
bool evidence_same_group(const Evidence *a, const Evidence *b);
int32_t evidence_day(const Evidence *claim); /* as_of, else known_since, else DAY_UNKNOWN */
/* The day on which the world could know it, by METHOD.md 4a: known_since, else the day on which it was recorded. */
int32_t evidence_known_day(const Evidence *claim);
/* Asserts something that only an attack or its effect brings about: an attack type, data taken, care disturbed...; not
 * "none", "unknown" or zero. */
bool evidence_of_effect(const Evidence *claim);
