/* The figures as one JSON object: what `vigie figures --json` prints and /api/v1/figures answers. */
#pragma once

#include "publish/view.h"

typedef struct Counted { /* figures with what they were counted by */
    const Figures *figures;
    const Filter *filter;
    const Codebook *codebook;
    const Agreed *agreed; /* NULL: how far coders agree is left out */
} Counted;

Counted counted_of(const View *view);

/* Keys as in figures_json.def, then agreement (the variables on which coders agree too little as of the moment, each
 * with the figures that rest on it), as_of, entries, codebook and query; by_* are objects {code: n} with "unknown" for
 * no code; what is not known is null, never 0. */
void figures_json(Out *out, const Counted *counted);

/* The same as rows figure,code,value: figure is the path of the key ("by_country", "persons_affected.sum"). */
void figures_csv(Out *out, const Counted *counted);

/* The variables by which coders give what stands there in Figures, with blanks between them; "" where it is none of
 * theirs. */
const char *figures_variables(size_t at);

/* A number of agreement as members of a JSON object: "alpha", "charted", "period", "variable". */
void figures_json_measured(Out *out, const Measured *measured);

/* The members of figures_json as JSON Schema: an object. */
void figures_schema(Out *out);

/* What makes figures citable, as members of a JSON object: "as_of", "known_by", "entries", "codebook", "query". */
void figures_json_origin(Out *out, const Figures *figures, const Filter *filter, const Codebook *codebook);
