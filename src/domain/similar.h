/* Similar: published incidents that a record may be about: one of its organisations' names resembles one of theirs, in
 * the same country, and the dates are not more than SIMILAR_DAYS apart. */
#pragma once

#include "domain/record.h"
#include "store/store.h"

enum { SIMILAR_DAYS = 45, SIMILAR_LEAST = 40 /* percent */, SIMILAR_MOST = 10 };

typedef struct Similar {
    int64_t incident;
    const char *title;
    int likeness; /* percent, by similar_names */
} Similar;

/* Dice's coefficient over the trigrams of two folded names (L. R. Dice, 1945; as in PostgreSQL's pg_trgm, each word is
 * framed by blanks), in percent. */
int similar_names(const char *a, const char *b);

typedef struct SimilarFound {
    Similar items[SIMILAR_MOST];
    size_t count;
} SimilarFound;

/* The most alike first. Memory of titles: `arena`. */
bool similar_find(Arena *arena, Store *public_store, const Codebook *codebook, const Record *record,
                  SimilarFound *found, Problem *problem);
