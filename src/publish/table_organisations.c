/* The organisations that the incidents attacked, one a row: those that may not be named by kind and country only. */
#include "publish/table_rows.h"
#include "publish/victim.h"

static bool begin(TableJob *job, Problem *problem)
{
    table_columns(job, &organisation_schema);
    return !problem->kind;
}

static int64_t counted(const Victim *victim)
{
    int64_t count = 0;
    for (size_t i = 0; i < victim->incident_count; i++)
        count += victim->incidents[i].counted;
    return count;
}

static bool write_organisation(TableJob *job, int64_t id, RowWriter *writer, Problem *problem)
{
    Victim victim;
    Arena *arena = job->scratch;
    if (!victim_read(arena, job->store, id, job->entries, &victim, problem))
        return false;
    if (victim.incident_count == 0)
        return true;
    const Organisation *facts = &victim.facts;
    const Cell cells[] = {
        cell_count(id),
        cell_text(*facts->name ? facts->name : NULL),
        cell_flag(*facts->name != '\0'),
        cell_text(facts->country),
        cell_text(facts->subdivision),
        cell_text(facts->place),
        cell_text(facts->org_type),
        cell_text(facts->sector_group),
        other_names_cell(arena, &victim.names, OTHER_NAMES),
        other_names_cell(arena, &victim.names, IDENTIFIERS),
        cell_count(counted(&victim)),
        cell_count(victim.since),
    };
    row_write(writer, cells);
    return true;
}

const TableRows organisations_table = { "organisations", begin, write_organisation, NULL };
