/* Acts upon organisations, as rows. */
#include "base/unicode.h"
#include "domain/job.h"

typedef struct Acting { /* one act on its way into rows */
    Projector *projector;
    Arena *arena;
    const Entry *entry;
    const Act *act;
    int64_t organisation;
    Problem *problem;
} Acting;

typedef struct Numbers {
    int64_t *items;
    size_t count, room;
} Numbers;

static void add_once(Arena *arena, Numbers *numbers, int64_t number)
{
    for (size_t i = 0; i < numbers->count; i++)
        if (numbers->items[i] == number)
            return;
    numbers->items = arena_grow(arena, numbers->items, numbers->count, &numbers->room, sizeof *numbers->items);
    numbers->items[numbers->count++] = number;
}

static bool take_numbers(const Acting *acting, Rows *rows, Numbers *numbers)
{
    while (rows && rows_next(rows))
        add_once(acting->arena, numbers, rows_int(rows, 0));
    return rows && rows_close(rows);
}

/* It is there and was not merged into another. */
static bool stands(const Acting *acting, int64_t organisation)
{
    AUTO_ROWS *rows = store_run(acting->projector->store, acting->problem, SQL_ORGANISATION_NOW, "i", organisation);
    if (!rows || !rows_next(rows))
        return false;
    if (!rows_int(rows, 0))
        return fail(acting->problem, PROBLEM_NOT_FOUND, "there is no organisation %lld", (long long)organisation);
    return rows_is_null(rows, 1) || fail(acting->problem, PROBLEM_CONFLICT, "organisation %lld was merged into %lld",
                                         (long long)organisation, (long long)rows_int(rows, 1));
}

static bool derive(const Acting *acting, int64_t incident)
{
    Job job = job_of(acting->projector, acting->arena, acting->entry, incident, acting->problem);
    return job_find_ends(&job) && job_reword(&job) && job_derive(&job);
}

static bool add_names(const Acting *acting, int64_t organisation)
{
    for (size_t i = 0; i < acting->act->name_count; i++) {
        const ActName *name = &acting->act->names[i];
        if (!store_do(acting->projector->store, acting->problem, SQL_ALIAS_ADD, "ittti", organisation, name->kind,
                      name->value, unicode_fold(acting->arena, text_of(name->value)), acting->entry->seq))
            return false;
    }
    return true;
}

static bool do_name(const Acting *acting)
{
    return stands(acting, acting->organisation) && add_names(acting, acting->organisation);
}

/* The organisation that the act brings; CONFLICT when the register has it. */
static bool make(const Acting *acting, int64_t *organisation)
{
    int64_t next = projector_next_organisation(acting->projector);
    const AffectedFacts affected = { .organisation = *acting->act->facts };
    const Naming naming = { &affected, unicode_fold(acting->arena, text_of(affected.organisation.name)),
                            acting->entry->seq };
    return names_organisation(acting->projector->names, acting->arena, &naming, organisation, acting->problem) &&
           store_settle(acting->projector->store, acting->problem) &&
           (*organisation == next ||
            fail_field(acting->problem, PROBLEM_CONFLICT, "name", "the register knows it as organisation %lld",
                       (long long)*organisation));
}

static bool do_found(const Acting *acting)
{
    int64_t made;
    if (acting->organisation != projector_next_organisation(acting->projector))
        return fail(acting->problem, PROBLEM_DAMAGED, "organisation %lld is made out of order",
                    (long long)acting->organisation);
    return make(acting, &made) && add_names(acting, made);
}

/* All links of the incident go over from one organisation to another. */
static bool move_links(const Acting *acting, int64_t incident, int64_t from, int64_t to)
{
    int64_t first = incident * ROWS_PER_INCIDENT, last = first + ROWS_PER_INCIDENT - 1;
    Store *store = acting->projector->store;
    return job_has_room(acting->projector, incident, acting->problem) &&
           store_do(store, acting->problem, SQL_AFFECTED_MOVE, "iiiii", first, last, from, to, acting->entry->seq) &&
           store_do(store, acting->problem, SQL_AFFECTED_LEAVE, "iiii", first, last, from, acting->entry->seq) &&
           project_suppliers(acting->projector, incident, acting->problem) && derive(acting, incident);
}

