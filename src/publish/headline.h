/* Headline: the figures in one sentence, with plurals, by METHOD.md 5. It can be cited: it says its period, its moment
 * and its codebook. */
#pragma once

#include "publish/view.h"

const char *headline_sentence(const View *view);
/* NULL when coders agree enough on what the sentence tells the attacks apart by. */
const char *headline_caution(const View *view);
const char *headline_with_caution(const View *view); /* both, where they stand alone */
const char *headline_origin(const View *view);       /* "As of 22 November 2026, codebook 0.1.0." */
/* The filter in words, "Attack type: Ransomware; Country: France"; "" when everything is open. */
const char *headline_filter(const View *view);
