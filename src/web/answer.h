/* Answer: one exchange with a reader: from the raw address to a response with its headers. Private to web/http.c. */
#pragma once

#include "web/cache.h"
#include "web/request.h"
#include "web/watchdog.h"

typedef struct Server {
    const App *app;
    Cache *cache;
    const char *picture_policy; /* Content-Security-Policy of SVG files */
} Server;

typedef struct Talk Talk;

Talk *talk_begin(const Server *server, const char *address);
void talk_end(Talk *talk); /* accepts NULL; what is still being sent keeps what it needs */
bool talk_is_new(const Talk *talk);

/* Looks at method and headers: false when they are refused, which talk_answer then says. */
bool talk_accepts(Talk *talk, struct MHD_Connection *connection, const char *method);
enum MHD_Result talk_answer(Talk *talk, struct MHD_Connection *connection, Phase *phase);
