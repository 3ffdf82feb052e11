/* Draft: records that are not published (held, pending, unverified), in the work store, and their publication by a
 * person's decision. What a partner sent (sent) waits among them, but is published by two people only. */
#pragma once

#include "domain/ledger.h"
#include "domain/tlp.h"
#include "store/store.h"

typedef struct DraftRow {
    int64_t id; /* of the imported row */
    const char *dataset, *external, *title;
    const char *state;  /* held, pending, unverified, sent, whatever was decided */
    const char *reason; /* may be NULL */
    int64_t incident;   /* 0; or the published incident that it changes */
    int64_t at;         /* moment when it was stored */
    Tlp mark;
    const char *refusal;  /* why it was refused: a code of refusals (domain/triage.h); NULL: it was not */
    int32_t until;        /* the day until which it was postponed; DAY_UNKNOWN */
    const Record *record; /* what it says */
} DraftRow;

typedef struct DraftPage {
    const char *state; /* NULL: all that wait; a state of theirs; "postponed" or "refused": what does not wait */
    int32_t today;     /* what was postponed to a later day does not wait */
    int64_t after;     /* id behind which the page begins; 0 */
    size_t most;
    Tlp ceiling; /* nothing that is marked higher */
} DraftPage;

/* In the order of their ids. Memory: `arena`. */
bool draft_list(Arena *arena, Store *work, const DraftPage *page, DraftRow **rows, size_t *count, Problem *problem);

/* How many wait in a state, of those that are marked no higher than the page's ceiling; no more than page->most are
 * counted. */
bool draft_count(Store *work, const DraftPage *page, int64_t *count, Problem *problem);

typedef struct DraftChoice {
    const char *author; /* who decides: an account */
    const int64_t *ids; /* which ones; NULL: all that are held */
    size_t count;
    const char *inclusion, *reason; /* the decision on those that are pending; NULL leaves each as it is */
} DraftChoice;

typedef struct DraftReport {
    int64_t published, kept;
    struct {
        int64_t id;
        const char *reason;
    } reasons[100]; /* why the first hundred were kept */
    size_t reason_count;
} DraftReport;

typedef struct DraftDesk {
    Store *work;
    Ledger *ledger;
    const Codebook *codebook;
} DraftDesk;

/* Publishes those that METHOD.md 2 and 3 let through and that are TLP:CLEAR, one by one, and takes them off the queue;
 * the others stay, with the reason in the report. Killed in between, it is done again without publishing anything
 * twice. NOT_FOUND when an id is no draft. */
bool draft_publish(Arena *arena, const DraftDesk *desk, const DraftChoice *choice, DraftReport *report,
                   Problem *problem);
