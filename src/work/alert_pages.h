/* The pages about alerts, and of an incident's sources: what their templates show. */
#pragma once

#include "work/desk_pages.h"

typedef struct AlertRow {
    const char *sentence, *address, *at, *mail; /* mail: what became of it; NULL when none was wanted */
} AlertRow;

typedef struct AlertsPage {
    const AlertRow *rows;
    size_t count;
    const char *notice;   /* that no mail server is set up; NULL when one is */
    const WorkForm *form; /* where mails go */
} AlertsPage;

typedef struct SourceStateRow {
    const char *title, *address, *state; /* address: NULL when it has none; state: what was said of it, NULL */
    const char *number, *act, *act_label;
    const char *seen, *since; /* what its address answered when it was asked last; how long it is gone; NULL */
    const char *led_to;       /* an address, no link unless it answered; NULL */
    bool answered;
    const char *copy, *copy_address; /* which one was read, where it is kept; NULL when there is none */
} SourceStateRow;

typedef struct SourcesPage {
    const char *heading, *back, *action, *token, *fault; /* fault: NULL when there is none */
    const SourceStateRow *rows;
    size_t count;
    bool may_mark;
} SourcesPage;

void alert_rows_html(Out *out, const Language *language, const AlertRow *rows, size_t count);
void alerts_html(Out *out, const WorkFrame *frame, const AlertsPage *page);
void sources_html(Out *out, const WorkFrame *frame, const SourcesPage *page);

/* The reader's newest alerts, at most `most`. */
bool alert_rows(const WorkRequest *request, Store *work, size_t most, const AlertRow **rows, size_t *count,
                Problem *problem);
