/* Serve: the public site and its API over HTTP, until SIGTERM or SIGINT.
 *
 * Opens the public store read-only, loads the snapshot, opens the listening socket and shuts itself in (ROLE_WEB). A
 * publication by another process shows within about a second. When the store cannot be read any more, pages that need
 * it answer 503 in one sentence and the figures go on being served from memory. */
#pragma once

#include "codebook/codebook.h"

typedef struct WebOptions {
    const char *var;     /* folder of the stores; public.db must be there */
    const char *listen;  /* "127.0.0.1:8080", "[::1]:8080", ":8080"; NULL: 127.0.0.1:8080 */
    const char *address; /* at which readers reach it: "https://vigie.example"; NULL: http:// and what it listens on */
    const char *contact; /* how to reach those who run it, shown on the contact page; may be NULL */
    const Codebook *codebook;
} WebOptions;

/* True when it was asked to end. Says on stderr where it listens. */
bool web_serve(const WebOptions *options, Problem *problem);
