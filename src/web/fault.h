/* Fault: how a problem is told: a page in the reader's language, or problem+json (RFC 9457) where data was asked. */
#pragma once

#include "web/request.h"

void fault_answer(const Request *request, const Problem *problem, Reply *reply);
