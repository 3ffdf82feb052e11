/* The journal's page: where the record stands now, in front of the text that says how to verify it. */
#pragma once

#include "publish/pages.h"
#include "store/store.h"

typedef struct CheckpointRow {
    const char *size, *when, *root; /* root: base64, as in the signed text */
} CheckpointRow;

typedef struct JournalPage {
    TextPage text;
    PageLink first;            /* to where the record stands now */
    const char *key, *note;    /* as they are served; note: NULL when nothing was published yet */
    const CheckpointRow *rows; /* the newest checkpoints, newest first */
    size_t row_count;
} JournalPage;

bool journal_page(const View *view, Store *public_store, const char *key, JournalPage *page, Problem *problem);
void journal_html(Out *out, const Frame *frame, const JournalPage *page);
