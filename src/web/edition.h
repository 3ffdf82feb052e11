/* Edition: one state of the register, held in memory: the snapshot and what every page shows of it unfiltered.
 *
 * Whoever answers a request holds the newest edition until the answer is sent; a new one takes its place without
 * waiting for anybody, and the old one goes with its last reader. */
#pragma once

#include "stats/figures.h"

typedef struct Edition Edition;
typedef struct Live Live; /* what is newest */

/* Reads the first edition. `store` stays with the caller and is used by live_refresh only. */
Live *live_open(Arena *arena, Store *store, const Codebook *codebook, Problem *problem);
void live_close(Live *live); /* accepts NULL */

/* Reads a new edition when another process has published. False when the store cannot be read: then the last edition
 * goes on. Called by one thread only. */
bool live_refresh(Live *live, Problem *problem);

Edition *live_hold(Live *live);         /* thread-safe */
void edition_release(Edition *edition); /* accepts NULL */
const Snapshot *edition_snapshot(const Edition *edition);
const Figures *edition_figures(const Edition *edition); /* of no filter at all */
