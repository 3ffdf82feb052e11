/* Acts upon incidents, as rows. */
#include "domain/job.h"

enum { HOPS_MAX = 64 };

typedef struct Span64 { /* the ids of all rows below an incident */
    int64_t first, last;
} Span64;

static Span64 rows_of(int64_t incident)
{
    return (Span64){ incident * ROWS_PER_INCIDENT, incident * ROWS_PER_INCIDENT + ROWS_PER_INCIDENT - 1 };
}

typedef struct Acting { /* one act on its way into rows */
    Projector *projector;
    Arena *arena;
    const Entry *entry;
    const Act *act;
    int64_t incident;
    Problem *problem;
} Acting;

/* "merged", "split" or "withdrawn" and its entry when the incident has left; else NULL. */
static bool status_of(const Acting *acting, int64_t incident, const char **status, int64_t *since)
{
    Span64 ids = rows_of(incident);
    Rows *rows = store_run(acting->projector->store, acting->problem, SQL_STATUS_NOW, "ii", ids.first, ids.last);
    bool left = rows && rows_next(rows);
    *status = left ? arena_string(acting->arena, rows_text(rows, 0)) : NULL;
    *since = left ? rows_int(rows, 2) : 0;
    return rows && rows_close(rows);
}

bool job_has_room(Projector *projector, int64_t incident, Problem *problem)
{
    Span64 ids = rows_of(incident);
    AUTO_ROWS *rows = store_run(projector->store, problem, SQL_ACT_END, "ii", ids.first, ids.last);
    if (!rows || !rows_next(rows))
        return false;
    return rows_int(rows, 0) - ids.first < ROWS_PER_INCIDENT / 2 ||
           fail(problem, PROBLEM_BAD_INPUT, "incident %lld takes no more changes", (long long)incident);
}

/* The incident is there, has not left, and can be acted upon. */
static bool stands(const Acting *acting, int64_t incident, Job *job)
{
    const char *status;
    int64_t since;
    *job = job_of(acting->projector, acting->arena, acting->entry, incident, acting->problem);
    if (incident > acting->projector->last_incident)
        return fail(acting->problem, PROBLEM_NOT_FOUND, "there is no incident %lld", (long long)incident);
    if (!job_find_ends(job) || !job_has_room(acting->projector, incident, acting->problem) ||
        !status_of(acting, incident, &status, &since))
        return false;
    return !status || fail(acting->problem, PROBLEM_CONFLICT, "incident %lld was %s by entry %lld", (long long)incident,
                           status, (long long)since);
}

static bool derive(const Acting *acting, int64_t incident)
{
    Job job = job_of(acting->projector, acting->arena, acting->entry, incident, acting->problem);
    job.names_nobody = act_unnames(acting->act);
    return job_find_ends(&job) && job_reword(&job) && job_derive(&job);
}

static bool add_status(const Acting *acting, int64_t incident, const char *status, int64_t target)
{
    Span64 ids = rows_of(incident);
    return store_do(acting->projector->store, acting->problem, SQL_STATUS_ADD, "iiitri", ids.first, ids.last, incident,
                    status, target ? (double)target : (double)NAN, acting->entry->seq);
}

/* Answers NOT IN FORCE when the statement finds no such claim. */
static bool on_claim(const Acting *acting, Rows *rows, int64_t claim)
{
    bool found = rows && rows_next(rows);
    if (!rows_close(rows) || !rows)
        return false;
    return found ||
           fail_field(acting->problem, PROBLEM_CONFLICT, "claims", "claim %lld is not in force in incident %lld",
                      (long long)claim, (long long)acting->incident);
}

static bool end_claims(const Acting *acting)
{
    Span64 ids = rows_of(acting->incident);
    for (size_t i = 0; i < acting->act->claim_count; i++) {
        int64_t claim = acting->act->claims[i].claim;
        if (!on_claim(acting,
                      store_run(acting->projector->store, acting->problem, SQL_CLAIM_END, "iiii", ids.first, ids.last,
                                claim, acting->entry->seq),
                      claim))
            return false;
    }
    return true;
}

static bool do_retract(const Acting *acting)
{
    Job job;
    return stands(acting, acting->incident, &job) && end_claims(acting) && derive(acting, acting->incident);
}

