/* Pages of attackers: who says that it was them, on what basis, and what they promised. */
#pragma once

#include "publish/actor.h"

bool actors_page(const Reading *reading, EntityPage *page, Problem *problem);
bool actor_page(const Reading *reading, const char *slug, EntityPage *page, Problem *problem);

/* What is asked for of the list: rows from `skip` on, at most `most` (0: all). */
typedef struct ActorRange {
    size_t skip, most;
} ActorRange;

/* {"total", "actors": [...]} and what makes it citable. `total` gets the number of all. */
bool actors_json(const Reading *reading, ActorRange range, Out *out, size_t *total, Problem *problem);
bool actors_sheet(const Reading *reading, ActorRange range, Sheet *sheet, size_t *total, Problem *problem);
/* {"actor": a row of the list, "attributions": [...], "pledges": [...]} and what makes it citable. */
bool actor_sheet(const Reading *reading, const char *slug, Sheet *sheet, Problem *problem); /* its attributions */
bool actor_json(const Reading *reading, const char *slug, Out *out, Problem *problem);
