/* Names: which source or organisation of the register a record speaks of; made when it is not there yet. */
#pragma once

#include "domain/evidence.h"

typedef struct Names Names;

Names *names_new(Arena *arena, Store *public_store);
/* Begins anew with what the store holds; `sources` and `organisations` are the highest ids there are. */
bool names_reset(Names *names, int64_t sources, int64_t organisations, Problem *problem);

/* The source with this address, title and kind, as it stands; made with `since` when there is none. Its texts live
 * in `arena` or as long as the facts. */
bool names_source(Names *names, Arena *arena, const SourceFacts *facts, int64_t since, Standing *standing,
                  Problem *problem);

/* The same of one that is there; its id is 0 when there is none. */
bool names_standing(Names *names, Arena *arena, const SourceFacts *facts, Standing *standing, Problem *problem);

/* The highest number that an organisation has. */
int64_t names_last_organisation(const Names *names);

typedef struct Naming {
    const AffectedFacts *affected;
    const char *folded; /* unicode_fold of its name */
    int64_t since;
} Naming;

/* The organisation with this folded name, country and subdivision, if it is named; made with `since` when there is
 * none or it is not named. */
bool names_organisation(Names *names, Arena *arena, const Naming *naming, int64_t *id, Problem *problem);
