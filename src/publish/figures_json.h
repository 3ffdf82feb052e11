/* The figures as one JSON object: what `vigie figures --json` prints and /api/v1/figures answers. */
#pragma once

#include "stats/figures.h"

/* Keys as in figures_json.def, then as_of, entries, codebook and query; by_* are objects {code: n} with "unknown" for
 * no code; what is not known is null, never 0. */
void figures_json(Out *out, const Figures *figures, const Filter *filter, const Codebook *codebook);

/* The same as rows figure,code,value: figure is the path of the key ("by_country", "persons_affected.sum"). */
void figures_csv(Out *out, const Figures *figures, const Filter *filter, const Codebook *codebook);

/* The members of figures_json as JSON Schema: an object. */
void figures_schema(Out *out);

/* What makes figures citable, as members of a JSON object: "as_of", "known_by", "entries", "codebook", "query". */
void figures_json_origin(Out *out, const Figures *figures, const Filter *filter, const Codebook *codebook);
