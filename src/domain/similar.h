/* Similar: published incidents that a record may be about: one of its organisations' names resembles one of theirs, in
 * the same country, and the dates are not more than SIMILAR_DAYS apart. */
#pragma once

#include "domain/finder.h"
#include "domain/record.h"

enum { SIMILAR_DAYS = 45, SIMILAR_LEAST = 40 /* percent */, SIMILAR_NAMES = 50, SIMILAR_MOST = 10 };

typedef struct Similar {
    int64_t number; /* of the incident, or of the candidate (domain/waiting.h) */
    const char *title;
    int likeness; /* percent, by similar_names */
} Similar;

/* Dice's coefficient over the trigrams of two folded names (L. R. Dice, 1945; as in PostgreSQL's pg_trgm, each word is
 * framed by blanks), in percent. */
int similar_names(const char *a, const char *b);
int similar_of(size_t shared, size_t size, size_t other_size); /* the same, of the numbers of different trigrams */
size_t similar_size(const char *name);

typedef struct SimilarFound {
    Similar items[SIMILAR_MOST]; /* each once, the most alike first */
    size_t count;
} SimilarFound;

/* Puts one more in its place; its title must live as long. */
void similar_keep(SimilarFound *found, Similar one);
bool similar_full(const SimilarFound *found, int likeness); /* nothing that is so alike is kept any more */

typedef struct SimilarAsked {
    const Record *record;
    Span days; /* that it is about */
    int least; /* percent: SIMILAR_LEAST, or NAME_SAME (domain/name_search.h), which is much faster */
} SimilarAsked;

/* False while the record tells no day, and then it resembles nothing. */
bool similar_days(Arena *arena, const Codebook *codebook, const Record *record, Span *days);
bool similar_near(Span days, Span others); /* not more than SIMILAR_DAYS apart */

typedef struct SimilarPlace { /* where they are looked for */
    Finder *finder;
    Store *published;
} SimilarPlace;

/* Of each organisation the SIMILAR_NAMES names of its country that are most alike are looked at. Memory of titles:
 * `arena`. */
bool similar_find(Arena *arena, const SimilarPlace *place, const SimilarAsked *asked, SimilarFound *found,
                  Problem *problem);
