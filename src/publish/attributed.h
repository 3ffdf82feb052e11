/* Attributed: the incidents that are found by an attacker's name. A reader looks for LockBit and means the attacks that
 * somebody says were its, under whichever of its names: those that its page counts. */
#pragma once

#include "publish/actor_book.h"
#include "stats/search.h"

typedef struct Searched { /* where words are looked for */
    Store *store;         /* the public one */
    const ActorBook *book;
    int64_t entries; /* as of this entry */
} Searched;

/* The incidents whose attackers have a name with one of the words in it, each with all the names of these, folded.
 * Memory: that of `words`. */
bool attributed_find(const Searched *searched, const SearchWords *words, SearchBesides *beside, Problem *problem);
