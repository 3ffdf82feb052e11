/* A figure that was cited once must never change, whatever is added later; what does not fit together must never be
 * shown as if it did; and the fast way must never answer other than the plain one. */
#include "fixture.h"
#include "sql_figures.h"
#include "stats/search.h"
#include "synthetic.h"
#include "test.h"

/* 1. The past. */

enum { CITED = 60 };

typedef struct Cited {
    char query[FILTER_QUERY_MAX];
    Figures figures;
} Cited;

static Figures figures_of(const Snapshot *snapshot, Arena *arena, const char *query)
{
    Filter filter = filter_of(arena, text_of(query));
    Figures figures;
    figures_count(snapshot, &filter, NULL, 0, arena, &figures);
    return figures;
}

/* What corrections, new incidents, new organisations and new values would add: entries of a later day. */
static const char later[] =
    "INSERT INTO entry (seq, at, author, kind, subject, body, hash) "
    "SELECT (SELECT max(seq) FROM entry) + id, 1900000000000, 'x', 'x', 'x', '{}', x'' FROM incident;"
    "CREATE TEMP TABLE ended AS SELECT id, incident, (SELECT max(seq) FROM entry) - incident AS entry FROM version "
    "WHERE until IS NULL AND incident % 3 = 0;"
    "INSERT INTO version SELECT version.id + 100, version.incident, ended.entry, NULL, 'included', reason, "
    "'v3_confirmed', date_first + 3, date_last + 3, date_basis, 'espionage', NULL, 5, 5, 1, 1, 1, 12345.5, NULL, 0.1, "
    "7, 7, 1, version.known_since "
    "FROM version JOIN ended ON ended.id = version.id;"
    "UPDATE version SET until = (SELECT entry FROM ended WHERE ended.id = version.id) WHERE id IN (SELECT id FROM "
    "ended);"
    "INSERT INTO version_value SELECT incident * 1048576 + 1000000, id + 100, 'attack_type', 'espionage' FROM ended;"
    "INSERT INTO organisation SELECT id + 1000000, 0, name, folded, 'KP', subdivision, place, org_type, sector_group, "
    "external, since FROM organisation WHERE id < 500;"
    "INSERT INTO affected (id, incident, organisation, role, naming, since, until) "
    "SELECT incident * 1048576 + 900000, incident, 1000001 + incident % 400, 'direct', 'named', "
    "entry, "
    "NULL FROM ended;"
    "UPDATE affected SET until = (SELECT max(seq) FROM entry) WHERE until IS NULL AND incident % 7 = 0;";

static void test_past(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    static Cited cited[CITED];
    Fixture fixture;
    fixture_open(&fixture);
    Synthetic synthetic = { .db = fixture.db, .codebook = &codebook, .random = 11, .incidents = 2000, .churn = 6 };
    synthetic_fill(&synthetic);
    Snapshot *before = load(&fixture);
    char newest[MOMENT_TEXT_SIZE];
    moment_write(snapshot_newest(before), newest);
    AUTO_OUT query = { 0 };
    for (int i = 0; i < CITED; i++) {
        do
            synthetic_query(&synthetic, &query);
        while (text_find(out_view(&query), "as_of") < query.length ||
               text_find(out_view(&query), "known_by") < query.length);
        (void)snprintf(cited[i].query, sizeof cited[i].query, "%sas_of=%s", query.length ? query.text : "", newest);
        cited[i].figures = figures_of(before, arena, cited[i].query);
    }
    add_rows(&fixture, later);
    Snapshot *after = load(&fixture);
    Figures then = figures_of(before, arena, ""), now = figures_of(after, arena, "");
    CHECK(now.entries > then.entries && first_difference(&now, &then), "later entries change what is said now");
    for (int i = 0; i < CITED; i++) {
        Figures again = figures_of(after, arena, cited[i].query);
        const char *difference = first_difference(&again, &cited[i].figures);
        CHECK(!difference, "cited figures stay, %lld incidents: %s %s", (long long)again.incidents, cited[i].query,
              difference ? difference : "");
    }
    CHECK(figures_of(before, arena, "").incidents == then.incidents, "a snapshot that is held stays what it was");
    snapshot_release(before);
    snapshot_release(after);
    fixture_close(&fixture);
}

