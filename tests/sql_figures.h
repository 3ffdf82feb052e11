/* The figures of METHOD.md 5 as a researcher would ask the tables for them: in plain SQL, with one temporary table of
 * the versions that match and one of the organisations they hit. What figures_count says must be what this says. */
#pragma once

#include <sqlite3.h>

#include "base/out.h"
#include "stats/figures.h"

/* Everything below is about one filter; statements without parameters are prepared once. */
#define SQL_FIGURES(ASK)                                                                                               \
    ASK(CLEAR, "DELETE FROM hit")                                                                                      \
    ASK(CLEAR_STRUCK, "DELETE FROM struck")                                                                            \
    ASK(STRIKE, "INSERT INTO struck SELECT DISTINCT h.incident, a.organisation, o.country, o.sector_group "            \
                "FROM hit h JOIN affected a ON a.incident = h.incident JOIN organisation o ON o.id = a.organisation "  \
                "WHERE h.shelf = 'counted' AND a.role IN ('direct', 'via_supplier') AND a.since <= ?1 "                \
                "AND (a.until IS NULL OR a.until > ?1)")                                                               \
    ASK(SHELVES, "SELECT shelf, count(*) FROM hit GROUP BY shelf")                                                     \
    ASK(ORGANISATIONS, "SELECT count(DISTINCT organisation), count(*), count(DISTINCT country) FROM struck")           \
    ASK(BESIDE, "SELECT role, count(DISTINCT organisation) FROM affected WHERE role IN ('precautionary', "             \
                "'collateral', 'spillover') AND since <= ?1 AND (until IS NULL OR until > ?1) AND incident IN "        \
                "(SELECT incident FROM hit WHERE shelf = 'counted') GROUP BY role")                                    \
    ASK(RANSOMWARE, "SELECT ransomware_status, count(*) FROM hit WHERE shelf = 'counted' GROUP BY ransomware_status")  \
    ASK(BY_VALUE, "SELECT coalesce(x.code, ''), count(*) FROM hit h LEFT JOIN version_value x ON "                     \
                  "x.version = h.version AND x.variable = ?1 WHERE h.shelf = 'counted' GROUP BY x.code")               \
    ASK(BY_KNOWN_VALUE, "SELECT coalesce(x.code, ''), count(*) FROM hit h LEFT JOIN said_value x ON "                  \
                        "x.version = h.version AND x.variable = ?1 WHERE h.shelf = 'counted' GROUP BY x.code")         \
    ASK(GROWTH, "SELECT day, sum(n) FROM (SELECT since AS day, 1 AS n FROM hit JOIN said ON said.id = hit.version "    \
                "WHERE shelf = 'counted' UNION ALL SELECT until, -1 FROM hit JOIN said ON said.id = hit.version "      \
                "WHERE shelf = 'counted' AND until IS NOT NULL) WHERE day <= ?1 GROUP BY day HAVING sum(n) <> 0 "      \
                "ORDER BY day")                                                                                        \
    ASK(BY_MAIN, "SELECT coalesce(main_type, ''), count(*) FROM hit WHERE shelf = 'counted' GROUP BY main_type")       \
    ASK(BY_COUNTRY, "SELECT country, count(DISTINCT incident) FROM struck WHERE country IS NOT NULL GROUP BY country") \
    ASK(WITH_COUNTRY, "SELECT count(DISTINCT incident) FROM struck WHERE country IS NOT NULL")                         \
    ASK(BY_SECTOR, "SELECT sector, count(DISTINCT incident) FROM struck WHERE sector IS NOT NULL GROUP BY sector")     \
    ASK(WITH_SECTOR, "SELECT count(DISTINCT incident) FROM struck WHERE sector IS NOT NULL")                           \
    ASK(BY_DAY, "SELECT day, count(*) FROM hit WHERE shelf = 'counted' GROUP BY day ORDER BY day")                     \
    ASK(BY_SEVERITY, "SELECT severity, count(*) FROM hit WHERE shelf = 'counted' GROUP BY severity")                   \
    ASK(BY_LEVEL, "SELECT verification, count(*) FROM hit WHERE shelf IN ('counted', 'claimed', 'unverified') "        \
                  "GROUP BY verification")                                                                             \
    ASK(BY_EXCLUSION, "SELECT inclusion, count(*) FROM hit WHERE shelf = 'excluded' GROUP BY inclusion")               \
    ASK(SUMS, "SELECT sum(persons), count(persons), max(persons), sum(placeholder), sum(days), count(days), "          \
              "sum(appointments), count(appointments), sum(procedures), count(procedures), min(day), max(day) "        \
              "FROM hit WHERE shelf = 'counted'")                                                                      \
    ASK(PERSONS, "SELECT persons FROM hit WHERE shelf = 'counted' AND persons IS NOT NULL ORDER BY persons "           \
                 "LIMIT 2 OFFSET ?1")                                                                                  \
    ASK(DAYS, "SELECT days FROM hit WHERE shelf = 'counted' AND days IS NOT NULL ORDER BY days LIMIT 2 OFFSET ?1")     \
    ASK(WEEKS, "SELECT count(*) FROM hit WHERE shelf = 'counted' AND day BETWEEN ?1 AND ?2")                           \
    ASK(ENTRIES, "SELECT coalesce(max(seq), 0), coalesce(max(at), 0) FROM entry WHERE at <= ?1")

