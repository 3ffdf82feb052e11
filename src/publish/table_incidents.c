/* The incidents, one a row: what is published about each, by METHOD.md 2 to 6, in codes. */
#include "domain/actor.h"
#include "domain/severity.h"
#include "publish/table_rows.h"

/* Variables that a column above already shows. */
static bool is_shown(const char *variable)
{
    static const char *const shown[] = { "attack_type",         "ransomware_status",  "sector_group",   "org_type",
                                         "verification_level",  "inclusion_decision", "date_precision", "country",
                                         "reference_date_basis" };
    for (size_t i = 0; i < COUNT_OF(shown); i++)
        if (strcmp(shown[i], variable) == 0)
            return true;
    return false;
}

/* Every other variable that has published values becomes a column of its own. */
static bool begin(TableJob *job, Problem *problem)
{
    table_columns(job, &incident_schema);
    AUTO_ROWS *rows = store_run(job->store, problem, SQL_PUBLISH_VARIABLES, "");
    while (rows && rows_next(rows) && job->columns < TABLE_COLUMNS_MAX) {
        const Variable *variable = codebook_variable(job->codebook, rows_text(rows, 0));
        if (!variable || is_shown(variable->key))
            continue;
        job->variables[job->variable_count++] = variable;
        job->names[job->columns++] = variable->key;
    }
    return !problem->kind;
}

typedef enum Part { PART_NAME, PART_COUNTRY, PART_SECTOR, PART_TYPE } Part;

static const char *part_of(const Organisation *organisation, Part part)
{
    switch (part) {
    case PART_NAME: return organisation->name;
    case PART_COUNTRY: return organisation->country;
    case PART_SECTOR: return organisation->sector_group;
    case PART_TYPE: return organisation->org_type;
    }
    return NULL;
}

static bool is_attacked(const Organisation *organisation)
{
    return strcmp(organisation->role, "direct") == 0 || strcmp(organisation->role, "via_supplier") == 0;
}

/* What the organisations say that were attacked, each once: those that are counted (METHOD.md 5.2), so that a table
 * adds up to the figures. */
static Cell organisations(Arena *arena, const Incident *incident, Part part)
{
    const char **items = NEW_ARRAY(arena, const char *, incident->organisation_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < incident->organisation_count; i++) {
        const char *item = part_of(&incident->organisations[i], part);
        bool known = !item || !*item || !is_attacked(&incident->organisations[i]);
        for (size_t j = 0; !known && j < count; j++)
            known = strcmp(items[j], item) == 0;
        if (!known)
            items[count++] = item;
    }
    return cell_list(items, count);
}

/* Those that were affected beside, as "collateral: name". */
static Cell beside(Arena *arena, const Incident *incident)
{
    const char **items = NEW_ARRAY(arena, const char *, incident->organisation_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < incident->organisation_count; i++) {
        const Organisation *organisation = &incident->organisations[i];
        if (!is_attacked(organisation))
            items[count++] = arena_format(arena, "%s: %s", organisation->role, organisation->name);
    }
    return cell_list(items, count);
}

static Cell codes(Arena *arena, const Incident *incident, const char *variable)
{
    const char **items = NEW_ARRAY(arena, const char *, incident->code_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < incident->code_count; i++)
        if (strcmp(incident->codes[i].variable, variable) == 0)
            items[count++] = incident->codes[i].code;
    return cell_list(items, count);
}

static bool read_sources(TableJob *job, int64_t incident, Cell *urls, Cell *licences, Problem *problem)
{
    AUTO_ROWS *rows = store_run(job->store, problem, SQL_PUBLISH_SOURCE_LINKS, "iii", table_first(incident),
                                table_last(incident), job->entries);
    size_t url_room = 8, url_count = 0, licence_room = 4, licence_count = 0;
    const char **url = NEW_ARRAY(job->scratch, const char *, url_room);
    const char **licence = NEW_ARRAY(job->scratch, const char *, licence_room);
    while (rows && rows_next(rows)) {
        const char *one = table_cell(job->scratch, rows, 1);
        bool known = !one;
        for (size_t i = 0; !known && i < licence_count; i++)
            known = strcmp(licence[i], one) == 0;
        if (!known) {
            licence = arena_grow(job->scratch, licence, licence_count, &licence_room, sizeof *licence);
            licence[licence_count++] = one;
        }
        if (rows_is_null(rows, 0))
            continue;
        url = arena_grow(job->scratch, url, url_count, &url_room, sizeof *url);
        url[url_count++] = table_cell(job->scratch, rows, 0);
    }
    *urls = cell_list(url, url_count);
    *licences = cell_list(licence, licence_count);
    return !problem->kind;
}

