/* Watchdog: an absolute deadline for each connection. The server's own time limit only looks at inactivity, so that
 * one byte now and then would keep a connection for ever. */
#pragma once

#include "base/arena.h"

typedef struct Watchdog Watchdog;
typedef struct Watched Watched; /* one connection */

typedef enum Phase {
    PHASE_ASKING,    /* since the connection began or its last answer was sent: the next question must be complete */
    PHASE_ANSWERING, /* a page is being sent */
    PHASE_STREAMING  /* a long file is being sent */
} Phase;

Watchdog *watchdog_open(Arena *arena, size_t connections);
void watchdog_close(Watchdog *watchdog); /* accepts NULL */

Watched *watchdog_add(Watchdog *watchdog, int socket);                  /* NULL when all places are taken */
void watchdog_phase(Watchdog *watchdog, Watched *watched, Phase phase); /* starts its deadline; accepts NULL */
void watchdog_remove(Watchdog *watchdog, Watched *watched);             /* before the socket is closed; accepts NULL */

void watchdog_sweep(Watchdog *watchdog); /* cuts what is over its deadline */
