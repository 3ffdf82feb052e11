/* A public store of invented incidents, written straight into its tables with the skew of real ones, and random
 * questions about it. For the tests of figures and their bench. */
#pragma once

#include <math.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "codebook/codebook.h"

typedef struct Synthetic {
    sqlite3 *db;
    const Codebook *codebook;
    uint64_t random;
    int64_t incidents, organisations, changes; /* changes: entries after those that open incidents */
    int64_t published;                         /* and entries after those, by synthetic_publish */
    unsigned churn;                            /* how many times more often than usual the unusual happens */
    int64_t next_change;
    sqlite3_stmt *incident, *version, *value, *known, *known_value, *affected;
} Synthetic;

#define SYNTHETIC_ORIGIN INT64_C(1600000000000) /* moment of the first entry */
enum { SYNTHETIC_BATCH = 100, SYNTHETIC_BATCH_MS = 40000, SYNTHETIC_CHILDREN = 1048576 };

static const char *const synthetic_countries[] = {
    "US", "FR", "DE", "GB", "CA", "AU", "IT", "ES", "BR", "IN", "NL", "BE", "CH", "SE", "JP",
    "NZ", "IE", "AT", "PL", "CZ", "RO", "PT", "NO", "DK", "FI", "GR", "HU", "IL", "ZA", "MX",
    "AR", "CL", "CO", "PE", "TH", "SG", "MY", "ID", "PH", "VN", "KR", "TW", "HK", "TR", "AE",
    "SA", "QA", "EG", "MA", "TN", "NG", "KE", "GH", "UA", "LT", "LV", "EE", "SK", "SI", "HR",
};
static const char *const synthetic_datasets[] = { "hhs-ocr", "veris", "starter", "synthetic" };
/* Variables of version_value beside the attack type, with how many in a hundred versions have one. */
static const struct {
    const char *key;
    unsigned percent;
} synthetic_variables[] = {
    { "encryption", 30 },        { "extortion_model", 20 }, { "initial_access", 15 },
    { "systems_affected", 25 },  { "data_disclosure", 40 }, { "care_disruption", 20 },
    { "services_affected", 10 }, { "data_kinds", 25 },      { "attribution_basis", 30 },
};

