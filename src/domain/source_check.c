#include "domain/source_check.h"

#include "base/date.h"
#include "domain/source_state.h"

const SightInfo source_sights[SOURCE_SIGHT_COUNT] = {
#define SEEN(name, word, verdict) { word, verdict },
    SOURCE_SIGHTS(SEEN)
#undef SEEN
};

static SourceSight sight_find(const char *word)
{
    size_t sight = 0;
    while (sight < SOURCE_SIGHT_COUNT && strcmp(word, source_sights[sight].word) != 0)
        sight++;
    return (SourceSight)sight;
}

bool source_check_get(Arena *arena, Store *work, int64_t source, SourceCheck *check, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_SOURCE_CHECK_READ, "i", source);
    *check = (SourceCheck){ 0 };
    if (!rows || !rows_next(rows))
        return rows && !problem->kind;
    check->answer.seen = sight_find(rows_text(rows, 0));
    check->answer.status = rows_int(rows, 1);
    check->answer.address = rows_is_null(rows, 2) ? NULL : arena_string(arena, rows_text(rows, 2));
    check->at = rows_int(rows, 3);
    check->gone_since = rows_int(rows, 4);
    return check->answer.seen < SOURCE_SIGHT_COUNT ||
           fail(problem, PROBLEM_DAMAGED, "what was seen of source %lld is no word for it", (long long)source);
}

typedef struct Before { /* a source that was asked before */
    int64_t source, at;
    bool due;
} Before;

typedef struct BeforeList {
    Before *items;
    size_t count, next;
} BeforeList;

/* Whether what was seen since then still counts: nobody has said since that it is there. */
static bool counts(int64_t gone_since, const char *state, int64_t said)
{
    return gone_since && (!*state || said < gone_since);
}

/* Of a row of source_check_list. */
static bool is_due(const Rows *rows, const DuePlan *plan)
{
    int64_t at = rows_int(rows, 1), since = rows_int(rows, 3), said = rows_int(rows, 5);
    const char *state = rows_text(rows, 4);
    SourceSight sight = sight_find(rows_text(rows, 2));
    bool untold = sight == SOURCE_SIGHT_COUNT || source_sights[sight].verdict == SOURCE_UNTOLD;
    int64_t days = untold ? MIN(plan->after, (int64_t)SOURCE_RETRY_DAYS) : plan->after;
    if (strcmp(state, "gone") != 0 && counts(since, state, said) && moment_day(plan->now) > moment_day(at))
        return true;
    return at <= plan->now - days * DAY_MS;
}

static bool read_asked(Arena *arena, Store *work, const DuePlan *plan, BeforeList *before, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_SOURCE_CHECK_LIST, "");
    size_t room = 0;
    *before = (BeforeList){ 0 };
    while (rows && rows_next(rows)) {
        before->items = arena_grow(arena, before->items, before->count, &room, sizeof *before->items);
        before->items[before->count++] = (Before){ rows_int(rows, 0), rows_int(rows, 1), is_due(rows, plan) };
    }
    return rows && !problem->kind;
}

/* Both lists go by number. Never asked: due, at 0. */
static Before last_of(BeforeList *before, int64_t source)
{
    while (before->next < before->count && before->items[before->next].source < source)
        before->next++;
    bool there = before->next < before->count && before->items[before->next].source == source;
    return there ? before->items[before->next] : (Before){ source, 0, true };
}

static int by_time(const void *one, const void *other)
{
    const Before *a = one, *b = other;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    return a->source < b->source ? -1 : a->source > b->source;
}

