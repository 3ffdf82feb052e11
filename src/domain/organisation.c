#include "domain/organisation.h"

#include "base/unicode.h"

static const char *kept(Arena *arena, const Rows *rows, int column)
{
    return rows_is_null(rows, column) ? NULL : arena_string(arena, rows_text(rows, column));
}

/* The first row's id and name, if there is one. */
static bool take_one(Arena *arena, Rows *rows, OrganisationRow *found, const Problem *problem)
{
    *found = (OrganisationRow){ 0 };
    if (rows && rows_next(rows))
        *found = (OrganisationRow){ .id = rows_int(rows, 0), .name = kept(arena, rows, 1) };
    return rows && rows_close(rows) && !problem->kind;
}

static Rows *by_name(Arena *arena, Store *published, Statement statement, const OrganisationFacts *facts,
                     Problem *problem)
{
    return store_run(published, problem, statement, "ttt", unicode_fold(arena, text_of(facts->name)), facts->country,
                     facts->subdivision);
}

bool organisation_called(Arena *arena, Store *published, const OrganisationFacts *facts, OrganisationRow *found,
                         Problem *problem)
{
    return take_one(arena, by_name(arena, published, SQL_ORGANISATIONS_CALLED, facts, problem), found, problem);
}

bool organisation_same(Arena *arena, Store *published, const OrganisationFacts *facts, OrganisationRow *found,
                       Problem *problem)
{
    return take_one(arena, by_name(arena, published, SQL_ORGANISATIONS_SAME, facts, problem), found, problem);
}

bool organisation_numbered(Arena *arena, Store *published, const ActName *name, OrganisationRow *found,
                           Problem *problem)
{
    return take_one(arena, store_run(published, problem, SQL_ORGANISATIONS_NUMBERED, "tt", name->kind, name->value),
                    found, problem);
}

static bool read_facts(Arena *arena, Store *published, OrganisationRecord *to, Problem *problem)
{
    AUTO_ROWS *rows = store_run(published, problem, SQL_ORGANISATION_GET, "i", to->id);
    if (!rows)
        return false;
    if (!rows_next(rows))
        return fail(problem, PROBLEM_NOT_FOUND, "there is no organisation %lld", (long long)to->id);
    to->named = rows_int(rows, 0) != 0;
    to->facts =
        (OrganisationFacts){ kept(arena, rows, 1), kept(arena, rows, 2), kept(arena, rows, 3), kept(arena, rows, 4),
                             kept(arena, rows, 5), kept(arena, rows, 6), kept(arena, rows, 7) };
    to->into = rows_is_null(rows, 8) ? 0 : rows_int(rows, 8);
    return true;
}

static bool read_names(Arena *arena, Store *published, OrganisationRecord *to, Problem *problem)
{
    size_t room = 0;
    AUTO_ROWS *rows = store_run(published, problem, SQL_ORGANISATION_NAMES, "i", to->id);
    while (rows && rows_next(rows)) {
        to->names = arena_grow(arena, to->names, to->name_count, &room, sizeof *to->names);
        to->names[to->name_count++] = (ActName){ kept(arena, rows, 0), kept(arena, rows, 1) };
    }
    return !problem->kind;
}

static bool read_links(Arena *arena, Store *published, OrganisationRecord *to, Problem *problem)
{
    size_t room = 0;
    AUTO_ROWS *rows = store_run(published, problem, SQL_ORGANISATION_LINKS, "i", to->id);
    while (rows && rows_next(rows)) {
        to->links = arena_grow(arena, to->links, to->link_count, &room, sizeof *to->links);
        to->links[to->link_count++] = (OrganisationLink){ .incident = rows_int(rows, 0),
                                                          .link = rows_int(rows, 1),
                                                          .role = kept(arena, rows, 2),
                                                          .naming = kept(arena, rows, 3),
                                                          .title = kept(arena, rows, 4),
                                                          .naming_basis = kept(arena, rows, 5),
                                                          .supplier = kept(arena, rows, 6) };
    }
    return !problem->kind;
}

static bool read_deeds(Arena *arena, Store *published, OrganisationRecord *to, Problem *problem)
{
    size_t room = 0;
    AUTO_ROWS *rows = store_run(published, problem, SQL_ORGANISATION_DEEDS, "i", to->id);
    while (rows && rows_next(rows)) {
        to->deeds = arena_grow(arena, to->deeds, to->deed_count, &room, sizeof *to->deeds);
        to->deeds[to->deed_count++] = (OrganisationDeed){ .entry = rows_int(rows, 0),
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

bool organisation_read(Arena *arena, Store *published, int64_t id, OrganisationRecord *organisation, Problem *problem)
{
    *organisation = (OrganisationRecord){ .id = id };
    return read_facts(arena, published, organisation, problem) && read_names(arena, published, organisation, problem) &&
           read_links(arena, published, organisation, problem) && read_deeds(arena, published, organisation, problem);
}
