/* What follows from what is coded, in the reader's language: see domain/outcome.h. */
#pragma once

#include "domain/outcome.h"
#include "work/desk_pages.h"

/* Nothing when the record is not complete enough for it. */
bool outcome_view(const WorkRequest *request, const OutcomeCase *sought, OutcomeView *view, Problem *problem);
/* Marks the claims about what would be contested. */
void outcome_mark(const OutcomeView *view, ClaimRow *rows, size_t count);
/* One sentence: the level of verification and the documented level with what was typed; NULL as above. */
bool outcome_sentence(const WorkRequest *request, const OutcomeCase *sought, const char **sentence, Problem *problem);
