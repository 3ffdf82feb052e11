/* The acts affected.add, affected.change and affected.end, as rows: which organisations an incident hit, and how. */
#include "base/unicode.h"
#include "domain/job.h"

typedef struct Linking { /* one link on its way into rows */
    Job *job;
    const ActLink *link;
    int64_t first, last; /* ids of all rows below the incident */
} Linking;

typedef struct Before { /* how the link was */
    int64_t organisation;
    const char *naming;
} Before;

static bool is_named(const char *naming)
{
    return naming && strcmp(naming, "named") == 0;
}

/* Rows that were given out are there; so CONFLICT is all that a reader may have caused. */
static bool end_link(const Linking *linking, Before *before)
{
    const Job *job = linking->job;
    AUTO_ROWS *rows = store_run(job->projector->store, job->problem, SQL_AFFECTED_END, "iiii", linking->first,
                                linking->last, linking->link->link, job->since);
    if (!rows)
        return false;
    if (!rows_next(rows))
        return !job->problem->kind &&
               fail_field(job->problem, PROBLEM_CONFLICT, "links", "link %lld is not in force in incident %lld",
                          (long long)linking->link->link, (long long)job->incident);
    before->organisation = rows_int(rows, 0);
    before->naming = arena_string(job->arena, rows_text(rows, 1));
    return true;
}

/* The number of one that stands, under which it is found by its name. */
static bool known_organisation(const Linking *linking, int64_t number, int64_t *organisation)
{
    Job *job = linking->job;
    AUTO_ROWS *rows = store_run(job->projector->store, job->problem, SQL_ORGANISATION_STANDS, "i", number);
    if (!rows)
        return false;
    if (!rows_next(rows))
        return !job->problem->kind && fail_field(job->problem, PROBLEM_NOT_FOUND, "organisation",
                                                 "there is no organisation %lld", (long long)number);
    if (!rows_is_null(rows, 1))
        return fail_field(job->problem, PROBLEM_CONFLICT, "organisation", "organisation %lld was merged into %lld",
                          (long long)number, (long long)rows_int(rows, 1));
    *organisation = number;
    return !is_named(linking->link->naming) || rows_int(rows, 0) ||
           fail_field(job->problem, PROBLEM_BAD_INPUT, "organisation",
                      "organisation %lld has no name: say which one it is", (long long)number);
}

static bool made_organisation(const Linking *linking, const OrganisationFacts *facts, int64_t *organisation)
{
    Job *job = linking->job;
    AffectedFacts affected = { .organisation = *facts, .naming = linking->link->naming };
    affected_conceal(&affected);
    const Naming naming = { &affected, unicode_fold(job->arena, text_of(affected.organisation.name)), job->since };
    return names_organisation(job->projector->names, job->arena, &naming, organisation, job->problem) &&
           store_settle(job->projector->store, job->problem) &&
           projector_same(job->projector, organisation, job->problem);
}

/* A link that gives no other organisation keeps its own; but one that may not be named any more, or otherwise not, is
 * no longer told by the number under which it was known. */
static bool same_organisation(const Linking *linking, const Before *before, int64_t *organisation)
{
    const Job *job = linking->job;
    if (is_named(linking->link->naming) || strcmp(linking->link->naming, before->naming) == 0)
        return known_organisation(linking, before->organisation, organisation);
    AUTO_ROWS *rows = store_run(job->projector->store, job->problem, SQL_ORGANISATION_KIND, "i", before->organisation);
    if (!rows || !rows_next(rows))
        return false;
    const char *cells[3];
    for (int i = 0; i < 3; i++)
        cells[i] = rows_is_null(rows, i) ? NULL : arena_string(job->arena, rows_text(rows, i));
    const OrganisationFacts kind = {
        .name = "organisation", .country = cells[0], .org_type = cells[1], .sector_group = cells[2]
    };
    return made_organisation(linking, &kind, organisation);
}

static bool begin_link(const Linking *linking, const Before *before)
{
    const ActLink *link = linking->link;
    Job *job = linking->job;
    int64_t organisation = 0;
    bool found = link->organisation ? known_organisation(linking, link->organisation, &organisation)
                 : link->facts      ? made_organisation(linking, link->facts, &organisation)
                                    : same_organisation(linking, before, &organisation);
    if (!found)
        return false;
    AUTO_ROWS *rows = store_run(job->projector->store, job->problem, SQL_AFFECTED_BEGIN, "iiiitttri", linking->first,
                                linking->last, job->incident, organisation, link->role, link->naming,
                                link->naming_basis, link->supplier ? (double)link->supplier : (double)NAN, job->since);
    bool added = rows && rows_next(rows);
    return added || (rows && !job->problem->kind &&
                     fail_field(job->problem, PROBLEM_CONFLICT, "organisation",
                                "organisation %lld is linked to the incident already", (long long)organisation));
}

bool project_suppliers(Projector *projector, int64_t incident, Problem *problem)
{
    int64_t first = incident * ROWS_PER_INCIDENT;
    AUTO_ROWS *rows = store_run(projector->store, problem, SQL_AFFECTED_ASTRAY, "iii", first,
                                first + ROWS_PER_INCIDENT - 1, (int64_t)SUPPLY_CHAIN_MAX);
    if (!rows || !rows_next(rows))
        return rows && !problem->kind;
    return fail_field(problem, PROBLEM_CONFLICT, "supplier",
                      "organisation %lld is said to be hit through one that the incident did not hit",
                      (long long)rows_int(rows, 0));
}

bool project_links(Job *job, const Act *act)
{
    Linking linking = { .job = job, .first = job->incident * ROWS_PER_INCIDENT };
    linking.last = linking.first + ROWS_PER_INCIDENT - 1;
    for (size_t i = 0; i < act->link_count; i++) {
        Before before = { .naming = "" };
        linking.link = &act->links[i];
        if ((linking.link->link && !end_link(&linking, &before)) ||
            (linking.link->role && !begin_link(&linking, &before)))
            return false;
    }
    return project_suppliers(job->projector, job->incident, job->problem);
}
