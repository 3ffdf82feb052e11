#include "domain/derive.h"
#include "stats/load.h"

/* The rows of one statement, which stand in the order of incidents. */
typedef struct Stream {
    Rows *rows;
    int64_t incident; /* of the row at hand; INT64_MAX at the end */
} Stream;

typedef struct Version {
    int64_t id;
    DraftRow row;
    uint32_t single[FIXED_FACETS]; /* place of its value, or NO_VALUE */
    double numbers[MEASURES];
} Version;

typedef struct PublishedCode { /* one value of a version */
    int64_t version;
    uint32_t column, value;
} PublishedCode;

typedef struct Link { /* to an affected organisation, by its number */
    uint32_t organisation, since, until;
    Hit hit;
} Link;

typedef struct Loading {
    const Organisations *organisations;
    Draft *draft;
    Problem *problem;
    Stream versions, values, links, known, known_values;
    PublishedCode *codes; /* of the incident at hand, as `affected` is */
    size_t code_count, code_room;
    Link *affected;
    size_t affected_count, affected_room;
    uint32_t *set; /* members, while a set is put together */
    size_t set_room;
} Loading;

static bool damaged(Loading *loading, const char *what)
{
    return fail(loading->problem, PROBLEM_DAMAGED, "the register's tables do not fit together: %s; rebuild them", what);
}

static void step(Stream *stream)
{
    stream->incident = rows_next(stream->rows) ? rows_int(stream->rows, 0) : INT64_MAX;
}

static uint32_t until_of(const Rows *rows, int column)
{
    return rows_is_null(rows, column) ? ENTRY_NEVER : (uint32_t)rows_int(rows, column);
}

static Shelf shelf_of(const char *inclusion, const char *verification)
{
    static const Shelf by_level[] = {
        [V0_UNVERIFIED] = SHELF_UNVERIFIED, [V1_CLAIMED] = SHELF_CLAIMED, [V2_PROBABLE] = SHELF_COUNTED,
        [V3_CONFIRMED] = SHELF_COUNTED,     [V9_REFUTED] = SHELF_APART,
    };
    if (text_starts(text_of(inclusion), "excluded_"))
        return SHELF_EXCLUDED;
    for (size_t level = 0; level < COUNT_OF(by_level) && strcmp(inclusion, "included") == 0; level++)
        if (strcmp(verification, verification_codes[level]) == 0)
            return by_level[level];
    return SHELF_APART;
}

static uint16_t known_day(const Rows *rows, int column)
{
    if (rows_is_null(rows, column))
        return KNOWN_NEVER;
    return (uint16_t)MAX(0, MIN(rows_int(rows, column), KNOWN_NEVER - 1));
}

/* The row at hand of SQL_SNAPSHOT_VERSIONS or SQL_SNAPSHOT_KNOWN, but for when it holds. */
static bool read_version(Loading *loading, const Stream *stream, Version *version)
{
    const Rows *rows = stream->rows;
    Draft *draft = loading->draft;
    int64_t level = rows_int(rows, 10);
    if (stream->incident < 1 || stream->incident > UINT32_MAX || level < 0 || level >= SEVERITY_LEVELS)
        return damaged(loading, "a version that is none");
    version->id = rows_int(rows, 1);
    version->row = (DraftRow){
        .incident = (uint32_t)stream->incident,
        .known = KNOWN_NEVER,
        .known_end = KNOWN_NEVER,
        .shelf = shelf_of(rows_text(rows, 4), rows_text(rows, 5)),
        .day = rows_is_null(rows, 6) ? DAY_NONE : (int32_t)rows_int(rows, 6),
        .placeholder = strcmp(rows_text(rows, 12), "placeholder") == 0,
    };
    for (size_t i = 0; i < FIXED_FACETS; i++)
        version->single[i] = NO_VALUE;
    version->single[FACET_INCLUSION] = load_value(draft, FACET_INCLUSION, rows, 4);
    version->single[FACET_VERIFICATION] = load_value(draft, FACET_VERIFICATION, rows, 5);
    version->single[FACET_DATE_BASIS] = load_value(draft, FACET_DATE_BASIS, rows, 7);
    version->single[FACET_MAIN_TYPE] = load_value(draft, FACET_MAIN_TYPE, rows, 8);
    version->single[FACET_RANSOMWARE] = load_value(draft, FACET_RANSOMWARE, rows, 9);
    version->single[FACET_SEVERITY] = (uint32_t)level; /* its column begins with the levels */
    version->single[FACET_DATASET] = load_value(draft, FACET_DATASET, rows, 16);
    version->numbers[MEASURE_PERSONS] = rows_real(rows, 11);
    version->numbers[MEASURE_DISTURBED_DAYS] = rows_real(rows, 13);
    version->numbers[MEASURE_APPOINTMENTS] = rows_real(rows, 14);
    version->numbers[MEASURE_PROCEDURES] = rows_real(rows, 15);
    return true;
}

