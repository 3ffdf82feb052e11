#include "publish/entity_paths.h"

#include "publish/actor.h"

static void add(const Reading *reading, Paths *paths, const char *path)
{
    paths->items = arena_grow(reading->view->arena, paths->items, paths->count, &paths->room, sizeof *paths->items);
    paths->items[paths->count++] = path;
}

static void add_countries(const Reading *reading, Paths *paths)
{
    const Counts *counts = &reading->view->figures->by_country;
    for (size_t i = 0; i < counts->count; i++)
        if (*counts->items[i].code)
            add(reading, paths, arena_format(reading->view->arena, "countries/%s", counts->items[i].code));
}

static void add_datasets(const Reading *reading, Paths *paths)
{
    const char *const *names;
    size_t count = snapshot_datasets(reading->snapshot, &names);
    for (size_t i = 0; i < count; i++)
        add(reading, paths, arena_format(reading->view->arena, "sources/%s", names[i]));
}

static bool add_numbered(const Reading *reading, Paths *paths, const char *list, Statement statement, Problem *problem)
{
    AUTO_ROWS *rows = store_run(reading->store, problem, statement, "i", reading->view->figures->entries);
    while (rows && rows_next(rows))
        add(reading, paths, arena_format(reading->view->arena, "%s/%lld", list, (long long)rows_int(rows, 0)));
    return !problem->kind;
}

static bool add_actors(const Reading *reading, Paths *paths, Problem *problem)
{
    Actors actors;
    if (!actors_read(reading, &actors, problem))
        return false;
    for (size_t i = 0; i < actors.count; i++)
        add(reading, paths, actor_path(reading->view, actors.items[i].slug) + 1);
    return true;
}

bool entity_paths(const Reading *reading, Paths *paths, Problem *problem)
{
    *paths = (Paths){ 0 };
    if (!add_actors(reading, paths, problem))
        return false;
    add_countries(reading, paths);
    add_datasets(reading, paths);
    return add_numbered(reading, paths, "organisations", SQL_PUBLISH_VICTIM_IDS, problem) &&
           add_numbered(reading, paths, "sources", SQL_PUBLISH_SOURCE_IDS, problem);
}
