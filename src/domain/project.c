#include "base/unicode.h"
#include "domain/actor.h"
#include "domain/job.h"

/* Rows that wait are written once there are this many; between two incidents, so that what they point to comes first.
 */
enum { ROWS_WAITING = 20000 };

Projector *projector_new(Arena *arena, Store *public_store, const Codebook *codebook, Problem *problem)
{
    Projector *projector = NEW(arena, Projector);
    *projector = (Projector){ .store = public_store, .codebook = codebook, .names = names_new(arena, public_store) };
    return projector_reload(projector, problem) ? projector : NULL;
}

void projector_be_strict(Projector *projector)
{
    projector->strict = true;
}

bool projector_reload(Projector *projector, Problem *problem)
{
    AUTO_ROWS *rows = store_run(projector->store, problem, SQL_PROJECTION_ENDS, "");
    if (!rows || !rows_next(rows))
        return false;
    projector->last_incident = rows_int(rows, 2);
    projector->acted = rows_int(rows, 3) != 0;
    projector->last_actor = rows_int(rows, 4);
    return names_reset(projector->names, rows_int(rows, 0), rows_int(rows, 1), problem);
}

int64_t projector_next(const Projector *projector)
{
    return projector->last_incident + 1;
}

int64_t projector_next_party(const Projector *projector, ActSubject subject)
{
    return 1 + (subject == ACT_ACTOR ? projector->last_actor : names_last_organisation(projector->names));
}

static double day_or_null(int32_t day)
{
    return day == DAY_UNKNOWN ? (double)NAN : day;
}

static double end_or_null(double end)
{
    return isinf(end) ? (double)NAN : end;
}

static bool add_statement(Job *job, int64_t id, const StatementFacts *facts, int64_t source)
{
    int32_t recorded_on = facts->known_since == DAY_UNKNOWN ? job->day : DAY_UNKNOWN;
    return store_later(job->projector->store, job->problem, SQL_STATEMENT_ADD, "iiittttrrir", id, job->incident, source,
                       facts->locator, facts->claimant, facts->stance, facts->credibility,
                       day_or_null(facts->known_since), day_or_null(facts->as_of), job->since,
                       day_or_null(recorded_on));
}

static bool add_claim(Job *job, const Evidence *claim, const ClaimFacts *facts)
{
    return store_later(job->projector->store, job->problem, SQL_CLAIM_ADD, "iitttrrttti", claim->claim,
                       claim->statement, claim->variable, claim->value, claim->missing, end_or_null(claim->parsed.low),
                       end_or_null(claim->parsed.high), claim->raw, facts->quote, claim->rank, job->since);
}

/* Evidence is sorted for the rules; rows are added in the order of their ids. */
static const Evidence **by_claim(const Job *job, Run evidence)
{
    const Evidence **ordered = NEW_ARRAY(job->arena, const Evidence *, evidence.count);
    for (size_t i = 0; i < evidence.count; i++)
        ordered[evidence.claims[i].claim - job->claim] = &evidence.claims[i];
    return ordered;
}

/* Each copy that was read of a source is told once, by its fingerprint. */
static bool add_archived(Job *job, const SourceFacts *facts, int64_t source)
{
    return !facts->sha256 || store_do(job->projector->store, job->problem, SQL_ARCHIVED_ADD, "itti", source,
                                      facts->sha256, facts->archive, job->since);
}

bool job_add_claims(Job *job, Run *evidence)
{
    const Record *record = job->record;
    Standing *sources = NEW_ARRAY(job->arena, Standing, record->source_count);
    for (size_t i = 0; i < record->source_count; i++)
        if (!names_source(job->projector->names, job->arena, &record->sources[i], job->since, &sources[i],
                          job->problem) ||
            !add_archived(job, &record->sources[i], sources[i].id))
            return false;
    Placing placing = { sources, job->claim, job->statement, job->since, job->day };
    if (!evidence_of_record(job->arena, job->projector->codebook, record, &placing, evidence, job->problem))
        return false;
    const Evidence **next = by_claim(job, *evidence);
    for (size_t i = 0; i < record->statement_count; i++) {
        const StatementFacts *facts = &record->statements[i];
        if (!add_statement(job, job->statement + (int64_t)i, facts, sources[facts->source].id))
            return false;
        for (size_t j = 0; j < facts->claim_count; j++)
            if (!add_claim(job, *next++, &facts->claims[j]))
                return false;
    }
    return true;
}

static void append_word(Out *text, const char *word)
{
    if (!word || !word[0])
        return;
    if (text->length)
        OUT_LITERAL(text, " ");
    out_raw(text, word, strlen(word));
}

/* The words by which it is found: those of its title, and of its organisations and their places when they may be named.
 */
