/* A published number must never differ from what the register's tables say, whatever is asked and as of whenever; and a
 * number that was cited once must never change. */
#include "fixture.h"
#include "sql_figures.h"
#include "stats/growth.h"
#include "stats/recent.h"
#include "synthetic.h"
#include "test.h"

enum { INCIDENTS = 4000, SPAN = 900000 /* milliseconds */ };
#ifdef TESTING /* what the sanitizers see, they see in fewer */
enum { QUERIES = 50 };
#else
enum { QUERIES = 200 };
#endif

/* 1. Everything against SQL. */

static void compare_figures(const Snapshot *snapshot, SqlFigures *sql, Text query)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Filter filter = filter_of(arena, query);
    const Kernel *kernels[] = { kernel_plain(), kernel_best() };
    Figures expected;
    sql_figures(sql, &filter, arena, &expected);
    for (size_t i = 0; i < COUNT_OF(kernels); i++) {
        Figures figures;
        figures_count_by(kernels[i], snapshot, &filter, (Words){ 0 }, arena, &figures);
        const char *difference = first_difference(&figures, &expected);
        CHECK(!difference, "%s kernel, %lld incidents: %.*s %s", kernels[i]->name, (long long)figures.incidents,
              (int)query.length, query.at, difference ? difference : "");
    }
}

static void compare_list(const Snapshot *snapshot, Fixture *fixture, Text query, Order order)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Filter filter = filter_of(arena, query);
    size_t total = 0, most = 7, listed = 0, given;
    int64_t page[7];
    sqlite3_stmt *rows;
    static const char *const first[ORDERS] = {
        [NEWEST_FIRST] = "NULL",
        [OLDEST_FIRST] = "day IS NULL, day, incident",
        [MOST_PERSONS] = "persons DESC NULLS LAST",
        [MOST_DAYS] = "days DESC NULLS LAST",
        [MOST_APPOINTMENTS] = "appointments DESC NULLS LAST",
        [MOST_PROCEDURES] = "procedures DESC NULLS LAST",
        [MOST_SEVERE] = "severity DESC",
        [LATEST_ADDED] = "incident DESC",
    };
    const char *sql = arena_format(arena,
                                   "SELECT incident FROM hit WHERE shelf = 'counted' ORDER BY %s, day IS NULL, "
                                   "day DESC, CASE WHEN day IS NULL THEN incident ELSE -incident END",
                                   first[order]);
    bool same = sqlite3_prepare_v2(fixture->db, sql, -1, &rows, NULL) == SQLITE_OK;
    do {
        Listing listing = { &filter, NULL, 0, REGISTER_COUNTED, order, listed, most };
        given = figures_list(snapshot, &listing, page, &total);
        for (size_t i = 0; i < given; i++)
            same = same && sqlite3_step(rows) == SQLITE_ROW && sqlite3_column_int64(rows, 0) == page[i];
        listed += given;
    } while (given == most && listed < 500);
    same = same && (listed == 500 || listed >= 500 || (sqlite3_step(rows) != SQLITE_ROW && listed == total));
    sqlite3_finalize(rows);
    CHECK(same, "%zu listed of %zu, page by page, %s: %.*s", listed, total, order_words[order], (int)query.length,
          query.at);
}

