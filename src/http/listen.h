/* Listen: the socket of a server and what a serving process needs of the system before it shuts itself in. */
#pragma once

#include <signal.h>

#include "base/arena.h"
#include "base/problem.h"

/* "HOST:PORT", an IPv6 address in brackets; no host: all addresses; port 0: any. A descriptor that listens, or -1 with
 * USAGE, CONFLICT, NOT_ALLOWED or UNAVAILABLE about the option `field`. */
int listen_at(Arena *arena, const char *listen_on, const char *field, Problem *problem);
/* "http://127.0.0.1:8080/", where it really listens; NULL when the system does not say. */
const char *listen_address(Arena *arena, int descriptor);

unsigned listen_threads(void); /* one a core, at most 64 */
void listen_allow_files(void); /* one descriptor a connection, and some more */
sigset_t listen_ends(void);    /* the signals that ask a server to end */
