/* Caution: what is said of figures that rest on a variable on which coders agree too little to read them without care
 * (METHOD 8). */
#pragma once

#include "publish/view.h"

typedef enum CautionPlace {
    CAUTION_CHART,    /* which is not drawn when the agreement is below 0.667 */
    CAUTION_SENTENCE, /* which stands there nevertheless */
    CAUTION_NUMBER,   /* beside it, in a few words */
    CAUTION_PLACES
} CautionPlace;

/* Of the variables, with blanks between them, the one on which coders agree least, when that is too little as of the
 * view's moment; else NULL. */
const Measured *caution_of(const View *view, const char *variables);
const char *caution_words(const View *view, const Measured *measured, CautionPlace place);
