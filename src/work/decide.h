/* Decide: the facts of a request, and what follows from the decision on them. */
#pragma once

#include "work/request.h"

typedef struct Head {  /* what the headers say */
    bool foreign;      /* Origin or Sec-Fetch-Site name another site */
    size_t body;       /* Content-Length */
    bool suits;        /* the body is a form, or JSON, as the route takes it, or there is none */
    const Form *parts; /* of a form with a file, which was read already; NULL */
} Head;

/* Reads the session of the request's token. */
bool session_read(WorkRequest *request, Problem *problem);

/* What is known of the request's session, and whether the route shows what its person must not see yet. */
bool session_facts(WorkRequest *request, AccessFacts *facts, Problem *problem);

/* Decides on the request and answers it; a problem becomes a page. `body` is the form's bytes; BIG is decided before
 * any was read. */
void work_answer(WorkRequest *request, const Head *head, Text body, WorkReply *reply);
/* Refuses a request that is none of the workbench's: METHOD or BAD_INPUT. */
void work_refused(WorkRequest *request, ProblemKind kind, WorkReply *reply);
/* What a page says that was never asked: the workbench has too much to do. */
void work_busy(WorkRequest *request, WorkReply *reply);
