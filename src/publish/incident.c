#include "publish/incident.h"

#include "codebook/country.h"
#include "domain/evidence.h"

/* The ids of all rows below an incident. */
static int64_t first_row(int64_t incident)
{
    return incident * ROWS_PER_INCIDENT;
}

static int64_t last_row(int64_t incident)
{
    return first_row(incident) + ROWS_PER_INCIDENT - 1;
}

/* The cell's text in the arena; NULL for SQL NULL. */
static const char *cell(Arena *arena, const Rows *rows, int column)
{
    return rows_is_null(rows, column) ? NULL : arena_string(arena, rows_text(rows, column));
}

/* In the order of the statement's columns, behind the version's id. */
static void take_version(Arena *arena, const Rows *rows, Incident *incident)
{
    int column = 0;
    incident->dataset = cell(arena, rows, column++);
    incident->external = cell(arena, rows, column++);
    incident->title = cell(arena, rows, column++);
    incident->summary = cell(arena, rows, column++);
    incident->first_entry = rows_int(rows, column++);
    incident->inclusion = cell(arena, rows, column++);
    incident->reason = cell(arena, rows, column++);
    incident->verification = cell(arena, rows, column++);
    bool dated = !rows_is_null(rows, column);
    incident->date.first = (int32_t)rows_int(rows, column++);
    incident->date.last = (int32_t)rows_int(rows, column++);
    incident->date_basis = dated ? cell(arena, rows, column) : NULL;
    column++;
    incident->main_type = cell(arena, rows, column++);
    incident->ransomware_status = cell(arena, rows, column++);
    incident->severity_low = (int)rows_int(rows, column++);
    incident->severity_high = (int)rows_int(rows, column++);
    incident->index_low = (int)rows_int(rows, column++);
    incident->index_high = (int)rows_int(rows, column++);
    incident->coverage = (int)rows_int(rows, column++);
    incident->persons = rows_real(rows, column++);
    incident->persons_missing = cell(arena, rows, column++);
    incident->disturbed_days = rows_real(rows, column++);
    incident->appointments = rows_real(rows, column++);
    incident->procedures = rows_real(rows, column++);
    incident->conflicting = rows_int(rows, column++) != 0;
    incident->version_entry = rows_int(rows, column);
}

static bool read_codes(Arena *arena, Store *store, int64_t version, Incident *incident, Problem *problem)
{
    AUTO_ROWS *rows =
        store_run(store, problem, SQL_PUBLISH_CODES, "iii", first_row(incident->id), last_row(incident->id), version);
    size_t room = 16;
    Code *codes = NEW_ARRAY(arena, Code, room);
    while (rows && rows_next(rows)) {
        codes = arena_grow(arena, codes, incident->code_count, &room, sizeof *codes);
        codes[incident->code_count++] = (Code){ cell(arena, rows, 0), cell(arena, rows, 1) };
    }
    incident->codes = codes;
    return !problem->kind;
}

static bool read_organisations(Arena *arena, Store *store, int64_t entries, Incident *incident, Problem *problem)
{
    AUTO_ROWS *rows = store_run(store, problem, SQL_PUBLISH_ORGANISATIONS, "iii", first_row(incident->id),
                                last_row(incident->id), entries);
    size_t room = 4;
    Organisation *all = NEW_ARRAY(arena, Organisation, room);
    while (rows && rows_next(rows)) {
        all = arena_grow(arena, all, incident->organisation_count, &room, sizeof *all);
        Organisation *one = &all[incident->organisation_count++];
        *one = (Organisation){ .id = rows_int(rows, 8),
                               .country = cell(arena, rows, 1),
                               .org_type = cell(arena, rows, 4),
                               .sector_group = cell(arena, rows, 5),
                               .role = cell(arena, rows, 6),
                               .naming = cell(arena, rows, 7),
                               .naming_basis = cell(arena, rows, 9),
                               .supplier = rows_is_null(rows, 10) ? 0 : rows_int(rows, 10) };
        bool named = text_is(text_of(one->naming), "named");
        one->name = named ? cell(arena, rows, 0) : "";
        one->subdivision = named ? cell(arena, rows, 2) : NULL;
        one->place = named ? cell(arena, rows, 3) : NULL;
    }
    incident->organisations = all;
    return !problem->kind;
}

static bool read_version(Arena *arena, Store *store, int64_t entries, Incident *incident, int64_t *version,
                         Problem *problem)
{
    AUTO_ROWS *rows = store_run(store, problem, SQL_PUBLISH_VERSION, "iiii", incident->id, first_row(incident->id),
                                last_row(incident->id), entries);
    if (!rows)
        return false;
    if (!rows_next(rows)) {
        fail(problem, PROBLEM_NOT_FOUND, "incident %lld is not in the register as of entry %lld",
             (long long)incident->id, (long long)entries);
        return false;
    }
    enum { VERSION_ID = 25 };
    *version = rows_int(rows, VERSION_ID);
    take_version(arena, rows, incident);
    return true;
}

