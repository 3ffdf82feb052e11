/* Request and reply: one question over HTTP and what it is answered, apart from the server that carries them. */
#pragma once

#include "http/header.h"
#include "publish/figure.h"
#include "publish/tables.h"
#include "publish/view.h"
#include "store/pool.h"
#include "store/tiles.h"
#include "web/edition.h"

typedef struct App { /* what all requests share */
    const Site *site;
    Live *live;
    Pool *pool;
    Tiles *tiles;
    const char *releases; /* folder of their files */
    const char *log_key;  /* the log's public key, as a C2SP verifier key; a line with its end */
} App;

enum { PARTS_MAX = 8 };

typedef struct Route Route;

typedef struct Request {
    const App *app;
    Arena *arena;             /* lives until the answer is sent */
    const char *path, *query; /* raw; query "" when there is none */
    const char *accept_language;
    const Route *route;
    Text parts[PARTS_MAX]; /* the path between its slashes */
    size_t part_count;
    Text extension;           /* "csv"; empty for a page */
    const Language *language; /* of the path, or what the reader accepts */
    Edition *edition;         /* held by the request */
    Filter filter;
    int64_t page, limit, after, before, spreadsheet; /* 0 when not given; spreadsheet: bom=1 */
    int64_t sort;                                    /* an Order */
    int64_t max_width, max_height;                   /* pixels; 0 when not given */
    int64_t format;                                  /* there is one */
    Text cursor, since, url;                         /* empty when not given */
    const char *address;                             /* canonical path and query */
} Request;

typedef enum Freshness {
    FRESH_NEVER,   /* errors */
    FRESH_MINUTE,  /* of today's register */
    FRESH_DAY,     /* of the register at a past moment */
    FRESH_FOREVER, /* the address changes with the content */
} Freshness;

typedef struct Reply {
    int status;
    const char *type;
    const char *location;  /* of a redirection */
    const char *file_name; /* what a download is called; NULL when it is shown */
    const char *next;      /* where the answer goes on; NULL when it is whole */
    Framing framing;       /* of a page */
    Freshness freshness;
    Out body;
    Export *stream; /* the answer's further chunks, behind the body; NULL when the body is all */
} Reply;

/* Answers, or fails with a problem that becomes a page or a problem+json. */
typedef bool Answer(Request *request, Reply *reply, Problem *problem);

/* What is looked at, with its figures. Reads the store only when the filter asks for words. */
bool request_view(Request *request, View *view, Found *found, Problem *problem);

/* How the view's incidents became known: NULL of a past register, which another clock asks for. */
const Counts *request_growth(const Request *request, Found found);
/* The same into the view when the figure shows it: then BAD_INPUT of a past register. */
bool request_growth_of(const Request *request, const Figure *figure, Found found, View *view, Problem *problem);

View request_bare_view(const Request *request); /* of a page that looks at no figures */

/* Reads a handle of the store for the time of a block. */
#define AUTO_HANDLE __attribute__((cleanup(handle_end))) Handle
typedef struct Handle {
    Pool *pool;
    Store *store;
} Handle;
bool handle_take(const Request *request, Handle *handle, Problem *problem);
void handle_end(Handle *handle);
/* Where the words of a filter are looked for: as of its moment. */
Searched request_searched(const Request *request, const Handle *handle, const Filter *filter);
