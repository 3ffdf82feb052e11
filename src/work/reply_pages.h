/* The pages of the right of reply: what their templates show. */
#pragma once

#include "domain/reply.h"
#include "work/desk_pages.h"

typedef struct ReplyRow {
    const char *address, *organisation, *about, *asked, *due, *clock; /* clock: "3 days left" */
    MarkLabel mark;
    bool over; /* the day has passed */
} ReplyRow;

typedef struct RepliesPage {
    PageLinks tabs;
    const ReplyRow *rows;
    size_t count;
} RepliesPage;

typedef struct ReplyPage {
    const char *heading, *about, *about_label, *fault;
    const Number *facts; /* label and value */
    size_t fact_count;
    Actions actions;
} ReplyPage;

void replies_html(Out *out, const WorkFrame *frame, const RepliesPage *page);
void reply_html(Out *out, const WorkFrame *frame, const ReplyPage *page);

/* Adds a link for each organisation that was asked about the change or incident of `about`, with how its clock stands,
 * and one for asking (`path`: "/changes/7/reply"; NULL: none) to the links of a page. */
bool reply_ways(const WorkRequest *request, Store *work, Reply about, const char *path, PageLinks *ways,
                Problem *problem);
