/* Corrections: what was changed in the register after it was published, and why, newest first: from the journal, not
 * from anybody's telling. */
#pragma once

#include "publish/feed.h"
#include "publish/history.h"
#include "publish/pages.h"

enum { CORRECTIONS_SHOWN = 20 };

typedef struct Correction {
    int64_t incident;
    const char *heading, *address, *kind;
    Revision revision;
} Correction;

typedef struct CorrectionList {
    const Correction *items; /* newest first */
    size_t count;
    int64_t before; /* where the list goes on: entries below this one; 0 when it ends here */
} CorrectionList;

/* Those of entries below `before`; INT64_MAX: the newest. An entry that changed nothing that is published is left
 * out, unless somebody gave a reason for it. */
bool corrections_read(const View *view, Store *public_store, int64_t before, CorrectionList *list, Problem *problem);

/* Those of one entry. Memory: the view's arena. */
bool corrections_of(const View *view, Store *public_store, int64_t entry, CorrectionList *list, Problem *problem);
/* The entries below `before` that may have corrected something, newest first, at most `most`. */
bool corrections_entries(Store *public_store, int64_t before, size_t most, int64_t *entries, size_t *count,
                         Problem *problem);

typedef struct CorrectionsPage {
    TextPage text;
    PageLink first; /* to the list */
    CorrectionList list;
    const char *older, *newest; /* NULL when there is no such page */
} CorrectionsPage;

void corrections_html(Out *out, const Frame *frame, const CorrectionsPage *page);
/* {"corrections":[...],"before":...} */
void corrections_json(Out *out, const CorrectionList *list);
Feed corrections_feed(const View *view, const CorrectionList *list);
