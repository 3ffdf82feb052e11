/* Detach: what a child process that serves one connection does first. */
#pragma once

#include <sys/types.h>

/* What was inherited besides the connection and stderr is closed: the parent's files are none of the child's business,
 * and a pipe held here would keep its reader waiting. It dies with `parent`. A terminal's interrupt goes to the parent
 * too, which closes the connection when it is done; so the child finishes what it has begun. `kept`: a further
 * descriptor that stays open; -1: none. */
void process_detach(const char *name, int socket, int kept, pid_t parent);
