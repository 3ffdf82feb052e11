/* Sqlite: what the files of this driver share. No other room includes it. */
#pragma once

#include <sqlite3.h>
#include <stdatomic.h>

#include "store/store.h"

enum { PARAMETERS_MAX = 40 };

/* One statement, prepared once and kept with its store; while its rows are open, a second run gets a spare one. */
struct Rows {
    Store *store;
    sqlite3_stmt *statement;
    Problem *problem;
    int state; /* what the last step answered */
    bool open, spare;
    unsigned char count;                 /* parameters */
    unsigned char place[PARAMETERS_MAX]; /* SQLite's index of $1, $2, ... */
};

struct Store {
    sqlite3 *db;
    char *path;
    StoreKind kind;
    Access access;
    int patience; /* milliseconds before "in use by another process" */
    bool stopped; /* after an I/O error nothing more is written: what is on disk is no longer known for sure */
    atomic_bool interrupted; /* nothing more is read: the program ends */
    Rows ready[STATEMENT_COUNT];
    struct Later *later;       /* rows that wait; NULL before the first */
    int reading;               /* statements whose rows are open */
    struct Fold *fold;         /* of a writer in a file */
    struct Watching *watching; /* of a watched one */
};

/* Says what SQLite answered, in the program's kinds; stops a writer after an I/O error. Always false. */
bool sqlite_failed(Store *store, int code, Problem *problem);

/* A reader cannot mend the index of the write-ahead log: for a moment, while a writer starts or after one was killed,
 * SQLite answers it that the database is read-only. The writer mends it; so pause and ask again, as long as the
 * store's patience lasts. */
bool sqlite_again(const Store *store, int state, int *tries);

bool sqlite_script(Store *store, const char *sql, Problem *problem);
bool sqlite_execute(Store *store, const char *sql, Problem *problem); /* the same, by whoever has the handle already */
bool sqlite_number(Store *store, const char *sql, int64_t *number, Problem *problem);

/* Brings a writer's database to the newest schema; asks of a reader's that it is there already. */
bool sqlite_migrate(Store *store, Problem *problem);
/* Whether the schema is none of a newer program, which may have been started since the store was opened: what it tells
 * of each write is not known here. */
bool sqlite_is_known(Store *store, Problem *problem);

/* The name of the file layer for a kind of access: readers never get a descriptor that could write. */
const char *sqlite_files(Access access);
