/* Party: whom the register has by name, and what it knows of one, for those who work on it: organisations, and actors,
 * which is who attacks. Both have names, are merged and told apart by the same acts; parties.def says what differs. */
#pragma once

#include "domain/act.h"
#include "store/store.h"

enum {
    PARTY_PLACED = 1,     /* has a country, a place and a type; two places, two of the same name */
    PARTY_LINKED = 2,     /* incidents have links to it */
    PARTY_NAMES_ALONE = 4 /* a name is one party's alone, also an alias or a former name */
};

typedef struct Party {
    const char *word;   /* "organisation" */
    const char *prefix; /* "organisation/": of the subject of its entries */
    const char *kinds;  /* "organisation.%": of its entries, for LIKE */
    const char *told;   /* types of folded name, country and subdivision, as far as they tell one from another */
    unsigned has;
    Statement now, alias_add, alias_off, alias_back, alias_leave, alias_join, same_add, same_off, same_back;
    Statement called, same, numbered, get, names;
    Statement finder_state, finder_names, finder_aliases, finder_shown;
} Party;

/* NULL of incidents. */
const Party *party_of(ActSubject subject);

typedef struct PartyRow { /* one that was found */
    int64_t id;
    const char *name, *country, *org_type; /* the last two may be NULL */
} PartyRow;

typedef struct PartyRows {
    PartyRow *items;
    size_t count;
} PartyRows;

/* One of the country that has the name by another spelling of its identity: as alias or former name, or in another
 * subdivision. `id` 0 when there is none; one that is found by the name itself is not told. Memory: `arena`. */
bool party_called(Arena *arena, Store *published, const Party *party, const OrganisationFacts *facts, PartyRow *found,
                  Problem *problem);

/* The one that has this very identity, or this number in another register. */
bool party_same(Arena *arena, Store *published, const Party *party, const OrganisationFacts *facts, PartyRow *found,
                Problem *problem);
bool party_numbered(Arena *arena, Store *published, const Party *party, const ActName *name, PartyRow *found,
                    Problem *problem);

typedef struct PartyLink {
    int64_t incident, link;              /* link: its id */
    const char *role, *naming, *title;   /* title: of the incident */
    const char *naming_basis, *supplier; /* supplier: the name of the one that it was hit through; both may be NULL */
} PartyLink;

typedef struct PartyDeed {
    int64_t entry, target, at; /* target: it was merged into; 0 */
    const char *kind, *reason, *reviewer, *author;
    bool undone;
} PartyDeed;

typedef struct PartyRecord {
    int64_t id, into; /* into: the one that it was merged into; 0 */
    bool named;       /* it may be named in public */
    OrganisationFacts facts;
    ActName *names; /* aliases, former names, parents, identifiers */
    size_t name_count;
    PartyLink *links; /* newest incident first */
    size_t link_count;
    PartyDeed *deeds; /* newest first */
    size_t deed_count;
} PartyRecord;

/* NOT_FOUND when there is none. Memory: `arena`. */
bool party_read(Arena *arena, Store *published, const Party *party, int64_t id, PartyRecord *record, Problem *problem);
