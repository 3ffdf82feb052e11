#include "publish/victim.h"

#include "domain/record.h"
#include "publish/table_rows.h"

static bool is_attacked(const char *role)
{
    return strcmp(role, "direct") == 0 || strcmp(role, "via_supplier") == 0;
}

static bool is_sure(const char *verification)
{
    return text_starts(text_of(verification), "v2") || text_starts(text_of(verification), "v3");
}

static bool read_facts(Arena *arena, Store *store, int64_t entries, Victim *victim, Problem *problem)
{
    AUTO_ROWS *rows = store_run(store, problem, SQL_PUBLISH_VICTIM, "ii", victim->id, entries);
    if (!rows)
        return false;
    if (!rows_next(rows))
        return problem->kind ? false : fail(problem, PROBLEM_NOT_FOUND, "there is no organisation with this number");
    bool named = rows_int(rows, 0) != 0;
    victim->facts = (Organisation){ .name = named ? arena_string(arena, rows_text(rows, 1)) : "",
                                    .country = table_cell(arena, rows, 2),
                                    .subdivision = named ? table_cell(arena, rows, 3) : NULL,
                                    .place = named ? table_cell(arena, rows, 4) : NULL,
                                    .org_type = table_cell(arena, rows, 5),
                                    .sector_group = table_cell(arena, rows, 6),
                                    .naming = named ? "named" : "type_country" };
    victim->since = rows_int(rows, 8);
    if (named && !rows_is_null(rows, 7))
        other_names_add(arena, &victim->names, (OtherName){ "register", arena_string(arena, rows_text(rows, 7)) });
    return true;
}

static bool read_names(Arena *arena, Store *store, int64_t entries, Victim *victim, Problem *problem)
{
    return !*victim->facts.name ||
           other_names_take(arena, store_run(store, problem, SQL_PUBLISH_VICTIM_NAMES, "ii", victim->id, entries),
                            &victim->names);
}

/* Columns as in the statement publish_victim_incidents. */
static const Organisation *take_supplier(Arena *arena, const Rows *rows)
{
    if (rows_is_null(rows, 7))
        return NULL;
    Organisation *supplier = NEW(arena, Organisation);
    *supplier = (Organisation){ .id = rows_int(rows, 7),
                                .naming = table_cell(arena, rows, 8),
                                .name = rows_is_null(rows, 9) ? "" : table_cell(arena, rows, 9),
                                .org_type = table_cell(arena, rows, 10) };
    return supplier;
}

static VictimIncident take_incident(Arena *arena, const Rows *rows)
{
    VictimIncident one = { .incident = rows_int(rows, 0),
                           .role = table_cell(arena, rows, 1),
                           .inclusion = table_cell(arena, rows, 3),
                           .verification = table_cell(arena, rows, 4),
                           .date = rows_is_null(rows, 5) ? DAY_UNKNOWN : (int32_t)rows_int(rows, 5),
                           .naming_basis = table_cell(arena, rows, 6),
                           .supplied = rows_int(rows, 11),
                           .supplier = take_supplier(arena, rows) };
    one.counted = is_attacked(one.role) && incident_is_attack(one.inclusion) && is_sure(one.verification);
    return one;
}

/* A link that may not name it is not shown on the page of a named organisation. */
static bool read_incidents(Arena *arena, Store *store, int64_t entries, Victim *victim, Problem *problem)
{
    size_t room = 0;
    AUTO_ROWS *rows = store_run(store, problem, SQL_PUBLISH_VICTIM_INCIDENTS, "ii", victim->id, entries);
    while (rows && rows_next(rows)) {
        const char *naming = rows_text(rows, 2);
        bool hidden = strcmp(naming, "withheld") == 0;
        if (hidden || (*victim->facts.name && strcmp(naming, "named") != 0))
            continue;
        victim->incidents =
            arena_grow(arena, victim->incidents, victim->incident_count, &room, sizeof *victim->incidents);
        victim->incidents[victim->incident_count++] = take_incident(arena, rows);
    }
    return !problem->kind;
}

bool victim_read(Arena *arena, Store *public_store, int64_t id, int64_t entries, Victim *victim, Problem *problem)
{
    *victim = (Victim){ .id = id };
    return read_facts(arena, public_store, entries, victim, problem) &&
           read_names(arena, public_store, entries, victim, problem) &&
           read_incidents(arena, public_store, entries, victim, problem);
}

bool victim_elsewhere(Store *public_store, int64_t id, int64_t entries, int64_t *target, Problem *problem)
{
    AUTO_ROWS *rows = store_run(public_store, problem, SQL_PUBLISH_VICTIM_ELSEWHERE, "ii", id, entries);
    *target = rows && rows_next(rows) ? rows_int(rows, 0) : 0;
    return !problem->kind;
}

const char *victim_path(Arena *arena, int64_t id)
{
    return arena_format(arena, "/organisations/%lld", (long long)id);
}
