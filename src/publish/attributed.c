#include "publish/attributed.h"

#include "base/out.h"
#include "base/unicode.h"
#include "publish/actor.h"

typedef struct Hunt {
    const Searched *searched;
    const SearchWords *words;
    NamedActors registered; /* as of the entry */
    SearchBeside *items;
    size_t count, room;
} Hunt;

static bool is_same(const NamedActor *one, const NamedActor *other)
{
    return one->actor || other->actor ? one->actor == other->actor : strcmp(one->name, other->name) == 0;
}

static void add_name(Out *out, Arena *arena, const char *name)
{
    const char *folded = unicode_fold(arena, text_of(name));
    OUT_LITERAL(out, " ");
    out_raw(out, folded, strlen(folded));
}

/* Every name of the one that the claim's name means, folded. */
static const char *names_of(const Hunt *hunt, const char *claimed)
{
    Arena *arena = hunt->words->arena;
    const ActorBook *book = hunt->searched->book;
    NamedActor meant = actor_of_name(book, &hunt->registered, claimed);
    AUTO_OUT names = { 0 };
    add_name(&names, arena, claimed);
    add_name(&names, arena, meant.name);
    for (size_t i = 0; meant.actor && i < hunt->registered.count; i++)
        if (hunt->registered.items[i].actor == meant.actor)
            add_name(&names, arena, hunt->registered.items[i].called);
    for (size_t i = 0; i < book->name_count; i++) {
        NamedActor other = actor_of_name(book, &hunt->registered, book->names[i].name);
        if (is_same(&meant, &other))
            add_name(&names, arena, book->names[i].name);
    }
    return arena_text(arena, out_view(&names));
}

static bool add_incidents(Hunt *hunt, const char *claimed, const char *names, Problem *problem)
{
    AUTO_ROWS *rows =
        store_run(hunt->searched->store, problem, SQL_PUBLISH_ATTRIBUTED, "ti", claimed, hunt->searched->entries);
    while (rows && rows_next(rows)) {
        hunt->items = arena_grow(hunt->words->arena, hunt->items, hunt->count, &hunt->room, sizeof *hunt->items);
        hunt->items[hunt->count++] = (SearchBeside){ rows_int(rows, 0), names };
    }
    return !problem->kind;
}

static int by_incident(const void *left, const void *right)
{
    const SearchBeside *a = left, *b = right;
    return (a->incident > b->incident) - (a->incident < b->incident);
}

/* One for each incident, with the names of all its attackers. */
static void put_together(Hunt *hunt)
{
    size_t kept = 0;
    if (hunt->count)
        qsort(hunt->items, hunt->count, sizeof *hunt->items, by_incident);
    for (size_t i = 0; i < hunt->count; i++) {
        SearchBeside *last = kept ? &hunt->items[kept - 1] : NULL;
        if (last && last->incident == hunt->items[i].incident)
            last->folded = arena_format(hunt->words->arena, "%s%s", last->folded, hunt->items[i].folded);
        else
            hunt->items[kept++] = hunt->items[i];
    }
    hunt->count = kept;
}

bool attributed_find(const Searched *searched, const SearchWords *words, SearchBesides *beside, Problem *problem)
{
    Hunt hunt = { .searched = searched, .words = words };
    if (!named_actors_read(words->arena, searched->store, searched->entries, &hunt.registered, problem))
        return false;
    AUTO_ROWS *rows = store_run(searched->store, problem, SQL_PUBLISH_ACTOR_NAMES, "");
    while (rows && rows_next(rows)) {
        const char *claimed = arena_string(words->arena, rows_text(rows, 0)), *names = names_of(&hunt, claimed);
        if (search_has_any(words, text_of(names)) && !add_incidents(&hunt, claimed, names, problem))
            return false;
    }
    put_together(&hunt);
    *beside = (SearchBesides){ hunt.items, hunt.count };
    return !problem->kind;
}
