/* Load: the parts of reading a snapshot from the public store. Private to this room. */
#pragma once

#include "stats/draft.h"

typedef struct Organisations { /* numbered from 0 in the order of their ids */
    int64_t *ids;
    uint32_t (*values)[3]; /* places of country, sector and type in their columns, or NO_VALUE */
    size_t count, id_room, value_room;
} Organisations;

#define NO_VALUE UINT32_MAX

/* Reads versions with their values and organisations, incident by incident, into rows of the draft. */
bool load_incidents(Store *store, const Organisations *organisations, Draft *draft, Problem *problem);

/* The place of a text in a column of the rows; NO_VALUE for NULL. */
uint32_t load_value(Draft *draft, FixedFacet facet, const Rows *rows, int column);
