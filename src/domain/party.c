#include "domain/party.h"

#include "base/unicode.h"
#include "domain/actor.h"

static const Party parties[] = {
#define PARTY(NAME, word, told, has)              \
    [ACT_##NAME] = { word,                        \
                     word "/",                    \
                     word ".%",                   \
                     told,                        \
                     has,                         \
                     SQL_##NAME##_NOW,            \
                     SQL_##NAME##_ALIAS_ADD,      \
                     SQL_##NAME##_ALIAS_OFF,      \
                     SQL_##NAME##_ALIAS_BACK,     \
                     SQL_##NAME##_ALIAS_LEAVE,    \
                     SQL_##NAME##_ALIAS_JOIN,     \
                     SQL_##NAME##_SAME_ADD,       \
                     SQL_##NAME##_SAME_OFF,       \
                     SQL_##NAME##_SAME_BACK,      \
                     SQL_##NAME##_CALLED,         \
                     SQL_##NAME##_SAME,           \
                     SQL_##NAME##_NUMBERED,       \
                     SQL_##NAME##_GET,            \
                     SQL_##NAME##_NAMES,          \
                     SQL_##NAME##_FINDER_STATE,   \
                     SQL_##NAME##_FINDER_NAMES,   \
                     SQL_##NAME##_FINDER_ALIASES, \
                     SQL_##NAME##_FINDER_SHOWN },
#include "domain/parties.def"
#undef PARTY
};

const Party *party_of(ActSubject subject)
{
    return subject < ACT_SUBJECTS && parties[subject].word ? &parties[subject] : NULL;
}

static const char *kept(Arena *arena, const Rows *rows, int column)
{
    return rows_is_null(rows, column) ? NULL : arena_string(arena, rows_text(rows, column));
}

/* The first row's id and name, if there is one. */
static bool take_one(Arena *arena, Rows *rows, PartyRow *found, const Problem *problem)
{
    *found = (PartyRow){ 0 };
    if (rows && rows_next(rows))
        *found = (PartyRow){ .id = rows_int(rows, 0), .name = kept(arena, rows, 1) };
    return rows && rows_close(rows) && !problem->kind;
}

static Rows *by_name(Arena *arena, Store *published, const Party *party, Statement statement,
                     const OrganisationFacts *facts, Problem *problem)
{
    return store_run(published, problem, statement, party->told, unicode_fold(arena, text_of(facts->name)),
                     facts->country, facts->subdivision);
}

bool party_called(Arena *arena, Store *published, const Party *party, const OrganisationFacts *facts, PartyRow *found,
                  Problem *problem)
{
    return take_one(arena, by_name(arena, published, party, party->called, facts, problem), found, problem);
}

bool party_same(Arena *arena, Store *published, const Party *party, const OrganisationFacts *facts, PartyRow *found,
                Problem *problem)
{
    return take_one(arena, by_name(arena, published, party, party->same, facts, problem), found, problem);
}

bool party_numbered(Arena *arena, Store *published, const Party *party, const ActName *name, PartyRow *found,
                    Problem *problem)
{
    return take_one(arena, store_run(published, problem, party->numbered, "tt", name->kind, name->value), found,
                    problem);
}

static bool read_facts(Arena *arena, Store *published, const Party *party, PartyRecord *to, Problem *problem)
{
    AUTO_ROWS *rows = store_run(published, problem, party->get, "i", to->id);
    if (!rows)
        return false;
    if (!rows_next(rows))
        return fail(problem, PROBLEM_NOT_FOUND, "the register has no number %lld", (long long)to->id);
    to->named = rows_int(rows, 0) != 0;
    to->facts =
        (OrganisationFacts){ kept(arena, rows, 1), kept(arena, rows, 2), kept(arena, rows, 3), kept(arena, rows, 4),
                             kept(arena, rows, 5), kept(arena, rows, 6), kept(arena, rows, 7) };
    to->into = rows_is_null(rows, 8) ? 0 : rows_int(rows, 8);
    return true;
}

static bool read_names(Arena *arena, Store *published, const Party *party, PartyRecord *to, Problem *problem)
{
    size_t room = 0;
    AUTO_ROWS *rows = store_run(published, problem, party->names, "i", to->id);
    while (rows && rows_next(rows)) {
        to->names = arena_grow(arena, to->names, to->name_count, &room, sizeof *to->names);
        to->names[to->name_count++] = (ActName){ kept(arena, rows, 0), kept(arena, rows, 1) };
    }
    return !problem->kind;
}

static bool read_links(Arena *arena, Store *published, PartyRecord *to, Problem *problem)
{
    size_t room = 0;
    AUTO_ROWS *rows = store_run(published, problem, SQL_ORGANISATION_LINKS, "i", to->id);
    while (rows && rows_next(rows)) {
        to->links = arena_grow(arena, to->links, to->link_count, &room, sizeof *to->links);
        to->links[to->link_count++] = (PartyLink){ .incident = rows_int(rows, 0),
                                                   .link = rows_int(rows, 1),
                                                   .role = kept(arena, rows, 2),
                                                   .naming = kept(arena, rows, 3),
                                                   .title = kept(arena, rows, 4),
                                                   .naming_basis = kept(arena, rows, 5),
                                                   .supplier = kept(arena, rows, 6) };
    }
    return !problem->kind;
}

static bool read_deeds(Arena *arena, Store *published, const Party *party, PartyRecord *to, Problem *problem)
{
    size_t room = 0;
    AUTO_ROWS *rows = store_run(published, problem, SQL_PARTY_DEEDS, "it", to->id, party->kinds);
    while (rows && rows_next(rows)) {
        to->deeds = arena_grow(arena, to->deeds, to->deed_count, &room, sizeof *to->deeds);
        to->deeds[to->deed_count++] = (PartyDeed){ .entry = rows_int(rows, 0),
                                                   .kind = kept(arena, rows, 1),
                                                   .target = rows_is_null(rows, 2) ? 0 : rows_int(rows, 2),
                                                   .reason = kept(arena, rows, 3),
                                                   .reviewer = kept(arena, rows, 4),
                                                   .author = kept(arena, rows, 5),
                                                   .at = rows_int(rows, 6),
                                                   .undone = rows_int(rows, 7) != 0 };
    }
    return !problem->kind;
}

bool party_read(Arena *arena, Store *published, const Party *party, int64_t id, PartyRecord *record, Problem *problem)
{
    *record = (PartyRecord){ .id = id };
    return read_facts(arena, published, party, record, problem) &&
           read_names(arena, published, party, record, problem) &&
           (party->has & PARTY_LINKED ? read_links(arena, published, record, problem)
                                      : actor_links(arena, published, record, problem)) &&
           read_deeds(arena, published, party, record, problem);
}
