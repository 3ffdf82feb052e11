/* File name: what a download is called, so that a folder of them can be told apart. */
#pragma once

#include "stats/filter.h"

/* "vigie-incidents-country-FR-type-ransomware-2026-11-28.csv": what it is, what was asked, the day as of which it
 * tells. Letters, digits, '.', '_' and '-' only; a long question is cut. Memory: `arena`. */
const char *file_name(Arena *arena, const char *what, const Filter *filter, int64_t as_of, const char *extension);