typedef enum SqlAsk {
#define ASK(name, sql) ASK_##name,
    SQL_FIGURES(ASK)
#undef ASK
        ASKS
} SqlAsk;

typedef struct SqlFigures {
    sqlite3 *db;
    const Codebook *codebook;
    sqlite3_stmt *asks[ASKS];
} SqlFigures;

static inline void sql_fine(SqlFigures *sql, int code)
{
    if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW)
        return;
    fprintf(stderr, "SQL: %s\n", sqlite3_errmsg(sql->db));
    abort();
}

/* Indexes as somebody would choose who asks such questions all day. */
static inline void sql_open(SqlFigures *sql)
{
    static const char *const texts[] = {
#define ASK(name, text) text,
        SQL_FIGURES(ASK)
#undef ASK
    };
    sql_fine(sql, sqlite3_exec(
                      sql->db,
                      "PRAGMA cache_size = -4000000; PRAGMA mmap_size = 8000000000; PRAGMA temp_store = MEMORY;"
                      "CREATE INDEX by_day ON version (date_first);"
                      "CREATE INDEX by_main ON version (main_type, date_first);"
                      "CREATE INDEX by_value ON version_value (variable, code, version);"
                      "CREATE INDEX value_of ON version_value (version, variable, code);"
                      "CREATE INDEX by_organisation ON affected (organisation, incident);"
                      "CREATE INDEX by_incident ON affected (incident, organisation, role, since, until);"
                      "CREATE INDEX by_role ON affected (role, incident);"
                      "CREATE INDEX by_country ON organisation (country, id);"
                      "CREATE INDEX by_sector ON organisation (sector_group, id);"
                      "CREATE INDEX by_moment ON entry (at);"
                      "CREATE TEMP TABLE hit (version INTEGER PRIMARY KEY, incident, shelf, inclusion, "
                      "verification, day, main_type, ransomware_status, severity, persons, placeholder, days, "
                      "appointments, procedures);"
                      "CREATE TEMP VIEW said AS SELECT id, incident, known_since AS since, NULL AS until, "
                      "inclusion, verification, date_first, date_basis, main_type, ransomware_status, severity_low, "
                      "persons, persons_missing, disturbed_days, appointments, procedures FROM version WHERE until "
                      "IS NULL UNION ALL SELECT -id, incident, known_since, known_until, inclusion, verification, "
                      "date_first, date_basis, main_type, ransomware_status, severity_low, persons, "
                      "persons_missing, disturbed_days, appointments, procedures FROM known;"
                      "CREATE TEMP VIEW said_value AS SELECT version, variable, code FROM version_value "
                      "UNION ALL SELECT -known, variable, code FROM known_value;"
                      "CREATE TEMP TABLE struck (incident, organisation, country, sector); ANALYZE; PRAGMA "
                      "wal_checkpoint(TRUNCATE)",
                      NULL, NULL, NULL));
    for (size_t i = 0; i < ASKS; i++)
        sql_fine(sql, sqlite3_prepare_v2(sql->db, texts[i], -1, &sql->asks[i], NULL));
}

