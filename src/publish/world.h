/* World: where countries lie and what they look like on a flat map (Equal Earth, so that areas compare truly).
 *
 * Borders are Natural Earth's, simplified; to show them endorses none. Regions with a code of their own in ISO 3166-1
 * are places of their own: French Guiana never takes the colour of France. Antarctica is not drawn. */
#pragma once

#include "base/base.h"

enum { WORLD_WIDTH = 1920, WORLD_HEIGHT = 840 }; /* of the canvas */

typedef struct Place {
    const char *code;           /* ISO 3166-1 alpha-2, or XK */
    int x, y;                   /* a point well inside it */
    int reach;                  /* how far around that point a small place answers the pointer; 0 for a large one */
    double longitude, latitude; /* of that point, in degrees */
    const char *path;           /* in the syntax of SVG; NULL for what is too small: a dot */
} Place;

extern const Place world[]; /* sorted by code; made of data/world.txt */
extern const size_t world_count;

const Place *world_find(const char *code); /* NULL when it is not on the map */
