/* Column: one facet of all rows, a byte a row.
 *
 * A row has a set of values (several attack types, several countries). The byte is the code of that set when it is one
 * of the 255 most frequent ones; else it is RARE and the set stands apart, by row. So a filter is one table of 256
 * answers whatever the facet, counting needs 256 counters, and no facet has too many values or sets. */
#pragma once

#include "base/table.h"
#include "stats/selection.h"

enum { RARE = 255, BYTE_CODES = 256 };

typedef struct Sets { /* set i: members[first[i]] up to, without it, members[first[i + 1]]; places in `values` */
    uint32_t *first, *members;
    size_t count;
} Sets;

typedef struct Column {
    const char *key;     /* of the facet */
    const char **values; /* the codebook's in its order, then others as they came */
    size_t value_count;
    uint8_t *codes;      /* by row, padded to full words of 64 rows */
    Sets frequent;       /* by code */
    Sets rare;           /* by place in rare_rows */
    uint32_t *rare_rows; /* ascending */
} Column;

/* While rows are being read: the set of each row, in the order of reading. */
typedef struct ColumnDraft {
    Arena *arena;
    const char *key;
    const char **values;
    size_t value_count, value_room;
    Table *value_table, *set_table;
    uint32_t *set_of_row; /* place of its set in `sets`; 0 is the empty set */
    size_t row_room;
    Sets sets;
    size_t set_room, member_count, member_room;
} ColumnDraft;

/* Sorts the members in place and drops doubles; answers how many are left. */
size_t set_of(uint32_t *members, size_t count);

void column_draft(Arena *arena, const char *key, ColumnDraft *draft);
/* The place of a value, added when it is new. */
uint32_t column_value(ColumnDraft *draft, const char *value);
/* The set of `row`; `members` in any order and with doubles (they are sorted in place). Rows without one are empty. */
void column_put(ColumnDraft *draft, size_t row, uint32_t *members, size_t count);
/* order[i]: the row, as it was read, that becomes row i. Memory of the column: `arena`. */
void column_finish(ColumnDraft *draft, Arena *arena, const uint32_t *order, size_t rows, Column *column);

/* The first place in rare_rows whose row is `row` or later. */
size_t column_rare_from(const Column *column, size_t row);

/* Counting. `counts` has a place for each value and one behind them for rows without a value. */
void column_spread(const Column *column, const uint32_t counters[BYTE_CODES], int64_t *counts); /* frequent sets */
void column_count_rare(const Column *column, const Selection *selection, int64_t *counts);
void column_count(const Column *column, const Selection *selection, int64_t *counts); /* all of them */
