/* Source: one document, as the register names it. */
#pragma once

#include "publish/incident.h"

typedef struct SourceFact {
    int64_t id, since;
    const char *name;                                                      /* its title, or where it is; for people */
    const char *url, *title;                                               /* as they came; may be NULL */
    const char *link;                                                      /* NULL when it may not be linked */
    const char *source_type, *reliability;                                 /* codes */
    const char *origin, *language, *access, *licence, *independence_group; /* may be NULL */
    int32_t published;                                                     /* day, or DAY_UNKNOWN */
} SourceFact;

/* Of a row whose columns are those of publish_source. */
/* Pages of attackers are described, never linked; what is confidential has no address. Codes; `access` may be NULL. */
bool source_may_be_linked(const char *kind, const char *access);

SourceFact source_take(const View *view, const Rows *rows);
/* NOT_FOUND when it was not there by then. Memory: the view's arena. */
bool source_read(const View *view, Store *public_store, int64_t id, SourceFact *fact, Problem *problem);
/* What tells it from others of the same name: where it is on its site; NULL when it has a title or no link. */
const char *source_place(const View *view, const SourceFact *fact);
/* Its page: "/en/sources/7". */
const char *source_link(const View *view, int64_t id);

typedef struct Cited { /* a source with what some incidents take from it */
    int64_t source, incidents, statements;
    int32_t first_known, last_known; /* days; DAY_UNKNOWN when it does not say */
} Cited;

typedef struct Citations {
    Cited *items; /* the one most incidents cite first */
    size_t count;
} Citations;

/* The sources of these incidents. */
bool sources_cited(const View *view, Store *public_store, const int64_t *incidents, size_t count, Citations *citations,
                   Problem *problem);