bool source_check_due(Arena *arena, Store *work, Store *published, const DuePlan *plan, SourcesDue *due,
                      Problem *problem)
{
    BeforeList before;
    if (!read_asked(arena, work, plan, &before, problem))
        return false;
    AUTO_ROWS *rows = store_run(published, problem, SQL_SOURCE_CHECK_ALL, "");
    Before *items = NULL;
    size_t count = 0, room = 0;
    while (rows && rows_next(rows)) {
        Before one = last_of(&before, rows_int(rows, 0));
        if (!one.due)
            continue;
        items = arena_grow(arena, items, count, &room, sizeof *items);
        items[count++] = one;
    }
    if (!rows || problem->kind)
        return false;
    if (count)
        qsort(items, count, sizeof *items, by_time);
    size_t taken = MIN(count, (size_t)MAX(plan->most, 0));
    int64_t *sources = NEW_ARRAY(arena, int64_t, taken + 1);
    for (size_t i = 0; i < taken; i++)
        sources[i] = items[i].source;
    *due = (SourcesDue){ sources, taken, count - taken };
    return true;
}

bool source_check_address(Arena *arena, Store *published, int64_t source, const char **address, Problem *problem)
{
    AUTO_ROWS *rows = store_run(published, problem, SQL_SOURCE_CHECK_URL, "i", source);
    if (!rows || !rows_next(rows))
        return fail(problem, PROBLEM_NOT_FOUND, "there is no source %lld", (long long)source);
    *address = arena_string(arena, rows_text(rows, 0));
    return true;
}

typedef struct Noting {
    Store *work, *published;
    SourceRow said;
    SourceCheck last; /* the one before */
    const SourceCheck *seen;
    Problem *problem;
} Noting;

static bool put_check(const Noting *noting, int64_t gone_since)
{
    const SourceAnswer *answer = &noting->seen->answer;
    return store_do(noting->work, noting->problem, SQL_SOURCE_CHECK_SET, "iititi", noting->said.id, noting->seen->at,
                    source_sights[answer->seen].word, answer->status, answer->address, gone_since);
}

/* What follows from what was seen gone since then. */
static SourceTurn turn_of(const Noting *noting, int64_t gone_since)
{
    const SourceRow *said = &noting->said;
    bool is_gone = said->state && strcmp(said->state, "gone") == 0;
    SourceVerdict verdict = source_sights[noting->seen->answer.seen].verdict;
    if (verdict == SOURCE_ANSWERS)
        return is_gone && noting->last.gone_since ? TURN_BACK : TURN_NONE;
    if (verdict != SOURCE_SEEN_GONE || is_gone || !counts(gone_since, said->state ? said->state : "", said->at))
        return TURN_NONE;
    return moment_day(noting->seen->at) > moment_day(gone_since) ? TURN_GONE : TURN_SUSPECTED;
}

static int64_t gone_since_of(const Noting *noting)
{
    SourceVerdict verdict = source_sights[noting->seen->answer.seen].verdict;
    if (verdict == SOURCE_ANSWERS)
        return 0;
    return verdict == SOURCE_SEEN_GONE && !noting->last.gone_since ? noting->seen->at : noting->last.gone_since;
}

static bool note(Noting *noting, SourceTurn *turn)
{
    int64_t since = gone_since_of(noting);
    Hand hand = { .author = SOURCE_CHECKER, .now = noting->seen->at };
    *turn = turn_of(noting, since);
    if (!put_check(noting, since))
        return false;
    return (*turn != TURN_GONE && *turn != TURN_BACK) ||
           source_put_state_within(noting->work, noting->published, &hand, noting->said.id,
                                   *turn == TURN_GONE ? SOURCE_GONE : SOURCE_THERE, noting->problem);
}

bool source_check_note(Store *work, Store *published, int64_t source, const SourceCheck *seen, SourceTurn *turn,
                       Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    AUTO_UNDO *undo = work;
    Noting noting = { .work = work, .published = published, .said.id = source, .seen = seen, .problem = problem };
    return store_begin(work, problem) && source_read_state(arena, work, &noting.said, problem) &&
           source_check_get(arena, work, source, &noting.last, problem) && note(&noting, turn) &&
           store_commit(work, problem);
}
