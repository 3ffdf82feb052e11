/* Routes: which address is answered by which function, in which forms and with which keys. The table stands in
 * routes.def. */
#pragma once

#include "web/request.h"

typedef enum Asks {
    ASKS_NOTHING, /* the query is not looked at */
    ASKS_FILTER   /* the query is a filter, and the route's own keys */
} Asks;

struct Route {
    const char *path;       /* "/L/incidents/#": L is a language, # a number, * any name */
    const char *extensions; /* "html csv json"; html needs none in the address */
    Asks asks;
    const char *own_keys; /* "page,bom" */
    Answer *answer;
};

/* Finds the route and splits the path: NOT_FOUND for an unknown address, NOT_OFFERED for a form that it has not. The
 * request's language is set in any case. */
bool route_find(Request *request, Problem *problem);

/* Reads the query by the route: the filter, the own keys and the canonical address. */
bool route_read(Request *request, Problem *problem);

/* The routes, for tests and for the API's description. */
extern const Route route_table[];
extern const size_t route_count;

#define ROUTE(path, extensions, asks, own_keys, answer) Answer answer;
#include "web/routes.def"
#undef ROUTE

/* The incidents of a part of the register as a file. */
bool answer_export(Request *request, Reply *reply, Register which, Problem *problem);