static inline void sql_close(SqlFigures *sql)
{
    for (size_t i = 0; i < ASKS; i++)
        sqlite3_finalize(sql->asks[i]);
}

static inline sqlite3_stmt *sql_ask(SqlFigures *sql, SqlAsk ask)
{
    sqlite3_reset(sql->asks[ask]);
    return sql->asks[ask];
}

static inline void sql_do(SqlFigures *sql, SqlAsk ask)
{
    sqlite3_stmt *statement = sql_ask(sql, ask);
    sql_fine(sql, sqlite3_step(statement));
    sqlite3_reset(statement);
}

static inline void sql_codes(Out *text, const FacetChoice *choice)
{
    OUT_LITERAL(text, " IN (");
    for (size_t i = 0; i < choice->count; i++) { /* codes that were read hold no quotes */
        OUT_LITERAL(text, "'");
        out_url(text, choice->codes[i]);
        out_raw(text, "',", i + 1 < choice->count ? 2 : 1);
    }
    OUT_LITERAL(text, ")");
}

/* The condition of one facet; `values`: the table of the codes. */
static inline void sql_facet(Out *text, const FacetChoice *choice, const char *values)
{
    static const struct {
        const char *key, *before, *after;
    } columns[] = {
        { "main_type", "v.main_type", "" },
        { "verification", "v.verification", "" },
        { "inclusion", "v.inclusion", "" },
        { "ransomware_status", "v.ransomware_status", "" },
        { "reference_date_basis", "v.date_basis", "" },
        { "severity",
          "CASE v.severity_low WHEN 0 THEN 'no_effect' WHEN 1 THEN 'minor' WHEN 2 THEN 'moderate' WHEN 3 THEN 'major' "
          "WHEN 4 THEN 'severe' ELSE 'catastrophic' END",
          "" },
        { "source", "(SELECT dataset FROM incident i WHERE i.id = v.incident)", "" },
        { "country", "o.country", "organisation" },
        { "sector", "o.sector_group", "organisation" },
        { "org_type", "o.org_type", "organisation" },
        { "type", "attack_type", "value" },
    };
    const char *before = choice->key, *after = "value";
    for (size_t i = 0; i < COUNT_OF(columns); i++)
        if (strcmp(columns[i].key, choice->key) == 0) {
            before = columns[i].before;
            after = columns[i].after;
        }
    OUT_LITERAL(text, " AND ");
    if (strcmp(after, "organisation") == 0)
        OUT_LITERAL(text,
                    "v.incident IN (SELECT a.incident FROM affected a JOIN organisation o ON o.id = a.organisation "
                    "WHERE a.role IN ('direct', 'via_supplier') AND a.since <= ?1 AND (a.until IS NULL OR a.until > "
                    "?1) AND ");
    if (strcmp(after, "value") == 0) {
        OUT_LITERAL(text, "v.id IN (SELECT x.version FROM ");
        out_raw(text, values, strlen(values));
        OUT_LITERAL(text, " x WHERE x.variable = '");
        out_url(text, before);
        OUT_LITERAL(text, "' AND x.code");
    } else
        out_raw(text, before, strlen(before));
    sql_codes(text, choice);
    if (*after)
        OUT_LITERAL(text, ")");
}

