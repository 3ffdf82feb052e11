/* Which rules an incident touches, and who names them. The register says which rule is engaged and who alleges a
 * breach; it computes no verdict. */
#pragma once

#include "publish/incident.h"
#include "publish/said.h"

typedef struct NormView {
    const Norm *norm;
    const char *title, *words, *force, *addressee;
    bool engaged;         /* by what is published; else only because somebody names it */
    const Said **alleged; /* who names it, among the statements about accountability */
    size_t alleged_count;
} NormView;

typedef struct NormList {
    const NormView *items; /* those that somebody names first */
    size_t count, named;   /* named: how many of them are */
} NormList;

/* Whether the rule speaks of this incident by what is published about it. */
bool norm_applies(const Norm *norm, const Incident *incident);
NormList norms_of(const View *view, const Incident *incident, const SaidList *accountability);
void norms_json(Out *out, const NormList *list);
