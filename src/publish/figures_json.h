/* The figures as one JSON object: what `vigie figures --json` prints and /api/v1/figures answers. */
#pragma once

#include "stats/figures.h"

/* Keys as the documentation lists them; by_* are objects {code: n}; what is not known is null, never 0. */
void figures_json(Out *out, const Figures *figures, const Filter *filter, const Codebook *codebook);

/* The same as rows figure,code,value: figure is the path of the key ("by_country", "persons_affected.sum"). */
void figures_csv(Out *out, const Figures *figures, const Filter *filter, const Codebook *codebook);
