#include "publish/actor.h"

#include "domain/record.h"
#include "publish/link.h"
#include "publish/table_rows.h"

static const ActorBook *book_of(const Reading *reading)
{
    return &reading->view->site->actors;
}

const char *actor_path(const View *view, const char *slug)
{
    AUTO_OUT path = { 0 };
    OUT_LITERAL(&path, "/actors/");
    out_url(&path, slug);
    return arena_text(view->arena, out_view(&path));
}

const char *actor_link(const View *view, const char *name)
{
    const char *slug = actor_slug(&view->site->actors, view->arena, name);
    return *slug ? link_in(view->arena, view->language, actor_path(view, slug), NULL) : NULL;
}

static void add_alias(Arena *arena, Actor *actor, const char *name)
{
    if (strcmp(actor->name, name) == 0)
        return;
    for (size_t i = 0; i < actor->alias_count; i++)
        if (strcmp(actor->aliases[i], name) == 0)
            return;
    actor->aliases = arena_grow(arena, actor->aliases, actor->alias_count, &actor->alias_room, sizeof *actor->aliases);
    actor->aliases[actor->alias_count++] = name;
}

static void find_pledges(const ActorBook *book, Actor *actor)
{
    for (size_t i = 0; i < book->pledge_count; i++) {
        if (strcmp(book->pledges[i].actor, actor->name) != 0)
            continue;
        if (!actor->pledge_count)
            actor->pledges = &book->pledges[i];
        actor->pledge_count++;
    }
}

/* The attacker of this name, added with what the book knows when it is new; NULL when the name has no letter. */
static Actor *actor_at(const Reading *reading, Actors *actors, const char *name)
{
    Arena *arena = reading->view->arena;
    const ActorBook *book = book_of(reading);
    const char *slug = actor_slug(book, arena, name);
    const int64_t *place = table_get(actors->places, text_of(slug));
    if (place)
        return &actors->items[*place];
    if (!*slug)
        return NULL;
    table_put(actors->places, text_of(slug), (int64_t)actors->count);
    actors->items = arena_grow(arena, actors->items, actors->count, &actors->room, sizeof(Actor));
    Actor *actor = &actors->items[actors->count++];
    *actor = (Actor){ .slug = slug, .name = actor_main_name(book, name) };
    for (size_t i = 0; i < book->name_count; i++)
        if (strcmp(book->names[i].actor, actor->name) == 0)
            add_alias(arena, actor, book->names[i].name);
    find_pledges(book, actor);
    return actor;
}

static Attribution take_attribution(Arena *arena, const Rows *rows)
{
    Attribution one = { .incident = rows_int(rows, 0),
                        .source = rows_int(rows, 1),
                        .claimant = table_cell(arena, rows, 2),
                        .inclusion = table_cell(arena, rows, 4),
                        .verification = table_cell(arena, rows, 5),
                        .date = rows_is_null(rows, 6) ? DAY_UNKNOWN : (int32_t)rows_int(rows, 6),
                        .basis = table_cell(arena, rows, 7),
                        .stance = table_cell(arena, rows, 8) };
    bool denied = one.stance && (strcmp(one.stance, "denies") == 0 || strcmp(one.stance, "disputes") == 0);
    one.asserted = strcmp(rows_text(rows, 3), "asserts") == 0 && !denied;
    return one;
}

static bool read_attributions(const Reading *reading, const char *name, Actor *actor, Problem *problem)
{
    Arena *arena = reading->view->arena;
    AUTO_ROWS *rows =
        store_run(reading->store, problem, SQL_PUBLISH_ATTRIBUTIONS, "ti", name, reading->view->figures->entries);
    while (rows && rows_next(rows)) {
        actor->attributions = arena_grow(arena, actor->attributions, actor->attribution_count, &actor->attribution_room,
                                         sizeof(Attribution));
        actor->attributions[actor->attribution_count++] = take_attribution(arena, rows);
    }
    return !problem->kind;
}

static int latest_first(const void *left, const void *right)
{
    const Attribution *a = left, *b = right;
    if (a->date != b->date)
        return a->date < b->date ? 1 : -1;
    if (a->incident != b->incident)
        return a->incident < b->incident ? 1 : -1;
    return (a->source > b->source) - (a->source < b->source);
}

