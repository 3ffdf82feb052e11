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

const char *actor_link(const View *view, const Evidence *claim)
{
    const char *slug =
        actor_slug(view->arena, claim->actor ? claim->value : actor_main_name(&view->site->actors, claim->value));
    return *slug ? link_in(view->arena, view->language, actor_path(view, slug), NULL) : NULL;
}

typedef struct Index { /* by which an attacker is found */
    const Reading *reading;
    NamedActors registered; /* as of the moment */
} Index;

NamedActor actor_of_name(const ActorBook *book, const NamedActors *registered, const char *name)
{
    const char *main = actor_main_name(book, name);
    const NamedActor *found = named_actor(registered, name);
    if (!found)
        found = named_actor(registered, main);
    return found ? *found : (NamedActor){ 0, main, main };
}

static const char *slug_of(const Index *index, const char *name)
{
    return actor_slug(index->reading->view->arena,
                      actor_of_name(book_of(index->reading), &index->registered, name).name);
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

static void find_pledges(const Index *index, Actor *actor)
{
    const ActorBook *book = book_of(index->reading);
    Arena *arena = index->reading->view->arena;
    for (size_t i = 0; i < book->pledge_count; i++) {
        if (strcmp(slug_of(index, book->pledges[i].actor), actor->slug) != 0)
            continue;
        actor->pledges = arena_grow(arena, actor->pledges, actor->pledge_count, &actor->pledge_room, sizeof(Pledge));
        actor->pledges[actor->pledge_count++] = book->pledges[i];
    }
}

static bool find_names(const Index *index, Actor *actor, Problem *problem)
{
    const Reading *reading = index->reading;
    const ActorBook *book = book_of(reading);
    Arena *arena = reading->view->arena;
    if (actor->number && !other_names_take(arena,
                                           store_run(reading->store, problem, SQL_PUBLISH_ACTOR_OTHER_NAMES, "ii",
                                                     actor->number, reading->view->figures->entries),
                                           &actor->names))
        return false;
    Cell own = other_names_cell(arena, &actor->names, OTHER_NAMES);
    for (size_t i = 0; i < own.count; i++)
        add_alias(arena, actor, own.items[i]);
    for (size_t i = 0; i < book->name_count; i++)
        if (strcmp(slug_of(index, book->names[i].name), actor->slug) == 0)
            add_alias(arena, actor, book->names[i].name);
    return true;
}

/* The attacker of this name, added with what is known of it when it is new; NULL when the name has no letter, and when
 * the store fails. */
static Actor *actor_at(const Index *index, Actors *actors, const char *name, Problem *problem)
{
    Arena *arena = index->reading->view->arena;
    NamedActor meant = actor_of_name(book_of(index->reading), &index->registered, name);
    const char *slug = actor_slug(arena, meant.name);
    const int64_t *place = table_get(actors->places, text_of(slug));
    if (place)
        return &actors->items[*place];
    if (!*slug)
        return NULL;
    table_put(actors->places, text_of(slug), (int64_t)actors->count);
    actors->items = arena_grow(arena, actors->items, actors->count, &actors->room, sizeof(Actor));
    Actor *actor = &actors->items[actors->count++];
    *actor = (Actor){ .slug = slug, .name = meant.name, .number = meant.actor };
    find_pledges(index, actor);
    return find_names(index, actor, problem) ? actor : NULL;
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

static bool index_read(const Reading *reading, Index *index, Problem *problem)
{
    index->reading = reading;
    return named_actors_read(reading->view->arena, reading->store, reading->view->figures->entries, &index->registered,
                             problem);
}

static bool is_asked(const Index *index, const char *slug, const char *name)
{
    return !slug || strcmp(slug_of(index, name), slug) == 0;
}

/* Those of all names, or of the names with this slug. */
static bool read_some(const Index *index, const char *slug, Actors *actors, Problem *problem)
{
    const Reading *reading = index->reading;
    const ActorBook *book = book_of(reading);
    const char **names;
    size_t count;
    *actors = (Actors){ .places = table_new(reading->view->arena) };
    if (!read_names(reading, &names, &count, problem))
        return false;
    for (size_t i = 0; i < count && !problem->kind; i++) {
        Actor *actor = is_asked(index, slug, names[i]) ? actor_at(index, actors, names[i], problem) : NULL;
        size_t known = actor ? actor->attribution_count : 0;
        if (actor && read_attributions(reading, names[i], actor, problem) && actor->attribution_count > known)
            add_alias(reading->view->arena, actor, names[i]);
    }
    for (size_t i = 0; i < book->pledge_count && !problem->kind; i++)
        if (is_asked(index, slug, book->pledges[i].actor))
            (void)actor_at(index, actors, book->pledges[i].actor, problem);
    drop_unknown(actors);
    sort_all(reading->view, actors);
    return !problem->kind;
}

bool actors_read(const Reading *reading, Actors *actors, Problem *problem)
{
    Index index;
    return index_read(reading, &index, problem) && read_some(&index, NULL, actors, problem);
}

/* NULL when no name that is known has this address. */
static const char *main_slug(const Index *index, const char *slug)
{
    Arena *arena = index->reading->view->arena;
    const ActorBook *book = book_of(index->reading);
    for (size_t i = 0; i < index->registered.count; i++)
        if (strcmp(actor_slug(arena, index->registered.items[i].called), slug) == 0)
            return actor_slug(arena, index->registered.items[i].name);
    for (size_t i = 0; i < book->name_count; i++)
        if (strcmp(actor_slug(arena, book->names[i].name), slug) == 0 ||
            strcmp(actor_slug(arena, book->names[i].actor), slug) == 0)
            return slug_of(index, book->names[i].name);
    return NULL;
}

bool actor_elsewhere(const Reading *reading, const char *slug, const char **target, Problem *problem)
{
    Index index;
    *target = NULL;
    if (!index_read(reading, &index, problem))
        return false;
    const char *main = main_slug(&index, slug);
    *target = main && strcmp(main, slug) != 0 ? main : NULL;
    return true;
}

bool actor_read(const Reading *reading, const char *slug, Actor *actor, Problem *problem)
{
    Index index;
    Actors found;
    if (!index_read(reading, &index, problem) || !read_some(&index, slug, &found, problem))
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
