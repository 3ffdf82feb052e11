/* How well the coders agree, as a file of a release. */
#pragma once

#include "codebook/codebook.h"
#include "store/store.h"

/* Krippendorff's alpha of each variable and half-year as CSV; empty when nothing was coded twice. Memory: `arena`. */
bool release_agreement(Arena *arena, Store *work, const Codebook *codebook, Text *csv, Problem *problem);
