/* The addresses of all pages of countries, sources, organisations and attackers, for the sitemap. */
#pragma once

#include "publish/entity.h"

typedef struct Paths {
    const char **items; /* what follows the language and its slash: "countries/FR" */
    size_t count, room;
} Paths;

/* Of today's register; the view's figures are those without a filter. */
bool entity_paths(const Reading *reading, Paths *paths, Problem *problem);
