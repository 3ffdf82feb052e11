/* Choices: how many incidents a list would have if one facet of its filter were asked otherwise. */
#pragma once

#include "stats/figures.h"

#define CHOICE_YEARS "year" /* the calendar year of the reference date: instead of the filter's from and to */

/* For each of `keys` (of a facet, or CHOICE_YEARS) into counts[i]: the incidents of the listing's part of the register
 * by code, when all of the filter holds but what it asks of this key. What nothing has is left out, and so is what has
 * no value; codes in the codebook's order, years in time. Order, skip and most of the listing are not looked at.
 * Memory: `arena`. */
void figures_choices(const Snapshot *snapshot, const Listing *listing, const char *const *keys, size_t count,
                     Arena *arena, Counts *counts);
