/* What a change says, and what follows from it, for those who agree to it or read on. */
#pragma once

#include "work/desk_pages.h"

/* Whether it brings a record, and no act. */
bool change_is_record(const Change *change);
/* Its record, which is empty when it has none, or what its act, release or agreement does, put into the page. */
bool change_content(const WorkRequest *request, const Change *change, Record *record, ChangePage *page,
                    Problem *problem);
/* What would follow; nothing of what is over. `record`: as change_content gave it. */
bool change_outcome(const WorkRequest *request, const Change *change, const Record *record, OutcomeView *view,
                    Problem *problem);
/* In a preview: what it does and for which reason, and what follows from it. */
bool change_why(const WorkRequest *request, const Change *change, ChangeWhy *why, Problem *problem);
