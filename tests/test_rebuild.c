/* A row that was changed, added or removed behind the program's back must never pass for one that the journal makes. */
#include <glob.h>

#include "base/sys.h"
#include "domain/ledger.h"
#include "domain/rebuild.h"
#include "register.h"
#include "test.h"

static Arena *arena;
static Codebook codebook;

static void fill(void)
{
    Problem problem = { 0 };
    Proposal proposals[3];
    int64_t numbers[3];
    Ledger *ledger = ledger_start(arena, folder, &codebook, &problem);
    for (int i = 0; i < 3; i++) {
        Plain plain = { .external = arena_format(arena, "%d", i),
                        .name = i == 1 ? "A" : "B",
                        .as_of = 18756 + i,
                        .claims = "attack_type ransomware\nevent_kind.disclosed 2021-05-09\npersons_affected 100.." };
        proposals[i] = (Proposal){ KIND_OPEN, 0, body_of(arena, plain_record(arena, &plain)) };
    }
    Plain more = { .external = "1",
                   .as_of = 18800,
                   .more = true,
                   .url = "https://b.example/",
                   .claims = "persons_affected 20\nmetric.clinical_disruption_days 12.5" };
    Proposal add = { KIND_ADD, 2, body_of(arena, plain_record(arena, &more)) };
    CHECK(ledger && ledger_send(ledger, "a", "import:test", proposals, 3, &problem) &&
              ledger_receive(ledger, numbers, 3, &problem) &&
              ledger_send(ledger, "b", "import:test", &add, 1, &problem) &&
              ledger_receive(ledger, numbers, 1, &problem),
          "a register (%s)", problem.message);
    ledger_stop(ledger);
}

static bool compare(RebuildReport *report, const char *place)
{
    Problem problem = { 0 };
    AUTO_STORE *store = store_open(folder, STORE_PUBLIC, READ_ONLY, &problem);
    bool done = store && rebuild_compare(arena, store, place, &codebook, report, &problem);
    if (!done)
        printf("# %s\n", problem.message);
    return done;
}

/* `undo` brings back what `damage` did. */
static const struct {
    const char *name, *damage, *table;
    int64_t id;
    const char *what, *undo;
} damages[] = {
    { "a figure changed", "UPDATE version SET persons = 99 WHERE id = 1048577", "version", 1048577,
      "has another persons", "UPDATE version SET persons = 100 WHERE id = 1048577" },
    { "a hair's breadth", "UPDATE version SET disturbed_days = 12.500000000000002 WHERE id = 2097154", "version",
      2097154, "has another disturbed_days", "UPDATE version SET disturbed_days = 12.5 WHERE id = 2097154" },
    { "a value removed", "UPDATE claim SET value = NULL WHERE id = 1048577", "claim", 1048577, "has another value",
      "UPDATE claim SET value = 'ransomware' WHERE id = 1048577" },
    { "an end moved", "UPDATE version SET until = 3 WHERE id = 2097153", "version", 2097153, "has another until",
      "UPDATE version SET until = 4 WHERE id = 2097153" },
    { "a row removed", "DELETE FROM version_value WHERE id = 1048577", "version_value", 1048577, "is missing",
      "INSERT INTO version_value VALUES (1048577, 1048577, 'attack_type', 'ransomware')" },
    { "a row added", "INSERT INTO version_value VALUES (1, 1048577, 'attack_type', 'ddos')", "version_value", 1,
      "does not come from the journal", "DELETE FROM version_value WHERE id = 1" },
    { "a name changed", "UPDATE organisation SET name = 'C' WHERE id = 1", "organisation", 1, "has another name",
      "UPDATE organisation SET name = 'B' WHERE id = 1" },
    { "a source", "UPDATE source SET url = 'https://evil.example/' WHERE id = 1", "source", 1, "has another url",
      "UPDATE source SET url = 'https://register.example/' WHERE id = 1" },
    { "a statement", "UPDATE statement SET claimant = 'victim' WHERE id = 1048577", "statement", 1048577,
      "has another claimant", "UPDATE statement SET claimant = 'authority' WHERE id = 1048577" },
    { "a link", "UPDATE affected SET role = 'collateral' WHERE id = 1048577", "affected", 1048577, "has another role",
      "UPDATE affected SET role = 'direct' WHERE id = 1048577" },
    { "what was known", "UPDATE known SET known_until = known_until + 1 WHERE id = 2097153", "known", 2097153,
      "has another known_until", "UPDATE known SET known_until = known_until - 1 WHERE id = 2097153" },
    { "a day less", "UPDATE version SET known_since = known_since - 1 WHERE id = 3145729", "version", 3145729,
      "has another known_since", "UPDATE version SET known_since = known_since + 1 WHERE id = 3145729" },
    { "a code known earlier", "UPDATE known_value SET code = 'ddos' WHERE id = 2097153", "known_value", 2097153,
      "has another code", "UPDATE known_value SET code = 'ransomware' WHERE id = 2097153" },
    { "a title", "UPDATE incident SET title = 'No attack' WHERE id = 3", "incident", 3, "has another title",
      "UPDATE incident SET title = 'Attack on B' WHERE id = 3" },
};

static void test_damage(size_t i)
{
    RebuildReport report;
    ask("public.db", damages[i].damage);
    bool done = compare(&report, folder);
    CHECK(done && report.differing == 1 && report.count == 1, "%s: %lld found", damages[i].name,
          (long long)report.differing);
    if (report.count == 1)
        CHECK(strcmp(report.differences[0].table, damages[i].table) == 0 && report.differences[0].id == damages[i].id &&
                  strcmp(report.differences[0].what, damages[i].what) == 0,
              "%s: %s %lld %s", damages[i].name, report.differences[0].table, (long long)report.differences[0].id,
              report.differences[0].what);
    ask("public.db", damages[i].undo);
}