static bool read_codes(Loading *loading, Stream *values, int64_t incident)
{
    Draft *draft = loading->draft;
    for (loading->code_count = 0; values->incident == incident; step(values)) {
        int64_t column = draft_column(draft, rows_text(values->rows, 2));
        if (column == NO_COLUMN)
            continue;
        loading->codes =
            arena_grow(draft->arena, loading->codes, loading->code_count, &loading->code_room, sizeof *loading->codes);
        loading->codes[loading->code_count++] = (PublishedCode){
            .version = rows_int(values->rows, 1),
            .column = (uint32_t)column,
            .value = column_value(&draft->columns[column], rows_text(values->rows, 3)),
        };
    }
    return values->incident > incident || damaged(loading, "values without an incident");
}

size_t organisation_number(const Organisations *all, int64_t id)
{
    if (id > 0 && (uint64_t)id <= all->count && all->ids[id - 1] == id) /* from 1 without gaps, as a rule */
        return (size_t)id - 1;
    size_t low = 0, high = all->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (all->ids[middle] < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < all->count && all->ids[low] == id ? low : all->count;
}

/* HITS for a role that nothing counts. */
static Hit hit_of(const char *role)
{
    static const char *const roles[HITS] = { "direct", "precautionary", "collateral", "spillover" };
    if (strcmp(role, "via_supplier") == 0)
        return HIT_COUNTED;
    size_t hit = 0;
    while (hit < HITS && strcmp(role, roles[hit]) != 0)
        hit++;
    return (Hit)hit;
}

static bool read_links(Loading *loading, int64_t incident)
{
    Stream *links = &loading->links;
    for (loading->affected_count = 0; links->incident == incident; step(links)) {
        size_t number = organisation_number(loading->organisations, rows_int(links->rows, 1));
        if (number == loading->organisations->count)
            return damaged(loading, "a link to an organisation that is not there");
        loading->affected = arena_grow(loading->draft->arena, loading->affected, loading->affected_count,
                                       &loading->affected_room, sizeof *loading->affected);
        loading->affected[loading->affected_count++] =
            (Link){ (uint32_t)number, (uint32_t)rows_int(links->rows, 2), until_of(links->rows, 3),
                    hit_of(rows_text(links->rows, 4)) };
    }
    return links->incident > incident || damaged(loading, "links without an incident");
}

static void add_member(Loading *loading, size_t *count, uint32_t member)
{
    loading->set = arena_grow(loading->draft->arena, loading->set, *count, &loading->set_room, sizeof *loading->set);
    loading->set[(*count)++] = member;
}

/* The organisations that were affected in this way as of an entry, each once, into loading->set. */
static size_t affected_at(Loading *loading, Hit hit, uint32_t entry)
{
    size_t count = 0;
    for (size_t i = 0; i < loading->affected_count; i++) {
        const Link *link = &loading->affected[i];
        if (link->hit == hit && link->since <= entry && link->until > entry)
            add_member(loading, &count, link->organisation);
    }
    return set_of(loading->set, count);
}

static void put_organisations(Loading *loading, uint32_t entry)
{
    static const FixedFacet facets[] = { FACET_COUNTRY, FACET_SECTOR, FACET_ORG_TYPE };
    Draft *draft = loading->draft;
    for (size_t i = 0; i < COUNT_OF(facets); i++) {
        size_t attacked = affected_at(loading, HIT_COUNTED, entry), count = 0;
        for (size_t at = 0; at < attacked; at++) {
            uint32_t value = loading->organisations->values[loading->set[at]][i];
            if (value != NO_VALUE)
                loading->set[count++] = value;
        }
        column_put(&draft->columns[facets[i]], draft->count - 1, loading->set, count);
    }
    for (Hit hit = HIT_COUNTED + 1; hit < HITS; hit++) {
        size_t count = affected_at(loading, hit, entry);
        for (size_t i = 0; i < count; i++)
            draft_beside(draft, loading->set[i], hit);
    }
}

static void put_codes(Loading *loading, int64_t version)
{
    Draft *draft = loading->draft;
    for (size_t first = 0; first < loading->code_count; first++) {
        uint32_t column = loading->codes[first].column;
        size_t count = 0, earlier = 0;
        if (loading->codes[first].version != version)
            continue;
        for (size_t i = 0; i < loading->code_count; i++) {
            if (loading->codes[i].version != version || loading->codes[i].column != column)
                continue;
            earlier += i < first;
            add_member(loading, &count, loading->codes[i].value);
        }
        if (count && !earlier)
            column_put(&draft->columns[column], draft->count - 1, loading->set, count);
    }
}

/* With the organisations as of an entry. */
static void add_row(Loading *loading, const Version *version, uint32_t entry)
{
    Draft *draft = loading->draft;
    DraftRow row = version->row;
    size_t attacked = affected_at(loading, HIT_COUNTED, entry);
    row.victims = draft_victims(draft, loading->set, attacked);
    draft_add(draft, &row, version->numbers);
    for (size_t i = 0; i < FIXED_FACETS; i++) {
        uint32_t value = version->single[i];
        if (value != NO_VALUE)
            column_put(&draft->columns[i], draft->count - 1, &value, 1);
    }
    put_organisations(loading, entry);
    put_codes(loading, version->id);
}

/* The first entry after `entry` from which on the organisations are others, at most `end`. */
static uint32_t next_change(const Loading *loading, uint32_t entry, uint32_t end)
{
    uint32_t next = end;
    for (size_t i = 0; i < loading->affected_count; i++) {
        const Link *link = &loading->affected[i];
        if (link->since > entry)
            next = MIN(next, link->since);
        if (link->until > entry)
            next = MIN(next, link->until);
    }
    return next;
}

/* One row, or several when organisations were linked or unlinked while the version stood. The last one of today's
 * version tells what is known since its day. */
static void add_rows(Loading *loading, Version *version)
{
    const Rows *rows = loading->versions.rows;
    uint32_t end = until_of(rows, 3);
    for (uint32_t since = (uint32_t)rows_int(rows, 2); since < end;) {
        uint32_t until = next_change(loading, since, end);
        version->row.since = since;
        version->row.until = until;
        version->row.known = until == ENTRY_NEVER ? known_day(rows, 17) : KNOWN_NEVER;
        add_row(loading, version, since);
        since = until;
    }
}

static bool load_versions(Loading *loading, int64_t incident)
{
    Stream *versions = &loading->versions;
    if (!read_codes(loading, &loading->values, incident))
        return false;
    for (; versions->incident == incident; step(versions)) {
        Version version = { 0 };
        if (!read_version(loading, versions, &version))
            return false;
        add_rows(loading, &version);
    }
    return versions->incident > incident || damaged(loading, "versions out of order");
}

/* What was known before; with today's organisations, as no statement says since when they were known. */
static bool load_known(Loading *loading, int64_t incident)
{
    Stream *known = &loading->known;
    if (!read_codes(loading, &loading->known_values, incident))
        return false;
    for (; known->incident == incident; step(known)) {
        Version version = { 0 };
        if (!read_version(loading, known, &version))
            return false;
        version.row.since = ENTRY_NEVER;
        version.row.known = known_day(known->rows, 2);
        version.row.known_end = known_day(known->rows, 3);
        add_row(loading, &version, ENTRY_NEVER - 1);
    }
    return known->incident > incident || damaged(loading, "rows of what was known without a version");
}

static bool load_incident(Loading *loading, int64_t incident)
{
    return read_links(loading, incident) && load_versions(loading, incident) && load_known(loading, incident);
}

bool load_incidents(Store *store, RowIds ids, const Organisations *organisations, Draft *draft, Problem *problem)
{
    int64_t from = ids.first, to = ids.last;
    AUTO_ROWS *versions = store_run(store, problem, SQL_SNAPSHOT_VERSIONS, "ii", from, to);
    AUTO_ROWS *values = versions ? store_run(store, problem, SQL_SNAPSHOT_VALUES, "ii", from, to) : NULL;
    AUTO_ROWS *links = values ? store_run(store, problem, SQL_SNAPSHOT_LINKS, "ii", from, to) : NULL;
    AUTO_ROWS *known = links ? store_run(store, problem, SQL_SNAPSHOT_KNOWN, "ii", from, to) : NULL;
    AUTO_ROWS *known_values = known ? store_run(store, problem, SQL_SNAPSHOT_KNOWN_VALUES, "ii", from, to) : NULL;
    if (!known_values)
        return false;
    Loading loading = {
        .organisations = organisations,
        .draft = draft,
        .problem = problem,
        .versions = { .rows = versions },
        .values = { .rows = values },
        .links = { .rows = links },
        .known = { .rows = known },
        .known_values = { .rows = known_values },
    };
    Stream *streams[] = { &loading.versions, &loading.values, &loading.links, &loading.known, &loading.known_values };
    for (size_t i = 0; i < COUNT_OF(streams); i++)
        step(streams[i]);
    while (loading.versions.incident != INT64_MAX)
        if (!load_incident(&loading, loading.versions.incident))
            return false;
    if (problem->kind)
        return false;
    for (size_t i = 0; i < COUNT_OF(streams); i++)
        if (streams[i]->incident != INT64_MAX)
            return damaged(&loading, "values, links or what was known without a version");
    return true;
}
