/* Archived: the copies of an incident's sources that were read, by their fingerprints, so that what a source said can
 * be checked when its page has changed or gone. */
#pragma once

#include "publish/view.h"
#include "store/store.h"

typedef struct ArchivedCopy {
    int64_t source, entry; /* id, and the entry that brought it */
    const char *sha256;    /* of its bytes, hexadecimal */
    const char *address;   /* where one stands; NULL when none is public */
} ArchivedCopy;

typedef struct ArchivedList {
    const ArchivedCopy *items; /* by source, oldest first */
    size_t count;
} ArchivedList;

bool archived_read(const View *view, Store *store, int64_t incident, ArchivedList *list, Problem *problem);
/* ,"archived":[{"source","sha256","address","entry"}] */
void archived_json(Out *out, const ArchivedList *list);