static void test_replace(void)
{
    Problem problem = { 0 };
    RebuildReport report;
    for (size_t i = 0; i < COUNT_OF(damages); i++)
        ask("public.db", damages[i].damage);
    CHECK(compare(&report, folder) && report.differing == (int64_t)COUNT_OF(damages), "all of it at once: %lld",
          (long long)report.differing);
    Store *store = store_open(folder, STORE_PUBLIC, READ_WRITE, &problem);
    CHECK(store && rebuild_replace(store, &codebook, &report, &problem) && report.entries == 4,
          "the rows are made again (%s)", problem.message);
    store_close(store);
    CHECK(compare(&report, folder) && report.differing == 0, "and are the journal's");
    ask("public.db", "UPDATE entry SET body = replace(body, '\"source\":0', '\"source\":9') WHERE seq = 4");
    store = store_open(folder, STORE_PUBLIC, READ_WRITE, &problem);
    CHECK(!rebuild_replace(store, &codebook, &report, &problem) && problem.kind == PROBLEM_DAMAGED,
          "an entry that makes no rows is told (%s)", problem.message);
    store_close(store);
    CHECK(strcmp(ask("public.db", "SELECT count(*) FROM version"), "4") == 0, "and leaves what stood");
    ask("public.db", "UPDATE entry SET body = replace(body, '\"source\":9', '\"source\":0') WHERE seq = 4");
}

/* A register that was made before the second clock knows each incident by its last statement; a rebuild adds the days
 * before. */
static void test_older(void)
{
    static const char *const steps[] = {
        "DROP INDEX status_until",
        "DROP TABLE agreement",
        "DROP TABLE rebuild",
        "DROP TABLE deed_head",
        "DROP TABLE release_file",
        "DROP TABLE release",
        "DROP TABLE archived",
        "DROP INDEX version_until",
        "DROP INDEX statement_source",
        "DROP INDEX affected_organisation",
        "DROP INDEX affected_withheld",
        "DROP INDEX claim_actor",
        "DROP INDEX source_register",
        "DROP TABLE same_actor",
        "DROP TABLE actor_alias",
        "DROP TABLE actor",
        "DROP TABLE same_organisation",
        "DROP TABLE alias",
        "DROP TABLE claim_rank",
        "DROP TABLE status",
        "DROP TABLE act",
        "DROP TABLE source_name",
        "DROP TABLE organisation_name",
        "CREATE INDEX source_look_up ON source (look_up)",
        "CREATE INDEX organisation_look_up ON organisation (look_up)",
        "DROP TABLE known_value",
        "DROP TABLE known",
        "ALTER TABLE affected DROP COLUMN naming_basis",
        "ALTER TABLE affected DROP COLUMN supplier",
        "ALTER TABLE version DROP COLUMN known_since",
        "ALTER TABLE statement DROP COLUMN recorded_on",
        "PRAGMA user_version = 1",
    };
    Problem problem = { 0 };
    RebuildReport report;
    for (size_t i = 0; i < COUNT_OF(steps); i++)
        ask("public.db", steps[i]);
    CHECK(strncmp(ask("public.db", "SELECT count(*) FROM known"), "error", 5) == 0, "an older register");
    Store *store = store_open(folder, STORE_PUBLIC, READ_WRITE, &problem);
    CHECK(store, "is brought up to now (%s)", problem.message);
    store_close(store);
    const char *rows = ask("public.db", "SELECT known_since FROM version ORDER BY id");
    CHECK(strcmp(rows, "18756; 18757; 18800; 18758") == 0, "known by the last statement: %s", rows);
    bool only_known = compare(&report, folder) && report.differing > 0;
    for (size_t i = 0; i < report.count; i++)
        only_known = only_known && strncmp(report.differences[i].table, "known", 5) == 0 &&
                     strcmp(report.differences[i].what, "is missing") == 0;
    CHECK(only_known, "the days before are missing, and nothing else");
    store = store_open(folder, STORE_PUBLIC, READ_WRITE, &problem);
    CHECK(store && rebuild_replace(store, &codebook, &report, &problem), "until it is rebuilt (%s)", problem.message);
    store_close(store);
    CHECK(compare(&report, folder) && report.differing == 0, "then all is the journal's");
}

static void test_redaction(void)
{
    RebuildReport report;
    ask("public.db", "UPDATE entry SET body = NULL WHERE seq = 4");
    CHECK(compare(&report, NULL) && report.differing > 0, "rows of a redacted entry do not come from the journal");
}

int main(void)
{
    arena = arena_new(ARENA_NO_CAP);
    codebook = codebook_of_tests(arena);
    new_folder();
    fill();
    RebuildReport report;
    CHECK(compare(&report, folder) && report.differing == 0 && report.entries == 4 && report.rows > 20,
          "what the journal makes is what stands: %lld rows", (long long)report.rows);
    CHECK(compare(&report, NULL) && report.differing == 0, "in memory too");
    glob_t left;
    CHECK(glob(arena_format(arena, "%s/rebuild-*", folder), 0, NULL, &left) == GLOB_NOMATCH,
          "and nothing is left over");
    for (size_t i = 0; i < COUNT_OF(damages); i++)
        test_damage(i);
    test_replace();
    test_older();
    test_redaction();
    arena_free(arena);
    return DONE();
}
