#include "domain/source_state.h"

#include "domain/alert.h"
#include "domain/change_step.h"
#include "domain/evidence.h"

enum { INCIDENTS_TOLD = 10000 /* of a source that has more, such as a register, those are told who worked on these */ };

static const char *const state_words[] = { [SOURCE_THERE] = "there", [SOURCE_GONE] = "gone" };

static const char *kept(Arena *arena, const Rows *rows, int column)
{
    return rows_is_null(rows, column) ? NULL : arena_string(arena, rows_text(rows, column));
}

bool source_read_state(Arena *arena, Store *work, SourceRow *row, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_SOURCE_STATE_GET, "i", row->id);
    if (!rows || !rows_next(rows))
        return rows && !problem->kind;
    row->state = kept(arena, rows, 0);
    row->account = kept(arena, rows, 1);
    row->at = rows_int(rows, 2);
    return true;
}

/* The newest copy that the register says was read, and where the work store has its bytes. */
static bool read_copy(Arena *arena, Store *work, Store *published, SourceRow *row, Problem *problem)
{
    AUTO_ROWS *copies = store_run(published, problem, SQL_SOURCE_STATE_COPY, "i", row->id);
    if (!copies || !rows_next(copies))
        return copies && !problem->kind;
    row->sha256 = arena_string(arena, rows_text(copies, 0));
    AUTO_ROWS *captures = store_run(work, problem, SQL_SOURCE_STATE_CAPTURE, "t", row->sha256);
    if (!captures || !rows_next(captures))
        return captures && !problem->kind;
    row->change = rows_int(captures, 0);
    row->capture = rows_int(captures, 1);
    return true;
}

static bool list(Arena *arena, Store *published, int64_t incident, SourceRows *sources, Problem *problem)
{
    AUTO_ROWS *rows = store_run(published, problem, SQL_SOURCE_STATE_LIST, "iii", incident,
                                incident * ROWS_PER_INCIDENT, incident * ROWS_PER_INCIDENT + ROWS_PER_INCIDENT - 1);
    size_t room = 0;
    *sources = (SourceRows){ 0 };
    while (rows && rows_next(rows)) {
        sources->items = arena_grow(arena, sources->items, sources->count, &room, sizeof *sources->items);
        sources->items[sources->count++] =
            (SourceRow){ .id = rows_int(rows, 0), .title = kept(arena, rows, 1), .url = kept(arena, rows, 2) };
    }
    return rows && !problem->kind;
}

bool source_rows(Arena *arena, Store *work, Store *published, int64_t incident, SourceRows *sources, Problem *problem)
{
    if (!list(arena, published, incident, sources, problem))
        return false;
    for (size_t i = 0; i < sources->count; i++)
        if (!source_read_state(arena, work, &sources->items[i], problem) ||
            !source_check_get(arena, work, sources->items[i].id, &sources->items[i].check, problem) ||
            !read_copy(arena, work, published, &sources->items[i], problem))
            return false;
    return sources->count ||
           fail(problem, PROBLEM_NOT_FOUND, "there is no incident %lld with sources", (long long)incident);
}

static bool incidents_of(Arena *arena, Store *published, int64_t source, int64_t **incidents, size_t *count,
                         Problem *problem)
{
    AUTO_ROWS *rows = store_run(published, problem, SQL_SOURCE_STATE_INCIDENTS, "ii", source, (int64_t)INCIDENTS_TOLD);
    size_t room = 0;
    *incidents = NULL;
    *count = 0;
    while (rows && rows_next(rows)) {
        *incidents = arena_grow(arena, *incidents, *count, &room, sizeof **incidents);
        (*incidents)[(*count)++] = rows_int(rows, 0);
    }
    if (!rows || problem->kind)
        return false;
    return *count || fail(problem, PROBLEM_NOT_FOUND, "there is no source %lld", (long long)source);
}

typedef struct Marking {
    Arena *arena;
    Store *work;
    const Hand *hand;
    int64_t source, deed;
    SourceState state;
    Problem *problem;
} Marking;

static bool is_new(const Marking *marking)
{
    SourceRow row = { .id = marking->source, .state = NULL };
    if (!source_read_state(marking->arena, marking->work, &row, marking->problem))
        return false;
    const char *now = row.state ? row.state : state_words[SOURCE_THERE];
    return strcmp(now, state_words[marking->state]) != 0 ||
           fail(marking->problem, PROBLEM_CONFLICT, "that is said of source %lld already", (long long)marking->source);
}

static bool note(Marking *marking)
{
    const Hand *hand = marking->hand;
    Deed deed = { .at = hand->now,
                  .author = hand->author,
                  .kind = marking->state == SOURCE_GONE ? "source.gone" : "source.there",
                  .subject = arena_format(marking->arena, "source/%lld", (long long)marking->source) };
    bool told = deed_add(marking->work, &deed, marking->problem);
    marking->deed = deed.id;
    return told && store_do(marking->work, marking->problem, SQL_SOURCE_STATE_SET, "ititi", marking->source,
                            state_words[marking->state], hand->now, hand->author, deed.id);
}

/* By one cause, so that who worked on several of the incidents is told once. */
static bool tell(const Marking *marking, const int64_t *incidents, size_t count)
{
    const char *cause = arena_format(marking->arena, "deed/%lld", (long long)marking->deed);
    for (size_t i = 0; i < count && marking->state == SOURCE_GONE; i++) {
        AlertFacts facts = { .kind = ALERT_GONE,
                             .cause = cause,
                             .path = arena_format(marking->arena, "/incidents/%lld/sources", (long long)incidents[i]),
                             .author = marking->hand->author,
                             .incident = incidents[i],
                             .now = marking->hand->now,
                             .day = DAY_UNKNOWN };
        if (!alert_incident(marking->work, &facts, marking->problem))
            return false;
    }
    return true;
}

bool source_put_state_within(Store *work, Store *published, const Hand *hand, int64_t source, SourceState state,
                             Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    int64_t *incidents;
    size_t count;
    Marking marking = { arena, work, hand, source, 0, state, problem };
    return incidents_of(arena, published, source, &incidents, &count, problem) && is_new(&marking) && note(&marking) &&
           tell(&marking, incidents, count);
}

bool source_put_state(Store *work, Store *published, const Hand *hand, int64_t source, SourceState state,
                      Problem *problem)
{
    AUTO_UNDO *undo = work;
    return store_begin(work, problem) && change_person(work, hand->author, CHANGE_PREPARE, problem) &&
           source_put_state_within(work, published, hand, source, state, problem) && store_commit(work, problem);
}