/* Either as of the entry, or known by the day; with the day INT32_MAX whatever was known at any time. */
static inline void sql_match(SqlFigures *sql, const Filter *filter, int64_t entry)
{
    AUTO_OUT text = { 0 };
    sqlite3_stmt *statement;
    OUT_LITERAL(&text,
                "INSERT INTO hit SELECT v.id, v.incident, CASE WHEN v.inclusion LIKE 'excluded%' THEN 'excluded' "
                "WHEN v.inclusion <> 'included' THEN 'apart' WHEN v.verification IN ('v2_probable', 'v3_confirmed') "
                "THEN 'counted' WHEN v.verification = 'v1_claimed' THEN 'claimed' WHEN v.verification = "
                "'v0_unverified' THEN 'unverified' ELSE 'apart' END, v.inclusion, v.verification, v.date_first, "
                "v.main_type, v.ransomware_status, v.severity_low, v.persons, v.persons_missing = 'placeholder', "
                "v.disturbed_days, v.appointments, v.procedures FROM ");
    if (filter->known_by_text)
        OUT_LITERAL(&text, "said v WHERE v.since <= ?4 AND (v.until IS NULL OR v.until > ?4 OR ?4 = 2147483647)");
    else
        OUT_LITERAL(&text, "version v WHERE v.since <= ?1 AND (v.until IS NULL OR v.until > ?1)");
    if (filter->from != INT32_MIN)
        OUT_LITERAL(&text, " AND v.date_first >= ?2");
    if (filter->to != INT32_MAX)
        OUT_LITERAL(&text, " AND v.date_first <= ?3");
    for (size_t i = 0; i < filter->facet_count; i++)
        sql_facet(&text, &filter->facets[i], filter->known_by_text ? "said_value" : "version_value");
    sql_fine(sql, sqlite3_prepare_v2(sql->db, text.text, -1, &statement, NULL));
    sqlite3_bind_int64(statement, 1, entry);
    sqlite3_bind_int64(statement, 2, filter->from);
    sqlite3_bind_int64(statement, 3, filter->to);
    if (filter->known_by_text)
        sqlite3_bind_int64(statement, 4, filter->known_by);
    sql_fine(sql, sqlite3_step(statement));
    sqlite3_finalize(statement);
}

/* Rows of (code, count) in the order of the variable's codes; other codes are not expected. */
static inline Counts sql_counts(SqlFigures *sql, Arena *arena, SqlAsk ask, const char *variable)
{
    sqlite3_stmt *statement = sql_ask(sql, ask);
    Counts counts = { 0 };
    size_t room = 0;
    while (sqlite3_step(statement) == SQLITE_ROW) {
        if (sqlite3_column_int64(statement, 1) == 0)
            continue;
        counts.items = arena_grow(arena, counts.items, counts.count, &room, sizeof *counts.items);
        counts.items[counts.count++] = (Count){ arena_string(arena, (const char *)sqlite3_column_text(statement, 0)),
                                                sqlite3_column_int64(statement, 1) };
    }
    const Variable *codes = variable ? codebook_variable(sql->codebook, variable) : NULL;
    for (size_t i = 1; i < counts.count; i++) /* the lists are short */
        for (size_t j = i; j > 0; j--) {
            Count *a = &counts.items[j - 1], *b = &counts.items[j], swapped = *a;
            bool wrong = codes ? variable_place(codes, a->code) > variable_place(codes, b->code)
                               : !*a->code || (*b->code && (a->count < b->count ||
                                                            (a->count == b->count && strcmp(a->code, b->code) > 0)));
            if (!wrong)
                break;
            *a = *b;
            *b = swapped;
        }
    return counts;
}

/* Of a variable that may have several values an incident. */
static inline Counts sql_values(SqlFigures *sql, Arena *arena, const Filter *filter, const char *variable)
{
    SqlAsk ask = filter->known_by_text ? ASK_BY_KNOWN_VALUE : ASK_BY_VALUE;
    sqlite3_bind_text(sql_ask(sql, ask), 1, variable, -1, SQLITE_STATIC);
    return sql_counts(sql, arena, ask, variable);
}

static inline void sql_add(Arena *arena, Counts *counts, size_t *room, const char *code, int64_t count)
{
    counts->items = arena_grow(arena, counts->items, counts->count, room, sizeof *counts->items);
    counts->items[counts->count++] = (Count){ code, count };
}

/* Days added up by month, with the months in between; the unknown one last. */
static inline Counts sql_months(SqlFigures *sql, Arena *arena)
{
    sqlite3_stmt *days = sql_ask(sql, ASK_BY_DAY);
    Counts months = { 0 };
    size_t room = 0;
    int64_t unknown = 0;
    int last = -1;
    while (sqlite3_step(days) == SQLITE_ROW) {
        int64_t count = sqlite3_column_int64(days, 1);
        int year, month, of_month;
        if (sqlite3_column_type(days, 0) == SQLITE_NULL) {
            unknown = count;
            continue;
        }
        day_split(sqlite3_column_int(days, 0), &year, &month, &of_month);
        if (months.count == 0)
            last = year * 12 + month - 2;
        for (; last < year * 12 + month - 1; last++)
            sql_add(arena, &months, &room, arena_format(arena, "%04d-%02d", (last + 1) / 12, (last + 1) % 12 + 1), 0);
        months.items[months.count - 1].count += count;
    }
    if (unknown)
        sql_add(arena, &months, &room, "", unknown);
    return months;
}

