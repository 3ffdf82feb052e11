/* Organisation: what the register knows of one, for those who work on it. */
#pragma once

#include "domain/act.h"
#include "store/store.h"

typedef struct OrganisationRow { /* one that was found */
    int64_t id;
    const char *name, *country, *org_type; /* the last two may be NULL */
} OrganisationRow;

typedef struct OrganisationRows {
    OrganisationRow *items;
    size_t count;
} OrganisationRows;

/* One of the country that has the name by another spelling of its identity: as alias or former name, or in another
 * subdivision. `id` 0 when there is none; one that is found by the name itself is not told. Memory: `arena`. */
bool organisation_called(Arena *arena, Store *published, const OrganisationFacts *facts, OrganisationRow *found,
                         Problem *problem);

/* The one that has this very identity, or this number in another register. */
bool organisation_same(Arena *arena, Store *published, const OrganisationFacts *facts, OrganisationRow *found,
                       Problem *problem);
bool organisation_numbered(Arena *arena, Store *published, const ActName *name, OrganisationRow *found,
                           Problem *problem);

typedef struct OrganisationLink {
    int64_t incident, link;              /* link: its id */
    const char *role, *naming, *title;   /* title: of the incident */
    const char *naming_basis, *supplier; /* supplier: the name of the one that it was hit through; both may be NULL */
} OrganisationLink;

typedef struct OrganisationDeed {
    int64_t entry, target, at; /* target: it was merged into; 0 */
    const char *kind, *reason, *reviewer, *author;
    bool undone;
} OrganisationDeed;

typedef struct OrganisationRecord {
    int64_t id, into; /* into: the one that it was merged into; 0 */
    bool named;       /* it may be named in public */
    OrganisationFacts facts;
    ActName *names; /* aliases, former names, parents, identifiers */
    size_t name_count;
    OrganisationLink *links; /* newest incident first */
    size_t link_count;
    OrganisationDeed *deeds; /* newest first */
    size_t deed_count;
} OrganisationRecord;

/* NOT_FOUND when there is none. Memory: `arena`. */
bool organisation_read(Arena *arena, Store *published, int64_t id, OrganisationRecord *organisation, Problem *problem);
