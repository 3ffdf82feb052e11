/* Http: the server. Requests become calls of a route's function; replies become responses with their headers. */
#pragma once

#include "web/request.h"

typedef struct Http Http;

/* Serves on a socket that already listens, with `threads` threads, until http_stop. `app` must outlive it. */
Http *http_start(Arena *arena, const App *app, int socket, unsigned threads, Problem *problem);
void http_stop(Http *http);  /* accepts NULL; answers that are being sent are cut off */
void http_sweep(Http *http); /* cuts connections that are over their deadline; call it about each second */