static const char *words_of(const Job *job, const Record *record, const char **folded)
{
    AUTO_OUT words = { 0 };
    append_word(&words, unicode_fold(job->arena, text_of(record->title)));
    for (size_t i = 0; i < record->affected_count; i++) {
        folded[i] = unicode_fold(job->arena, text_of(record->affected[i].organisation.name));
        if (!affected_named(&record->affected[i]))
            continue;
        append_word(&words, folded[i]);
        append_word(&words, unicode_fold(job->arena, text_of(record->affected[i].organisation.place)));
    }
    return arena_text(job->arena, out_view(&words));
}

/* Each organisation first, since any may be the supplier of any other. */
static bool add_affected(Job *job, const char *const *folded)
{
    const Record *record = job->record;
    int64_t *numbers = NEW_ARRAY(job->arena, int64_t, record->affected_count + 1);
    for (size_t i = 0; i < record->affected_count; i++) {
        const Naming naming = { &record->affected[i], folded[i], job->since };
        if (!names_organisation(job->projector->names, job->arena, &naming, &numbers[i + 1], job->problem) ||
            !projector_same(job->projector, &numbers[i + 1], job->problem))
            return false;
    }
    for (size_t i = 0; i < record->affected_count; i++) {
        const AffectedFacts *affected = &record->affected[i];
        if (!store_later(job->projector->store, job->problem, SQL_AFFECTED_ADD, "iiitttri",
                         job->incident * ROWS_PER_INCIDENT + 1 + (int64_t)i, job->incident, numbers[i + 1],
                         affected->role, affected->naming ? affected->naming : "named", affected->naming_basis,
                         affected->supplier ? (double)numbers[affected->supplier] : (double)NAN, job->since))
            return false;
    }
    return true;
}

static bool add_incident(Job *job)
{
    const Record *record = job->record;
    const char **folded = NEW_ARRAY(job->arena, const char *, record->affected_count);
    if (!store_later(job->projector->store, job->problem, SQL_INCIDENT_ADD, "ittttti", job->incident, record->dataset,
                     record->external, record->title, record->summary, words_of(job, record, folded), job->since))
        return false;
    return add_affected(job, folded);
}

static bool add_version(Job *job, const Record *facts, Run evidence)
{
    Version version;
    KnownHistory history;
    version_of(job->arena, facts, evidence, &version);
    KnownCase known_facts = { facts, job->decisions.items, job->decisions.count, evidence };
    if (!known_history(job->arena, &known_facts, &version, &history, job->problem))
        return false;
    int32_t known = history.since == DAY_UNKNOWN ? job->day : history.since;
    VersionPlace place = { VERSION_TABLE, job->incident, job->version, job->value, job->since, known };
    return version_write(job->projector->store, &place, &version, job->problem) &&
           known_write(job->projector->store, job->incident, &history, job->problem);
}

/* A record on its own knows no registry. */
static bool mean_actors(Job *job, Run *evidence)
{
    if (!job->projector->last_actor || !run_of(*evidence, "actor").count)
        return true;
    Evidence *claims = NEW_ARRAY(job->arena, Evidence, evidence->count);
    memcpy(claims, evidence->claims, evidence->count * sizeof *claims);
    *evidence = (Run){ claims, evidence->count };
    return actors_meant(job->arena, job->projector->store, job->since, claims, evidence->count, job->problem);
}

bool job_open(Job *job)
{
    Run evidence;
    if (job->incident != projector_next(job->projector))
        return fail(job->problem, PROBLEM_DAMAGED, "incident %lld is opened out of order", (long long)job->incident);
    if (!job->record->title)
        return fail_field(job->problem, PROBLEM_BAD_INPUT, "title", "a new incident needs a title");
    decisions_add(job->arena, &job->decisions, (Decision){ job->since, job->record->inclusion, job->record->reason });
    if (!add_incident(job) || !job_add_claims(job, &evidence) || !mean_actors(job, &evidence) ||
        !add_version(job, job->record, evidence))
        return false;
    job->projector->last_incident++;
    return true;
}

/* The number behind the highest id below the incident, or the first one. */
static int64_t next_id(const Job *job, const Rows *rows, int column)
{
    return 1 + (rows_is_null(rows, column) ? job->incident * ROWS_PER_INCIDENT : rows_int(rows, column));
}

bool job_find_ends(Job *job)
{
    int64_t first = job->incident * ROWS_PER_INCIDENT, last = first + ROWS_PER_INCIDENT - 1;
    AUTO_ROWS *rows = store_run(job->projector->store, job->problem, SQL_INCIDENT_ENDS, "ii", first, last);
    if (!rows || !rows_next(rows))
        return false;
    if (rows_is_null(rows, 2))
        return fail(job->problem, PROBLEM_NOT_FOUND, "there is no incident %lld", (long long)job->incident);
    job->statement = next_id(job, rows, 0);
    job->claim = next_id(job, rows, 1);
    job->version = next_id(job, rows, 2);
    job->value = next_id(job, rows, 3);
    int64_t room = last - MAX(MAX(job->statement, job->claim), job->value) - DERIVED_TYPES_MAX;
    if (room < (int64_t)2 * RECORD_PARTS_MAX)
        return fail(job->problem, PROBLEM_BAD_INPUT, "incident %lld takes no more claims", (long long)job->incident);
    return true;
}

