/* Routes of the workbench: which address is answered by which function, for whom and with which fields. The table
 * stands in routes.def. */
#pragma once

#include "work/access.h"

enum { WORK_PARTS_MAX = 7 };

typedef struct WorkRequest WorkRequest;
typedef struct WorkReply WorkReply;

typedef struct WorkRoute {
    const char *method, *path;
    AccessRule rule;
    Rate rate;
    const char *fields;
    const char *about; /* of an address of the API; NULL: of a page */
    bool (*answer)(WorkRequest *request, WorkReply *reply, Problem *problem);
} WorkRoute;

extern const WorkRoute work_routes[];
extern const size_t work_route_count;

/* Splits `path` into parts as the route's path has them; false when it does not fit. `languages` are those offered. */
typedef bool IsLanguage(const void *context, Text code);

typedef struct RouteFound {
    const WorkRoute *route; /* NULL: none */
    const WorkRoute *other; /* the address exists, for another method */
    Text parts[WORK_PARTS_MAX];
    size_t part_count;
} RouteFound;

RouteFound work_route_find(const char *method, const char *path, IsLanguage *is_language, const void *context);
const WorkRoute *work_route_of(const char *method, const char *template); /* by the path in the table; NULL: none */

/* What an address lets people see of the coding of a record, which its first number names. Every address below a change
 * or a candidate counts, but those of the second coding itself. */
typedef enum Shows { SHOWS_NO_CODING, SHOWS_CHANGE, SHOWS_CANDIDATE } Shows;
Shows work_route_shows(const WorkRoute *route);

/* Whether the fields of a route take this one; `again`: it was sent before. */
typedef enum Sent { SENT_FIRST, SENT_AGAIN } Sent;
bool work_route_takes(const WorkRoute *route, Text field, Sent sent);
