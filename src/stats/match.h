/* Match: the rows of a snapshot that a filter selects, as of its moment. Private to this room. */
#pragma once

#include "stats/figures.h"
#include "stats/kernel.h"
#include "stats/layout.h"

typedef struct Match {
    Selection rows;   /* one a incident at most */
    uint32_t entries; /* as of this entry */
} Match;

typedef struct Words {  /* what a text search found */
    const int64_t *ids; /* sorted incident numbers; looked at only when the filter has words */
    size_t count;
} Words;

void match_rows(const Snapshot *snapshot, const Filter *filter, Words words, const Kernel *kernel, Arena *arena,
                Match *match);
/* The rows that hold on the second clock at any time: several an incident, each known from its day to its end. Neither
 * moment of the filter is looked at. */
void match_known(const Snapshot *snapshot, const Filter *filter, Words words, const Kernel *kernel, Arena *arena,
                 Match *match);
uint16_t known_after(int32_t day); /* the first day of Known that is not known by the end of `day` */
size_t known_end_from(const Known *known, size_t row); /* the first place in end_rows whose row is `row` or later */
/* The bits of 64 rows that stand in a part of the register. */
uint64_t match_register(const Snapshot *snapshot, Register which, size_t word);
/* Those of the selection that have this shelf. */
Selection match_shelf(const Snapshot *snapshot, const Selection *rows, Shelf shelf, Arena *arena);

/* figures_count with a kernel of choice. */
void figures_count_by(const Kernel *kernel, const Snapshot *snapshot, const Filter *filter, Words words, Arena *arena,
                      Figures *figures);
