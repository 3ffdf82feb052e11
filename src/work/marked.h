/* Marked: what is confidential stays hidden at the workbench. The record that an address names is looked at here,
 * before the page's own function runs, so that no page can forget it; lists leave out what is above request->ceiling.
 */
#pragma once

#include "work/desk_pages.h"

/* Reads the mark of what the address names. `there` is false when there is none, or it is above request->ceiling; true
 * for addresses that name nothing that bears a mark. */
bool marked_look(WorkRequest *request, bool *there, Problem *problem);
/* Answers by the route's function, if the reader may see what the address names. NOT_FOUND otherwise, as if there were
 * no such record. */
bool marked_answer(const WorkRoute *route, WorkRequest *request, WorkReply *reply, Problem *problem);

/* A mark as people read it. */
MarkLabel mark_label(const Language *language, Tlp mark);

/* A choice of marks from `lowest` to what the reader may see, for a form's field "tlp". */
void mark_field(const WorkRequest *request, Field *field, Tlp lowest);
/* What was chosen there. False, with what is wrong told at the field, when it is none that was offered. */
bool mark_chosen(WorkRequest *request, Tlp lowest, Tlp *mark);

/* The form that marks what the address names, and what it was sent. */
void mark_offer(const WorkRequest *request, Actions *actions);
bool mark_sent(const WorkRequest *request, Store *work, MarkOn on, int64_t id, Problem *problem);

/* "ana changed the mark from TLP:AMBER to TLP:CLEAR, 3 May 2027: reason"; NULL when it was never marked. */
bool mark_story(const WorkRequest *request, Store *work, MarkOn on, int64_t id, const char **story, Problem *problem);