/* Each day on which the number of known incidents changes, and what it is then. */
static void compare_growth(const Snapshot *snapshot, SqlFigures *sql, Text query)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Filter filter = filter_of(arena, query), any_time;
    Counts days = figures_growth(snapshot, &filter, NULL, 0, GROWTH_BY_DAY, arena);
    Counts months = figures_growth(snapshot, &filter, NULL, 0, GROWTH_BY_MONTH, arena);
    int32_t end = filter.known_by_text ? filter.known_by : INT32_MAX;
    int64_t count = 0, last = 0;
    size_t at = 0, month = 0;
    any_time = filter;
    any_time.known_by_text = "any";
    any_time.known_by = INT32_MAX;
    sql_do(sql, ASK_CLEAR);
    sql_match(sql, &any_time, snapshot_size(snapshot));
    sqlite3_stmt *changes = sql_ask(sql, ASK_GROWTH);
    sqlite3_bind_int64(changes, 1, end);
    bool same = true;
    for (; same && sqlite3_step(changes) == SQLITE_ROW; at++) {
        char text[DATE_TEXT_SIZE];
        day_write((int32_t)sqlite3_column_int64(changes, 0), text);
        for (; month < months.count && strncmp(months.items[month].code, text, 7) < 0; month++)
            same = same && months.items[month].count == count;
        count += sqlite3_column_int64(changes, 1);
        same = same && at < days.count && strcmp(days.items[at].code, text) == 0 && days.items[at].count == count;
        last = count;
    }
    sqlite3_reset(changes);
    same = same && at == days.count && month + (months.count > 0) == months.count &&
           (months.count == 0 || months.items[month].count == last);
    CHECK(same, "growth on %zu days, %zu months to %lld: %.*s", days.count, months.count, (long long)last,
          (int)query.length, query.at);
}

/* What was new or changed in the time before the moment that was asked for. */
static void compare_recent(const Snapshot *snapshot, SqlFigures *sql, Fixture *fixture, Text query)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Filter filter = filter_of(arena, query);
    Figures figures;
    Recent recent;
    sqlite3_stmt *rows;
    filter.known_by_text = NULL;
    figures_recent(snapshot, &filter, NULL, 0, SPAN, &recent);
    sql_figures(sql, &filter, arena, &figures);
    bool same = sqlite3_prepare_v2(
                    fixture->db,
                    "SELECT incident, first > before FROM (SELECT h.incident, max(v.since, coalesce((SELECT "
                    "max(CASE WHEN a.until <= ?1 THEN a.until ELSE a.since END) FROM affected a WHERE a.incident = "
                    "h.incident AND a.since <= ?1), 0)) AS since, (SELECT min(since) FROM version w WHERE w.incident "
                    "= h.incident) AS first, (SELECT coalesce(max(seq), 0) FROM entry WHERE at <= ?2) AS before FROM "
                    "hit h JOIN version v ON v.id = h.version WHERE h.shelf = 'counted') WHERE since > before ORDER "
                    "BY since DESC, incident DESC",
                    -1, &rows, NULL) == SQLITE_OK;
    sqlite3_bind_int64(rows, 1, figures.entries);
    sqlite3_bind_int64(rows, 2, figures.as_of - SPAN);
    int64_t counts[2] = { 0 };
    for (size_t i = 0; same && sqlite3_step(rows) == SQLITE_ROW; i++) {
        bool added = sqlite3_column_int(rows, 1) != 0;
        counts[added]++;
        if (i < RECENT_MOST)
            same = recent.newest[i].incident == sqlite3_column_int64(rows, 0) && recent.newest[i].added == added;
    }
    sqlite3_finalize(rows);
    same = same && recent.added == counts[1] && recent.changed == counts[0] &&
           recent.count == (size_t)MIN(counts[0] + counts[1], RECENT_MOST);
    CHECK(same, "%lld added and %lld changed (%lld, %lld): %.*s", (long long)counts[1], (long long)counts[0],
          (long long)recent.added, (long long)recent.changed, (int)query.length, query.at);
}

static void test_against_sql(void)
{
    Fixture fixture;
    fixture_open(&fixture);
    Synthetic synthetic = { .db = fixture.db, .codebook = &codebook, .random = 7, .incidents = INCIDENTS, .churn = 8 };
    synthetic_fill(&synthetic);
    Snapshot *snapshot = load(&fixture);
    SqlFigures sql = { .db = fixture.db, .codebook = &codebook };
    sql_open(&sql);
    AUTO_OUT query = { 0 };
    OUT_LITERAL(&query, "");
    compare_figures(snapshot, &sql, (Text){ 0 });
    for (int i = 0; i < QUERIES; i++) {
        synthetic_query(&synthetic, &query);
        compare_figures(snapshot, &sql, out_view(&query));
        if (i % 10 == 0)
            compare_list(snapshot, &fixture, out_view(&query), (Order)(i / 10 % ORDERS));
        if (i % 5 == 1)
            compare_recent(snapshot, &sql, &fixture, out_view(&query));
        if (i % 5 == 0)
            compare_growth(snapshot, &sql, out_view(&query));
    }
    CHECK(snapshot_bytes(snapshot) / INCIDENTS > 0 && snapshot_size(snapshot) == INCIDENTS + synthetic.changes,
          "%zu bytes an incident", snapshot_bytes(snapshot) / INCIDENTS);
    sql_close(&sql);
    snapshot_release(snapshot);
    fixture_close(&fixture);
}

