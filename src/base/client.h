/* Client: what every use of libcurl here has in common: whom it believes, how long it waits, that it goes the straight
 * way. */
#pragma once

#include <curl/curl.h>

#include "base/base.h"

/* Whose certificates are trusted, unless something else is said. */
#define CLIENT_AUTHORITIES "/etc/ssl/certs/ca-certificates.crt"

typedef struct ClientLimits {
    const char *schemes;     /* "http,https": no others, after a redirection neither */
    const char *authorities; /* a file of certificates */
    long connect_seconds, whole_seconds;
} ClientLimits;

/* No proxy, no signals, TLS 1.2 or later with a certificate that is good. False when the library cannot do it. */
bool client_limit(CURL *curl, const ClientLimits *limits) MUST_CHECK;