static inline int64_t sql_number(SqlFigures *sql, SqlAsk ask)
{
    sqlite3_stmt *statement = sql_ask(sql, ask);
    sql_fine(sql, sqlite3_step(statement));
    int64_t number = sqlite3_column_int64(statement, 0);
    sqlite3_reset(statement);
    return number;
}

/* Incidents by what their organisations are; those that `with` does not count are unknown. */
static inline Counts sql_places(SqlFigures *sql, Arena *arena, SqlAsk ask, SqlAsk with, const Figures *figures)
{
    Counts counts = sql_counts(sql, arena, ask, ask == ASK_BY_SECTOR ? "sector_group" : NULL), whole = { 0 };
    size_t room = 0;
    int64_t unknown = figures->incidents - sql_number(sql, with);
    for (size_t i = 0; i < counts.count; i++)
        sql_add(arena, &whole, &room, counts.items[i].code, counts.items[i].count);
    if (unknown)
        sql_add(arena, &whole, &room, "", unknown);
    return whole;
}

static inline Counts sql_severities(SqlFigures *sql, Arena *arena)
{
    static const char *const names[] = { "no_effect", "minor", "moderate", "major", "severe", "catastrophic" };
    Counts counts = sql_counts(sql, arena, ASK_BY_SEVERITY, "title");
    for (size_t i = 0; i < counts.count; i++)
        counts.items[i].code = names[strtol(counts.items[i].code, NULL, 10)];
    return counts;
}

static inline int64_t sql_count_of(SqlFigures *sql, SqlAsk ask, const char *code)
{
    sqlite3_stmt *statement = sql_ask(sql, ask);
    int64_t count = 0;
    while (sqlite3_step(statement) == SQLITE_ROW)
        if (sqlite3_column_text(statement, 0) && strcmp((const char *)sqlite3_column_text(statement, 0), code) == 0)
            count = sqlite3_column_int64(statement, 1);
    return count;
}

static inline double sql_quantile(SqlFigures *sql, SqlAsk ask, int64_t known, double share)
{
    double at = (double)(known - 1) * share, values[2] = { NAN, NAN };
    sqlite3_stmt *statement = sql_ask(sql, ask);
    if (known == 0)
        return NAN;
    sqlite3_bind_int64(statement, 1, (int64_t)at);
    for (int i = 0; i < 2 && sqlite3_step(statement) == SQLITE_ROW; i++)
        values[i] = sqlite3_column_double(statement, 0);
    sqlite3_reset(statement);
    return at > floor(at) ? values[0] + (at - floor(at)) * (values[1] - values[0]) : values[0];
}

static inline void sql_sums(SqlFigures *sql, Figures *figures)
{
    sqlite3_stmt *sums = sql_ask(sql, ASK_SUMS);
    sql_fine(sql, sqlite3_step(sums));
    int64_t persons = sqlite3_column_int64(sums, 1), days = sqlite3_column_int64(sums, 5);
    double sum = sqlite3_column_double(sums, 0), largest = sqlite3_column_double(sums, 2);
    bool dated = sqlite3_column_type(sums, 10) != SQLITE_NULL;
    figures->persons_affected.known = persons;
    figures->persons_affected.sum = persons ? sum : NAN;
    figures->persons_affected.largest_share = sum > 0 ? largest / sum : NAN;
    figures->persons_affected.placeholders = sqlite3_column_int64(sums, 3);
    figures->days_of_disturbed_care.known = days;
    figures->days_of_disturbed_care.sum = days ? sqlite3_column_double(sums, 4) : NAN;
    figures->care_not_delivered.appointments_known = sqlite3_column_int64(sums, 7);
    figures->care_not_delivered.appointments =
        figures->care_not_delivered.appointments_known ? sqlite3_column_double(sums, 6) : NAN;
    figures->care_not_delivered.procedures_known = sqlite3_column_int64(sums, 9);
    figures->care_not_delivered.procedures =
        figures->care_not_delivered.procedures_known ? sqlite3_column_double(sums, 8) : NAN;
    figures->first_day = dated ? (int32_t)sqlite3_column_int64(sums, 10) : INT32_MIN;
    figures->last_day = dated ? (int32_t)sqlite3_column_int64(sums, 11) : INT32_MIN;
    sqlite3_reset(sums);
    figures->persons_affected.median = sql_quantile(sql, ASK_PERSONS, persons, 0.5);
    figures->days_of_disturbed_care.median = sql_quantile(sql, ASK_DAYS, days, 0.5);
    figures->days_of_disturbed_care.lower_quartile = sql_quantile(sql, ASK_DAYS, days, 0.25);
    figures->days_of_disturbed_care.upper_quartile = sql_quantile(sql, ASK_DAYS, days, 0.75);
}

