/* Header: what every server reads and writes in the headers of HTTP. */
#pragma once

#include <microhttpd.h>

#include "base/arena.h"

/* The request's header, "" when it has none. Lifetime: the request's. */
const char *header_of(struct MHD_Connection *connection, const char *name);
/* Whether all names are tokens (RFC 9110): a blank before the colon is how requests are smuggled. */
bool headers_are_fine(struct MHD_Connection *connection);
/* "gzip;q=0" does not. */
bool header_accepts_gzip(struct MHD_Connection *connection);
/* A moment as headers write it: "Sat, 01 May 2027 00:00:00 GMT" (RFC 9110, 5.6.7). Memory: `arena`. */
const char *header_date(Arena *arena, int64_t moment);
/* The same read: of its three forms the one that is written today, with the right day of the week. */
bool header_date_read(const char *text, int64_t *moment);
/* Adds one to a response; a NULL value adds none. */
void header_add(struct MHD_Response *response, const char *name, const char *value);
/* What a browser tells of the page that a reader comes from. Without any, it also hides the origin of forms. */
typedef enum Referrer { REFERRER_NONE, REFERRER_SAME_ORIGIN } Referrer;
typedef enum Framing { FRAMED_NOWHERE, FRAMED_ANYWHERE } Framing; /* whether other sites may show a page in theirs */
typedef enum Scripts { SCRIPTS_SILENT, SCRIPTS_SEND } Scripts;    /* whether a page's scripts may ask its own site */
/* The headers that keep an answer of this type to itself, and a page to its own site. */
void header_policies(struct MHD_Response *response, const char *type, Referrer referrer, Framing framing,
                     Scripts scripts);
