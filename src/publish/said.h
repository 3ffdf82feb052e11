/* Said: what one speaker says in one statement about one side of an incident: who did it, what followed in law. Facts
 * that belong together stay together here, where the list of facts takes them apart. */
#pragma once

#include "publish/stated.h"

typedef struct SaidPart {
    const char *variable, *label, *words, *value; /* value: as data */
    const char *link;                             /* to the page of an attacker; else NULL */
    const char *spelled;                          /* as the source calls it, where the registry does otherwise; NULL */
} SaidPart;

typedef struct Said {
    const SaidPart *parts; /* in the order of the codebook */
    size_t count;
    const char *said_by, *stance, *known; /* stance: NULL when it asserts; known: NULL when not known */
    int64_t statement, source_id, source; /* source: its number on the page, from 1; 0 when there is none */
} Said;

typedef struct SaidList {
    Said *items;
    size_t count;
} SaidList;

/* The statements that have a claim in force about the entity ("attribution", "accountability"). */
SaidList said_about(const View *view, Run all, const char *entity);
/* ,"<key>":[{"statement","source","claimant","claims":{variable: value}}] */
void said_json(Out *out, const char *key, const SaidList *list);

const char *norm_title(const View *view, const Norm *norm); /* "Geneva Convention IV, article 18" */
