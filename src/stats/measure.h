/* Measure: one number of all rows, known for some: persons affected, days of disturbed care.
 *
 * Rows with a number have a bit, and their numbers stand densely in the order of rows. Medians and quartiles of any
 * selection are found by counting, so that nothing is sorted for a request. */
#pragma once

#include "base/arena.h"
#include "stats/selection.h"

typedef struct Measure {
    uint64_t *known;          /* bit by row */
    uint32_t *before;         /* by word of 64 rows: rows with a number before it */
    double *numbers;          /* of the rows that have one */
    size_t count;             /* of numbers */
    double smallest, largest; /* no number is outside; 0 when there is none */
} Measure;

typedef struct MeasureFigures {
    int64_t known;
    double sum, largest;                           /* 0 when nothing is known */
    double lower_quartile, median, upper_quartile; /* as R's type 7; NaN when nothing is known or not asked for */
} MeasureFigures;

typedef enum Quantiles { QUANTILES_NONE, QUANTILES_MEDIAN, QUANTILES_QUARTILES } Quantiles;

/* numbers[order[i]]: of row i, NaN when not known. */
void measure_finish(Arena *arena, const double *numbers, const uint32_t *order, size_t rows, Measure *measure);

size_t measure_place(const Measure *measure, size_t row);  /* how many numbers the rows before it have */
double measure_number(const Measure *measure, size_t row); /* NaN when it is not known */

/* The sum adds in the order of rows: the same selection gives the same bits, whatever else the register holds.
 * Scratch memory: `arena`. */
void measure_count(const Measure *measure, const Selection *selection, Quantiles quantiles, Arena *arena,
                   MeasureFigures *figures);
