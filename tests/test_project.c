/* The tables must never say anything else than the journal: the same entries give the same rows, and an earlier version
 * of an incident stays readable after a later one. */
#include "base/sys.h"
#include "domain/project.h"
#include "register.h"
#include "test.h"

typedef struct Stage {
    Arena *arena;
    Codebook codebook;
    Store *store;
    Projector *projector;
    int64_t seq;
    Problem problem;
} Stage;

static Stage stage_new(Arena *arena)
{
    Stage stage = { .arena = arena, .codebook = codebook_of_tests(arena) };
    new_folder();
    stage.store = store_open(folder, STORE_PUBLIC, READ_WRITE, &stage.problem);
    return stage;
}

static bool enter(Stage *stage, const char *kind, int64_t incident, const Record *record)
{
    char subject[40];
    (void)snprintf(subject, sizeof subject, "incident/%lld", (long long)incident);
    Entry entry = { .seq = ++stage->seq, .at = 1000, .author = "test", .kind = kind, .subject = subject };
    stage->problem = (Problem){ 0 };
    bool done = store_begin(stage->store, &stage->problem) && record_check(record, &stage->codebook, &stage->problem) &&
                projector_entry(stage->projector, stage->arena, &entry, record, &stage->problem) &&
                store_commit(stage->store, &stage->problem);
    if (!done) {
        Problem ignored = { 0 };
        store_undo(stage->store);
        stage->seq -= projector_reload(stage->projector, &ignored);
    }
    return done;
}

static bool open_plain(Stage *stage, Plain plain)
{
    return enter(stage, KIND_OPEN, projector_next(stage->projector), plain_record(stage->arena, &plain));
}

static bool add_plain(Stage *stage, int64_t incident, Plain plain)
{
    plain.more = true;
    return enter(stage, KIND_ADD, incident, plain_record(stage->arena, &plain));
}

static const char *db(const char *sql)
{
    return ask("public.db", sql);
}

static void says(const char *name, const char *sql, const char *expected)
{
    const char *answer = db(sql);
    CHECK(strcmp(answer, expected) == 0, "%s: %s", name, answer);
}

static void test_open(Stage *stage)
{
    CHECK(open_plain(stage, (Plain){ .external = "1",
                                     .name = "H\xC3\xB4pital B",
                                     .as_of = day_of(2021, 5, 9),
                                     .claims = "attack_type ransomware\nattack_type data_leak\nevent_kind.disclosed "
                                               "2021-05-09\npersons_affected 100..200\nservices_affected surgery" }),
          "an incident is opened (%s)", stage->problem.message);
    says("incident", "SELECT id, dataset, external, folded, since FROM incident",
         "1|test|1|attack on hopital b hopital b lyon|1");
    says("organisation", "SELECT id, name, folded, country, place, org_type FROM organisation",
         "1|H\xC3\xB4pital B|hopital b|FR|Lyon|clinic");
    says("affected", "SELECT id - 1048576, incident, organisation, role, naming, until FROM affected",
         "1|1|1|direct|named|NULL");
    says("statement", "SELECT id - 1048576, source, claimant, known_since, as_of, typeof(as_of) FROM statement",
         "1|1|authority|18756|18756|integer");
    says("claims", "SELECT id - 1048576, variable, value, low, high, rank FROM claim ORDER BY id",
         "1|attack_type|ransomware|NULL|NULL|normal; 2|attack_type|data_leak|NULL|NULL|normal; "
         "3|event_kind.disclosed|2021-05-09|18756.0|18756.0|normal; 4|persons_affected|100..200|100.0|200.0|normal; "
         "5|services_affected|surgery|NULL|NULL|normal");
    says("version",
         "SELECT id - 1048576, inclusion, verification, date_first, date_basis, main_type, ransomware_status, persons, "
         "disturbed_days, conflicting, since, until FROM version",
         "1|included|v3_confirmed|18756|disclosed|ransomware|confirmed|100.0|NULL|0|1|NULL");
    says("values", "SELECT id - 1048576, version - 1048576, variable, code FROM version_value ORDER BY id",
         "1|1|attack_type|ransomware; 2|1|attack_type|data_leak; 3|1|ransomware_status|confirmed; "
         "4|1|attribution_status|none; 5|1|services_affected|surgery");
}

