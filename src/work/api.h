/* API: what is the same at every address that partners' programs ask: whose token it is, and how faults are told. */
#pragma once

#include "work/decide.h"

/* Reads whose token the request shows, if any. */
bool api_bearer(WorkRequest *request, Problem *problem);
/* What is known of it. */
void api_facts(const WorkRequest *request, AccessFacts *facts);

/* Answers in JSON why access was not granted; the use of a known token in vain is told in the private journal. `head`
 * NULL: it was not looked at. */
bool api_refuse(WorkRequest *request, AccessAnswer answer, const Head *head, WorkReply *reply, Problem *problem);
/* Answers a problem, with the place that request->pointer names. */
void api_tell(const WorkRequest *request, const Problem *problem, int status, WorkReply *reply);

/* "/api/v1/candidates/17" */
const char *api_address(const WorkRequest *request, int64_t candidate);
