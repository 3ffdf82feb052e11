/* Kept: what was typed when a form arrives too late: the session has ended meanwhile, or a proof is asked for. It goes
 * along through the pages where that is mended, in the browser and not in the store, and comes back into its form. */
#pragma once

#include "work/decide.h"
#include "work/pages.h"

/* Shows the page on which a form's sender does what is missing, with the form along. False when that is not possible:
 * then nothing was done. */
bool kept_can(const WorkRequest *request, AccessAnswer missing);
bool kept_show(WorkRequest *request, AccessAnswer missing, WorkReply *reply, Problem *problem);

/* The hidden fields of such a page: where it leads on, and the form. */
void kept_fields(const WorkRequest *request, WorkForm *form);

/* How such a page ends well: on to its field "next"; when a form came along, its page with what was typed, or the next
 * page that is needed before. `token`: of the session that has just begun; NULL: the request's. */
bool kept_arrive(WorkRequest *request, const char *token, WorkReply *reply, Problem *problem);