static bool do_correct(const Acting *acting)
{
    Job job;
    Run evidence;
    if (!stands(acting, acting->incident, &job) || !end_claims(acting))
        return false;
    job.record = &acting->act->records[0];
    if (job.record->affected_count || job.record->summary)
        return fail(acting->problem, PROBLEM_BAD_INPUT, "a correction takes no title, summary or organisations");
    return job_add_claims(&job, &evidence) && store_settle(acting->projector->store, acting->problem) &&
           job_derive(&job);
}

static bool do_rank(const Acting *acting)
{
    Job job;
    Span64 ids = rows_of(acting->incident);
    Store *store = acting->projector->store;
    if (!stands(acting, acting->incident, &job))
        return false;
    for (size_t i = 0; i < acting->act->claim_count; i++) {
        const ActClaim *claim = &acting->act->claims[i];
        if (!on_claim(acting,
                      store_run(store, acting->problem, SQL_CLAIM_IN_FORCE, "iii", ids.first, ids.last, claim->claim),
                      claim->claim) ||
            !store_do(store, acting->problem, SQL_CLAIM_RANK_END, "ii", claim->claim, acting->entry->seq) ||
            !store_do(store, acting->problem, SQL_CLAIM_RANK_ADD, "iiiti", ids.first, ids.last, claim->claim,
                      claim->rank, acting->entry->seq))
            return false;
    }
    return derive(acting, acting->incident);
}

/* What goes over is as much as a record may bring. */
static bool may_go_over(const Acting *acting, Span64 ids)
{
    AUTO_ROWS *rows =
        store_run(acting->projector->store, acting->problem, SQL_CLAIMS_STANDING, "ii", ids.first, ids.last);
    if (!rows || !rows_next(rows))
        return false;
    return rows_int(rows, 0) <= RECORD_PARTS_MAX ||
           fail(acting->problem, PROBLEM_BAD_INPUT, "incident %lld has more claims than can go over",
                (long long)(ids.first / ROWS_PER_INCIDENT));
}

static bool bring_over(const Acting *acting, const Job *from, const Job *to)
{
    Span64 ids = rows_of(from->incident), place = rows_of(to->incident);
    Store *store = acting->projector->store;
    int64_t entry = acting->entry->seq;
    return may_go_over(acting, ids) &&
           store_do(store, acting->problem, SQL_MERGE_STATEMENTS, "iiiii", ids.first, ids.last, to->statement - 1,
                    to->incident, entry) &&
           store_do(store, acting->problem, SQL_MERGE_CLAIMS, "iiiii", ids.first, ids.last, to->statement - 1,
                    to->claim - 1, entry) &&
           store_do(store, acting->problem, SQL_MERGE_AFFECTED, "iiiiii", ids.first, ids.last, to->incident, entry,
                    place.first, place.last);
}

static bool do_merge(const Acting *acting)
{
    Job from, to;
    if (acting->act->into == acting->incident)
        return fail_field(acting->problem, PROBLEM_BAD_INPUT, "into", "an incident cannot be merged into itself");
    return stands(acting, acting->incident, &from) && stands(acting, acting->act->into, &to) &&
           bring_over(acting, &from, &to) && add_status(acting, acting->incident, "merged", acting->act->into) &&
           job_derive(&from) && derive(acting, acting->act->into);
}

static bool do_split(const Acting *acting)
{
    Job job;
    if (!stands(acting, acting->incident, &job))
        return false;
    for (size_t i = 0; i < acting->act->record_count; i++) {
        int64_t next = projector_next(acting->projector);
        Job part = job_of(acting->projector, acting->arena, acting->entry, next, acting->problem);
        part.record = &acting->act->records[i];
        if (!job_open(&part) || !store_settle(acting->projector->store, acting->problem) ||
            !add_status(acting, acting->incident, "split", next))
            return false;
    }
    return job_derive(&job);
}

static bool do_withdraw(const Acting *acting)
{
    Job job;
    return stands(acting, acting->incident, &job) && add_status(acting, acting->incident, "withdrawn", 0) &&
           job_derive(&job);
}

