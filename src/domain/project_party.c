/* Acts upon organisations and actors, as rows. */
#include "base/unicode.h"
#include "domain/actor.h"
#include "domain/job.h"
#include "domain/name_form.h"

typedef struct Acting { /* one act on its way into rows */
    Projector *projector;
    Arena *arena;
    const Entry *entry;
    const Act *act;
    const Party *party; /* what kind of them it is */
    int64_t number;     /* of the one that the act is upon */
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
static bool stands(const Acting *acting, int64_t number)
{
    AUTO_ROWS *rows = store_run(acting->projector->store, acting->problem, acting->party->now, "i", number);
    if (!rows || !rows_next(rows))
        return false;
    if (!rows_int(rows, 0))
        return fail(acting->problem, PROBLEM_NOT_FOUND, "the register has no number %lld", (long long)number);
    return rows_is_null(rows, 1) || fail(acting->problem, PROBLEM_CONFLICT, "number %lld was merged into %lld",
                                         (long long)number, (long long)rows_int(rows, 1));
}

static bool derive(const Acting *acting, int64_t incident)
{
    Job job = job_of(acting->projector, acting->arena, acting->entry, incident, acting->problem);
    return job_find_ends(&job) && job_reword(&job) && job_derive(&job);
}

static bool knows_it(const Acting *acting, const char *field, int64_t number)
{
    return fail_field(acting->problem, PROBLEM_CONFLICT, field, "the register knows it as number %lld",
                      (long long)number);
}

/* A name is another one's already, where it can be one party's alone. */
static bool is_free(const Acting *acting, const char *field, const char *name, int64_t number)
{
    PartyRow same = { 0 }, called = { 0 };
    const OrganisationFacts facts = { .name = name };
    Store *store = acting->projector->store;
    if (!(acting->party->has & PARTY_NAMES_ALONE))
        return true;
    if (!party_same(acting->arena, store, acting->party, &facts, &same, acting->problem) ||
        !party_called(acting->arena, store, acting->party, &facts, &called, acting->problem))
        return false;
    int64_t other = same.id && same.id != number ? same.id : called.id;
    return !other || other == number || knows_it(acting, field, other);
}

static bool add_names(const Acting *acting, int64_t number)
{
    for (size_t i = 0; i < acting->act->name_count; i++) {
        const ActName *name = &acting->act->names[i];
        if ((name_is_own(name->kind) && !is_free(acting, "names", name->value, number)) ||
            !store_do(acting->projector->store, acting->problem, acting->party->alias_add, "ittti", number, name->kind,
                      name->value, unicode_fold(acting->arena, text_of(name->value)), acting->entry->seq))
            return false;
    }
    return true;
}

static bool do_name(const Acting *acting)
{
    return stands(acting, acting->number) && add_names(acting, acting->number);
}

/* CONFLICT when the register has it. */
static bool make_organisation(const Acting *acting, int64_t *number)
{
    int64_t next = projector_next_party(acting->projector, ACT_ORGANISATION);
    const AffectedFacts affected = { .organisation = *acting->act->facts };
    const Naming naming = { &affected, unicode_fold(acting->arena, text_of(affected.organisation.name)),
                            acting->entry->seq };
    return names_organisation(acting->projector->names, acting->arena, &naming, number, acting->problem) &&
           store_settle(acting->projector->store, acting->problem) &&
           (*number == next || knows_it(acting, "name", *number));
}

static bool make_actor(const Acting *acting, int64_t *number)
{
    const char *name = acting->act->facts->name;
    *number = projector_next_party(acting->projector, ACT_ACTOR);
    if (!is_free(acting, "name", name, *number) ||
        !store_do(acting->projector->store, acting->problem, SQL_ACTOR_ADD, "itti", *number, name,
                  unicode_fold(acting->arena, text_of(name)), acting->entry->seq))
        return false;
    acting->projector->last_actor = *number;
    return true;
}

/* The one that the act brings. */
static bool make(const Acting *acting, int64_t *number)
{
    return acting->party == party_of(ACT_ACTOR) ? make_actor(acting, number) : make_organisation(acting, number);
}

static bool do_found(const Acting *acting)
{
    int64_t made;
    ActSubject subject = act_table[act_find(acting->entry->kind)].subject;
    if (acting->number != projector_next_party(acting->projector, subject))
        return fail(acting->problem, PROBLEM_DAMAGED, "%s %lld is made out of order", acting->party->word,
                    (long long)acting->number);
    return make(acting, &made) && add_names(acting, made);
}

/* The incidents that the statement finds by two numbers, for those that have links. */
static bool take_linked(const Acting *acting, Statement statement, const char *types, int64_t by, Numbers *incidents)
{
    return !(acting->party->has & PARTY_LINKED) ||
           take_numbers(acting,
                        store_run(acting->projector->store, acting->problem, statement, types, acting->number, by),
                        incidents);
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
    if (acting->act->into == acting->number)
        return fail_field(acting->problem, PROBLEM_BAD_INPUT, "into", "nothing can be merged into itself");
    if (!stands(acting, acting->number) || !stands(acting, acting->act->into) ||
        !take_linked(acting, SQL_HIT_INCIDENTS, "i", 0, &incidents) ||
        !store_do(store, acting->problem, acting->party->same_add, "iii", acting->entry->seq, acting->number,
                  acting->act->into) ||
        !store_do(store, acting->problem, acting->party->alias_join, "iii", acting->number, acting->act->into,
                  acting->entry->seq))
        return false;
    for (size_t i = 0; i < incidents.count; i++)
        if (!move_links(acting, incidents.items[i], acting->number, acting->act->into))
            return false;
    return true;
}

/* An organisation is linked to an incident once, so all its links there are one. */
static bool move_link(const Acting *acting, int64_t link, int64_t to)
{
    Numbers hit = { 0 };
    int64_t incident = link / ROWS_PER_INCIDENT;
    if (!take_numbers(acting,
                      store_run(acting->projector->store, acting->problem, SQL_HIT_BY_LINK, "ii", link, acting->number),
                      &hit))
        return false;
    return hit.count ? move_links(acting, incident, acting->number, to)
                     : fail_field(acting->problem, PROBLEM_CONFLICT, "links", "link %lld is none of organisation %lld",
                                  (long long)link, (long long)acting->number);
}

static bool move_name(const Acting *acting, const ActName *name)
{
    AUTO_ROWS *rows = store_run(acting->projector->store, acting->problem, acting->party->alias_leave, "itti",
                                acting->number, name->kind, name->value, acting->entry->seq);
    bool there = rows && rows_next(rows);
    return there || (rows && !acting->problem->kind &&
                     fail_field(acting->problem, PROBLEM_CONFLICT, "names", "'%.60s' is no name of number %lld",
                                name->value, (long long)acting->number));
}

static bool do_part(const Acting *acting, int64_t *made)
{
    if (!stands(acting, acting->number))
        return false;
    for (size_t i = 0; i < acting->act->name_count; i++) /* first, since what is made may be called by one of them */
        if (!move_name(acting, &acting->act->names[i]))
            return false;
    if (!make(acting, made))
        return false;
    for (size_t i = 0; i < acting->act->link_count; i++)
        if (!move_link(acting, acting->act->links[i].link, *made))
            return false;
    return add_names(acting, *made);
}

/* The act that is taken back must be one upon this very one; `target` is that of a merger, or what was made by a
 * division, else 0. */
static bool find_taken(const Acting *acting, ActKind *taken, int64_t *target)
{
    long long undoes = acting->act->undoes;
    AUTO_ROWS *rows = store_run(acting->projector->store, acting->problem, SQL_PARTY_ACT, "i", acting->act->undoes);
    if (!rows)
        return false;
    ActKind kind = rows_next(rows) ? act_find(rows_text(rows, 0)) : ACT_KIND_COUNT;
    *taken = kind;
    bool upon = kind != ACT_KIND_COUNT && party_of(act_table[kind].subject) == acting->party &&
                rows_int(rows, 1) == acting->number;
    if (upon && act_table[kind].needs & ACT_MAKES)
        return fail_field(acting->problem, PROBLEM_BAD_INPUT, "undoes",
                          "entry %lld made it: merge it into another one instead", undoes);
    if (!upon)
        return fail_field(acting->problem, PROBLEM_NOT_FOUND, "undoes",
                          "entry %lld did nothing to number %lld that could be taken back", undoes,
                          (long long)acting->number);
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
    Acting parting = *acting;
    parting.number = part;
    if (!take_linked(&parting, SQL_HIT_INCIDENTS, "i", 0, &later) ||
        !store_do(store, acting->problem, acting->party->same_add, "iii", acting->entry->seq, part, acting->number))
        return false;
    for (size_t i = 0; i < later.count; i++)
        if (!move_links(acting, later.items[i], part, acting->number))
            return false;
    return true;
}

/* A name that went to somebody else since does not come back. */
static bool stay_apart(const Acting *acting)
{
    if (!(acting->party->has & PARTY_NAMES_ALONE))
        return true;
    AUTO_ROWS *rows = store_run(acting->projector->store, acting->problem, SQL_ACTOR_DOUBLED, "");
    if (!rows || !rows_next(rows))
        return rows && !acting->problem->kind;
    return fail_field(acting->problem, PROBLEM_CONFLICT, "undoes",
                      "'%.60s' is a name of number %lld by now: take that back first", rows_text(rows, 0),
                      (long long)rows_int(rows, 1));
}

static bool do_undo(const Acting *acting)
{
    int64_t target, entry = acting->act->undoes, now = acting->entry->seq;
    ActKind taken;
    Numbers incidents = { 0 };
    Store *store = acting->projector->store;
    const Party *party = acting->party;
    Problem *problem = acting->problem;
    if (!find_taken(acting, &taken, &target) || (target && !stands(acting, target)) ||
        !take_linked(acting, SQL_HIT_BY_ENTRY, "ii", entry, &incidents) ||
        !store_do(store, problem, party->alias_back, "ii", entry, now) ||
        !store_do(store, problem, party->alias_off, "ii", entry, now) ||
        !store_do(store, problem, party->same_back, "ii", entry, now) ||
        !store_do(store, problem, party->same_off, "ii", entry, now))
        return false;
    for (size_t i = 0; i < incidents.count; i++)
        if (!swap_links(acting, incidents.items[i]))
            return false;
    return (!(act_table[taken].needs & ACT_PARTS) || rejoin(acting, target)) && stay_apart(acting);
}

/* By what the act needs, which is another thing for each. */
static bool do_act(const Acting *acting, unsigned needs)
{
    return needs & ACT_MAKES   ? do_found(acting)
           : needs & ACT_NAMES ? do_name(acting)
           : needs & ACT_INTO  ? do_join(acting)
                               : do_undo(acting);
}

static bool same_actor(const NamedActor *a, const NamedActor *b)
{
    return a == b || (a && b && a->actor == b->actor);
}

/* Whether the sources agree on who it was follows from the names: in the incidents where one is named that meant
 * another one before, beside others, it is derived anew. */
static bool derive_named(const Acting *acting, const NamedActors *before)
{
    NamedActors after;
    Numbers incidents = { 0 };
    Store *store = acting->projector->store;
    if (!named_actors_read(acting->arena, store, acting->entry->seq, &after, acting->problem))
        return false;
    AUTO_ROWS *rows = store_run(store, acting->problem, SQL_ACTORS_CLAIMED, "");
    while (rows && rows_next(rows)) {
        const char *name = arena_string(acting->arena, rows_text(rows, 0));
        if (!same_actor(named_actor(before, name), named_actor(&after, name)) &&
            !take_numbers(acting, store_run(store, acting->problem, SQL_ACTOR_BESIDE, "t", name), &incidents))
            return false;
    }
    for (size_t i = 0; i < incidents.count; i++)
        if (!derive(acting, incidents.items[i]))
            return false;
    return !acting->problem->kind;
}

static bool act_upon_party(const Acting *acting, unsigned needs, int64_t *made)
{
    NamedActors before;
    bool linked = acting->party->has & PARTY_LINKED;
    return (linked ||
            named_actors_read(acting->arena, acting->projector->store, acting->entry->seq, &before, acting->problem)) &&
           (needs & ACT_PARTS ? do_part(acting, made) : do_act(acting, needs)) &&
           (linked || derive_named(acting, &before));
}

bool project_party(Projector *projector, Arena *scratch, const Entry *entry, const Act *act, Problem *problem)
{
    const ActInfo *info = &act_table[act_find(entry->kind)];
    Acting acting = { projector, scratch, entry, act, party_of(info->subject), 0, problem };
    Act noted = *act; /* what a division made stands with it as what a merger goes into does */
    return job_subject(entry, acting.party->prefix, &acting.number, problem) &&
           act_upon_party(&acting, info->needs, &noted.into) &&
           job_note(projector, entry, &noted, acting.number, problem);
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
