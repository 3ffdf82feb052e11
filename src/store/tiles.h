/* Tiles: the log in pieces that never change, for those who copy, watch or verify it without us: C2SP tlog-tiles.
 *
 * A tile of level 0 holds the hashes of 256 entries, one of level L the roots of 256 tiles of the level below; the last
 * tile of a level may be partial. A bundle holds the canonical entries of a tile of level 0, each behind its length as
 * two bytes, greatest first. The length 0, which no entry has, stands for one that a bundle cannot hold: its body was
 * redacted, or it is longer than BUNDLE_ENTRY_MAX. Its hash is in the tile all the same. */
#pragma once

#include "base/out.h"
#include "store/store.h"

enum { TILE_HASHES = 256, TILE_LEVELS = 8, TILE_OF_ENTRIES = -1, BUNDLE_ENTRY_MAX = 65535 };

typedef struct TilePlace {
    int level;      /* TILE_OF_ENTRIES for a bundle */
    int64_t number; /* from 0 */
    int width;      /* 1 to TILE_HASHES */
} TilePlace;

/* Reads what follows "/tile/": "0/x001/234", "1/000.p/17", "entries/000". False when it is no such address. */
bool tile_place(Text path, TilePlace *place);

/* The roots of the full tiles of level 0, read once and kept, so that the levels above need not read the journal again.
 * Threads share it. */
typedef struct Tiles Tiles;
Tiles *tiles_open(void);
void tiles_close(Tiles *tiles); /* accepts NULL */

/* NOT_FOUND when the journal has not so many entries; DAMAGED when one is missing. */
bool tile_write(Tiles *tiles, Store *public_store, const TilePlace *place, Out *out, Problem *problem);

/* One canonical entry: SHA-256(0x00 || what is written) is its leaf. NOT_FOUND when there is none, or its body was
 * redacted. */
bool entry_write(Store *public_store, int64_t seq, Out *out, Problem *problem);