static bool do_links(const Acting *acting)
{
    Job job;
    return stands(acting, acting->incident, &job) && project_links(&job, acting->act) &&
           derive(acting, acting->incident);
}

typedef struct Taken { /* what is known of an entry that is to be taken back */
    const char *kind;  /* of the act; NULL when it is claim.add */
    int64_t subject;
    bool undone, made_version, opened;
} Taken;

static bool find_taken(const Acting *acting, Taken *taken)
{
    Span64 ids = rows_of(acting->incident);
    Rows *rows = store_run(acting->projector->store, acting->problem, SQL_ACT_AT, "iiii", acting->act->undoes,
                           ids.first, ids.last, acting->incident);
    *taken = (Taken){ 0 };
    if (rows && rows_next(rows))
        *taken = (Taken){ rows_is_null(rows, 0) ? NULL : arena_string(acting->arena, rows_text(rows, 0)),
                          rows_int(rows, 1), rows_int(rows, 2) != 0, rows_int(rows, 3) != 0, rows_int(rows, 4) != 0 };
    return rows && rows_close(rows);
}

static bool may_be_taken_back(const Acting *acting, const Taken *taken)
{
    long long entry = acting->act->undoes, incident = acting->incident;
    if (taken->undone)
        return fail_field(acting->problem, PROBLEM_CONFLICT, "undoes", "entry %lld was taken back already", entry);
    if (!taken->kind && taken->opened)
        return fail_field(acting->problem, PROBLEM_BAD_INPUT, "undoes",
                          "entry %lld opened the incident: withdraw it instead", entry);
    bool about = taken->kind ? taken->subject == incident && act_table[act_find(taken->kind)].subject == ACT_INCIDENT
                             : taken->made_version;
    return about || fail_field(acting->problem, PROBLEM_NOT_FOUND, "undoes",
                               "entry %lld did nothing to incident %lld that could be taken back", entry, incident);
}

typedef struct Touched {
    int64_t *incidents;
    size_t count;
} Touched;

/* The incident and those beside it that the entry changed. */
static bool find_touched(const Acting *acting, Touched *touched)
{
    Span64 ids = rows_of(acting->incident);
    size_t room = 4;
    touched->incidents = NEW_ARRAY(acting->arena, int64_t, room);
    touched->incidents[0] = acting->incident;
    touched->count = 1;
    Rows *rows = store_run(acting->projector->store, acting->problem, SQL_STATUS_TARGETS, "iii", ids.first, ids.last,
                           acting->act->undoes);
    while (rows && rows_next(rows)) {
        touched->incidents =
            arena_grow(acting->arena, touched->incidents, touched->count, &room, sizeof *touched->incidents);
        touched->incidents[touched->count++] = rows_int(rows, 0);
    }
    return rows && rows_close(rows);
}

/* What the entry ended comes back, and what it began ends. */
static bool swap(const Acting *acting, int64_t incident)
{
    static const struct {
        Statement back, off;
    } tables[] = { { SQL_CLAIMS_BACK, SQL_CLAIMS_OFF },
                   { SQL_CLAIM_RANKS_BACK, SQL_CLAIM_RANKS_OFF },
                   { SQL_AFFECTED_BACK, SQL_AFFECTED_OFF },
                   { SQL_STATUS_BACK, SQL_STATUS_OFF } };
    Span64 ids = rows_of(incident);
    Store *store = acting->projector->store;
    int64_t entry = acting->act->undoes, now = acting->entry->seq;
    if (!job_has_room(acting->projector, incident, acting->problem))
        return false;
    for (size_t i = 0; i < COUNT_OF(tables); i++)
        if (!store_do(store, acting->problem, tables[i].back, "iiii", ids.first, ids.last, entry, now) ||
            !store_do(store, acting->problem, tables[i].off, "iiii", ids.first, ids.last, entry, now))
            return false;
    return true;
}

/* An incident that the entry itself opened, as part of a split, goes back into the whole. */
static bool take_back(const Acting *acting, int64_t incident)
{
    Taken part;
    const char *status;
    int64_t since;
    Acting beside = *acting;
    beside.incident = incident;
    if (!status_of(acting, incident, &status, &since) || !find_taken(&beside, &part))
        return false;
    if (status && since != acting->act->undoes)
        return fail(acting->problem, PROBLEM_CONFLICT, "incident %lld was %s by entry %lld: take that back first",
                    (long long)incident, status, (long long)since);
    if (part.opened)
        return add_status(acting, incident, "merged", acting->incident);
    return swap(acting, incident);
}

