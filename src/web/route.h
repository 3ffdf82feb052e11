/* Routes: which address is answered by which function, in which forms and with which keys. The table stands in
 * routes.def. */
#pragma once

#include "web/request.h"

typedef enum Asks {
    ASKS_NOTHING, /* the query is not looked at */
    ASKS_OWN,     /* the route's own keys */
    ASKS_MOMENT,  /* of the filter as_of only, and the route's own keys */
    ASKS_FILTER   /* the query is a filter, and the route's own keys */
} Asks;

struct Route {
    const char *path;       /* "/L/incidents/#": L is a language, # a number, * any name, ** all the rest */
    const char *extensions; /* "html csv json"; html needs none in the address, nor does JSON in the API */
    Asks asks;
    const char *own_keys; /* "page,bom" */
    Answer *answer;
    const char *deprecated, *sunset; /* of the API: days, "2027-05-01"; NULL while it stays */
    const char *members; /* of the API: what the JSON always has at its top, "total incidents"; NULL for pages */
    const char *about;   /* of the API: what it answers; NULL for pages */
};

typedef struct OwnKey { /* a key of the query that is not the filter's */
    const char *key, *about;
    size_t place;             /* in Request: an int64_t, or a Text when most is 0 */
    int64_t least, most;      /* the numbers it takes */
    int64_t same;             /* the number that says as much as leaving it out */
    const char *const *words; /* those it takes instead of a number, ended by NULL: the number is the word's place */
} OwnKey;

extern const OwnKey own_keys[];
extern const size_t own_key_count;
/* "/api/v1/incidents/{id}" for "/api/v1/incidents/#". */
const char *route_template(Arena *arena, const Route *route);
bool route_takes(const Route *route, const OwnKey *key);
/* The language of whoever asks: of the address, else of the header. Answers of the API are the same for all, its faults
 * are not. */
const Language *route_reader(const Request *request);
/* Whether scripts of other sites may read what the request asks for: all but pages. */
bool route_is_shared(const Request *request);
/* What its answers say when it is to go: the header Deprecation (RFC 9745), "@1809129600", and Sunset (RFC 8594),
 * "Sat, 01 May 2027 00:00:00 GMT"; NULL while that is not decided. */
const char *route_deprecation(Arena *arena, const Route *route);
const char *route_sunset(Arena *arena, const Route *route);

/* Finds the route and splits the path: NOT_FOUND for an unknown address, NOT_OFFERED for a form that it has not. The
 * request's language is set in any case; data for programs is in the first one, whoever asks. */
bool route_find(Request *request, Problem *problem);

/* Reads the query by the route: the filter, the own keys and the canonical address. */
bool route_read(Request *request, Problem *problem);

/* The request's path with a filter and its own keys: the same question always has the same address, however it was
 * written. */
const char *route_address(const Request *request, const Filter *filter);

/* The routes, for tests and for the API's description. */
extern const Route route_table[];
extern const size_t route_count;

#define ROUTE(path, extensions, asks, own_keys, answer) Answer answer;
#define API(path, extensions, asks, own_keys, answer, deprecated, sunset, members, about) Answer answer;
#include "web/routes.def"
#undef API
#undef ROUTE

Answer answer_figure_page;
/* The incidents of a part of the register, or their claims or sources, as a file. */
bool answer_export(Request *request, Reply *reply, ExportTable table, Register which, Problem *problem);
