/* Alike: what a candidate may be about already: published incidents, and other candidates that wait. */
#pragma once

#include "domain/similar.h"
#include "work/request.h"

typedef struct AlikeAsked {
    int64_t id; /* of the candidate */
    const Record *record;
    int least; /* percent: SIMILAR_LEAST, or NAME_SAME, which is much faster */
} AlikeAsked;

typedef struct Alike {
    SimilarFound incidents, candidates; /* no candidate that is marked above the request's ceiling */
} Alike;

/* Memory: the request's. */
bool alike_find(const WorkRequest *request, Store *work, const AlikeAsked *asked, Alike *alike, Problem *problem);
