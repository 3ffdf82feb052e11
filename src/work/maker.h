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
int maker_descriptor(const Maker *maker);

/* Nobody else asks it meanwhile; and what it made is not cleared away by another one who makes a release, such as a
 * command, before maker_release: by then it is to be under review. It is cleared away when this process has ended. */
void maker_hold(Maker *maker);
void maker_release(Maker *maker); /* accepts NULL */

static inline void maker_end(Maker **maker)
{
    maker_release(*maker);
}
#define AUTO_MAKER __attribute__((cleanup(maker_end))) Maker

typedef struct MakerOrder {
    int64_t now;
    const char *keep; /* folders of releases that are under review: change_releases, within maker_hold */
} MakerOrder;

/* Makes the files of the next release, which stay unseen until its entry is published. `body`: of that entry
 * (domain/release.h). Within maker_hold, once. CONFLICT when there is nothing to release, or one is being made by a
 * command. Memory: `arena`. */
bool maker_make(Maker *maker, Arena *arena, const MakerOrder *order, int64_t *number, Text *body, Problem *problem);
