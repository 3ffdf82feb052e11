/* Actor: who attacks, as the register has it. A claim names one by a text; which one that is follows from the names
 * that actors have as of an entry, and is nobody when no actor has the name. */
#pragma once

#include "base/table.h"
#include "domain/evidence.h"
#include "domain/party.h"

typedef struct NamedActor {
    int64_t actor;
    const char *name;   /* its own */
    const char *called; /* the one by which it is found, folded */
} NamedActor;

typedef struct NamedActors { /* by each of their names */
    Arena *arena;
    Table *places;
    NamedActor *items;
    size_t count;
} NamedActors;

/* As of entry `entries`; those that were merged into another one stand there by that one. Memory: `arena`. */
bool named_actors_read(Arena *arena, Store *published, int64_t entries, NamedActors *actors, Problem *problem);
/* NULL when nobody has the name. */
const NamedActor *named_actor(const NamedActors *actors, const char *name);

/* The one that has `actor->name` among its names as of entry `at`; number 0 and the same name when nobody has it. */
bool actor_meant(Arena *arena, Store *published, int64_t at, NamedActor *actor, Problem *problem);
/* The claims about an actor get the name that it has in the registry as of entry `at`, and keep what stood there as
 * `spelled`; the others stay. Memory: `arena`. */
bool actors_meant(Arena *arena, Store *published, int64_t at, Evidence *claims, size_t count, Problem *problem);

/* Adds the claims in force that name it, newest incident first; link: the claim. Memory: `arena`. */
bool actor_links(Arena *arena, Store *published, PartyRecord *record, Problem *problem);
