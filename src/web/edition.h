/* Edition: one state of the register, held in memory: the snapshot and what every page shows of it unfiltered.
 *
 * Whoever answers a request holds the newest edition until the answer is sent; a new one takes its place without
 * waiting for anybody, and the old one goes with its last reader. */
#pragma once

#include "publish/agreed.h"
#include "stats/figures.h"

typedef struct Edition Edition;
typedef struct Live Live; /* what is newest */

/* Reads the first edition. `store` stays with the caller and is used by live_refresh only. */
Live *live_open(Arena *arena, Store *store, const Codebook *codebook, Problem *problem);
void live_close(Live *live); /* accepts NULL */

enum { LIVE_POLL_MS = 50 }; /* how often live_refresh is to be called, so that a publication is on the site at once */

/* Makes a new edition of the last one and what another process has published since. False when the store cannot be
 * read: then the last edition goes on. Called by one thread only. */
bool live_refresh(Live *live, Problem *problem);

Edition *live_hold(Live *live);         /* thread-safe */
void edition_release(Edition *edition); /* accepts NULL */
const Snapshot *edition_snapshot(const Edition *edition);
/* Which one it is: differs when an entry came, and when the rows were made anew, from which other answers may follow.
 */
int64_t edition_number(const Edition *edition);
const Agreed *edition_agreed(const Edition *edition);
const Figures *edition_figures(const Edition *edition); /* of no filter at all */