bool incident_read(Arena *arena, Store *public_store, int64_t id, int64_t entries, Incident *incident, Problem *problem)
{
    int64_t version;
    *incident = (Incident){ .id = id };
    if (id < 1 || id > INT64_MAX / ROWS_PER_INCIDENT - 1)
        return fail(problem, PROBLEM_NOT_FOUND, "there is no incident with this number");
    return read_version(arena, public_store, entries, incident, &version, problem) &&
           read_codes(arena, public_store, version, incident, problem) &&
           read_organisations(arena, public_store, entries, incident, problem);
}

/* Joins what `part` says of each of `count` things, each once. */
typedef struct Joined {
    const char **items;
    size_t count;
} Joined;

static void join_once(Joined *joined, const char *item)
{
    for (size_t i = 0; i < joined->count; i++)
        if (strcmp(joined->items[i], item) == 0)
            return;
    joined->items[joined->count++] = item;
}

static const char *joined_text(const View *view, const Joined *joined)
{
    AUTO_OUT out = { 0 };
    for (size_t i = 0; i < joined->count; i++) {
        if (i)
            OUT_LITERAL(&out, ", ");
        out_raw(&out, joined->items[i], strlen(joined->items[i]));
    }
    return arena_text(view->arena, out_view(&out));
}

bool incident_is_attack(const char *inclusion)
{
    return strcmp(inclusion, "included") == 0;
}

const char *incident_role(const View *view, const char *role, const char *inclusion)
{
    return incident_is_attack(inclusion) ? show_code(view, "role", role)
                                         : say(view->language, N_("Concerned by the record"));
}

const char *incident_labels(const View *view, const Incident *incident, const char *variable)
{
    Joined joined = { NEW_ARRAY(view->arena, const char *, incident->code_count + 1), 0 };
    for (size_t i = 0; i < incident->code_count; i++)
        if (strcmp(incident->codes[i].variable, variable) == 0)
            join_once(&joined, show_code(view, variable, incident->codes[i].code));
    return joined_text(view, &joined);
}

const char *organisation_name(const View *view, const Organisation *organisation)
{
    if (*organisation->name)
        return show_foreign(view, organisation->name);
    const char *kind = organisation->org_type ? show_code(view, "org_type", organisation->org_type)
                                              : say(view->language, "Health organisation");
    return say_with(view->arena, view->language, "{kind} (not named)", SLOTS({ "kind", kind }));
}

const char *incident_heading(const View *view, const Incident *incident)
{
    enum { NAMES_SHOWN = 3 };
    Joined joined = { NEW_ARRAY(view->arena, const char *, incident->organisation_count + 1), 0 };
    for (size_t i = 0; i < incident->organisation_count; i++)
        join_once(&joined, organisation_name(view, &incident->organisations[i]));
    size_t all = joined.count;
    joined.count = all > NAMES_SHOWN + 1 ? NAMES_SHOWN : all;
    if (all == 0)
        return show_foreign(view, incident->title);
    if (joined.count == all)
        return joined_text(view, &joined);
    return say_with(view->arena, view->language, "{names} and {others}",
                    SLOTS({ "names", joined_text(view, &joined) },
                          { "others", say_count(view->arena, view->language, (int64_t)(all - joined.count), "{n} other",
                                                "{n} others") }));
}

const Organisation *incident_supplier(const Incident *incident, const Organisation *organisation)
{
    for (size_t i = 0; organisation->supplier && i < incident->organisation_count; i++)
        if (incident->organisations[i].id == organisation->supplier)
            return &incident->organisations[i];
    return NULL;
}

int64_t incident_supplied(const Incident *incident, const Organisation *organisation)
{
    int64_t count = 0;
    for (size_t i = 0; i < incident->organisation_count; i++)
        count += incident->organisations[i].supplier == organisation->id;
    return count;
}

const char *incident_hint(const View *view, const Incident *incident)
{
    return strcmp(view->language->code, "en") == 0 ? incident->title : incident_heading(view, incident);
}

size_t incident_country_codes(const View *view, const Incident *incident, const char *const **codes)
{
    Joined joined = { NEW_ARRAY(view->arena, const char *, incident->organisation_count + 1), 0 };
    for (size_t i = 0; i < incident->organisation_count; i++)
        if (incident->organisations[i].country)
            join_once(&joined, incident->organisations[i].country);
    *codes = joined.items;
    return joined.count;
}

const char *incident_countries(const View *view, const Incident *incident)
{
    const char *const *codes;
    Joined joined = { NEW_ARRAY(view->arena, const char *, incident->organisation_count + 1), 0 };
    size_t count = incident_country_codes(view, incident, &codes);
    for (size_t i = 0; i < count; i++)
        join_once(&joined, country_name(view->arena, codes[i], view->language->code));
    return joined_text(view, &joined);
}

const char *incident_severity(const View *view, const Incident *incident)
{
    return show_documented(view, incident->severity_low, incident->severity_high);
}
