/* Match: which stored record a row of a file is. Ids may be used twice, in the source and in the store: the nth row
 * with an id that no stored record has is "id#n". Rows are matched to records of the same id first by equal bytes or
 * values, then in order; a record that a later row of the file equals is kept for that row. */
#pragma once

#include "base/table.h"
#include "domain/ledger.h"

enum { SAME_ID_MAX = 1000 }; /* rows with one id: more means that it is no id, and looking through them takes long */

enum { BATCHES = LEDGER_OUTSTANDING }; /* those that the log has not answered, one of which is being filled */

typedef struct Stored {                               /* a record of the work store */
    int64_t id, run, hash, bytes_hash, incident, raw; /* incident: 0 when it is not published */
    const char *external, *state;
} Stored;

typedef struct Seen { /* what the rows of a batch that is not stored yet have taken; one for each row */
    int64_t record;   /* id of the stored record; 0: a new one */
    int64_t previous; /* place of the row before with the same id, -1 for none */
} Seen;

typedef struct Pending { /* the rows of one such batch */
    Table *ids;          /* to the place of the last row with that id */
    Seen *seen;
    size_t count, room;
    Arena *arena;
} Pending;

typedef struct Matcher {
    Store *work;
    const char *dataset;
    int64_t run;
    Table *kept;                   /* ids of records (8 bytes) kept for a later row; NULL: none */
    unsigned char *filter;         /* bits of the ids that this file has shown; NULL: every id is looked up */
    Pending batches[BATCHES];      /* of the last batches */
    struct Candidates *candidates; /* private: of the row at hand */
} Matcher;

typedef struct Match {
    Stored stored;  /* id 0: a new record */
    int64_t number; /* of a new record: how many have the id, with it; 1 is no "#1" */
    int64_t look_up;
} Match;

enum { FILTER_BYTES = 4 << 20 };

/* The texts belong to the caller. Memory: `arena`, which lives as long as the run. */
void matcher_start(Matcher *matcher, Arena *arena, Store *work, const char *dataset, int64_t run);

/* Whether the id may have been shown before, and remembers it. True may be wrong, false is not. */
bool matcher_shown(Matcher *matcher, int64_t look_up);

typedef struct Wanted { /* what a row says of itself */
    const char *id;
    int64_t hash, bytes_hash; /* of the values it claims, of its bytes */
} Wanted;

/* Finds the record of a row and takes it, for the row at the end of `batch`. BAD_INPUT when more than SAME_ID_MAX rows
 * have the id. Memory of texts: `arena`. */
bool matcher_take(Matcher *matcher, Arena *arena, size_t batch, const Wanted *wanted, Match *match, Problem *problem);

/* Before the first row is taken, for each row in the order of the file: keeps the record that equals the row when
 * others have its id too. */
bool matcher_keep(Matcher *matcher, Arena *arena, const Wanted *wanted, Problem *problem);

/* The batch is stored: forgets what its rows took. */
void matcher_stored(Matcher *matcher, size_t batch);