/* 2. What does not fit together. */

#define ENTRY "INSERT INTO entry (seq, at, author, kind, subject, body, hash) VALUES (1, 1, 'x', 'x', 'x', '{}', x'');"
#define INCIDENT(incident, level)                                                                                 \
    "INSERT INTO version (id, incident, since, inclusion, verification, severity_low, severity_high, index_low, " \
    "index_high, coverage, conflicting) VALUES (" incident " * 1048576 + 1, " incident ", 1, 'included', "        \
    "'v3_confirmed', " level ", 5, 0, 0, 0, 0);"
#define LINK                                                                                                   \
    "INSERT INTO affected (id, incident, organisation, role, naming, since) VALUES (2097153, 2, 7, 'direct', " \
    "'named', 1);"
#define VALUE \
    "INSERT INTO version_value (id, version, variable, code) VALUES (2097153, 2097153, 'attack_type', 'ddos');"

static const struct {
    const char *name, *rows;
    ProblemKind problem;
} registers[] = {
    { "an empty register", "", PROBLEM_NONE },
    { "a version", ENTRY INCIDENT("2", "0"), PROBLEM_NONE },
    { "a version with a value", ENTRY INCIDENT("2", "0") VALUE, PROBLEM_NONE },
    { "a value without a version", ENTRY VALUE, PROBLEM_DAMAGED },
    { "a value before all versions", ENTRY INCIDENT("3", "0") VALUE, PROBLEM_DAMAGED },
    { "a value behind all versions", ENTRY INCIDENT("1", "0") VALUE, PROBLEM_DAMAGED },
    { "an organisation that is not there", ENTRY INCIDENT("2", "0") LINK, PROBLEM_DAMAGED },
    { "a link of no version", ENTRY INCIDENT("1", "0") LINK, PROBLEM_DAMAGED },
    { "a severity that is none", ENTRY INCIDENT("2", "6"), PROBLEM_DAMAGED },
    { "an incident that has no number", ENTRY INCIDENT("0", "0"), PROBLEM_DAMAGED },
    { "an incident beyond all numbers", ENTRY INCIDENT("4294967296", "0"), PROBLEM_DAMAGED },
    { "an entry beyond all numbers",
      "INSERT INTO entry (seq, at, author, kind, subject, body, hash) VALUES (4294967295, 1, 'x', 'x', 'x', '{}', "
      "x'');",
      PROBLEM_UNAVAILABLE },
};

static void test_damage(void)
{
    for (size_t i = 0; i < COUNT_OF(registers); i++) {
        Problem problem = { 0 };
        Fixture fixture;
        fixture_open(&fixture);
        add_rows(&fixture, registers[i].rows);
        Snapshot *snapshot = snapshot_load(fixture.store, &codebook, &problem);
        CHECK(problem.kind == registers[i].problem && !snapshot == !!problem.kind, "%s: %s", registers[i].name,
              problem.kind ? problem.message : "is read");
        snapshot_release(snapshot);
        fixture_close(&fixture);
    }
}

/* 3. Moments. */

static void test_moments(void)
{
    static const struct {
        int64_t moment, entries;
    } cases[] = { { -1, 0 }, { 999, 0 }, { 1000, 2 }, { 1001, 2 }, { 4999, 2 }, { 5000, 3 }, { INT64_MAX, 3 } };
    Fixture fixture;
    fixture_open(&fixture);
    add_rows(&fixture, "INSERT INTO entry (seq, at, author, kind, subject, body, hash) VALUES "
                       "(1, 1000, 'x', 'x', 'x', '{}', x''), (2, 1000, 'x', 'x', 'x', NULL, x''), "
                       "(3, 5000, 'x', 'x', 'x', '{}', x'')");
    Snapshot *snapshot = load(&fixture);
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        CHECK(snapshot_entries_at(snapshot, cases[i].moment) == cases[i].entries, "%lld entries up to moment %lld",
              (long long)cases[i].entries, (long long)cases[i].moment);
    CHECK(snapshot_size(snapshot) == 3 && snapshot_newest(snapshot) == 5000 && snapshot_rows(snapshot) == 0,
          "entries without incidents are entries");
    snapshot_release(snapshot_hold(snapshot));
    CHECK(snapshot_size(snapshot) == 3 && snapshot_codebook(snapshot) == &codebook, "what another holds stays");
    snapshot_release(snapshot);
    snapshot_release(NULL);
    fixture_close(&fixture);
}

