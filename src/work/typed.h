/* Typed: what was typed into the form of a claim and not sent comes back, and who else is on the record is told. */
#pragma once

#include "work/coded.h"

typedef struct Typed {
    const char *restored; /* a sentence: it is back; NULL when nothing was */
    const char *others;   /* a sentence: who else is there; NULL when nobody is */
    const char *save;     /* address where it is kept */
} Typed;

/* Puts what was kept into the request's form, unless something was typed or chosen since. */
bool typed_find(WorkRequest *request, Store *work, const Coded *coded, Typed *typed, Problem *problem);
/* It was sent: nothing is kept any more. */
bool typed_drop(const WorkRequest *request, Store *work, int64_t change, Problem *problem);