static void test_names(Stage *stage)
{
    Plain plain = { .external = "2",
                    .name = "HOPITAL  b",
                    .as_of = 18800,
                    .claims = "attack_type ddos\nevent_kind.disclosed 2021-06" };
    Record *record = plain_record(stage->arena, &plain);
    CHECK(enter(stage, KIND_OPEN, 2, record), "a second incident (%s)", stage->problem.message);
    says("the same organisation in another spelling is not made twice", "SELECT count(*) FROM organisation", "1");
    says("nor the same source", "SELECT count(*) FROM source", "1");
    record->affected->naming = "type_country";
    CHECK(enter(stage, KIND_OPEN, 3, record) && enter(stage, KIND_OPEN, 4, record), "two unnamed ones");
    says("are two organisations", "SELECT count(*) FROM organisation", "3");
    record->affected->naming = NULL;
    record->affected->organisation.country = "BE";
    CHECK(enter(stage, KIND_OPEN, 5, record), "the same name elsewhere");
    says("is another organisation", "SELECT count(*) FROM organisation", "4");
    record->sources->url = "https://register.example/other";
    CHECK(enter(stage, KIND_OPEN, 6, record), "another source");
    says("is another row", "SELECT count(*) FROM source", "2");
    CHECK(projector_reload(stage->projector, &stage->problem), "the projector forgets");
    record->sources->url = "https://register.example/";
    CHECK(enter(stage, KIND_OPEN, 7, record), "and finds both again");
    says("in the store", "SELECT count(*), (SELECT count(*) FROM organisation) FROM source", "2|4");
}

static void test_add(Stage *stage)
{
    CHECK(
        add_plain(stage, 1, (Plain){ .external = "1", .as_of = day_of(2021, 8, 1), .claims = "persons_affected 5000" }),
        "a later vintage (%s)", stage->problem.message);
    says("ends the version before", "SELECT since, until, persons FROM version WHERE incident = 1 ORDER BY id",
         "1|8|100.0; 8|NULL|5000.0");
    says("keeps what it does not speak of",
         "SELECT main_type, date_first, conflicting FROM version WHERE incident = 1 "
         "AND until IS NULL",
         "ransomware|18756|0");
    says("goes on counting ids", "SELECT max(id) - 1048576 FROM claim WHERE id < 2097152", "6");
    says("repeats the values",
         "SELECT id - 1048576, version - 1048576, code FROM version_value WHERE id < 2097152 AND "
         "version > 1048577",
         "6|2|ransomware; 7|2|data_leak; 8|2|confirmed; 9|2|none; 10|2|surgery");
    CHECK(
        add_plain(stage, 1, (Plain){ .external = "1", .as_of = day_of(2021, 7, 1), .claims = "persons_affected 300" }),
        "an older vintage that comes later (%s)", stage->problem.message);
    says("changes nothing", "SELECT persons, conflicting FROM version WHERE incident = 1 AND until IS NULL",
         "5000.0|0");
    CHECK(add_plain(stage, 1,
                    (Plain){ .external = "1",
                             .url = "https://other.example/",
                             .as_of = day_of(2021, 9, 1),
                             .claims = "persons_affected 9000" }),
          "another source (%s)", stage->problem.message);
    says("contests it", "SELECT persons, conflicting FROM version WHERE incident = 1 AND until IS NULL", "9000.0|1");
}

/* What test_add did to incident 1: 100 persons on 2021-05-09, 300 told on 2021-07-01, 5000 on 2021-08-01, and on
 * 2021-09-01 9000 by another source. */
static void test_known(Stage *stage)
{
    says(
        "what was known by then, over today's record",
        "SELECT id - 1048576, date(known_since * 86400, 'unixepoch'), date(known_until * 86400, 'unixepoch'), persons, "
        "conflicting FROM known WHERE incident = 1 ORDER BY id",
        "1|2021-05-09|2021-07-01|100.0|0; 2|2021-07-01|2021-08-01|300.0|0; 3|2021-08-01|2021-09-01|5000.0|0");
    says("and since when what stands today",
         "SELECT date(known_since * 86400, 'unixepoch') FROM version WHERE incident = 1 AND until IS NULL",
         "2021-09-01");
    says("with its codes",
         "SELECT known - 1048576, count(*), min(code) FROM known_value WHERE known < 2097152 GROUP BY 1",
         "1|5|confirmed; 2|5|confirmed; 3|5|confirmed");
    says("an incident that became known on one day has none of that", "SELECT count(*) FROM known WHERE incident <> 1",
         "0");
    says("but its day", "SELECT date(known_since * 86400, 'unixepoch') FROM version WHERE incident = 2", "2021-06-22");
    says("nothing is written where it is said", "SELECT count(recorded_on) FROM statement", "0");
    CHECK(open_plain(stage, (Plain){ .external = "8",
                                     .name = "K",
                                     .as_of = DAY_UNKNOWN,
                                     .claims = "attack_type ddos\nevent_kind.detected 1970" }),
          "nobody knows since when (%s)", stage->problem.message);
    says("so it is the day of the entry, here the first of 1970",
         "SELECT recorded_on, (SELECT known_since FROM version v WHERE v.incident = s.incident) FROM statement s WHERE "
         "s.incident = 8",
         "0|0");
}

