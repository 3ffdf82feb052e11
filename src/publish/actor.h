/* Actor: an attacker as the claims name it: who says so, on what basis, in which incidents; and what it promised. A
 * name is what somebody says, never more.
 *
 * The registry says which names are the same attacker's, as of the moment; what it does not know, the actor book does.
 */
#pragma once

#include "base/table.h"
#include "domain/actor.h"
#include "publish/actor_book.h"
#include "publish/other_names.h"

typedef enum Basis {                  /* of one incident: the strongest that any source gives */
                     BASIS_ITSELF,    /* only the attacker says so */
                     BASIS_OTHERS,    /* the victim, media, a company, researchers */
                     BASIS_AUTHORITY, /* an authority, a coalition of states or a court */
                     BASES
} Basis;

typedef struct Attribution {
    int64_t incident, source;
    const char *basis, *stance; /* codes of attribution_basis and attribution_stance; basis may be NULL */
    const char *claimant, *inclusion, *verification;
    int32_t date; /* of the incident, or DAY_UNKNOWN */
    bool asserted;
} Attribution;

typedef struct Actor {
    const char *slug, *name;
    int64_t number;   /* in the registry; 0 */
    OtherNames names; /* of the registry, numbers in others among them */
    const char **aliases;
    size_t alias_count, alias_room;
    Attribution *attributions; /* those of an incident together, the latest incident first */
    size_t attribution_count, attribution_room;
    Pledge *pledges; /* the oldest first */
    size_t pledge_count, pledge_room;
} Actor;

typedef struct Actors {
    Actor *items; /* in the dictionary's order */
    size_t count, room;
    Table *places; /* by slug, while they are read */
} Actors;

/* All that are named by claims in force or have made a pledge. Memory: the view's arena. */
bool actors_read(const Reading *reading, Actors *actors, Problem *problem);
/* The address of the attacker that has another name with this one; NULL when there is none. */
bool actor_elsewhere(const Reading *reading, const char *slug, const char **target, Problem *problem);
/* NOT_FOUND when nobody names it. */
bool actor_read(const Reading *reading, const char *slug, Actor *actor, Problem *problem);

typedef struct ActorCount {                         /* incidents in which somebody asserts that it was this one */
    int64_t counted, claimed_only, by_basis[BASES]; /* by_basis: of the counted ones and those claimed only */
} ActorCount;
ActorCount actor_count(const Actor *actor);
/* How many attributions from `from` on are of the same incident. */
size_t actor_same_incident(const Actor *actor, size_t from);

/* The attacker whose name it is: by the registry, else by the book, which may call it by a name of the registry; number
 * 0 when the registry does not know it. */
NamedActor actor_of_name(const ActorBook *book, const NamedActors *registered, const char *name);

/* "/actors/lockbit": what follows the language. */
const char *actor_path(const View *view, const char *slug);
/* The page of the one that a claim names; NULL when the name has no letter. */
const char *actor_link(const View *view, const Evidence *claim);