static bool do_undo(const Acting *acting)
{
    Taken taken = { 0 };
    Touched touched;
    if (!find_taken(acting, &taken) || !may_be_taken_back(acting, &taken) || !find_touched(acting, &touched))
        return false;
    for (size_t i = 0; i < touched.count; i++)
        if (!take_back(acting, touched.incidents[i]))
            return false;
    for (size_t i = 0; i < touched.count; i++)
        if (!project_suppliers(acting->projector, touched.incidents[i], acting->problem) ||
            !derive(acting, touched.incidents[i]))
            return false;
    return true;
}

static bool (*const doing[ACT_KIND_COUNT])(const Acting *) = {
    [ACT_KIND_CORRECT] = do_correct, [ACT_KIND_RETRACT] = do_retract, [ACT_KIND_RANK] = do_rank,
    [ACT_KIND_MERGE] = do_merge,     [ACT_KIND_SPLIT] = do_split,     [ACT_KIND_WITHDRAW] = do_withdraw,
    [ACT_KIND_LINK] = do_links,      [ACT_KIND_RELINK] = do_links,    [ACT_KIND_UNLINK] = do_links,
    [ACT_KIND_UNDO] = do_undo,
};

static double number_or_null(int64_t number)
{
    return number ? (double)number : (double)NAN;
}

bool job_note(Projector *projector, const Entry *entry, const Act *act, int64_t number, Problem *problem)
{
    return store_do(projector->store, problem, SQL_ACT_ADD, "itirttr", entry->seq, entry->kind, number,
                    number_or_null(act->into), act->reason, act->reviewer, number_or_null(act->undoes));
}

bool projector_act(Projector *projector, Arena *scratch, const Entry *entry, const Act *act, Problem *problem)
{
    ActKind kind = act_find(entry->kind);
    Acting acting = { projector, scratch, entry, act, 0, problem };
    if (kind == ACT_KIND_COUNT)
        return fail(problem, PROBLEM_BAD_INPUT, "'%.60s' is not a kind of entry", entry->kind);
    projector->acted = true;
    if (!store_settle(projector->store, problem))
        return false;
    if (act_table[kind].subject != ACT_INCIDENT)
        return project_party(projector, scratch, entry, act, problem);
    return job_subject(entry, "incident/", &acting.incident, problem) && doing[kind](&acting) &&
           job_note(projector, entry, act, acting.incident, problem);
}

bool projector_survivor(Projector *projector, int64_t *incident, Problem *problem)
{
    bool merged = projector->acted;
    for (int hops = 0; merged && hops < HOPS_MAX; hops++) {
        Span64 ids = rows_of(*incident);
        Rows *rows = store_run(projector->store, problem, SQL_STATUS_NOW, "ii", ids.first, ids.last);
        merged = rows && rows_next(rows) && strcmp(rows_text(rows, 0), "merged") == 0;
        *incident = merged ? rows_int(rows, 1) : *incident;
        if (!rows || !rows_close(rows))
            return false;
    }
    return true;
}

bool projector_replay(Projector *projector, Arena *scratch, const Entry *entry, Problem *problem)
{
    Act act;
    Record record;
    Release release;
    AgreementReport report;
    if (!entry->body.at || strcmp(entry->kind, "redaction") == 0)
        return true;
    if (strcmp(entry->kind, KIND_RELEASE) == 0)
        return release_read(scratch, entry->body, &release, problem) &&
               projector_release(projector, entry, &release, problem);
    if (strcmp(entry->kind, KIND_AGREEMENT) == 0)
        return agreement_report_read(scratch, entry->body, &report, problem) &&
               projector_agreement(projector, entry, &report, problem);
    if (act_find(entry->kind) != ACT_KIND_COUNT)
        return act_read(scratch, entry->body, &act, problem) && projector_act(projector, scratch, entry, &act, problem);
    return record_read(scratch, entry->body, &record, problem) &&
           projector_entry(projector, scratch, entry, &record, problem);
}
