/* What a proposal may tell by METHOD.md 8, in the light of what the register knows already. */
#include "domain/job.h"
#include "domain/naming.h"
#include "domain/outcome.h"

typedef struct Looking { /* at one record of a proposal */
    Projector *projector;
    Arena *arena;
    int64_t incident; /* that it adds to; 0: it opens one */
    const Act *act;   /* that ends claims; may be NULL */
    Problem *problem;
} Looking;

/* A number for a page that the register does not know: below 0, and the same for each source that is this page. */
static int64_t number_of(Arena *arena, const SourceFacts *facts)
{
    const char *key = arena_format(arena, "%s\x1F%s\x1F%s", facts->url ? facts->url : "",
                                   facts->title ? facts->title : "", facts->source_type);
    return -1 - (int64_t)(text_hash(text_of(key)) >> 2);
}

/* The source as the register knows it. A page may have been published without its address: if so, it must not count as
 * a second one. */
static bool find_source(const Looking *looking, const Record *record, size_t i, Standing *standing)
{
    const SourceFacts *facts = &record->sources[i];
    Names *names = looking->projector->names;
    const SourceFacts shown = naming_source(looking->arena, looking->projector->codebook, record, facts);
    if (!names_standing(names, looking->arena, facts, standing, looking->problem) ||
        (!standing->id && looking->incident &&
         !names_standing(names, looking->arena, &shown, standing, looking->problem)))
        return false;
    if (!standing->id)
        *standing = (Standing){ number_of(looking->arena, facts), facts->source_type, facts->reliability, facts->origin,
                                facts->group };
    return true;
}

/* What the record says, behind all that the register holds. */
static bool find_own(const Looking *looking, const Record *record, Run *own)
{
    Standing *sources = NEW_ARRAY(looking->arena, Standing, record->source_count + 1);
    for (size_t i = 0; i < record->source_count; i++)
        if (!find_source(looking, record, i, &sources[i]))
            return false;
    const Placing placing = { sources, INT64_MAX / 2, INT64_MAX / 2, INT64_MAX, DAY_UNKNOWN };
    return evidence_of_record(looking->arena, looking->projector->codebook, record, &placing, own, looking->problem);
}

/* Puts what stands and is not ended beside the record's own. */
static bool find_all(const Looking *looking, Run own, Run *all)
{
    Run standing;
    *all = own;
    if (!looking->incident)
        return true;
    if (!evidence_read(looking->arena, looking->projector->store, looking->projector->codebook,
                       (Asked){ looking->incident, INT64_MAX }, &standing, looking->problem))
        return false;
    *all = outcome_evidence(looking->arena, looking->act, standing, own);
    return true;
}

/* An incident that names an organisation was let to, then or before; its id is public, that of the record may name. */
static bool find_named(const Looking *looking, bool *named, const char **external)
{
    int64_t first = looking->incident * ROWS_PER_INCIDENT;
    if (!store_settle(looking->projector->store, looking->problem))
        return false;
    AUTO_ROWS *rows = store_run(looking->projector->store, looking->problem, SQL_NAMING_OF, "iii", looking->incident,
                                first, first + ROWS_PER_INCIDENT - 1);
    bool found = rows && rows_next(rows);
    *named = !found || rows_int(rows, 1) != 0; /* one that is not there is refused later */
    *external = found ? arena_string(looking->arena, rows_text(rows, 0)) : NULL;
    return rows && !looking->problem->kind;
}

/* Whether anything in it may be the attacker's: nearly all records have nothing. */
static bool by_attacker(const Record *record)
{
    for (size_t i = 0; i < record->statement_count; i++) {
        const StatementFacts *statement = &record->statements[i];
        const Evidence said = { .claimant = statement->claimant,
                                .source_type = record->sources[statement->source].source_type };
        if (evidence_by_attacker(&said))
            return true;
    }
    return false;
}

static bool conceal(const Looking *looking, Record *record, bool *concealed)
{
    Run own, all;
    bool settled = !looking->incident && !by_attacker(record);
    const char *external = record->external;
    if (looking->incident && !find_named(looking, &settled, &external))
        return false;
    if (settled)
        return true;
    if (!find_own(looking, record, &own) || !find_all(looking, own, &all))
        return false;
    if (naming_lets(all))
        return true;
    naming_conceal(looking->arena, looking->projector->codebook, record);
    if (looking->incident)
        record->external = external;
    *concealed = true;
    return true;
}

bool projector_conceal(Projector *projector, Arena *arena, int64_t incident, Record *record, bool *concealed,
                       Problem *problem)
{
    const Looking looking = { projector, arena, incident, NULL, problem };
    *concealed = false;
    return conceal(&looking, record, concealed);
}

bool projector_conceal_act(Projector *projector, Arena *arena, int64_t incident, Act *act, bool *concealed,
                           Problem *problem)
{
    const Looking looking = { projector, arena, act->claim_count ? incident : 0, act, problem };
    Record *records = NEW_ARRAY(arena, Record, act->record_count + 1);
    *concealed = false;
    for (size_t i = 0; i < act->record_count; i++) {
        records[i] = act->records[i];
        if (!conceal(&looking, &records[i], concealed))
            return false;
    }
    act->records = act->record_count ? records : NULL;
    return true;
}

bool act_unnames(const Act *act)
{
    for (size_t i = 0; i < act->link_count; i++)
        if (act->links[i].naming && strcmp(act->links[i].naming, "named") == 0)
            return false;
    return act->link_count > 0;
}

bool job_may_name(const Job *job, const Record *facts, Run evidence)
{
    bool named = false;
    if (!job->projector->strict || job->names_nobody)
        return true;
    for (size_t i = 0; i < facts->affected_count; i++)
        named = named || affected_named(&facts->affected[i]);
    return !named || naming_lets(evidence) ||
           fail_field(job->problem, PROBLEM_CONFLICT, "naming",
                      "what only the attacker tells names nobody before it is probable");
}