static void test_decisions(Stage *stage)
{
    Plain later = { .external = "2", .as_of = 19000, .claims = "persons_affected 7" };
    later.inclusion = "excluded_not_intentional";
    later.reason = "A device was lost";
    CHECK(add_plain(stage, 2, later), "a decision comes with an entry (%s)", stage->problem.message);
    says("it holds", "SELECT inclusion, reason FROM version WHERE incident = 2 AND until IS NULL",
         "excluded_not_intentional|A device was lost");
    later.inclusion = later.reason = NULL;
    CHECK(add_plain(stage, 2, later), "later claims without one");
    says("leave it", "SELECT inclusion, reason FROM version WHERE incident = 2 AND until IS NULL",
         "excluded_not_intentional|A device was lost");
    later.inclusion = "included";
    CHECK(add_plain(stage, 2, later), "a new decision");
    says("replaces it", "SELECT inclusion, reason FROM version WHERE incident = 2 AND until IS NULL", "included|NULL");
    CHECK(open_plain(stage, (Plain){ .external = "9",
                                     .name = "N",
                                     .as_of = DAY_UNKNOWN,
                                     .inclusion = "included",
                                     .claims = "attack_type ddos" }),
          "an incident without any date (%s)", stage->problem.message);
    says("is not included, whoever says so", "SELECT inclusion, reason, date_first FROM version WHERE incident = 9",
         "excluded_insufficient|No date of its start, detection or disclosure is known|NULL");
    CHECK(add_plain(stage, 9, (Plain){ .external = "9", .as_of = 19000, .claims = "event_kind.detected 2022" }),
          "a date that comes later");
    says("lets it in", "SELECT inclusion, date_first, date_last FROM version WHERE incident = 9 AND until IS NULL",
         "included|18993|19357");
}

static void test_refusals(Stage *stage)
{
    Plain plain = { .external = "1", .name = "N", .claims = "attack_type ddos" };
    Record *record = plain_record(stage->arena, &plain);
    CHECK(!enter(stage, KIND_ADD, 1, record) && stage->problem.kind == PROBLEM_BAD_INPUT,
          "claims more take no organisations (%s)", stage->problem.message);
    CHECK(!add_plain(stage, 99, plain) && stage->problem.kind == PROBLEM_NOT_FOUND, "no incident to add to (%s)",
          stage->problem.message);
    CHECK(!enter(stage, KIND_OPEN, 99, record) && stage->problem.kind == PROBLEM_DAMAGED, "a number out of order (%s)",
          stage->problem.message);
    CHECK(!enter(stage, "claim.eat", 1, record) && stage->problem.kind == PROBLEM_BAD_INPUT, "an unknown kind (%s)",
          stage->problem.message);
    Entry entry = { .seq = 99, .kind = KIND_OPEN, .subject = "incident/9x" };
    CHECK(!projector_entry(stage->projector, stage->arena, &entry, record, &stage->problem), "a subject that is none");
    record->title = NULL;
    CHECK(!enter(stage, KIND_OPEN, 9, record), "an incident without a title (%s)", stage->problem.message);
}

int main(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Stage stage = stage_new(arena);
    stage.projector = projector_new(arena, stage.store, &stage.codebook, &stage.problem);
    CHECK(stage.projector && projector_next(stage.projector) == 1, "a projector over an empty store (%s)",
          stage.problem.message);
    test_open(&stage);
    test_names(&stage);
    test_add(&stage);
    test_known(&stage);
    test_decisions(&stage);
    test_refusals(&stage);
    store_close(stage.store);
    return DONE();
}
