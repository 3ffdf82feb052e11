/* Maker: the process that makes releases for the workbench. It holds the key of releases, which the workbench never
 * sees, reads the public store and writes into var/releases; nobody but the workbench can ask it. */
#pragma once

#include "codebook/codebook.h"

typedef struct Maker Maker;

typedef struct MakerPlan {
    const char *var, *address; /* address: of the site, for links; NULL: none */
    const Codebook *codebook;
} MakerPlan;

/* Starts it; before this process opens a store or starts a thread, as ledger_start. Memory: `arena`. */
Maker *maker_start(Arena *arena, const MakerPlan *plan, Problem *problem);
void maker_stop(Maker *maker); /* accepts NULL */

typedef struct MakerOrder {
    int64_t now;
    const char *keep; /* folders of releases that are under review: change_releases */
} MakerOrder;

/* Makes the files of the next release, which stay unseen until its entry is published. `body`: of that entry
 * (domain/release.h). One at a time. CONFLICT when there is nothing to release. Memory: `arena`. */
bool maker_make(Maker *maker, Arena *arena, const MakerOrder *order, int64_t *number, Text *body, Problem *problem);
