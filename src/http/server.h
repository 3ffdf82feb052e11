/* Server: connections over HTTP, with their limits and deadlines. What is asked and answered there is the business of
 * an exchange; several sites can be served, each by a process of its own. */
#pragma once

#include <microhttpd.h>

#include "base/problem.h"
#include "http/watchdog.h"

/* How a site takes part in one request and its answer, its "talk". All are called by one thread at a time. */
typedef struct Exchange {
    /* The first line was read; `address` is raw. Never NULL. */
    void *(*begin)(void *site, const char *address);
    void (*end)(void *talk); /* accepts NULL */
    bool (*is_new)(const void *talk);
    /* Looks at method and headers: false when it is answered without reading a body. */
    bool (*accepts)(void *talk, struct MHD_Connection *connection, const char *method);
    /* A piece of the body; NULL: none is taken. */
    bool (*take)(void *talk, Text piece);
    /* Queues the answer, or suspends the connection; it is then called again when the connection is resumed. */
    enum MHD_Result (*answer)(void *talk, struct MHD_Connection *connection, Phase *phase);
} Exchange;

typedef struct ServerPlan {
    const Exchange *exchange;
    void *site;       /* given to the exchange; outlives the server */
    int socket;       /* that already listens */
    unsigned threads; /* of which each serves its own connections */
    unsigned flags;   /* of libmicrohttpd, beside those that every server has */
} ServerPlan;

typedef struct Server Server;

Server *server_start(Arena *arena, const ServerPlan *plan, Problem *problem);
void server_stop(Server *server);  /* accepts NULL; answers that are being sent are cut off */
void server_sweep(Server *server); /* cuts connections that are over their deadline; call it about each second */
