/* Store: a database, seen as a set of named statements.
 *
 * The statements live in .sql files beside the code that uses them; the build turns their names into SQL_... A driver
 * runs them; no other room holds SQL, and this contract names no engine.
 * Two kinds of store: the work store (var/work.db) and the public store (var/public.db); each has its own
 * migrations (schema/work, schema/public). A store is used by one thread at a time. After an I/O error a writer answers
 * STORE to everything: open it again. */
#pragma once

#include "base/arena.h"
#include "base/out.h"
#include "base/problem.h"
#include "statements.h" /* made from src/<room>/<noun>.sql: enum Statement { SQL_CLAIM_ADD, ... } */

typedef struct Store Store;
typedef struct Rows Rows; /* the answer to one statement, read forwards */

typedef enum StoreKind { STORE_WORK, STORE_PUBLIC } StoreKind;
typedef enum Access { READ_ONLY, READ_WRITE } Access;

/* Opens `folder`/work.db or public.db. READ_WRITE makes it when missing and brings it to the newest schema; READ_ONLY
 * answers NOT_FOUND when missing and CONFLICT when its schema is older or newer than the program's. DAMAGED when the
 * file is not a database; FULL, BUSY, NOT_ALLOWED as named. `folder` NULL: a private one in memory (tests). */
Store *store_open(const char *folder, StoreKind kind, Access access, Problem *problem);
void store_close(Store *store); /* accepts NULL */
/* How long a database that is in use is waited for, in milliseconds; 5,000 at first. */
void store_patience(Store *store, int milliseconds);
/* Of a reader, by any thread: what is read of it breaks off with UNAVAILABLE, now and from now on. */
void store_interrupt(Store *store);

/* `shape` has one letter a parameter: i int64_t, r double (NaN is SQL NULL), t const char * (NULL is SQL NULL),
 * v Text (as text), b Text (as bytes; at == NULL is SQL NULL). NULL on failure. */
Rows *store_run(Store *store, Problem *problem, Statement statement, const char *shape, ...) MUST_CHECK;
bool rows_next(Rows *rows); /* false at the end and on failure (the problem given to store_run is set) */
int64_t rows_int(const Rows *rows, int column);
double rows_real(const Rows *rows, int column);                 /* NaN for NULL */
NEVER_NULL const char *rows_text(const Rows *rows, int column); /* valid until rows_next; "" for NULL */
Text rows_bytes(const Rows *rows, int column);
bool rows_is_null(const Rows *rows, int column);
/* Appends the values of the columns from `first` on, so that no other values give the same bytes: "n" for NULL, "i-7:"
 * for a whole number, "t3:abc" for a text with its bytes counted, so with r for another number and b for bytes. */
void rows_write(const Rows *rows, int first, Out *out);
/* Whether the value is what its column was declared to hold, or NULL, and a text has no byte 0: SQLite keeps others
 * too, which are read as the same text, but are not found when it is looked up. Asked before the value is read. */
bool rows_fits(const Rows *rows, int column);
bool rows_all_fit(const Rows *rows);
bool rows_close(Rows *rows); /* accepts NULL; false when reading broke off */

/* Runs a statement whose rows nobody needs. */
bool store_do(Store *store, Problem *problem, Statement statement, const char *shape, ...) MUST_CHECK;

/* As store_do of an INSERT whose values are $1, $2, ... in this order, within a transaction; but the row is written
 * together with others: when many wait, by store_settle, at the latest by store_commit. Whoever makes it be written is
 * told what is wrong with it; no other statement sees it before. Rows of one statement keep their order; statements are
 * written in the order in which they stand in their file, so that what rows point to can come first. Texts are copied.
 */
bool store_later(Store *store, Problem *problem, Statement statement, const char *shape, ...) MUST_CHECK;
bool store_settle(Store *store, Problem *problem) MUST_CHECK;

bool store_begin(Store *store, Problem *problem);  /* write transaction; CONFLICT when a newer program has been there */
bool store_commit(Store *store, Problem *problem); /* true: it is on disk. Failing undoes it */
void store_undo(Store *store);                     /* does nothing when no transaction is open */
/* Commits beside the caller and opens another transaction behind it, in which rows may wait at once (store_later);
 * whatever else is asked of the store waits for both. store_committed must be asked before the second one is committed:
 * true when the first is on disk; failing undoes both. What could not be opened or written behind it is told by
 * store_settle. */
bool store_commit_beside(Store *store, Problem *problem) MUST_CHECK;
bool store_committed(Store *store, Problem *problem) MUST_CHECK;
/* A read transaction: one consistent state until store_undo. */
bool store_read_begin(Store *store, Problem *problem);
int64_t store_data_version(Store *store); /* changes when another connection has committed */

static inline void rows_end(Rows **rows)
{
    rows_close(*rows);
}
static inline void store_end(Store **store)
{
    store_close(*store);
}
static inline void transaction_end(Store **store)
{
    store_undo(*store);
}

/* Closed, or undone unless committed, when the variable goes out of scope. */
#define AUTO_ROWS __attribute__((cleanup(rows_end))) Rows
#define AUTO_STORE __attribute__((cleanup(store_end))) Store
#define AUTO_UNDO __attribute__((cleanup(transaction_end), unused)) Store
