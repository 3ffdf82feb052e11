/* SQLite's own checkpoints run inside a commit and make a bulk import wait for the disk. Here a worker with a handle of
 * its own copies the pages while the writer goes on; what was written meanwhile is little, and the writer copies it
 * itself, so that the log begins anew. A writer that is much faster than the disk waits. */
#include "store/fold.h"

#include <stdatomic.h>

#include "base/worker.h"

enum {
    LONG = 8192,        /* pages of 16 kB, from which on a log is folded */
    TOO_LONG = 3 * LONG /* where the writer waits */
};

struct Fold {
    sqlite3 *db; /* the worker's; NULL: the writer does it all */
    Worker worker;
    int pages;  /* in the log */
    bool given; /* to the worker, and its end not yet seen */
    atomic_bool done;
    int state; /* what SQLite answered the worker */
};

static int count_pages(void *fold, sqlite3 *db, const char *name, int pages)
{
    (void)db, (void)name;
    ((Fold *)fold)->pages = pages;
    return SQLITE_OK;
}

bool fold_start(Store *store, Problem *problem)
{
    store->fold = calloc(1, sizeof *store->fold);
    if (!store->fold)
        abort();
    if (!sqlite_script(store, "PRAGMA wal_autocheckpoint = 0", problem))
        return false;
    sqlite3_wal_hook(store->db, count_pages, store->fold);
    return true;
}

static int checkpoint(sqlite3 *db)
{
    return sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
}

static void fold_beside(void *context)
{
    Fold *fold = context;
    fold->state = checkpoint(fold->db);
    atomic_store(&fold->done, true);
}

/* The writer was told that its data are safe, so this is no problem of the commit; but after a failed flush it must not
 * go on. */
static void take_state(Store *store, int state)
{
    Problem told_next_time = { 0 };
    if (state != SQLITE_OK && (state & 0xFF) == SQLITE_IOERR)
        sqlite_failed(store, state, &told_next_time);
}

static bool open_handle(Store *store)
{
    Fold *fold = store->fold;
    if (fold->db)
        return true;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    int state = sqlite3_open_v2(store->path, &fold->db, flags, sqlite_files(READ_WRITE));
    if (state == SQLITE_OK)
        state = sqlite3_exec(fold->db, "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0", NULL, NULL, NULL);
    if (state == SQLITE_OK) {
        sqlite3_db_config(fold->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
        return true;
    }
    sqlite3_close(fold->db);
    fold->db = NULL;
    return false;
}

/* The rest, by the writer itself. */
static void finish(Store *store)
{
    Fold *fold = store->fold;
    if (fold->given) {
        worker_wait(&fold->worker);
        fold->given = false;
        take_state(store, fold->state);
    }
    if (!store->stopped)
        take_state(store, checkpoint(store->db));
}

void fold_step(Store *store)
{
    Fold *fold = store->fold;
    if (!fold || fold->pages < LONG)
        return;
    if (!fold->given && open_handle(store)) {
        atomic_store(&fold->done, false);
        fold->given = true;
        worker_give(&fold->worker, fold_beside, fold);
    } else if (!fold->given || atomic_load(&fold->done) || fold->pages > TOO_LONG) {
        finish(store);
    }
}

void fold_end(Store *store)
{
    Fold *fold = store->fold;
    if (!fold)
        return;
    worker_end(&fold->worker);
    sqlite3_close(fold->db);
    sqlite3_wal_hook(store->db, NULL, NULL);
    free(fold);
    store->fold = NULL;
}
