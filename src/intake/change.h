/* Change: what a later form of a record says that the one before did not, as claims to add. Claims are never changed:
 * the new ones replace the old ones of the same speaker in the same source by their date. */
#pragma once

#include "domain/record.h"

/* The claims of `after` about every variable of which `before` says something else, in statements dated `day`; a
 * variable that `after` no longer speaks of is claimed as not reported. Statements whose values differ correct; those
 * with only another quotation assert. `change` shares the texts of both. Its statement_count is 0 when nothing
 * changed. Memory: `arena`. */
void change_between(Arena *arena, const Record *before, const Record *after, int32_t day, Record *change);

/* Adds the statements of `more`, and the sources that they need, to `record`. */
void record_append(Arena *arena, Record *record, const Record *more);

/* A number that differs when what is claimed differs; quotations, dates and places in the file do not count. */
int64_t record_values_hash(Out *scratch, const Record *record);