static bool has_code(const Incident *incident, const char *variable, const char *code)
{
    for (size_t i = 0; i < incident->code_count; i++)
        if (strcmp(incident->codes[i].variable, variable) == 0 && strcmp(incident->codes[i].code, code) == 0)
            return true;
    return false;
}

/* Who is said to have done it, each once, by the name in the registry where that has one. */
static bool read_actors(const TableJob *job, const Incident *incident, Cell *actors, Problem *problem)
{
    size_t room = 4, count = 0;
    const char **names = NEW_ARRAY(job->scratch, const char *, room);
    *actors = cell_list(names, 0);
    if (has_code(incident, "attribution_status", "none"))
        return true;
    AUTO_ROWS *rows = store_run(job->store, problem, SQL_PUBLISH_NAMED_ACTORS, "iii", table_first(incident->id),
                                table_last(incident->id), job->entries);
    while (rows && rows_next(rows)) {
        NamedActor actor = { .name = arena_string(job->scratch, rows_text(rows, 0)) };
        bool known = false;
        if (!actor_meant(job->scratch, job->store, job->entries, &actor, problem))
            return false;
        for (size_t i = 0; i < count; i++)
            known = known || strcmp(names[i], actor.name) == 0;
        if (known)
            continue;
        names = arena_grow(job->scratch, names, count, &room, sizeof *names);
        names[count++] = actor.name;
    }
    *actors = cell_list(names, count);
    return !problem->kind;
}

static Cell level(int severity)
{
    return cell_text(severity_name((uint8_t)severity));
}

static void write_row(TableJob *job, const Incident *incident, const Cell read[3], RowWriter *writer)
{
    Arena *arena = job->scratch;
    bool dated = incident->date_basis != NULL;
    Cell cells[TABLE_COLUMNS_MAX] = {
        cell_count(incident->id),
        cell_text(incident->dataset),
        cell_text(incident->external),
        cell_text(incident->title),
        cell_day(arena, dated ? incident->date.first : INT32_MIN),
        cell_day(arena, dated ? incident->date.last : INT32_MIN),
        cell_text(dated ? span_precision(incident->date) : NULL),
        cell_text(incident->date_basis),
        organisations(arena, incident, PART_NAME),
        organisations(arena, incident, PART_COUNTRY),
        organisations(arena, incident, PART_SECTOR),
        organisations(arena, incident, PART_TYPE),
        beside(arena, incident),
        cell_text(incident->main_type),
        codes(arena, incident, "attack_type"),
        cell_text(incident->ransomware_status),
        read[2],
        cell_text(incident->verification),
        cell_text(incident->inclusion),
        cell_text(incident->reason),
        level(incident->severity_low),
        level(incident->severity_high),
        cell_count(incident->index_low),
        cell_count(incident->index_high),
        cell_count(incident->coverage),
        cell_number(incident->persons),
        cell_text(incident->persons_missing),
        cell_number(incident->disturbed_days),
        cell_number(incident->appointments),
        cell_number(incident->procedures),
        cell_flag(incident->conflicting),
        read[1],
        read[0],
        cell_count(incident->first_entry),
        cell_count(incident->version_entry),
    };
    for (size_t i = 0; i < job->variable_count; i++)
        cells[incident_schema.count + i] = codes(arena, incident, job->variables[i]->key);
    row_write(writer, cells);
}

static bool write_incident(TableJob *job, int64_t id, RowWriter *writer, Problem *problem)
{
    Incident incident;
    Cell read[3];
    if (!incident_read(job->scratch, job->store, id, job->entries, &incident, problem) ||
        !read_sources(job, id, &read[0], &read[1], problem) || !read_actors(job, &incident, &read[2], problem))
        return false;
    write_row(job, &incident, read, writer);
    return true;
}

const TableRows incidents_table = { "incidents", begin, write_incident, NULL };