static bool find_affected(Job *job, Record *facts)
{
    return facts_affected(job->arena, job->projector->store, job->incident, facts, job->problem);
}

bool job_reword(Job *job)
{
    Record facts = { 0 };
    Store *store = job->projector->store;
    AUTO_ROWS *rows = store_run(store, job->problem, SQL_INCIDENT_TITLE, "i", job->incident);
    if (!rows || !rows_next(rows) || !find_affected(job, &facts))
        return false;
    facts.title = rows_is_null(rows, 0) ? NULL : arena_string(job->arena, rows_text(rows, 0));
    const char **folded = NEW_ARRAY(job->arena, const char *, facts.affected_count + 1);
    return store_do(store, job->problem, SQL_INCIDENT_WORDS, "it", job->incident, words_of(job, &facts, folded));
}

/* What the entries before decided about inclusion, and this one: what it says, or else what was decided last. */
static bool find_decisions(Job *job, Record *facts)
{
    if (!facts_decided(job->arena, job->projector->store, job->incident, facts, &job->decisions, job->problem))
        return false;
    if (job->record && job->record->inclusion) {
        facts->inclusion = job->record->inclusion;
        facts->reason = job->record->reason;
    }
    decisions_add(job->arena, &job->decisions, (Decision){ job->since, facts->inclusion, facts->reason });
    return true;
}

/* Whether it was merged, split or withdrawn: then it has no version. */
static bool has_left(Job *job, bool *left)
{
    int64_t first = job->incident * ROWS_PER_INCIDENT;
    *left = false;
    if (!job->projector->acted)
        return true;
    Rows *rows =
        store_run(job->projector->store, job->problem, SQL_STATUS_NOW, "ii", first, first + ROWS_PER_INCIDENT - 1);
    *left = rows && rows_next(rows);
    return rows && rows_close(rows);
}

static bool derive_version(Job *job)
{
    Record facts = { 0 };
    Run evidence;
    return find_affected(job, &facts) && find_decisions(job, &facts) &&
           evidence_read(job->arena, job->projector->store, job->projector->codebook,
                         (Asked){ job->incident, INT64_MAX }, &evidence, job->problem) &&
           job_may_name(job, &facts, evidence) && add_version(job, &facts, evidence);
}

bool job_derive(Job *job)
{
    bool left;
    return store_do(job->projector->store, job->problem, SQL_VERSION_END, "ii", job->version - 1, job->since) &&
           known_remove(job->projector->store, job->incident, job->problem) && has_left(job, &left) &&
           (left || derive_version(job));
}

static bool extend_incident(Job *job)
{
    Run evidence;
    if (job->record->affected_count || job->record->title || job->record->summary)
        return fail(job->problem, PROBLEM_BAD_INPUT, "%s takes no title, summary or organisations", KIND_ADD);
    job->names_nobody = true;
    return store_settle(job->projector->store, job->problem) && job_find_ends(job) && job_add_claims(job, &evidence) &&
           store_settle(job->projector->store, job->problem) && job_derive(job);
}

bool job_subject(const Entry *entry, const char *prefix, int64_t *number, Problem *problem)
{
    Text subject = text_of(entry->subject);
    size_t length = strlen(prefix);
    char again[40];
    bool numbered = text_starts(subject, prefix) && text_int(text_slice(subject, length, subject.length), number);
    (void)snprintf(again, sizeof again, "%s%lld", prefix, numbered ? (long long)*number : 0);
    return (numbered && *number > 0 && *number < INT64_MAX / ROWS_PER_INCIDENT - 1 &&
            strcmp(again, entry->subject) == 0) ||
           fail(problem, PROBLEM_DAMAGED, "'%.60s' is not the subject of such an entry", entry->subject);
}

Job job_of(Projector *projector, Arena *scratch, const Entry *entry, int64_t incident, Problem *problem)
{
    int64_t first = incident * ROWS_PER_INCIDENT + 1;
    return (Job){ .projector = projector,
                  .arena = scratch,
                  .incident = incident,
                  .since = entry->seq,
                  .day = moment_day(entry->at),
                  .statement = first,
                  .claim = first,
                  .version = first,
                  .value = first,
                  .problem = problem };
}

bool projector_entry(Projector *projector, Arena *scratch, const Entry *entry, const Record *record, Problem *problem)
{
    int64_t incident;
    if (!job_subject(entry, "incident/", &incident, problem))
        return false;
    Job job = job_of(projector, scratch, entry, incident, problem);
    job.record = record;
    if (strcmp(entry->kind, KIND_OPEN) == 0)
        return job_open(&job);
    if (strcmp(entry->kind, KIND_ADD) == 0)
        return extend_incident(&job);
    return fail(problem, PROBLEM_BAD_INPUT, "'%.60s' is not a kind of entry", entry->kind);
}
