#include "domain/contest.h"

#include "domain/published.h"

enum { ENTRIES_AT_ONCE = 200, TOUCHED = 3 /* incidents of one entry */ };

typedef struct Search {
    Arena *arena;
    Store *work, *published;
    const Codebook *codebook;
    Contests *contests;
    size_t room;
    Problem *problem;
} Search;

typedef struct Touch { /* an entry and the incidents that it touches; 0: none */
    int64_t entry, incidents[TOUCHED];
} Touch;

/* The variables of several codes are published side by side, and so never contested. */
static bool is_contested(Run run)
{
    PublishedValue published;
    const Variable *variable = run.claims->definition;
    bool listed = variable->cardinality == ANY_NUMBER && run.claims->type == TYPE_ENUM;
    return run.count > 1 && !listed && derive_published(run, &published) && published.contested;
}

/* Whether a variable is contested in `after` that is not in `before`. */
static bool brings_contest(Run before, Run after)
{
    for (size_t i = 0; i < after.count;) {
        Run run = run_at(after, i), old = run_of(before, run.claims->variable);
        if (is_contested(run) && !(old.count && is_contested(old)))
            return true;
        i += run.count;
    }
    return false;
}

static bool look_at(Search *search, int64_t entry, int64_t incident)
{
    AUTO_ARENA *scratch = arena_new(ARENA_NO_CAP);
    Run before, after;
    bool concerns = false;
    if (!alert_concerns(search->work, incident, &concerns, search->problem))
        return false;
    if (!concerns)
        return true;
    if (!evidence_read(scratch, search->published, search->codebook, (Asked){ incident, entry - 1 }, &before,
                       search->problem) ||
        !evidence_read(scratch, search->published, search->codebook, (Asked){ incident, entry }, &after,
                       search->problem))
        return false;
    if (!brings_contest(before, after))
        return true;
    Contests *contests = search->contests;
    contests->facts =
        arena_grow(search->arena, contests->facts, contests->count, &search->room, sizeof *contests->facts);
    contests->facts[contests->count++] = (AlertFacts){
        .kind = ALERT_CONTESTED,
        .cause = arena_format(search->arena, "entry/%lld/%lld", (long long)entry, (long long)incident),
        .incident = incident,
        .day = DAY_UNKNOWN,
    };
    return true;
}

static int64_t incident_of(Text subject)
{
    int64_t number = 0;
    bool is_one = text_starts(subject, "incident/") &&
                  text_int(text_slice(subject, sizeof "incident/" - 1, subject.length), &number);
    return is_one ? number : 0;
}

static bool read_touched(Search *search, Touch *touched, size_t *count)
{
    AUTO_ROWS *rows = store_run(search->published, search->problem, SQL_CONTEST_ENTRIES, "ii", search->contests->from,
                                (int64_t)ENTRIES_AT_ONCE);
    for (*count = 0; rows && rows_next(rows) && *count < ENTRIES_AT_ONCE; ++*count) {
        int64_t subject = incident_of(text_of(rows_text(rows, 1)));
        bool incident = subject > 0; /* the target of an act upon an organisation is one too */
        touched[*count] = (Touch){ rows_int(rows, 0),
                                   { subject, incident ? rows_int(rows, 2) : 0, incident ? rows_int(rows, 3) : 0 } };
    }
    return rows && !search->problem->kind;
}

static bool first_time(Search *search, bool *first)
{
    AUTO_ROWS *rows = store_run(search->work, search->problem, SQL_CONTEST_FOLLOWED, "");
    *first = rows && !rows_next(rows);
    search->contests->from = search->contests->to = rows && !*first ? rows_int(rows, 0) : -1;
    return rows && !search->problem->kind;
}

static bool find_end(Search *search)
{
    AUTO_ROWS *rows = store_run(search->published, search->problem, SQL_CONTEST_END, "");
    if (!rows || !rows_next(rows))
        return false;
    search->contests->to = rows_int(rows, 0);
    return true;
}

bool contest_find(Arena *arena, Store *work, Store *published, const Codebook *codebook, Contests *contests,
                  Problem *problem)
{
    Search search = { arena, work, published, codebook, contests, 0, problem };
    bool first;
    size_t count;
    *contests = (Contests){ 0 };
    if (!first_time(&search, &first))
        return false;
    if (first)
        return find_end(&search);
    Touch *touched = NEW_ARRAY(arena, Touch, ENTRIES_AT_ONCE);
    if (!read_touched(&search, touched, &count))
        return false;
    for (size_t i = 0; i < count; contests->to = touched[i++].entry)
        for (size_t j = 0; j < TOUCHED; j++)
            if (touched[i].incidents[j] && !look_at(&search, touched[i].entry, touched[i].incidents[j]))
                return false;
    return true;
}

static bool still_at(Store *work, int64_t from, bool *still, Problem *problem)
{
    AUTO_ROWS *rows = store_run(work, problem, SQL_CONTEST_FOLLOWED, "");
    *still = rows && (rows_next(rows) ? rows_int(rows, 0) : -1) == from;
    return rows && !problem->kind;
}

bool contest_tell(Store *work, const Contests *contests, int64_t now, Problem *problem)
{
    AUTO_UNDO *undo = work;
    bool still;
    if (!store_begin(work, problem) || !still_at(work, contests->from, &still, problem))
        return false;
    for (size_t i = 0; i < contests->count && still; i++) {
        AlertFacts facts = contests->facts[i];
        facts.now = now;
        if (!alert_incident(work, &facts, problem))
            return false;
    }
    return !still || (store_do(work, problem, SQL_CONTEST_FOLLOW, "i", contests->to) && store_commit(work, problem));
}