/* 4. Kernels. */

enum { WORDS = 37, ROWS = WORDS * WORD_ROWS };

static void test_kernels(void)
{
    const Kernel *plain = kernel_plain(), *vector = kernel_vector();
    uint64_t random = 3, a[WORDS], b[WORDS];
    static uint8_t codes[ROWS], wanted[BYTE_CODES];
    static uint32_t since[ROWS], until[ROWS];
    static uint16_t days[ROWS];
    bool same_codes = true, same_moments = true, same_days = true;
    if (!vector) {
        printf("ok %d # skip this processor has no vector kernel\n", ++tests_run);
        return;
    }
    for (int round = 0; round < 300; round++) {
        for (size_t i = 0; i < ROWS; i++) {
            codes[i] = (uint8_t)(round < 2 ? i : synthetic_next(&random) & 255);
            days[i] = (uint16_t)(round == 1 ? i * 40 : synthetic_next(&random));
            since[i] = (uint32_t)synthetic_next(&random) >> (round % 3 * 8);
            until[i] = i % 3 ? ENTRY_NEVER : (uint32_t)synthetic_next(&random) >> (round % 3 * 8);
        }
        for (size_t i = 0; i < BYTE_CODES; i++)
            wanted[i] = (uint8_t)(round == 0 ? i % 2 : synthetic_next(&random) % 4 == 0);
        uint32_t entry = round == 5 ? 0 : round == 6 ? UINT32_MAX - 1 : since[synthetic_below(&random, ROWS)];
        if (entry == ENTRY_NEVER)
            entry--;
        for (size_t i = 0; i < WORDS; i++)
            a[i] = b[i] = i % 5 ? synthetic_next(&random) : 0;
        plain->keep_codes(a, codes, WORDS, wanted);
        vector->keep_codes(b, codes, WORDS, wanted);
        same_codes = same_codes && memcmp(a, b, sizeof a) == 0;
        plain->keep_held(a, since, until, WORDS, entry);
        vector->keep_held(b, since, until, WORDS, entry);
        same_moments = same_moments && memcmp(a, b, sizeof a) == 0;
        uint16_t end = (uint16_t)(round == 5 ? 0 : round == 6 ? UINT16_MAX : days[synthetic_below(&random, ROWS)]);
        for (size_t i = 0; i < WORDS; i++)
            a[i] = b[i] = i % 5 ? synthetic_next(&random) : 0;
        plain->keep_before(a, days, WORDS, end);
        vector->keep_before(b, days, WORDS, end);
        same_days = same_days && memcmp(a, b, sizeof a) == 0;
    }
    CHECK(same_codes, "the %s kernel keeps the same codes", vector->name);
    CHECK(same_moments, "the %s kernel keeps the same moments", vector->name);
    CHECK(same_days, "the %s kernel keeps the same days", vector->name);
}

/* 5. Quantiles of many different numbers, as R's quantile(x, type = 7) gives them. */

static void test_quantiles(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    enum { NUMBERS = 10000 };
    double *numbers = NEW_ARRAY(arena, double, NUMBERS);
    uint32_t *order = NEW_ARRAY(arena, uint32_t, NUMBERS);
    uint64_t *bits = NEW_ARRAY(arena, uint64_t, words_of(NUMBERS));
    Measure measure;
    MeasureFigures figures;
    for (uint32_t i = 0; i < NUMBERS; i++) { /* all of 0 to 9999, mixed; every other row chosen: 0, 2, 4, ... */
        numbers[i] = i * 7 % NUMBERS;
        order[i] = i;
        if ((uint32_t)numbers[i] % 2 == 0)
            bit_set(bits, i);
    }
    Selection all = { bits, 0, words_of(NUMBERS) };
    measure_finish(arena, numbers, order, NUMBERS, &measure);
    measure_count(&measure, &all, QUANTILES_QUARTILES, arena, &figures);
    CHECK(figures.known == 5000 && same_number(figures.sum, 4999.0 * 5000) && same_number(figures.largest, 9998),
          "known, sum and largest");
    CHECK(same_number(figures.lower_quartile, 2499.5) && same_number(figures.median, 4999) &&
              same_number(figures.upper_quartile, 7498.5),
          "quartiles %g %g %g", figures.lower_quartile, figures.median, figures.upper_quartile);
    measure_count(&measure, &(Selection){ bits, 0, 0 }, QUANTILES_QUARTILES, arena, &figures);
    CHECK(figures.known == 0 && isnan(figures.median), "nothing has no median");
}

