/* History: each entry of the journal about one incident, and what it changed in what is published. */
#pragma once

#include "publish/incident.h"
#include "publish/stated.h"

typedef struct ValueChange {
    const char *variable, *label;
    const Stated *before, *after; /* NULL: nothing was said */
} ValueChange;

typedef struct ClaimLine {    /* one claim, in short */
    int64_t id, since, until; /* entries; until: 0 while it is in force */
    const char *label, *value, *said_by, *stance;
    int64_t source_id, source; /* source: its number on the page, from 1 */
} ClaimLine;

typedef struct Revision {
    int64_t entry, at;
    const char *author, *kind;      /* as in the journal */
    const char *reason, *reviewer;  /* as they were given, in English; NULL when there is none */
    const char *when, *what, *link; /* "Opened with 11 claims from 3 sources"; link: the page as it stood then */
    const ValueChange *changes;     /* none of the first revision */
    size_t change_count;
    size_t claims, ended; /* how many it added, how many are in force no longer */
    int64_t sources;      /* that its claims name */
    bool left;            /* from here on it is not published: merged, split or withdrawn */
} Revision;

typedef struct History {
    Revision *items; /* oldest first */
    size_t count;
    ClaimLine *lines; /* all claims that ever were */
    size_t line_count;
} History;

/* Up to the entry that the view looks at, without what each changed in what is published. Memory: the view's arena. */
bool history_list(const View *view, Store *store, int64_t incident, History *history, Problem *problem);
/* The same with that. */
bool history_read(const View *view, Store *store, int64_t incident, History *history, Problem *problem);

/* What `revision->entry` changed about an incident that stood at entry `before`. */
bool history_compare(const View *view, Store *store, int64_t incident, int64_t before, Revision *revision,
                     Problem *problem);
const char *history_kind(const View *view, const char *kind); /* "Claims corrected" for "claim.correct" */

/* ,"entry",...,"changes":[...]: a revision's members, without its claims. */
void history_revision_json(Out *out, const Revision *revision);
/* ,"history":[{"entry","at","author","kind","reason","reviewer","claims","ended","changes":[...]}] with the ids of
 * claims. */
void history_json(Out *out, const History *history);