static bool do_join(const Acting *acting)
{
    Numbers incidents = { 0 };
    Store *store = acting->projector->store;
    if (acting->act->into == acting->organisation)
        return fail_field(acting->problem, PROBLEM_BAD_INPUT, "into", "an organisation cannot be merged into itself");
    if (!stands(acting, acting->organisation) || !stands(acting, acting->act->into) ||
        !take_numbers(acting, store_run(store, acting->problem, SQL_HIT_INCIDENTS, "i", acting->organisation),
                      &incidents) ||
        !store_do(store, acting->problem, SQL_SAME_ADD, "iii", acting->entry->seq, acting->organisation,
                  acting->act->into) ||
        !store_do(store, acting->problem, SQL_ALIAS_JOIN, "iii", acting->organisation, acting->act->into,
                  acting->entry->seq))
        return false;
    for (size_t i = 0; i < incidents.count; i++)
        if (!move_links(acting, incidents.items[i], acting->organisation, acting->act->into))
            return false;
    return true;
}

/* An organisation is linked to an incident once, so all its links there are one. */
static bool move_link(const Acting *acting, int64_t link, int64_t to)
{
    Numbers hit = { 0 };
    int64_t incident = link / ROWS_PER_INCIDENT;
    if (!take_numbers(
            acting,
            store_run(acting->projector->store, acting->problem, SQL_HIT_BY_LINK, "ii", link, acting->organisation),
            &hit))
        return false;
    return hit.count ? move_links(acting, incident, acting->organisation, to)
                     : fail_field(acting->problem, PROBLEM_CONFLICT, "links", "link %lld is none of organisation %lld",
                                  (long long)link, (long long)acting->organisation);
}

static bool move_name(const Acting *acting, const ActName *name)
{
    AUTO_ROWS *rows = store_run(acting->projector->store, acting->problem, SQL_ALIAS_LEAVE, "itti",
                                acting->organisation, name->kind, name->value, acting->entry->seq);
    bool there = rows && rows_next(rows);
    return there || (rows && !acting->problem->kind &&
                     fail_field(acting->problem, PROBLEM_CONFLICT, "names", "'%.60s' is no name of organisation %lld",
                                name->value, (long long)acting->organisation));
}

static bool do_part(const Acting *acting, int64_t *made)
{
    if (!stands(acting, acting->organisation) || !make(acting, made))
        return false;
    for (size_t i = 0; i < acting->act->name_count; i++)
        if (!move_name(acting, &acting->act->names[i]))
            return false;
    for (size_t i = 0; i < acting->act->link_count; i++)
        if (!move_link(acting, acting->act->links[i].link, *made))
            return false;
    return add_names(acting, *made);
}

/* The act that is taken back must be one upon this organisation; `target` is that of a merger, or what was made by a
 * division, else 0. */
static bool find_taken(const Acting *acting, ActKind *taken, int64_t *target)
{
    long long undoes = acting->act->undoes;
    AUTO_ROWS *rows =
        store_run(acting->projector->store, acting->problem, SQL_ORGANISATION_ACT, "i", acting->act->undoes);
    if (!rows)
        return false;
    ActKind kind = rows_next(rows) ? act_find(rows_text(rows, 0)) : ACT_KIND_COUNT;
    *taken = kind;
    if (kind == ACT_KIND_FOUND)
        return fail_field(acting->problem, PROBLEM_BAD_INPUT, "undoes",
                          "entry %lld made the organisation: merge it into another one instead", undoes);
    if (kind == ACT_KIND_COUNT || act_table[kind].subject != ACT_ORGANISATION ||
        rows_int(rows, 1) != acting->organisation)
        return fail_field(acting->problem, PROBLEM_NOT_FOUND, "undoes",
                          "entry %lld did nothing to organisation %lld that could be taken back", undoes,
                          (long long)acting->organisation);
    if (rows_int(rows, 3))
        return fail_field(acting->problem, PROBLEM_CONFLICT, "undoes", "entry %lld was taken back already", undoes);
    *target = rows_int(rows, 2);
    return true;
}

