#include "domain/outcome.h"

#include "domain/facts.h"

bool outcome_of_act(ActKind kind)
{
    return act_table[kind].subject == ACT_INCIDENT && act_table[kind].needs &&
           !(act_table[kind].needs & ~(unsigned)(ACT_ENDS | ACT_RANKS | ACT_ADDS));
}

static const ActClaim *claim_of(const Act *act, int64_t claim)
{
    for (size_t i = 0; act && i < act->claim_count; i++)
        if (act->claims[i].claim == claim)
            return &act->claims[i];
    return NULL;
}

Run outcome_evidence(Arena *arena, const Act *act, Run standing, Run own)
{
    size_t count = own.count;
    Evidence *claims = NEW_ARRAY(arena, Evidence, own.count + standing.count + 1);
    if (own.count)
        memcpy(claims, own.claims, own.count * sizeof *claims);
    for (size_t i = 0; i < standing.count; i++) {
        const ActClaim *touched = claim_of(act, standing.claims[i].claim);
        if (touched && !touched->rank)
            continue;
        claims[count] = standing.claims[i];
        if (touched)
            claims[count].rank = touched->rank;
        count++;
    }
    if (count)
        evidence_sort(claims, count);
    return (Run){ claims, count };
}

typedef struct Page { /* that is a source of the incident */
    const char *url;
    Standing standing;
} Page;

typedef struct Finding { /* the outcome, on its way */
    Arena *arena;
    Store *published;
    const Codebook *codebook;
    const OutcomeCase *sought;
    Page *pages;
    size_t page_count;
    Run all;
    Problem *problem;
} Finding;

static const char *kept(Arena *arena, const Rows *rows, int column)
{
    return rows_is_null(rows, column) ? NULL : arena_string(arena, rows_text(rows, column));
}

static bool find_pages(Finding *finding)
{
    size_t room = 0;
    int64_t first = finding->sought->incident * ROWS_PER_INCIDENT;
    AUTO_ROWS *rows = store_run(finding->published, finding->problem, SQL_OUTCOME_SOURCES, "ii", first,
                                first + ROWS_PER_INCIDENT - 1);
    while (rows && rows_next(rows)) {
        finding->pages = arena_grow(finding->arena, finding->pages, finding->page_count, &room, sizeof *finding->pages);
        finding->pages[finding->page_count++] =
            (Page){ kept(finding->arena, rows, 1),
                    { rows_int(rows, 0), kept(finding->arena, rows, 2), kept(finding->arena, rows, 3),
                      kept(finding->arena, rows, 4), kept(finding->arena, rows, 5) } };
    }
    return rows && !finding->problem->kind;
}

/* As the register knows it, if it is a page of the incident; else as the record has it, under a number of its own. */
static Standing standing_of(const Finding *finding, const SourceFacts *facts, int64_t number)
{
    for (size_t i = 0; i < finding->page_count && facts->url; i++)
        if (strcmp(finding->pages[i].url, facts->url) == 0)
            return finding->pages[i].standing;
    return (Standing){ number, facts->source_type, facts->reliability, facts->origin, facts->group };
}

/* Behind all that the register holds. */
static bool add_record(Finding *finding, const Record *record, int64_t place)
{
    Run own;
    Standing *sources = NEW_ARRAY(finding->arena, Standing, record->source_count + 1);
    int64_t ids = INT64_MAX / 2 + place * ROWS_PER_INCIDENT;
    for (size_t i = 0; i < record->source_count; i++)
        sources[i] = standing_of(finding, &record->sources[i], -1 - place * ROWS_PER_INCIDENT - (int64_t)i);
    const Placing placing = { sources, ids, ids, INT64_MAX, DAY_UNKNOWN };
    if (!evidence_of_record(finding->arena, finding->codebook, record, &placing, &own, finding->problem))
        return false;
    finding->all = outcome_evidence(finding->arena, NULL, finding->all, own);
    return true;
}

static bool find_evidence(Finding *finding)
{
    const OutcomeCase *sought = finding->sought;
    if (sought->incident) {
        Run standing;
        if (!find_pages(finding) || !evidence_read(finding->arena, finding->published, finding->codebook,
                                                   (Asked){ sought->incident, INT64_MAX }, &standing, finding->problem))
            return false;
        finding->all = outcome_evidence(finding->arena, sought->act, standing, (Run){ 0 });
    }
    for (size_t i = 0; sought->act && i < sought->act->record_count; i++)
        if (!add_record(finding, &sought->act->records[i], 1 + (int64_t)i))
            return false;
    return !sought->record || add_record(finding, sought->record, 0);
}

static bool find_facts(const Finding *finding, Record *facts)
{
    Decisions decisions = { 0 };
    const OutcomeCase *sought = finding->sought;
    *facts = (Record){ 0 };
    if (sought->incident &&
        (!facts_affected(finding->arena, finding->published, sought->incident, facts, finding->problem) ||
         !facts_decided(finding->arena, finding->published, sought->incident, facts, &decisions, finding->problem)))
        return false;
    if (sought->record && !sought->incident)
        *facts = *sought->record;
    if (sought->record && sought->record->inclusion) {
        facts->inclusion = sought->record->inclusion;
        facts->reason = sought->record->reason;
    }
    return true;
}

bool outcome_find(Arena *arena, Store *published, const Codebook *codebook, const OutcomeCase *sought, Outcome *outcome,
                  Problem *problem)
{
    Record facts;
    Finding finding = {
        .arena = arena, .published = published, .codebook = codebook, .sought = sought, .problem = problem
    };
    *outcome = (Outcome){ 0 };
    if (!find_evidence(&finding) || !find_facts(&finding, &facts))
        return false;
    outcome->evidence = finding.all;
    derive_incident(&facts, finding.all, &outcome->derived);
    return true;
}