/* 2. Ten incidents that show the method, counted by hand. */

static const char ten_incidents[] =
    "INSERT INTO entry (seq, at, author, kind, subject, body, hash) VALUES (1, 1000, 'x', 'x', 'x', '{}', x''), "
    "(2, 1000, 'x', 'x', 'x', '{}', x''), (3, 2000, 'x', 'x', 'x', '{}', x''), "
    "(4, 1700000000000, 'x', 'x', 'x', '{}', x'');"
    "INSERT INTO organisation (id, look_up, name, folded, country, sector_group, org_type, since) VALUES "
    "(1, 1, 'A', 'a', 'FR', 'patient_care', 'hospital', 1), (2, 2, 'B', 'b', 'DE', 'patient_care', NULL, 1), "
    "(5, 5, 'C', 'c', NULL, NULL, NULL, 1), (9, 9, 'D', 'd', 'FR', 'pharmaceutical', NULL, 1);"
    "INSERT INTO incident (id, dataset, external, title, folded, since) "
    "WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 10) "
    "SELECT n, 'starter', n, 'Hospital', 'hopital ' || n || ' saint etienne', 1 FROM number;"
    "INSERT INTO affected (id, incident, organisation, role, naming, since, until) VALUES "
    "(1048577, 1, 1, 'direct', 'named', 1, NULL), "
    "(2097153, 2, 1, 'direct', 'named', 1, NULL), (2097154, 2, 2, 'via_supplier', 'named', 1, NULL), "
    "(2097155, 2, 5, 'via_supplier', 'named', 1, NULL), (2097156, 2, 1, 'via_supplier', 'named', 1, NULL), "
    "(2097157, 2, 9, 'precautionary', 'named', 1, NULL), (3145729, 3, 9, 'direct', 'named', 1, NULL);";

typedef struct Line { /* of `version` */
    int incident, since, until;
    const char *inclusion, *level, *day, *main, *status;
    int severity;
    const char *persons, *missing, *days;
} Line;

static const Line lines[] = {
    { 1, 1, 3, "included", "v2_probable", "2021-01-31", "ransomware", "suspected", 2, "100", NULL, "2.5" },
    { 1, 3, 0, "included", "v3_confirmed", "2021-01-31", "ransomware", "confirmed", 3, "300", NULL, "2.5" },
    { 2, 1, 0, "included", "v3_confirmed", "2021-03-01", "data_theft", NULL, 1, "700", NULL, NULL },
    { 3, 1, 0, "included", "v1_claimed", "2021-03-01", "data_leak", NULL, 0, "5000", NULL, NULL },
    { 4, 1, 0, "included", "v0_unverified", "2021-03-02", "ddos", NULL, 0, NULL, NULL, NULL },
    { 5, 1, 0, "included", "v9_refuted", "2021-03-03", "ddos", NULL, 0, NULL, NULL, NULL },
    { 6, 1, 0, "excluded_scope", "v3_confirmed", "2021-03-04", "ddos", NULL, 0, NULL, NULL, NULL },
    { 7, 1, 0, "excluded_false", "v9_refuted", NULL, NULL, NULL, 0, NULL, NULL, NULL },
    { 8, 1, 0, "pending", "v3_confirmed", "2021-03-04", "ddos", NULL, 0, NULL, NULL, NULL },
    { 9, 1, 0, "included", "v3_confirmed", "2021-03-05", "ddos", NULL, 5, NULL, "placeholder", "4" },
    { 10, 4, 0, "included", "v2_probable", "2021-03-05", "ddos", NULL, 4, NULL, "not_reported", "10" },
};