static inline void sql_weeks(SqlFigures *sql, const Filter *filter, Figures *figures)
{
    int32_t told = moment_day(figures->as_of);
    int32_t closed = (filter->known_by_text ? MIN(told, filter->known_by) : told) - 56;
    int32_t first = filter->from == INT32_MIN ? figures->first_day : filter->from;
    int32_t last = filter->to == INT32_MAX ? closed : filter->to;
    figures->per_week = NAN;
    figures->week_first = figures->week_last = INT32_MIN;
    if (!figures->entries || first == INT32_MIN || last < first || last > closed)
        return;
    sqlite3_stmt *weeks = sql_ask(sql, ASK_WEEKS);
    sqlite3_bind_int64(weeks, 1, first);
    sqlite3_bind_int64(weeks, 2, last);
    sqlite3_step(weeks);
    figures->per_week = (double)(sqlite3_column_int64(weeks, 0) * 7) / (last - first + 1);
    figures->week_first = first;
    figures->week_last = last;
    sqlite3_reset(weeks);
}

static inline void sql_entries(SqlFigures *sql, int64_t as_of, Figures *figures)
{
    sqlite3_stmt *entries = sql_ask(sql, ASK_ENTRIES);
    sqlite3_bind_int64(entries, 1, as_of);
    sqlite3_step(entries);
    figures->entries = sqlite3_column_int64(entries, 0);
    figures->as_of = sqlite3_column_int64(entries, 1);
    sqlite3_reset(entries);
}

static inline void sql_figures(SqlFigures *sql, const Filter *filter, Arena *arena, Figures *figures)
{
    *figures = (Figures){ 0 };
    sql_entries(sql, filter->as_of, figures);
    sql_do(sql, ASK_CLEAR);
    sql_do(sql, ASK_CLEAR_STRUCK);
    sql_match(sql, filter, figures->entries);
    sqlite3_bind_int64(sql_ask(sql, ASK_STRIKE), 1, figures->entries);
    sql_do(sql, ASK_STRIKE);
    figures->incidents = sql_count_of(sql, ASK_SHELVES, "counted");
    figures->claimed_only = sql_count_of(sql, ASK_SHELVES, "claimed");
    figures->unverified = sql_count_of(sql, ASK_SHELVES, "unverified");
    figures->excluded = sql_count_of(sql, ASK_SHELVES, "excluded");
    sqlite3_stmt *organisations = sql_ask(sql, ASK_ORGANISATIONS);
    sqlite3_step(organisations);
    figures->organisations = sqlite3_column_int64(organisations, 0);
    figures->attacks_on_organisations = sqlite3_column_int64(organisations, 1);
    figures->countries = sqlite3_column_int64(organisations, 2);
    sqlite3_reset(organisations);
    sqlite3_bind_int64(sql_ask(sql, ASK_BESIDE), 1, figures->entries);
    figures->organisations_beside.precautionary = sql_count_of(sql, ASK_BESIDE, "precautionary");
    figures->organisations_beside.collateral = sql_count_of(sql, ASK_BESIDE, "collateral");
    figures->organisations_beside.spillover = sql_count_of(sql, ASK_BESIDE, "spillover");
    figures->ransomware_confirmed = sql_count_of(sql, ASK_RANSOMWARE, "confirmed");
    figures->ransomware_suspected = sql_count_of(sql, ASK_RANSOMWARE, "suspected");
    figures->by_type = sql_values(sql, arena, filter, "attack_type");
    figures->by_care = sql_values(sql, arena, filter, "care_disruption");
    figures->by_discloser = sql_values(sql, arena, filter, "first_discloser");
    figures->by_attribution = sql_values(sql, arena, filter, "attribution_basis");
    figures->by_attribution_status = sql_values(sql, arena, filter, "attribution_status");
    figures->by_main_type = sql_counts(sql, arena, ASK_BY_MAIN, "attack_type");
    figures->by_country = sql_places(sql, arena, ASK_BY_COUNTRY, ASK_WITH_COUNTRY, figures);
    figures->by_sector = sql_places(sql, arena, ASK_BY_SECTOR, ASK_WITH_SECTOR, figures);
    figures->by_month = sql_months(sql, arena);
    figures->by_severity = sql_severities(sql, arena);
    figures->by_verification = sql_counts(sql, arena, ASK_BY_LEVEL, "verification_level");
    figures->by_exclusion = sql_counts(sql, arena, ASK_BY_EXCLUSION, "inclusion_decision");
    sql_sums(sql, figures);
    sql_weeks(sql, filter, figures);
}

