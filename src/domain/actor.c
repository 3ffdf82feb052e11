#include "domain/actor.h"

#include "base/unicode.h"

bool named_actors_read(Arena *arena, Store *published, int64_t entries, NamedActors *actors, Problem *problem)
{
    size_t room = 0;
    *actors = (NamedActors){ .arena = arena, .places = table_new(arena) };
    AUTO_ROWS *rows = store_run(published, problem, SQL_ACTORS_NAMED, "i", entries);
    while (rows && rows_next(rows)) {
        Text folded = text_of(arena_string(arena, rows_text(rows, 0)));
        if (table_get(actors->places, folded))
            continue;
        table_put(actors->places, folded, (int64_t)actors->count);
        actors->items = arena_grow(arena, actors->items, actors->count, &room, sizeof *actors->items);
        actors->items[actors->count++] =
            (NamedActor){ rows_int(rows, 1), arena_string(arena, rows_text(rows, 2)), folded.at };
    }
    return !problem->kind;
}

const NamedActor *named_actor(const NamedActors *actors, const char *name)
{
    const int64_t *place =
        actors->count ? table_get(actors->places, text_of(unicode_fold(actors->arena, text_of(name)))) : NULL;
    return place ? &actors->items[*place] : NULL;
}

bool actor_meant(Arena *arena, Store *published, int64_t at, NamedActor *actor, Problem *problem)
{
    actor->called = unicode_fold(arena, text_of(actor->name));
    AUTO_ROWS *rows = store_run(published, problem, SQL_ACTOR_MEANT, "ti", actor->called, at);
    bool found = rows && rows_next(rows);
    actor->actor = found ? rows_int(rows, 0) : 0;
    if (found)
        actor->name = arena_string(arena, rows_text(rows, 1));
    return !problem->kind;
}

static bool is_meant(Arena *arena, Store *published, int64_t at, Evidence *claim, Problem *problem)
{
    NamedActor actor = { .name = claim->value };
    if (!actor_meant(arena, published, at, &actor, problem))
        return false;
    claim->actor = actor.actor;
    claim->spelled = strcmp(actor.name, claim->value) == 0 ? NULL : claim->value;
    claim->value = actor.name;
    return true;
}

bool actors_meant(Arena *arena, Store *published, int64_t at, Evidence *claims, size_t count, Problem *problem)
{
    for (size_t i = 0; i < count; i++)
        if (claims[i].value && strcmp(claims[i].variable, "actor") == 0 &&
            !is_meant(arena, published, at, &claims[i], problem))
            return false;
    return true;
}

static int newest_first(const void *left, const void *right)
{
    const PartyLink *a = left, *b = right;
    return a->link == b->link ? 0 : a->link < b->link ? 1 : -1;
}

typedef struct Links { /* on their way into a record */
    PartyRecord *record;
    size_t room;
} Links;

/* The claims that give this spelling. */
static bool add_claims(Arena *arena, Store *published, const char *spelling, Links *links, Problem *problem)
{
    PartyRecord *record = links->record;
    AUTO_ROWS *rows = store_run(published, problem, SQL_ACTOR_CLAIMS, "t", spelling);
    while (rows && rows_next(rows)) {
        record->links = arena_grow(arena, record->links, record->link_count, &links->room, sizeof *record->links);
        record->links[record->link_count++] = (PartyLink){ .incident = rows_int(rows, 0),
                                                           .link = rows_int(rows, 1),
                                                           .title = arena_string(arena, rows_text(rows, 2)) };
    }
    return !problem->kind;
}

bool actor_links(Arena *arena, Store *published, PartyRecord *record, Problem *problem)
{
    NamedActors actors;
    Links links = { record, 0 };
    if (!named_actors_read(arena, published, INT64_MAX, &actors, problem))
        return false;
    AUTO_ROWS *rows = store_run(published, problem, SQL_ACTORS_CLAIMED, "");
    while (rows && rows_next(rows)) {
        const char *spelling = arena_string(arena, rows_text(rows, 0));
        const NamedActor *named = named_actor(&actors, spelling);
        if (named && named->actor == record->id && !add_claims(arena, published, spelling, &links, problem))
            return false;
    }
    if (record->link_count)
        qsort(record->links, record->link_count, sizeof *record->links, newest_first);
    return !problem->kind;
}
