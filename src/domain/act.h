/* Act: what is done to something that is published, with the reason and the second person who agreed: the body of the
 * entries of acts.def. Nothing is changed in place: rows end with the entry and others begin, so that "as of" before it
 * shows what was shown, and an undo is a further entry.
 *
 * claim.correct       claims of the incident end, and what the record claims stands in their place
 * claim.retract       claims end
 * claim.rank          claims are preferred, normal or deprecated from now on
 * incident.merge      the incident is a duplicate: its claims and organisations go over into another
 * incident.split      the incident was several: each record opens one of them
 * incident.withdraw   it was published in error: no longer counted, its page gives the reason
 * affected.add        organisations are linked to the incident, each with its role, its naming and who supplied it
 * affected.change     links end, and begin again otherwise: another role, another naming, another organisation
 * affected.end        links end: these organisations were not affected
 * incident.undo       takes back an earlier entry about the incident, the first one excepted (that is a withdrawal)
 * organisation.add    an organisation that no incident has to have hit, with its names
 * organisation.name   aliases, former names and external identifiers are added
 * organisation.merge  the organisation is another one that the register knows: its links and names go over
 * organisation.split  a part of its links and names is of another organisation, which is made
 * organisation.undo   takes back one of these, the first one excepted (that is a merger)
 * actor.add, actor.name, actor.merge, actor.split, actor.undo
 *                     the same of an actor, which is who attacks. It has a name and nothing more, and no links: claims
 *                     name it, by any of its names */
#pragma once

#include "domain/record.h"

typedef enum ActSubject { ACT_INCIDENT, ACT_ORGANISATION, ACT_ACTOR, ACT_SUBJECTS } ActSubject;

enum {
    ACT_ENDS = 1,
    ACT_RANKS = 2,
    ACT_ADDS = 4,
    ACT_OPENS = 8,
    ACT_INTO = 16,
    ACT_UNDOES = 32,
    ACT_NAMES = 64,
    ACT_LINKS = 128,   /* links begin */
    ACT_UNLINKS = 256, /* links end */
    ACT_FACTS = 512,   /* an organisation is made, and may have names */
    ACT_MAKES = 1024,  /* which is what the entry is about: it has no number before */
    ACT_PARTS = 2048   /* links and names go over to it */
};

typedef enum ActKind {
#define ACT(name, kind, subject, needs) ACT_KIND_##name,
#include "domain/acts.def"
#undef ACT
    ACT_KIND_COUNT
} ActKind;

typedef struct ActInfo {
    const char *kind; /* of its entry */
    ActSubject subject;
    unsigned needs;
} ActInfo;

extern const ActInfo act_table[ACT_KIND_COUNT];

typedef struct ActClaim {
    int64_t claim;    /* its id */
    const char *rank; /* code of claim.rank; only of claim.rank */
} ActClaim;

typedef struct ActName {
    const char *kind; /* code of name_kinds.def */
    const char *value;
} ActName;

typedef struct ActLink {      /* between the incident and an organisation */
    OrganisationFacts *facts; /* one that is to be found by its name, or made when it is not there; NULL */
    int64_t link;             /* the id of the one that ends; 0 of a new one */
    const char *naming, *naming_basis,
        *role;            /* codes of affected; NULL when it only ends; naming_basis of those named */
    int64_t organisation; /* number of one that is known; 0 */
    int64_t supplier;     /* number of an organisation of the incident that it was hit through; 0 */
} ActLink;

typedef struct Act {
    ActClaim *claims;
    size_t claim_count;
    OrganisationFacts *facts; /* of a new organisation; NULL */
    int64_t into;             /* the incident or organisation that stays; 0 */
    ActLink *links;
    size_t link_count;
    ActName *names;
    size_t name_count;
    const char *reason; /* one sentence in English */
    Record *records;
    size_t record_count;
    const char *reviewer; /* the account that agreed; never the author */
    int64_t undoes;       /* entry; 0 */
} Act;

/* ACT_KIND_COUNT when no act has this kind. */
ActKind act_find(const char *kind);
/* The one upon this subject that needs this (ACT_NAMES ...); ACT_KIND_COUNT. */
ActKind act_upon(ActSubject subject, unsigned need);

/* Whether it holds what its kind needs and nothing else. BAD_INPUT names the field. */
bool act_check(ActKind kind, const Act *act, const Codebook *codebook, Problem *problem);

/* See affected_conceal: what is published of the act. Memory: `arena`. */
void act_conceal(Arena *arena, Act *act);

/* Canonical JSON and back, as record_write and record_read. */
void act_write(Out *out, const Act *act);
bool act_read(Arena *arena, Text json, Act *act, Problem *problem);
