/* Weave: a snapshot made of the rows of two: of `last` those that stay, of `fresh` all. Private to this room.
 *
 * Whatever is by row is copied run by run, so that one changed incident among a million costs little more than the
 * copying of the columns. */
#pragma once

#include "stats/layout.h"

typedef struct Piece { /* rows that follow each other */
    enum { PIECE_LAST, PIECE_FRESH } of;
    size_t first, count;
} Piece;

typedef struct Weaving {
    const Snapshot *last, *fresh; /* fresh: with the organisations and the values of next at their places */
    Snapshot *next;
    Arena *scratch;
    Piece *pieces; /* in the order of the rows of next */
    size_t count;
} Weaving;

/* Makes all of `next` but its moments and organisations. `gone`: bit by incident, up to the largest of `last`: its rows
 * in `last` do not stay; every incident of `fresh` that `last` knows is among them. */
void weave(const Snapshot *last, const uint64_t *gone, const Snapshot *fresh, Arena *scratch, Snapshot *next);

/* Items of `size` bytes, one a row, into `to`. */
void weave_items(const Weaving *weaving, const void *last, const void *fresh, size_t size, void *to);
/* The column at this place. */
void weave_column(const Weaving *weaving, size_t place);
