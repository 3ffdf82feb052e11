/* Source state: that a published source is no longer at its address, as somebody found, or is there again. Kept in the
 * work store: what the register says of a source does not change by it. */
#pragma once

#include "domain/account.h"

typedef struct SourceRow { /* of an incident */
    int64_t id;
    const char *title, *url; /* either may be NULL */
    const char *state;       /* gone, there; NULL when nobody has said */
    const char *account;     /* who did */
    int64_t at;
} SourceRow;

typedef struct SourceRows {
    SourceRow *items;
    size_t count;
} SourceRows;

/* The sources that an incident has ever had, by number. NOT_FOUND without the incident. Memory: `arena`. */
bool source_rows(Arena *arena, Store *work, Store *published, int64_t incident, SourceRows *sources, Problem *problem);

typedef enum SourceState { SOURCE_THERE, SOURCE_GONE } SourceState;

/* One transaction with its row of the private journal and, of a source that is gone, an alert to everybody who worked
 * on an incident that has it. CONFLICT when it is in that state already. NOT_ALLOWED for who may not prepare changes.
 * NOT_FOUND without such a source. */
bool source_put_state(Store *work, Store *published, const Hand *hand, int64_t source, SourceState state,
                      Problem *problem);