/* Comparing. Numbers are the same bit by bit: sums of whole and half numbers are exact in any order. */
static inline bool same_number(double a, double b)
{
    return (isnan(a) && isnan(b)) || !(a < b || a > b || isnan(a) || isnan(b));
}

static inline bool same_counts(const Counts *a, const Counts *b)
{
    bool same = a->count == b->count;
    for (size_t i = 0; same && i < a->count; i++)
        same = a->items[i].count == b->items[i].count && strcmp(a->items[i].code, b->items[i].code) == 0;
    return same;
}

/* The name of the first figure that differs, or NULL. */
static inline const char *first_difference(const Figures *a, const Figures *b)
{
#define SAME_COUNT(name)    \
    if (a->name != b->name) \
        return #name;
#define SAME_NUMBER(name)               \
    if (!same_number(a->name, b->name)) \
        return #name;
#define SAME_LIST(name)                   \
    if (!same_counts(&a->name, &b->name)) \
        return #name;
    SAME_COUNT(entries)
    SAME_COUNT(as_of)
    SAME_COUNT(incidents)
    SAME_COUNT(claimed_only)
    SAME_COUNT(unverified)
    SAME_COUNT(excluded)
    SAME_COUNT(organisations)
    SAME_COUNT(attacks_on_organisations)
    SAME_COUNT(countries)
    SAME_COUNT(organisations_beside.precautionary)
    SAME_COUNT(organisations_beside.collateral)
    SAME_COUNT(organisations_beside.spillover)
    SAME_COUNT(ransomware_confirmed)
    SAME_COUNT(ransomware_suspected)
    SAME_LIST(by_type)
    SAME_LIST(by_main_type)
    SAME_LIST(by_country)
    SAME_LIST(by_sector)
    SAME_LIST(by_verification)
    SAME_LIST(by_exclusion)
    SAME_LIST(by_month)
    SAME_LIST(by_severity)
    SAME_LIST(by_care)
    SAME_LIST(by_discloser)
    SAME_LIST(by_attribution)
    SAME_LIST(by_attribution_status)
    SAME_COUNT(persons_affected.known)
    SAME_COUNT(persons_affected.placeholders)
    SAME_NUMBER(persons_affected.sum)
    SAME_NUMBER(persons_affected.median)
    SAME_NUMBER(persons_affected.largest_share)
    SAME_COUNT(days_of_disturbed_care.known)
    SAME_NUMBER(days_of_disturbed_care.sum)
    SAME_NUMBER(days_of_disturbed_care.median)
    SAME_NUMBER(days_of_disturbed_care.lower_quartile)
    SAME_NUMBER(days_of_disturbed_care.upper_quartile)
    SAME_COUNT(care_not_delivered.appointments_known)
    SAME_COUNT(care_not_delivered.procedures_known)
    SAME_NUMBER(care_not_delivered.appointments)
    SAME_NUMBER(care_not_delivered.procedures)
    SAME_COUNT(first_day)
    SAME_COUNT(last_day)
    SAME_NUMBER(per_week)
    SAME_COUNT(week_first)
    SAME_COUNT(week_last)
    return NULL;
#undef SAME_COUNT
#undef SAME_NUMBER
#undef SAME_LIST
}
