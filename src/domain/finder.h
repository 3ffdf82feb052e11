/* Finder: the organisations or actors that somebody looks for by a part of a name, among all names in memory, which are
 * those of the public store at the moment of each search. Any number of threads may ask one. */
#pragma once

#include "domain/name_search.h"
#include "domain/party.h"

typedef enum FinderUse {
    FIND_ONCE, /* a command: reads all names and keeps those that are looked for */
    FIND_OFTEN /* a server: keeps all names, and makes an index of them when there are many */
} FinderUse;

typedef struct Finder Finder;

/* `arena` must outlive it. */
Finder *finder_open(Arena *arena, const Party *party, FinderUse use);
void finder_close(Finder *finder); /* accepts NULL */

/* Reads what is new; what a server does before the first search, so that nobody waits for it. */
bool finder_refresh(Finder *finder, Store *published, Problem *problem);

typedef struct FinderAsked {
    const char *typed;
    size_t most; /* how many are wanted */
} FinderAsked;

/* Those of which a name, former name, alias or identifier has all the words (name_search.h), those that begin with what
 * was typed first, by name; at most `most`. Merged ones, and those that may not be named, are left out. Memory:
 * `arena`.
 */
bool finder_find(Finder *finder, Arena *arena, Store *published, const FinderAsked *asked, PartyRows *found,
                 Problem *problem);

typedef struct FinderLike {
    int64_t organisation;
    int likeness; /* percent */
} FinderLike;

typedef struct FinderLikes {
    FinderLike *items;
    size_t count;
} FinderLikes;

/* Organisations with a name that resembles one, each once, the most alike first. Memory: `arena`. */
bool finder_like(Finder *finder, Arena *arena, Store *published, const NameSought *sought, FinderLikes *found,
                 Problem *problem);
