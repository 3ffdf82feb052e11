/* One incident as a page: every fact with who says it where, what contradicts it, and how it came to be published. */
#pragma once

#include "domain/published.h"
#include "publish/archived.h"
#include "publish/history.h"
#include "publish/norm_view.h"
#include "publish/pages.h"
#include "publish/similar.h"
#include "publish/timeline.h"

typedef struct SourceView {
    int64_t id;
    size_t number;                     /* on the page, from 1 */
    const char *name, *raw_name, *url; /* url: NULL when it may not be linked or there is none */
    const char *page;                  /* its own page here */
    const char *kind, *reliability, *language, *licence, *published; /* in words; NULL when not known */
} SourceView;

typedef struct ClaimView {
    const char *link; /* of the value to a page of its own: of an attacker; else NULL */
    const char *value, *raw, *said_by, *stance, *credibility, *quote, *raw_quote, *locator, *known, *as_of;
    const char *state;   /* "replaced by a later statement": NULL when it is live */
    const char *verdict; /* of a contested value: why this claim was chosen, or was not; else NULL */
    int64_t id;
    bool chosen; /* the published one of a contested value */
    const SourceView *source;
} ClaimView;

typedef struct FactView {
    const char *label, *definition, *anchor; /* anchor: of the variable in the codebook */
    const char *value, *missing, *contested; /* one of value and missing; contested: the range, or the other values */
    const ClaimView *claims;
    size_t count;
} FactView;

typedef struct FactGroup {
    const char *label, *key;
    const FactView *facts;
    size_t count;
} FactGroup;

typedef struct Notice { /* "Number 7 was merged into this one", and the reason as it was given, in English */
    const char *text, *reason;
} Notice;
typedef struct OrganisationView {
    const char *name, *link, *kind, *place; /* link, kind and place may be NULL */
    PageLink country, supplier;             /* label NULL when not known; supplier: that it was hit through */
    const char *supplied;                   /* how many were hit through it, in words; NULL when none */
    const char *basis;                      /* why it may be named; NULL when not told */
} OrganisationView;

typedef struct RoleView { /* the organisations that an incident touched in one way */
    const char *code, *label, *definition;
    const OrganisationView *organisations;
    size_t count;
} RoleView;

typedef struct DetailPage {
    const View *view;
    const Incident *incident;
    const char *heading, *kind, *summary;
    const char *exclusion, *reason, *reason_language; /* when it is not counted */
    const char *alleged;                              /* deaths that are alleged, in words; NULL when none is */
    const char *moment, *now;                         /* "as it stood ..." and the address of today's; NULL today */
    const char *action, *as_of;                       /* of the form that asks for another moment */
    const Number *glance;
    size_t glance_count;
    const FactGroup *groups;
    size_t group_count;
    const SourceView *sources;
    size_t source_count;
    History history;
    Timeline timeline;
    ImpactView impact;
    SaidList attributions, accountability;
    const char
        *attribution; /* what they add up to, in words; "" in a register that was made before this was computed */
    NormList norms;
    SimilarList similar;
    ArchivedList archived;
    const Notice *arrivals; /* what was merged into it */
    size_t arrival_count;
    const char *list, *dataset, *licence;
    const RoleView *roles;
    size_t role_count;
} DetailPage;

bool detail_page(const View *view, const Snapshot *snapshot, Store *store, int64_t incident, DetailPage *page,
                 Problem *problem);
void detail_html(Out *out, const Frame *frame, const DetailPage *page);

void changes_list(Out *out, const Language *language, const Revision *revision);
void revision_item(Out *out, const Language *language, const SourceView *sources, const History *history,
                   const Revision *revision); /* sources: NULL on a page without them */

/* Parts of detail_page. */
bool detail_sources(const View *view, Store *store, int64_t incident, DetailPage *page, Problem *problem);
bool detail_facts(const View *view, Store *store, int64_t incident, DetailPage *page, Problem *problem);

/* The same as JSON: what is published, its claims and sources. */
bool detail_json(const View *view, const Snapshot *snapshot, Store *store, int64_t incident, Out *out,
                 Problem *problem);
