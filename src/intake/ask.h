/* Ask: whether an address of the web answers, asked as a polite reader would: by HEAD, by a GET of a few bytes where
 * that is refused, one address at a time, with a pause between two questions to one host, without cookies and without
 * reading what a page says. Only what is public is asked (reach.h), at each step of a redirection, by the address that
 * is connected to. */
#pragma once

#include "domain/source_check.h"
#include "intake/reach.h"

enum { ASK_REDIRECTS = 5, ASK_PAUSE_MS = 2000 /* between two sources of one host */, ASK_HEADERS_MOST = 64 << 10 };

typedef struct AskPlan {
    const char *agent;       /* who asks, for the server */
    const char *authorities; /* a file: whose certificates are trusted */
    Network allowed;         /* may be asked though it is not public; family 0: none */
    int seconds;             /* how long one question may take, the whole way */
} AskPlan;

typedef struct Ask Ask;

/* Once in a process. UNAVAILABLE when the library does not start. `plan` outlives it. */
Ask *ask_open(Arena *arena, const AskPlan *plan, Problem *problem);
void ask_close(Ask *ask); /* accepts NULL */

typedef struct Asked {
    SourceAnswer answer;
    bool name_known; /* the host is a name, and it was found: names can be looked up */
} Asked;

/* Waits, asks, and tells what was seen. Memory: `arena`. */
void ask_address(Ask *ask, Arena *arena, const char *address, Asked *asked);
