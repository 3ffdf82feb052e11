/* Source state: that a published source is no longer at its address, as a person or the program itself found
 * (source_check.h), or is there again. Kept in the work store: what the register says of a source does not change by
 * it. */
#pragma once

#include "domain/account.h"
#include "domain/source_check.h"

typedef struct SourceRow { /* of an incident */
    int64_t id;
    const char *title, *url; /* either may be NULL */
    const char *state;       /* gone, there; NULL when nobody has said */
    const char *account;     /* who did: an account, or SOURCE_CHECKER */
    int64_t at;
    SourceCheck check;       /* what its address answered last */
    const char *sha256;      /* of the newest copy that was read, hexadecimal; NULL when there is none */
    int64_t change, capture; /* where that copy is kept, or one with the same bytes; 0 when it is not kept here */
} SourceRow;

/* No account has such a name. */
#define SOURCE_CHECKER "check:sources"

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
/* The same within a transaction of the caller, who has asked for the rights of a person, or is SOURCE_CHECKER. */
bool source_put_state_within(Store *work, Store *published, const Hand *hand, int64_t source, SourceState state,
                             Problem *problem);
/* State, account and moment of the row with this number. Memory: `arena`. */
bool source_read_state(Arena *arena, Store *work, SourceRow *row, Problem *problem);