/* The spelled names of claims, each once. */
static bool read_names(const Reading *reading, const char ***names, size_t *count, Problem *problem)
{
    size_t room = 0;
    AUTO_ROWS *rows = store_run(reading->store, problem, SQL_PUBLISH_ACTOR_NAMES, "");
    *names = NULL;
    *count = 0;
    while (rows && rows_next(rows)) {
        *names = arena_grow(reading->view->arena, *names, *count, &room, sizeof **names);
        (*names)[(*count)++] = table_cell(reading->view->arena, rows, 0);
    }
    return !problem->kind;
}

/* Those that nobody names as of the moment, and who have promised nothing, are left out. */
static void drop_unknown(Actors *actors)
{
    size_t kept = 0;
    for (size_t i = 0; i < actors->count; i++)
        if (actors->items[i].attribution_count || actors->items[i].pledge_count)
            actors->items[kept++] = actors->items[i];
    actors->count = kept;
}

static void sort_all(const View *view, Actors *actors)
{
    for (size_t i = 0; i < actors->count; i++) {
        Actor actor = actors->items[i];
        size_t at = i;
        if (actor.attribution_count)
            qsort(actor.attributions, actor.attribution_count, sizeof(Attribution), latest_first);
        for (; at > 0 && language_order(view->language, actors->items[at - 1].name, actor.name) > 0; at--)
            actors->items[at] = actors->items[at - 1];
        actors->items[at] = actor;
    }
}

/* Those of all names, or of the names with this slug. */
static bool read_some(const Reading *reading, const char *slug, Actors *actors, Problem *problem)
{
    const ActorBook *book = book_of(reading);
    const char **names;
    size_t count;
    *actors = (Actors){ .places = table_new(reading->view->arena) };
    if (!read_names(reading, &names, &count, problem))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (slug && strcmp(actor_slug(book, reading->view->arena, names[i]), slug) != 0)
            continue;
        Actor *actor = actor_at(reading, actors, names[i]);
        if (!actor)
            continue;
        size_t known = actor->attribution_count;
        if (!read_attributions(reading, names[i], actor, problem))
            return false;
        if (actor->attribution_count > known)
            add_alias(reading->view->arena, actor, names[i]);
    }
    for (size_t i = 0; i < book->pledge_count; i++)
        if (!slug || strcmp(actor_slug(book, reading->view->arena, book->pledges[i].actor), slug) == 0)
            (void)actor_at(reading, actors, book->pledges[i].actor);
    drop_unknown(actors);
    sort_all(reading->view, actors);
    return true;
}

bool actors_read(const Reading *reading, Actors *actors, Problem *problem)
{
    return read_some(reading, NULL, actors, problem);
}

bool actor_read(const Reading *reading, const char *slug, Actor *actor, Problem *problem)
{
    Actors found;
    if (!read_some(reading, slug, &found, problem))
        return false;
    if (!found.count)
        return fail(problem, PROBLEM_NOT_FOUND, "nobody names an attacker like this");
    *actor = found.items[0];
    return true;
}

size_t actor_same_incident(const Actor *actor, size_t from)
{
    size_t to = from;
    while (to < actor->attribution_count && actor->attributions[to].incident == actor->attributions[from].incident)
        to++;
    return to - from;
}

static Basis basis_of(const Attribution *one)
{
    static const char *const authorities[] = { "authority", "coalition", "court" };
    const char *basis = one->basis ? one->basis : one->claimant;
    for (size_t i = 0; i < COUNT_OF(authorities); i++)
        if (strcmp(basis, authorities[i]) == 0)
            return BASIS_AUTHORITY;
    return strcmp(basis, "self_claim") == 0 || strcmp(basis, "actor") == 0 ? BASIS_ITSELF : BASIS_OTHERS;
}

ActorCount actor_count(const Actor *actor)
{
    ActorCount count = { 0 };
    for (size_t from = 0, same; from < actor->attribution_count; from += same) {
        const Attribution *first = &actor->attributions[from];
        Basis best = BASIS_ITSELF;
        bool asserted = false;
        same = actor_same_incident(actor, from);
        for (size_t i = from; i < from + same; i++) {
            asserted = asserted || actor->attributions[i].asserted;
            if (actor->attributions[i].asserted)
                best = MAX(best, basis_of(&actor->attributions[i]));
        }
        Text level = text_of(first->verification);
        bool sure = text_starts(level, "v2") || text_starts(level, "v3"), claimed = text_starts(level, "v1");
        if (!asserted || strcmp(first->inclusion, "included") != 0 || (!sure && !claimed))
            continue;
        count.counted += sure;
        count.claimed_only += claimed;
        count.by_basis[best]++;
    }
    return count;
}
