/* Stated: what is published of one variable, as data and in words, and why it rests on one claim and not on another. */
#pragma once

#include "domain/published.h"
#include "publish/view.h"

typedef struct Stated {
    const char *variable, *label;
    const char *value;   /* as data; several codes are joined by "; "; NULL when none is published */
    const char *missing; /* the missing code then; NULL when not even that is known */
    const char *words;   /* for readers */
    const char
        *rivals; /* as data: the values that cannot all be true, joined in the same way; NULL when there is one */
    const char *contested; /* in words: the range, or each of the values */
    const Evidence *chosen;
} Stated;

/* The claims of one variable; not empty. */
Stated stated_of(const View *view, Run run);

/* Of a contested value: what became of this claim by the rules of METHOD.md 4, "not chosen: ..."; NULL when the value
 * is not contested or the claim is no longer in force. */
const char *stated_verdict(const View *view, const Stated *stated, const Evidence *claim);