/* 6. Words. */

static const struct {
    const char *name, *q;
    size_t count;
    int64_t first;
} searches[] = {
    { "a word", "lyon", 2, 2 },
    { "another case and accents", "HÔPITAL", 3, 1 },
    { "all words, in any order", "lyon hopital", 1, 2 },
    { "a part of a word", "labora", 1, 3 },
    { "words that are not there", "marseille", 0, 0 },
    { "one word of two is not enough", "hopital marseille", 0, 0 },
    { "a sign of patterns only parts words", "l_boratoire", 1, 3 },
    { "nor is a percent sign", "100%", 1, 4 },
    { "a name that stands beside, of incidents that are there", "LockBit", 2, 1 },
    { "a name beside and a word of its own", "lockbit lyon", 1, 3 },
    { "the longest word beside or of its own", "laboratoire ryuk", 1, 3 },
    { "a name beside of another incident", "ryuk hopital", 0, 0 },
};

static void test_search(void)
{
    Fixture fixture;
    fixture_open(&fixture);
    add_rows(&fixture, "INSERT INTO incident (id, dataset, external, title, folded, since) VALUES "
                       "(1, 'x', '1', 'x', 'hopital de paris', 1), (2, 'x', '2', 'x', 'hopital de lyon', 1), "
                       "(3, 'x', '3', 'x', 'laboratoire lyon', 1), (4, 'x', '4', 'x', 'hopital 100 lits', 1)");
    static const SearchBeside named[] = { { 1, " lockbit" }, { 3, " ryuk lockbit 3 0" }, { 9, " lockbit" } };
    const SearchBesides beside = { named, COUNT_OF(named) };
    for (size_t i = 0; i < COUNT_OF(searches); i++) {
        AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
        Problem problem = { 0 };
        SearchWords words;
        SearchFound found;
        bool fine = search_words(arena, searches[i].q, &words, &problem) &&
                    search_incidents(fixture.store, &words, &beside, &found, &problem);
        CHECK(fine && found.count == searches[i].count && (found.count == 0 || found.ids[0] == searches[i].first),
              "%s: %zu found %s", searches[i].name, found.count, problem.message);
    }
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Problem problem = { 0 };
    SearchWords words;
    CHECK(!search_words(arena, "!?", &words, &problem) && problem.kind == PROBLEM_BAD_INPUT &&
              strcmp(problem.field, "q") == 0,
          "nothing to search for: %s", problem.message);
    fixture_close(&fixture);
}

static void test_found(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Fixture fixture;
    fixture_open(&fixture);
    add_rows(&fixture, ENTRY INCIDENT("1", "0") INCIDENT("2", "0") INCIDENT("70", "0"));
    Snapshot *snapshot = load(&fixture);
    Filter filter = filter_of(arena, TEXT("q=lyon"));
    int64_t found[] = { 2, 70, 5000000000 }, listed[4];
    size_t total;
    Figures figures;
    Listing listing = { &filter, found, 3, REGISTER_ALL, NEWEST_FIRST, 1, 4 };
    figures_count(snapshot, &filter, found, 3, arena, &figures);
    CHECK(figures.incidents == 2, "figures of what was found");
    figures_count(snapshot, &filter, NULL, 0, arena, &figures);
    CHECK(figures.incidents == 0, "figures of nothing found");
    CHECK(figures_list(snapshot, &listing, listed, &total) == 1 && total == 2 && listed[0] == 70,
          "a list of what was found, from the second on");
    snapshot_release(snapshot);
    fixture_close(&fixture);
}

int main(void)
{
    codebook_start();
    test_past();
    test_damage();
    test_moments();
    test_kernels();
    test_quantiles();
    test_search();
    test_found();
    return DONE();
}
