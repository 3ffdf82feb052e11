/* Load: the parts of reading a snapshot from the public store. Private to this room. */
#pragma once

#include "stats/draft.h"

typedef struct RowIds { /* of the rows below some incidents that follow each other */
    int64_t first, last;
} RowIds;

typedef struct Organisations { /* numbered from 0 in the order of their ids */
    uint32_t *ids;
    uint32_t (*values)[3]; /* places of country, sector and type in their columns, or NO_VALUE */
    size_t count, id_room, value_room;
} Organisations;

#define NO_VALUE UINT32_MAX

/* An empty snapshot in an arena of its own, held once. */
Snapshot *load_start(const Codebook *codebook);
/* How often the rows were made anew, and the number of the newest entry. */
bool load_state(Store *store, int64_t *rebuilds, int64_t *size, Problem *problem);
/* Puts the entries after those that `last` (NULL: none) holds behind its own, and sets the size. */
bool load_moments(Store *store, const Snapshot *last, Arena *scratch, Snapshot *snapshot, Problem *problem);
/* Adds those with a higher id than the last one so far. */
bool load_organisations(Store *store, Draft *draft, Organisations *all, Problem *problem);
/* The number of the organisation with this id; the count of all when there is none. */
size_t organisation_number(const Organisations *all, int64_t id);
void keep_organisations(const Organisations *all, Snapshot *snapshot);

/* Reads versions with their values and organisations, incident by incident, into rows of the draft. */
bool load_incidents(Store *store, RowIds ids, const Organisations *organisations, Draft *draft, Problem *problem);

/* Refuses a draft whose rows cannot be numbered beside `others`. */
bool load_fits(const Draft *draft, const Snapshot *others, Problem *problem);

/* Places of country, sector and type, columns 1 to 3, in the columns of the rows. */
void load_organisation(Draft *draft, const Rows *rows, uint32_t values[3]);

/* The place of a text in a column of the rows; NO_VALUE for NULL. */
uint32_t load_value(Draft *draft, FixedFacet facet, const Rows *rows, int column);
