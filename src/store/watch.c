#include "store/watch.h"

#include "store/sqlite.h"
#include "store/watching.h"

typedef struct Watching {
    const Watch *watch;
    Store *before;
    Arena *arena; /* until they were told */
    WrittenRow *rows;
    size_t count, room;
    size_t last; /* the table of the last row */
    bool telling;
} Watching;

static void note(Watching *watching, size_t table, int64_t row)
{
    const WrittenRow fresh = { table, row };
    if (watching->count && memcmp(&watching->rows[watching->count - 1], &fresh, sizeof fresh) == 0)
        return;
    watching->rows =
        arena_grow(watching->arena, watching->rows, watching->count, &watching->room, sizeof *watching->rows);
    watching->rows[watching->count++] = fresh;
}

static void written(void *context, int what, const char *database, const char *table, sqlite3_int64 row)
{
    (void)what, (void)database;
    Watching *watching = context;
    const Watch *watch = watching->watch;
    if (watching->telling)
        return;
    size_t place = watching->last; /* rows of one table come together */
    if (strcmp(watch->tables[place], table) != 0)
        for (place = 0; place < watch->count && strcmp(watch->tables[place], table) != 0; place++)
            ;
    if (place < watch->count)
        note(watching, watching->last = place, row);
}

bool store_watch(Store *store, const char *folder, const Watch *watch, Problem *problem)
{
    Store *before = store_open(folder, store->kind, READ_ONLY, problem);
    if (!before)
        return false;
    Watching *watching = calloc(1, sizeof *watching);
    if (!watching)
        abort();
    *watching = (Watching){ .watch = watch, .before = before, .arena = arena_new(ARENA_NO_CAP) };
    store->watching = watching;
    sqlite3_update_hook(store->db, written, watching);
    return true;
}

void watch_drop(Store *store)
{
    Watching *watching = store->watching;
    if (!watching || watching->telling)
        return;
    arena_reset(watching->arena);
    watching->rows = NULL;
    watching->count = watching->room = 0;
}

static int by_place(const void *a, const void *b)
{
    const WrittenRow *left = a, *right = b;
    if (left->table != right->table)
        return left->table < right->table ? -1 : 1;
    return (left->row > right->row) - (left->row < right->row);
}

static void keep_each_once(Watching *watching)
{
    size_t kept = 0;
    qsort(watching->rows, watching->count, sizeof *watching->rows, by_place);
    for (size_t i = 0; i < watching->count; i++)
        if (i == 0 || by_place(&watching->rows[i - 1], &watching->rows[i]) != 0)
            watching->rows[kept++] = watching->rows[i];
    watching->count = kept;
}

bool watch_tell(Store *store, Problem *problem)
{
    Watching *watching = store->watching;
    if (!watching || !watching->count)
        return true;
    keep_each_once(watching);
    watching->telling = true;
    bool told = watching->watch->told(store, watching->before, watching->rows, watching->count, problem);
    watching->telling = false;
    watch_drop(store);
    return told;
}

void watch_close(Store *store)
{
    Problem ignored = { 0 }; /* the row is as it was written, and verifying says that nothing tells of it */
    Watching *watching = store->watching;
    if (!watching)
        return;
    if (watching->count && (!store_begin(store, &ignored) || !store_commit(store, &ignored)))
        watch_drop(store);
    sqlite3_update_hook(store->db, NULL, NULL);
    store_close(watching->before);
    arena_free(watching->arena);
    free(watching);
    store->watching = NULL;
}
