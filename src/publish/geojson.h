/* GeoJSON: incidents by country as points, for whoever draws a map of his own (RFC 7946). */
#pragma once

#include "base/out.h"
#include "publish/words.h"
#include "stats/figures.h"

typedef struct GeojsonAbout {                      /* members of the collection beside its features */
    const char *title, *address, *as_of, *licence; /* address: of the same figures for people */
} GeojsonAbout;

/* A FeatureCollection with the properties code, name and incidents, in the order of the counts. A country that is
 * unknown ("") or not on the map has no geometry (null) and keeps its count. */
void geojson_countries(Out *out, const Language *language, const Counts *by_country, const GeojsonAbout *about);