/* Sebastiano Vigna, splitmix64. */
static inline uint64_t synthetic_next(uint64_t *random)
{
    uint64_t z = (*random += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

static inline size_t synthetic_below(uint64_t *random, size_t count)
{
    return (size_t)(synthetic_next(random) % count);
}

static inline bool synthetic_chance(uint64_t *random, double percent)
{
    return (double)(synthetic_next(random) >> 11) * 0x1p-53 * 100 < percent;
}

/* An index that prefers small ones. */
static inline size_t synthetic_skewed(uint64_t *random, size_t count)
{
    double u = (double)(synthetic_next(random) >> 11) * 0x1p-53;
    return (size_t)((double)count * u * u * u);
}

static inline void synthetic_fine(Synthetic *synthetic, int code)
{
    if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW)
        return;
    fprintf(stderr, "synthetic register: %s\n", sqlite3_errmsg(synthetic->db));
    abort();
}

static inline sqlite3_stmt *synthetic_statement(Synthetic *synthetic, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    synthetic_fine(synthetic, sqlite3_prepare_v2(synthetic->db, sql, -1, &statement, NULL));
    return statement;
}

/* Binds by shape, as store_run does: i, r (NaN is NULL), t; runs and resets. */
static inline void synthetic_add(Synthetic *synthetic, sqlite3_stmt *statement, const char *shape, ...)
{
    va_list values;
    va_start(values, shape);
    for (int i = 1; *shape; shape++, i++) {
        if (*shape == 'i')
            synthetic_fine(synthetic, sqlite3_bind_int64(statement, i, va_arg(values, int64_t)));
        else if (*shape == 'r')
            synthetic_fine(synthetic, sqlite3_bind_double(statement, i, va_arg(values, double)));
        else
            synthetic_fine(synthetic,
                           sqlite3_bind_text(statement, i, va_arg(values, const char *), -1, SQLITE_TRANSIENT));
    }
    va_end(values);
    synthetic_fine(synthetic, sqlite3_step(statement));
    sqlite3_reset(statement);
}

static inline void synthetic_run(Synthetic *synthetic, const char *sql)
{
    synthetic_fine(synthetic, sqlite3_exec(synthetic->db, sql, NULL, NULL, NULL));
}

static const char *synthetic_code(Synthetic *synthetic, const char *variable)
{
    const Variable *found = codebook_variable(synthetic->codebook, variable);
    return found->values[synthetic_skewed(&synthetic->random, found->value_count)].code;
}

static inline int64_t synthetic_moment(int64_t entry)
{
    return SYNTHETIC_ORIGIN + (entry - 1) / SYNTHETIC_BATCH * SYNTHETIC_BATCH_MS;
}

static inline void synthetic_entries(Synthetic *synthetic, int64_t from, int64_t to)
{
    sqlite3_stmt *entry = synthetic_statement(
        synthetic,
        "INSERT INTO entry (seq, at, author, kind, subject, body, hash) VALUES (?1, ?2, 'x', 'x', 'x', '{}', x'00')");
    for (int64_t seq = from; seq <= to; seq++)
        synthetic_add(synthetic, entry, "ii", seq, synthetic_moment(seq));
    sqlite3_finalize(entry);
}

static inline void synthetic_organisations(Synthetic *synthetic, int64_t from, int64_t to)
{
    uint64_t *random = &synthetic->random;
    sqlite3_stmt *organisation = synthetic_statement(
        synthetic, "INSERT INTO organisation (id, look_up, name, folded, country, sector_group, org_type, since) "
                   "VALUES (?1, ?1, 'clinic ' || ?1, 'clinic ' || ?1, ?2, ?3, ?4, 1)");
    for (int64_t id = from; id <= to; id++) {
        bool known = !synthetic_chance(random, 0.5 * synthetic->churn);
        size_t country = synthetic_skewed(random, COUNT_OF(synthetic_countries));
        synthetic_add(synthetic, organisation, "ittt", id, known ? synthetic_countries[country] : NULL,
                      synthetic_chance(random, 0.5 * synthetic->churn) ? NULL
                                                                       : synthetic_code(synthetic, "sector_group"),
                      synthetic_chance(random, 0.5 * synthetic->churn) ? NULL : synthetic_code(synthetic, "org_type"));
    }
    sqlite3_finalize(organisation);
}

/* The entry of the next change: all changes of one incident together, but spread over the journal. 0 when used up. */
static inline int64_t synthetic_change(Synthetic *synthetic)
{
    if (synthetic->next_change == synthetic->changes)
        return 0;
    int64_t k = synthetic->next_change++;
    return synthetic->incidents + 1 + k * 7919 % synthetic->changes;
}

static inline void synthetic_values(Synthetic *synthetic, sqlite3_stmt *value, int64_t version, int64_t *id,
                                    size_t main_type)
{
    uint64_t *random = &synthetic->random;
    const Variable *types = codebook_variable(synthetic->codebook, "attack_type");
    bool has[64] = { false };
    has[main_type] = true;
    for (double chance = 25; synthetic_chance(random, chance); chance /= 4) {
        size_t other = synthetic_skewed(random, types->value_count);
        has[MAX(other, main_type)] = true;
    }
    for (size_t i = 0; i < types->value_count; i++)
        if (has[i])
            synthetic_add(synthetic, value, "iitt", ++*id, version, "attack_type", types->values[i].code);
    for (size_t i = 0; i < COUNT_OF(synthetic_variables); i++) {
        const Variable *variable = codebook_variable(synthetic->codebook, synthetic_variables[i].key);
        size_t before = SIZE_MAX;
        for (double chance = synthetic_variables[i].percent; synthetic_chance(random, chance); chance /= 2) {
            size_t place = synthetic_skewed(random, variable->value_count);
            if (place == before)
                break;
            synthetic_add(synthetic, value, "iitt", ++*id, version, variable->key, variable->values[place].code);
            before = place;
            if (variable->cardinality != ANY_NUMBER)
                break;
        }
    }
}

static const char *synthetic_level(uint64_t *random)
{
    static const char *const levels[] = { "v3_confirmed", "v2_probable", "v1_claimed", "v0_unverified", "v9_refuted" };
    return levels[synthetic_skewed(random, COUNT_OF(levels))];
}

static const char *synthetic_inclusion(Synthetic *synthetic)
{
    if (!synthetic_chance(&synthetic->random, 6.0 * (1 + synthetic->churn / 4)))
        return "included";
    const Variable *variable = codebook_variable(synthetic->codebook, "inclusion_decision");
    return variable->values[1 + synthetic_below(&synthetic->random, variable->value_count - 1)].code;
}

static inline double synthetic_number(uint64_t *random, double percent, double scale, double step)
{
    double u = (double)(synthetic_next(random) >> 11) * 0x1p-53;
    return synthetic_chance(random, percent) ? floor(scale * pow(10, 5 * u) / step) * step : NAN;
}

/* A row of `version`, or with no day of its own one of `known`, whose since and until are days. */
static inline void synthetic_version(Synthetic *synthetic, int64_t incident, int64_t n, int64_t since, int64_t until,
                                     double known)
{
    bool standing = !isnan(known);
    uint64_t *random = &synthetic->random;
    const Variable *types = codebook_variable(synthetic->codebook, "attack_type");
    size_t main_type = synthetic_skewed(random, types->value_count);
    bool dated = !synthetic_chance(random, 0.2 * synthetic->churn), placeholder = synthetic_chance(random, 5);
    int64_t version = incident * SYNTHETIC_CHILDREN + n, value = incident * SYNTHETIC_CHILDREN + n * 64;
    static const char *const bases[] = { "disclosed", "detected", "start" };
    double day = day_of(2026, 6, 1) - (double)synthetic_skewed(random, 16 * 365);
    synthetic_add(synthetic, standing ? synthetic->version : synthetic->known,
                  standing ? "iiirttrtttirtrrrr" : "iiirttrtttirtrrr", version, incident, since,
                  until ? (double)until : NAN, synthetic_inclusion(synthetic), synthetic_level(random),
                  dated ? day : NAN, bases[synthetic_skewed(random, COUNT_OF(bases))], types->values[main_type].code,
                  main_type                      ? NULL
                  : synthetic_chance(random, 70) ? "confirmed"
                                                 : "suspected",
                  (int64_t)synthetic_skewed(random, 6), placeholder ? NAN : synthetic_number(random, 60, 10, 1),
                  placeholder ? "placeholder" : "not_reported", synthetic_number(random, 8, 0.005, 0.5),
                  synthetic_number(random, 3, 1, 1), synthetic_number(random, 1, 1, 1), known);
    synthetic_values(synthetic, standing ? synthetic->value : synthetic->known_value, version, &value, main_type);
}

/* What was known before what stands today, and the day of that. */
static inline double synthetic_history(Synthetic *synthetic, int64_t incident)
{
    uint64_t *random = &synthetic->random;
    int64_t day = day_of(2026, 9, 1) - (int64_t)synthetic_skewed(random, 16 * 365);
    for (int64_t n = 1; n < 5 && synthetic_chance(random, 4.0 * synthetic->churn); n++) {
        int64_t next = day + 1 + (int64_t)synthetic_skewed(random, 500);
        synthetic_version(synthetic, incident, n, day, next, NAN);
        day = next;
    }
    return (double)day;
}

/* Those of an incident that entry `opened` opens. */
static inline void synthetic_links(Synthetic *synthetic, int64_t incident, int64_t opened)
{
    static const char *const others[] = { "precautionary", "collateral", "spillover" };
    uint64_t *random = &synthetic->random;
    bool supplier = synthetic_chance(random, 3.0 * synthetic->churn);
    size_t count = supplier ? 2 + synthetic_below(random, 39) : !synthetic_chance(random, synthetic->churn);
    for (size_t i = 0; i < count; i++) {
        int64_t id = incident * SYNTHETIC_CHILDREN + (int64_t)i + 1;
        const char *role = synthetic_chance(random, synthetic->churn)
                               ? others[synthetic_below(random, COUNT_OF(others))]
                           : supplier && i > 0 ? "via_supplier"
                                               : "direct";
        int64_t since = opened, until = 0;
        if (synthetic_chance(random, 0.1 * synthetic->churn))
            since = synthetic_change(synthetic);
        else if (synthetic_chance(random, 0.1 * synthetic->churn))
            until = synthetic_change(synthetic);
        synthetic_add(synthetic, synthetic->affected, "iiitir", id, incident,
                      1 + (int64_t)synthetic_below(random, (size_t)synthetic->organisations), role,
                      since ? since : opened, until ? (double)until : NAN);
    }
}

static inline void synthetic_incident(Synthetic *synthetic, int64_t incident)
{
    uint64_t *random = &synthetic->random;
    int64_t since = incident, until;
    double known = synthetic_history(synthetic, incident);
    synthetic_add(synthetic, synthetic->incident, "ittt", incident, synthetic_datasets[synthetic_skewed(random, 4)],
                  synthetic_chance(random, 50) ? "hospital" : "laboratory",
                  synthetic_chance(random, 5) ? "of the north" : "");
    for (int64_t n = 1;; n++) {
        until = synthetic_chance(random, 9.0 * MIN(synthetic->churn, 5)) ? synthetic_change(synthetic) : 0;
        if (until && until <= since) /* spread over the journal, the next one may be earlier */
            until = 0;
        synthetic_version(synthetic, incident, n, since, until, until ? known - 1 : known);
        if (!until)
            break;
        since = until;
    }
    synthetic_links(synthetic, incident, incident);
}

static inline void synthetic_open(Synthetic *synthetic)
{
    synthetic->incident =
        synthetic_statement(synthetic, "INSERT INTO incident (id, dataset, external, title, folded, since) "
                                       "VALUES (?1, ?2, ?1, ?3 || ' ' || ?1, ?3 || ' ' || ?1 || ' ' || ?4, ?1)");
    synthetic->version = synthetic_statement(
        synthetic,
        "INSERT INTO version (id, incident, since, until, inclusion, verification, date_first, date_last, date_basis, "
        "main_type, ransomware_status, severity_low, severity_high, index_low, index_high, coverage, persons, "
        "persons_missing, disturbed_days, appointments, procedures, conflicting, known_since) VALUES (?1, ?2, ?3, "
        "CAST(?4 AS INTEGER), ?5, ?6, CAST(?7 AS INTEGER), CAST(?7 AS INTEGER), ?8, ?9, ?10, ?11, 5, 0, 100, 0, ?12, "
        "?13, ?14, ?15, ?16, 0, CAST(?17 AS INTEGER))");
    synthetic->known = synthetic_statement(
        synthetic,
        "INSERT INTO known (id, incident, known_since, known_until, inclusion, verification, date_first, date_last, "
        "date_basis, main_type, ransomware_status, severity_low, severity_high, index_low, index_high, coverage, "
        "persons, persons_missing, disturbed_days, appointments, procedures, conflicting) VALUES (?1, ?2, ?3, "
        "CAST(?4 AS INTEGER), ?5, ?6, CAST(?7 AS INTEGER), CAST(?7 AS INTEGER), ?8, ?9, ?10, ?11, 5, 0, 100, 0, ?12, "
        "?13, ?14, ?15, ?16, 0)");
    synthetic->known_value =
        synthetic_statement(synthetic, "INSERT INTO known_value (id, known, variable, code) VALUES (?1, ?2, ?3, ?4)");
    synthetic->value = synthetic_statement(
        synthetic, "INSERT INTO version_value (id, version, variable, code) VALUES (?1, ?2, ?3, ?4)");
    synthetic->affected =
        synthetic_statement(synthetic, "INSERT INTO affected (id, incident, organisation, role, naming, since, until) "
                                       "VALUES (?1, ?2, ?3, ?4, 'named', ?5, CAST(?6 AS INTEGER))");
}

static inline void synthetic_close(Synthetic *synthetic)
{
    sqlite3_finalize(synthetic->incident);
    sqlite3_finalize(synthetic->version);
    sqlite3_finalize(synthetic->value);
    sqlite3_finalize(synthetic->known);
    sqlite3_finalize(synthetic->known_value);
    sqlite3_finalize(synthetic->affected);
}

/* Fills the empty tables behind `db`, which a store has made. */
static inline void synthetic_fill(Synthetic *synthetic)
{
    synthetic->organisations = MAX(synthetic->incidents * 6 / 10, 1);
    synthetic->changes = MAX(synthetic->incidents / 7 * 5 * MIN(synthetic->churn, 3) / 4, 1);
    while (synthetic->changes % 7919 == 0)
        synthetic->changes++;
    synthetic_run(synthetic, "PRAGMA synchronous = OFF; PRAGMA cache_size = -200000; BEGIN");
    synthetic_open(synthetic);
    synthetic_entries(synthetic, 1, synthetic->incidents + synthetic->changes);
    synthetic_organisations(synthetic, 1, synthetic->organisations);
    for (int64_t incident = 1; incident <= synthetic->incidents; incident++)
        synthetic_incident(synthetic, incident);
    synthetic_close(synthetic);
    synthetic_run(synthetic, "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
}

/* Runs a statement about the rows of one incident: ?1 and ?2 are their ids, ?3 an entry. Answers what it says first. */
static inline int64_t synthetic_rows(Synthetic *synthetic, const char *sql, int64_t incident, int64_t entry)
{
    int64_t first = incident * SYNTHETIC_CHILDREN, answer = 0;
    sqlite3_stmt *statement = synthetic_statement(synthetic, sql);
    synthetic_fine(synthetic, sqlite3_bind_int64(statement, 1, first));
    synthetic_fine(synthetic, sqlite3_bind_int64(statement, 2, first + SYNTHETIC_CHILDREN - 1));
    if (sqlite3_bind_parameter_count(statement) > 2)
        synthetic_fine(synthetic, sqlite3_bind_int64(statement, 3, entry));
    int code = sqlite3_step(statement);
    synthetic_fine(synthetic, code);
    if (code == SQLITE_ROW)
        answer = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return answer;
}

static inline void synthetic_end(Synthetic *synthetic, int64_t incident, int64_t entry)
{
    synthetic_rows(synthetic, "UPDATE version SET until = ?3 WHERE id BETWEEN ?1 AND ?2 AND until IS NULL", incident,
                   entry);
    synthetic_rows(synthetic, "DELETE FROM known_value WHERE id BETWEEN ?1 AND ?2", incident, entry);
    synthetic_rows(synthetic, "DELETE FROM known WHERE id BETWEEN ?1 AND ?2", incident, entry);
}

/* Other organisations, now and then. */
static inline void synthetic_relink(Synthetic *synthetic, int64_t incident, int64_t entry)
{
    if (synthetic_chance(&synthetic->random, 20))
        synthetic_rows(synthetic,
                       "UPDATE affected SET until = ?3 WHERE id = (SELECT max(id) FROM affected WHERE id BETWEEN ?1 "
                       "AND ?2 AND until IS NULL)",
                       incident, entry);
    if (!synthetic_chance(&synthetic->random, 30))
        return;
    int64_t last = synthetic_rows(synthetic, "SELECT coalesce(max(id), ?1) FROM affected WHERE id BETWEEN ?1 AND ?2",
                                  incident, entry);
    synthetic_add(synthetic, synthetic->affected, "iiitir", last + 1, incident, synthetic->organisations,
                  synthetic_chance(&synthetic->random, 20) ? "spillover" : "direct", entry, (double)NAN);
}

/* An incident leaves, comes back, or is told otherwise from this entry on. */
static inline void synthetic_touch(Synthetic *synthetic, int64_t incident, int64_t entry)
{
    int64_t last = synthetic_rows(synthetic, "SELECT max(id) FROM version WHERE id BETWEEN ?1 AND ?2", incident, entry);
    synthetic_end(synthetic, incident, entry);
    synthetic_rows(synthetic, "UPDATE status SET until = ?3 WHERE id BETWEEN ?1 AND ?2 AND until IS NULL", incident,
                   entry);
    if (synthetic_chance(&synthetic->random, 15)) {
        synthetic_rows(synthetic,
                       "INSERT INTO status (id, incident, status, act, since) SELECT coalesce(max(id), ?1) + 1, "
                       "?1 / 1048576, 'withdrawn', ?3, ?3 FROM status WHERE id BETWEEN ?1 AND ?2",
                       incident, entry);
        return;
    }
    synthetic_relink(synthetic, incident, entry);
    synthetic_version(synthetic, incident, 1 + last % SYNTHETIC_CHILDREN, entry, 0,
                      synthetic_history(synthetic, incident));
}

/* One more entry about an incident of a filled register, or about a new one (0), with a new organisation beside. */
static inline void synthetic_publish(Synthetic *synthetic, int64_t incident)
{
    int64_t entry = synthetic->incidents + synthetic->changes + ++synthetic->published;
    synthetic->next_change = synthetic->changes; /* all is changed from this entry on */
    synthetic_run(synthetic, "BEGIN IMMEDIATE");
    synthetic_open(synthetic);
    synthetic_entries(synthetic, entry, entry);
    if (!incident || synthetic_chance(&synthetic->random, 20)) {
        synthetic->organisations++;
        synthetic_organisations(synthetic, synthetic->organisations, synthetic->organisations);
    }
    if (incident) {
        synthetic_touch(synthetic, incident, entry);
    } else {
        incident = ++synthetic->incidents;
        synthetic->published--; /* so that entries go on being counted up */
        double known = synthetic_history(synthetic, incident);
        synthetic_add(synthetic, synthetic->incident, "ittt", incident, synthetic_datasets[incident % 4], "hospital",
                      "");
        synthetic_version(synthetic, incident, 1, entry, 0, known);
        synthetic_links(synthetic, incident, entry);
    }
    synthetic_close(synthetic);
    synthetic_run(synthetic, "COMMIT");
}

typedef struct QueryPart { /* what a random question may ask, and how often in a hundred */
    const char *key, *variable;
    double percent;
    unsigned most; /* values */
} QueryPart;

static inline void synthetic_part(Synthetic *synthetic, const QueryPart *part, Out *query)
{
    uint64_t *random = &synthetic->random;
    static const char *const severities[] = { "no_effect", "minor", "moderate", "major", "severe", "catastrophic" };
    size_t count = 1 + synthetic_below(random, part->most);
    for (size_t i = 0; i < count; i++) {
        const char *code = !strcmp(part->key, "country")  ? synthetic_countries[synthetic_skewed(random, 60)]
                           : !strcmp(part->key, "source") ? synthetic_datasets[synthetic_below(random, 4)]
                           : !*part->variable             ? severities[synthetic_below(random, 6)]
                                                          : synthetic_code(synthetic, part->variable);
        out_url(query, i ? "" : part->key);
        out_raw(query, i ? "," : "=", 1);
        out_url(query, code);
    }
    OUT_LITERAL(query, "&");
}

static inline void synthetic_dates(Synthetic *synthetic, Out *query)
{
    uint64_t *random = &synthetic->random;
    char text[DATE_TEXT_SIZE], moment[MOMENT_TEXT_SIZE];
    int32_t from = day_of(2010, 1, 1) + (int32_t)synthetic_below(random, 16 * 365);
    int32_t to = from + (int32_t)synthetic_below(random, 6 * 365);
    if (synthetic_chance(random, 40)) {
        day_write(from, text);
        OUT_LITERAL(query, "from=");
        out_raw(query, text, synthetic_chance(random, 50) ? 4 : 10);
        OUT_LITERAL(query, "&");
    }
    if (synthetic_chance(random, 25)) {
        day_write(to, text);
        OUT_LITERAL(query, "to=");
        out_raw(query, text, synthetic_chance(random, 50) ? 7 : 10);
        OUT_LITERAL(query, "&");
    }
    if (synthetic_chance(random, 25)) {
        int64_t entries = synthetic->incidents + synthetic->changes + synthetic->published;
        int64_t entry = (int64_t)synthetic_below(random, (size_t)entries);
        OUT_LITERAL(query, "as_of=");
        out_url(query, moment_write(synthetic_moment(entry + 1) + (int64_t)synthetic_below(random, 3) - 1, moment));
    } else if (synthetic_chance(random, 25)) {
        day_write(from + (int32_t)synthetic_below(random, 3 * 365), text);
        OUT_LITERAL(query, "known_by=");
        out_raw(query, text, synthetic_chance(random, 30) ? 4 : 10);
    }
}

/* A random query string, as readers might ask. */
static inline void synthetic_query(Synthetic *synthetic, Out *query)
{
    static const QueryPart parts[] = {
        { "type", "attack_type", 40, 3 },
        { "country", "", 35, 4 },
        { "sector", "sector_group", 15, 2 },
        { "severity", "", 12, 3 },
        { "main_type", "attack_type", 5, 2 },
        { "verification", "verification_level", 6, 2 },
        { "inclusion", "inclusion_decision", 4, 2 },
        { "source", "", 8, 2 },
        { "org_type", "org_type", 6, 3 },
        { "ransomware_status", "ransomware_status", 4, 1 },
        { "reference_date_basis", "reference_date_basis", 3, 1 },
        { "encryption", "encryption", 4, 1 },
        { "systems_affected", "systems_affected", 4, 3 },
        { "data_kinds", "data_kinds", 4, 2 },
    };
    out_clear(query);
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        if (synthetic_chance(&synthetic->random, parts[i].percent))
            synthetic_part(synthetic, &parts[i], query);
    synthetic_dates(synthetic, query);
}