static const char *quoted(Arena *arena, const char *text)
{
    return text ? arena_format(arena, "'%s'", text) : "NULL";
}

static void add_lines(Fixture *fixture)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        const Line *line = &lines[i];
        Span day = { 0 };
        const char *first =
            line->day && span_read(text_of(line->day), &day) ? arena_format(arena, "%d", day.first) : "NULL";
        int64_t id = line->incident * INT64_C(1048576) + line->since;
        add_rows(
            fixture,
            arena_format(arena,
                         "INSERT INTO version (id, incident, since, until, inclusion, verification, date_first, "
                         "main_type, ransomware_status, severity_low, severity_high, index_low, index_high, coverage, "
                         "persons, persons_missing, disturbed_days, conflicting) VALUES (%lld, %d, %d, "
                         "nullif(%d, 0), '%s', '%s', %s, %s, %s, %d, 5, 0, 0, 0, %s, %s, %s, 0)",
                         (long long)id, line->incident, line->since, line->until, line->inclusion, line->level, first,
                         quoted(arena, line->main), quoted(arena, line->status), line->severity,
                         line->persons ? line->persons : "NULL", quoted(arena, line->missing),
                         line->days ? line->days : "NULL"));
        if (line->main)
            add_rows(fixture, arena_format(arena,
                                           "INSERT INTO version_value (id, version, variable, code) VALUES "
                                           "(%lld, %lld, 'attack_type', '%s')",
                                           (long long)id * 1, (long long)id, line->main));
    }
}

static const struct {
    const char *name, *query, *figure;
    double expected;
} by_hand[] = {
    { "v2 and v3 are counted", "", "incidents", 4 },
    { "v1 is told beside", "", "claimed_only", 1 },
    { "v0 is told beside", "", "unverified", 1 },
    { "what is excluded is told, even without a date", "", "excluded", 2 },
    { "an organisation counts once", "", "organisations", 3 },
    { "each link to an organisation is an attack on it", "", "attacks", 4 },
    { "an unknown country is none", "", "countries", 2 },
    { "in country totals an incident counts once for each", "", "FR", 2 },
    { "and once where a supplier failed", "", "DE", 1 },
    { "an organisation beside is counted apart", "", "precautionary", 1 },
    { "an organisation beside is counted apart, where its incident is", "type=ddos", "precautionary", 0 },
    { "ransomware, confirmed", "", "confirmed", 1 },
    { "ransomware, suspected", "", "suspected", 0 },
    { "persons are added", "", "persons", 1000 },
    { "of those known", "", "persons known", 2 },
    { "placeholders are left out and told", "", "placeholders", 1 },
    { "the median of two", "", "median", 500 },
    { "the share of the largest", "", "largest share", 0.7 },
    { "days are added", "", "days", 16.5 },
    { "quartiles as R's type 7", "", "lower quartile", 3.25 },
    { "quartiles as R's type 7", "", "upper quartile", 7 },
    { "months have no gaps", "", "months", 3 },
    { "before the first entry nothing is said", "as_of=1970-01-01T00:00:00.999Z", "incidents", 0 },
    { "as of entry 2", "as_of=1970-01-01T00:00:01Z", "incidents", 3 },
    { "as of entry 2 another value stood", "as_of=1970-01-01T00:00:01Z", "persons", 800 },
    { "as of entry 2 it was suspected", "as_of=1970-01-01T00:00:01Z", "suspected", 1 },
    { "as of entry 3", "as_of=1970-01-01T00:00:02Z", "persons", 1000 },
    { "a period holds its first and its last day", "from=2021-01-31&to=2021-03-01", "incidents", 2 },
    { "a period holds nothing else", "from=2021-02&to=2021-02", "incidents", 0 },
    { "without a date: in no period", "from=2021", "excluded", 1 },
    { "one country", "country=DE", "incidents", 1 },
    { "the organisations of its incidents", "country=DE", "organisations", 3 },
    { "a country with only a claim", "country=FR&type=data_leak", "incidents", 0 },
    { "precautionary links are no victims", "sector=pharmaceutical", "incidents", 0 },
    { "nor are they counted", "sector=pharmaceutical", "claimed_only", 1 },
    { "only claimed ones", "verification=v1", "incidents", 0 },
    { "only claimed ones are told beside", "verification=v1", "claimed_only", 1 },
    { "refuted ones are never counted", "verification=v9", "incidents", 0 },
    { "only excluded ones", "inclusion=excluded_scope", "excluded", 1 },
    { "pending ones are never counted", "inclusion=pending", "incidents", 0 },
    { "at least severe", "severity=severe,catastrophic", "incidents", 2 },
    { "a variable that nobody has filled in", "encryption=yes", "incidents", 0 },
    { "a data set that nobody has used", "source=nothing", "incidents", 0 },
    { "a data set", "source=starter", "incidents", 4 },
    { "per week, over the days asked for", "from=2021-03-01&to=2021-03-07", "per week", 3 },
    { "per week, up to 8 weeks before the newest entry", "from=2023-09-18", "per week", 0 },
    { "not per week in what is still being reported", "from=2023-01-01&to=2023-09-20", "per week", NAN },
    { "not per week in what is still being reported", "from=2023-09-20", "per week", NAN },
};

