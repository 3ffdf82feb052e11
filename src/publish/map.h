/* Map: incidents by country as a picture of the world.
 *
 * Shades go by the square root of the count, in one hue, so that few and many are both seen. A country without a report
 * is hatched and never looks like one that was asked for and has none: "no report" is not zero. Small countries are
 * dots that answer a pointer in some distance. Each country says its name and count; the table beside the map says the
 * same to everybody else. */
#pragma once

#include "publish/chart.h"
#include "stats/figures.h"

/* The map with its legend: in a page two pictures, one below the other; as a file one. A count of 0 is "none", a
 * country that is not among the counts has no report. What has no place on the map is counted beside it. */
void chart_map(Out *out, const ChartFrame *frame, const Counts *by_country);

/* The rows of the table beside the map: names and counts in the language, in the order of the counts; the unknown
 * country ("") says so. Memory: `arena`. */
const Mark *map_rows(Arena *arena, const Language *language, const Counts *by_country);

enum { MAP_SHADES = 5 };

/* The shade of a count, 1 (few) to MAP_SHADES (many); 0 for none. */
int map_shade(int64_t count, int64_t most);
/* The lowest count of a shade from 1 on; that of MAP_SHADES + 1 is beyond `most`. A shade whose limit is that of the
 * next one is not used. */
int64_t map_limit(int shade, int64_t most);
