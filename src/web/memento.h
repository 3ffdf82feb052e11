/* Memento: how machines ask for an address as it was at another moment (RFC 7089, pattern 1.1): every address that
 * takes as_of is its own time gate, and leads to the same address with it. */
#pragma once

#include "web/request.h"

/* Whether the address has a past: it takes as_of and asks by no other clock. */
bool memento_is_kept(const Request *request);
/* Where the header Accept-Datetime leads: to the register as it was then, at the earliest when it began. NULL when
 * there is no such header or the address has a moment already; BAD_INPUT when it is no moment. */
const char *memento_asked(Request *request, const char *datetime, Problem *problem);
/* The links of an address that is kept: to the original, its time gate, its time map and, of the past, to itself. */
const char *memento_links(const Request *request);
/* The moment of an answer of the past, as headers write it; NULL of today. */
const char *memento_moment(const Request *request);