static int64_t of_code(const Counts *counts, const char *code)
{
    for (size_t i = 0; i < counts->count; i++)
        if (strcmp(counts->items[i].code, code) == 0)
            return counts->items[i].count;
    return 0;
}

static double figure_of(const Figures *f, const char *name)
{
    const struct {
        const char *name;
        double value;
    } figures[] = {
        { "incidents", (double)f->incidents },
        { "claimed_only", (double)f->claimed_only },
        { "unverified", (double)f->unverified },
        { "excluded", (double)f->excluded },
        { "organisations", (double)f->organisations },
        { "attacks", (double)f->attacks_on_organisations },
        { "countries", (double)f->countries },
        { "precautionary", (double)f->organisations_beside.precautionary },
        { "FR", (double)of_code(&f->by_country, "FR") },
        { "DE", (double)of_code(&f->by_country, "DE") },
        { "confirmed", (double)f->ransomware_confirmed },
        { "suspected", (double)f->ransomware_suspected },
        { "persons", f->persons_affected.sum },
        { "persons known", (double)f->persons_affected.known },
        { "placeholders", (double)f->persons_affected.placeholders },
        { "median", f->persons_affected.median },
        { "largest share", f->persons_affected.largest_share },
        { "days", f->days_of_disturbed_care.sum },
        { "lower quartile", f->days_of_disturbed_care.lower_quartile },
        { "upper quartile", f->days_of_disturbed_care.upper_quartile },
        { "months", (double)f->by_month.count },
        { "per week", f->per_week },
    };
    for (size_t i = 0; i < COUNT_OF(figures); i++)
        if (strcmp(figures[i].name, name) == 0)
            return figures[i].value;
    return -1;
}

static void test_by_hand(void)
{
    Fixture fixture;
    fixture_open(&fixture);
    add_rows(&fixture, ten_incidents);
    add_lines(&fixture);
    Snapshot *snapshot = load(&fixture);
    for (size_t i = 0; i < COUNT_OF(by_hand); i++) {
        AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
        Filter filter = filter_of(arena, text_of(by_hand[i].query));
        Figures figures;
        figures_count(snapshot, &filter, NULL, 0, arena, &figures);
        double found = figure_of(&figures, by_hand[i].figure);
        CHECK(same_number(found, by_hand[i].expected), "%s: %s of \"%s\" is %g", by_hand[i].name, by_hand[i].figure,
              by_hand[i].query, found);
    }
    snapshot_release(snapshot);
    fixture_close(&fixture);
}

int main(void)
{
    codebook_start();
    test_by_hand();
    test_against_sql();
    return DONE();
}