static bool swap_links(const Acting *acting, int64_t incident)
{
    int64_t first = incident * ROWS_PER_INCIDENT, last = first + ROWS_PER_INCIDENT - 1;
    int64_t entry = acting->act->undoes, now = acting->entry->seq;
    Store *store = acting->projector->store;
    return job_has_room(acting->projector, incident, acting->problem) &&
           store_do(store, acting->problem, SQL_AFFECTED_BACK, "iiii", first, last, entry, now) &&
           store_do(store, acting->problem, SQL_AFFECTED_OFF, "iiii", first, last, entry, now) &&
           project_suppliers(acting->projector, incident, acting->problem) && derive(acting, incident);
}

/* What was made apart is the whole again, with all that was linked to it since. */
static bool rejoin(const Acting *acting, int64_t part)
{
    Numbers later = { 0 };
    Store *store = acting->projector->store;
    if (!take_numbers(acting, store_run(store, acting->problem, SQL_HIT_INCIDENTS, "i", part), &later) ||
        !store_do(store, acting->problem, SQL_SAME_ADD, "iii", acting->entry->seq, part, acting->organisation))
        return false;
    for (size_t i = 0; i < later.count; i++)
        if (!move_links(acting, later.items[i], part, acting->organisation))
            return false;
    return true;
}

static bool do_undo(const Acting *acting)
{
    int64_t target, organisation = acting->organisation, entry = acting->act->undoes, now = acting->entry->seq;
    ActKind taken;
    Numbers incidents = { 0 };
    Store *store = acting->projector->store;
    Problem *problem = acting->problem;
    if (!find_taken(acting, &taken, &target) || (target && !stands(acting, target)) ||
        !take_numbers(acting, store_run(store, problem, SQL_HIT_BY_ENTRY, "ii", organisation, entry), &incidents) ||
        !store_do(store, problem, SQL_ALIAS_BACK, "ii", entry, now) ||
        !store_do(store, problem, SQL_ALIAS_OFF, "ii", entry, now) ||
        !store_do(store, problem, SQL_SAME_BACK, "ii", entry, now) ||
        !store_do(store, problem, SQL_SAME_OFF, "ii", entry, now))
        return false;
    for (size_t i = 0; i < incidents.count; i++)
        if (!swap_links(acting, incidents.items[i]))
            return false;
    return taken != ACT_KIND_PART || rejoin(acting, target);
}

bool project_organisation(Projector *projector, Arena *scratch, const Entry *entry, const Act *act, Problem *problem)
{
    Acting acting = { projector, scratch, entry, act, 0, problem };
    ActKind kind = act_find(entry->kind);
    static bool (*const doing[ACT_KIND_COUNT])(const Acting *) = { [ACT_KIND_FOUND] = do_found,
                                                                   [ACT_KIND_NAME] = do_name,
                                                                   [ACT_KIND_JOIN] = do_join,
                                                                   [ACT_KIND_NAME_UNDO] = do_undo };
    Act noted = *act; /* what a division made stands with it as what a merger goes into does */
    bool parts = kind == ACT_KIND_PART;
    return job_subject(entry, "organisation/", &acting.organisation, problem) &&
           (parts ? do_part(&acting, &noted.into) : doing[kind](&acting)) &&
           job_note(projector, entry, &noted, acting.organisation, problem);
}

bool projector_same(Projector *projector, int64_t *organisation, Problem *problem)
{
    if (!projector->acted)
        return true;
    AUTO_ROWS *rows = store_run(projector->store, problem, SQL_ORGANISATION_NOW, "i", *organisation);
    if (!rows || !rows_next(rows))
        return false;
    if (!rows_is_null(rows, 1))
        *organisation = rows_int(rows, 1);
    return true;
}
