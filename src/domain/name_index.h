/* Name index: from the hash of a name to the ids of what has it, of one kind: sources, or organisations.
 *
 * The newest names are in memory, the older ones in a table of the store, to which they are added in their order by
 * hash, many at a time: one by one they would rewrite the whole table for each batch of an import. */
#pragma once

#include "base/arena.h"
#include "store/store.h"

enum { NAMES_IN_MEMORY = 1 << 17 }; /* as in schema/public/0003-names.sql */

typedef struct NameIndex NameIndex;

typedef struct NameStatements {
    Statement behind; /* (id): look_up and id of those behind it */
    Statement add;    /* (id, look_up): adds a row to the table */
    Statement find;   /* (look_up): ids */
} NameStatements;

/* The store must outlive it. Ids are given from 1 without gaps. */
NameIndex *name_index_new(Arena *arena, Store *public_store, const NameStatements *statements);
/* Begins anew with what the store holds; `last` is the highest id there is. */
bool name_index_reset(NameIndex *index, int64_t last, Problem *problem);
int64_t name_index_last(const NameIndex *index); /* the highest id */

/* The next id has this hash, 0 for what is never looked up. Its row was written or waits in the store. */
bool name_index_add(NameIndex *index, uint64_t look_up, Problem *problem);

/* The ids that have it, ascending; when there are any, no row waits in the store any more. Memory: `arena`. */
bool name_index_find(NameIndex *index, Arena *arena, uint64_t look_up, int64_t **ids, size_t *count, Problem *problem);
