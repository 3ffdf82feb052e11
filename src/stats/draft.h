/* Draft: the rows of a snapshot while they are being read, in the order of reading. Private to this room. */
#pragma once

#include "stats/layout.h"

enum { DAY_NONE = INT32_MAX }; /* a row without a date: sorts behind all others */

typedef struct DraftRow {
    int32_t day;
    uint32_t since, until, incident, victims;
    size_t beside, beside_count; /* its first place in Draft.beside, and how many there */
    uint16_t known, known_end;   /* as in Known; KNOWN_NEVER where there is none */
    Shelf shelf;
    bool placeholder;
} DraftRow;

typedef struct Draft {
    Arena *arena; /* scratch, given back when the snapshot is made */
    const Codebook *codebook;
    ColumnDraft *columns; /* first the fixed facets */
    size_t column_count, column_room;
    Table *column_table; /* variable of version_value to place in `columns`; NO_COLUMN for what is no facet */
    DraftRow *rows;
    size_t count, room;
    double *numbers[MEASURES];
    size_t number_room[MEASURES];
    uint32_t *many;
    size_t many_count, many_room;
    struct {
        uint32_t organisation;
        Hit hit;
    } * beside;
    size_t beside_count, beside_room;
} Draft;

enum { NO_COLUMN = -1 };

/* With the columns and values of an earlier snapshot, at their places; `last` may be NULL. */
void draft_start(Draft *draft, Arena *arena, const Codebook *codebook, const Snapshot *last);
/* The column of a variable of version_value, made when it is new; NO_COLUMN when the codebook does not publish it or
 * when the table `version` has a column of its own for it. */
int64_t draft_column(Draft *draft, const char *variable);
/* Adds a row; its sets are put with column_put at row draft->count - 1. */
void draft_add(Draft *draft, const DraftRow *row, const double numbers[MEASURES]);
/* DraftRow.victims for these organisations, which are different from each other. */
uint32_t draft_victims(Draft *draft, const uint32_t *organisations, size_t count);
/* An organisation that is counted apart, of the row that was added last. */
void draft_beside(Draft *draft, uint32_t organisation, Hit hit);
/* Gives a row of the snapshot the organisations of a list: their count, then they themselves. */
void snapshot_put_many(Snapshot *snapshot, size_t row, const uint32_t *list);
/* Sorts the rows and makes all columns of `snapshot` in its arena. */
void draft_finish(Draft *draft, Snapshot *snapshot);
