/* Mark: how confidential a record of the work store is (domain/tlp.h). Lists leave out what is above their reader's
 * ceiling, and nothing but TLP:CLEAR is published.
 *
 * A candidate and the changes that were made from it bear the same mark, until they are published. A mark is raised by
 * whoever works on the record; lowering it takes a reason. Each is a row of the private journal. */
#pragma once

#include "domain/account.h"
#include "domain/deed.h"

typedef enum MarkOn { MARK_CANDIDATE, MARK_CHANGE, MARK_REPLY } MarkOn; /* a reply has the mark of its change */

/* NOT_FOUND when there is no such record. */
bool mark_find(Store *work, MarkOn on, int64_t id, Tlp *mark, Problem *problem);

typedef struct MarkWish {
    Tlp mark;
    Tlp ceiling;        /* of whoever wishes it: above this there is nothing for them to see or to mark */
    const char *reason; /* needed to lower it; may be NULL */
} MarkWish;

/* Of a candidate or a change. BAD_INPUT names `tlp` or `reason`; CONFLICT when it is published. */
bool mark_set(Store *work, const Hand *hand, MarkOn on, int64_t id, const MarkWish *wish, Problem *problem);
/* Within the caller's transaction: at least `mark`; nothing happens when it is that already. */
bool mark_raise_within(Store *work, const Hand *hand, MarkOn on, int64_t id, Tlp mark, Problem *problem);

typedef struct MarkDeed { /* how it came to the mark that it has */
    Tlp from, to;
    int64_t at;         /* moment */
    const char *author; /* NULL: it was never marked */
    const char *reason; /* may be NULL */
} MarkDeed;

/* The last one. Memory: `arena`. */
bool mark_last(Arena *arena, Store *work, MarkOn on, int64_t id, MarkDeed *last, Problem *problem);

/* CONFLICT unless the change and what it was made from are TLP:CLEAR. */
bool mark_lets_publish(Store *work, int64_t change, Problem *problem);
