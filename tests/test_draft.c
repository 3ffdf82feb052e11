/* What a person has not let through must never be published, and what was published must never wait twice. */
#include "domain/draft.h"
#include "register.h"
#include "test.h"

static Arena *arena;
static Codebook codebook;

static const char *work(const char *sql)
{
    return ask("work.db", sql);
}

static void put(int64_t id, const char *state, const Record *record, int64_t incident)
{
    const char *quoted = arena_format(
        arena, "INSERT INTO import_row VALUES (%lld, 'test', 0, '%s', 1, 1, %s, '%s', 'why', 0, 0, 0, 0, NULL)",
        (long long)id, record->external, incident ? arena_format(arena, "%lld", (long long)incident) : "NULL", state);
    const char *answer = work(quoted);
    if (answer[0])
        printf("# %s\n", answer);
    work(arena_format(arena, "INSERT INTO draft VALUES (%lld, 1000, '%s', '%s', 0)", (long long)id,
                      body_of(arena, record).at, state));
}

static Record *plain(const char *external, const char *inclusion, const char *claims)
{
    return plain_record(
        arena,
        &(Plain){ .external = external, .name = external, .as_of = 18756, .inclusion = inclusion, .claims = claims });
}

#define WHOLE "attack_type ransomware\nevent_kind.disclosed 2021-05-09"

static void fill(void)
{
    Problem problem = { 0 };
    store_close(store_open(folder, STORE_WORK, READ_WRITE, &problem));
    work("INSERT INTO run (id, dataset, file, hash, started, rows_done, hold) VALUES (1, 'test', 'f', 'h', 0, 0, 1)");
    put(1, "held", plain("1", NULL, WHOLE), 0);
    put(2, "held", plain("2", NULL, WHOLE), 0);
    put(3, "pending", plain("3", "pending", WHOLE), 0);
    Record *poor = plain("4", NULL, WHOLE);
    poor->sources->reliability = "d";
    poor->statements->claimant = "media";
    put(4, "unverified", poor, 0);
    put(5, "held", plain("5", NULL, "event_kind.disclosed 2021-05-09\npersons_affected ?not_reported"), 0);
    put(6, "held", poor, 0);
}

static DraftReport publish(const DraftDesk *desk, DraftChoice choice, Problem *problem)
{
    DraftReport report;
    *problem = (Problem){ 0 };
    choice.author = "account/ada";
    draft_publish(arena, desk, &choice, &report, problem);
    return report;
}

static void test_listing(const DraftDesk *desk)
{
    Problem problem = { 0 };
    DraftRow *rows;
    size_t count;
    CHECK(draft_list(arena, desk->work, &(DraftPage){ .most = 100 }, &rows, &count, &problem) && count == 6,
          "six wait");
    CHECK(strcmp(rows[2].state, "pending") == 0 && strcmp(rows[2].title, "Attack on 3") == 0 &&
              strcmp(rows[2].reason, "why") == 0 && rows[2].incident == 0,
          "with title, state and reason");
    CHECK(draft_list(arena, desk->work, &(DraftPage){ .state = "held", .after = 1, .most = 2 }, &rows, &count,
                     &problem) &&
              count == 2 && rows[0].id == 2 && rows[1].id == 5,
          "or a page of those in one state");
}

/* A row of its own, which leaves nothing behind for the others. */
static void test_marks(const DraftDesk *desk)
{
    Problem problem = { 0 };
    DraftRow *rows;
    size_t count;
    int64_t marked = 7, number = 0;
    put(7, "held", plain("7", NULL, WHOLE), 0);
    work("UPDATE import_row SET tlp = 2 WHERE id = 7");
    CHECK(draft_list(arena, desk->work, &(DraftPage){ .most = 9, .ceiling = TLP_GREEN }, &rows, &count, &problem) &&
              count == 6 &&
              draft_count(desk->work, &(DraftPage){ .state = "held", .most = 9, .ceiling = TLP_GREEN }, &number,
                          &problem) &&
              number == 4,
          "what is marked above the ceiling is in no list and in no count");
    CHECK(draft_list(arena, desk->work, &(DraftPage){ .most = 9, .ceiling = TLP_AMBER }, &rows, &count, &problem) &&
              count == 7 && rows[6].mark == TLP_AMBER &&
              draft_count(desk->work, &(DraftPage){ .state = "held", .most = 9, .ceiling = TLP_AMBER }, &number,
                          &problem) &&
              number == 5 &&
              draft_count(desk->work, &(DraftPage){ .state = "held", .most = 3, .ceiling = TLP_AMBER }, &number,
                          &problem) &&
              number == 3,
          "below it is, with its mark");
    DraftReport report = publish(desk, (DraftChoice){ .ids = &marked, .count = 1 }, &problem);
    CHECK(report.published == 0 && report.kept == 1 && strstr(report.reasons[0].reason, "TLP:CLEAR"),
          "and it is not published, which is said");
    work("UPDATE import_row SET tlp = 99 WHERE id = 7");
    CHECK(draft_list(arena, desk->work, &(DraftPage){ .most = 9, .ceiling = TLP_RED }, &rows, &count, &problem) &&
              count == 6,
          "a mark that is none is above every ceiling");
    work("DELETE FROM draft WHERE import_row = 7");
    work("DELETE FROM import_row WHERE id = 7");
}

static void test_publishing(const DraftDesk *desk)
{
    Problem problem;
    int64_t pending = 3, unverified = 4, none = 99;
    DraftReport report = publish(desk, (DraftChoice){ 0 }, &problem);
    CHECK(!problem.kind && report.published == 3 && report.kept == 1,
          "what is held and passes is published (%lld, %lld %s)", (long long)report.published, (long long)report.kept,
          problem.message);
    CHECK(report.reason_count == 1 && report.reasons[0].id == 6, "the rest stays with a reason (%s)",
          report.reason_count ? report.reasons[0].reason : "");
    CHECK(strcmp(work("SELECT id, state, incident, reason FROM import_row WHERE id IN (1, 2, 5)"),
                 "1|published|1|NULL; 2|published|2|NULL; 5|published|3|NULL") == 0,
          "the rows know their numbers: %s", work("SELECT id, state, incident, reason FROM import_row"));
    CHECK(strcmp(work("SELECT group_concat(import_row) FROM (SELECT import_row FROM draft ORDER BY import_row)"),
                 "3,4,6") == 0,
          "and have left the queue");
    CHECK(strcmp(ask("public.db", "SELECT inclusion FROM version WHERE incident = 3"), "excluded_no_effect") == 0,
          "what is excluded is published as such");
    report = publish(desk, (DraftChoice){ .ids = &pending, .count = 1 }, &problem);
    CHECK(report.published == 0 && report.kept == 1, "what is pending needs a decision (%s)",
          report.reason_count ? report.reasons[0].reason : "");
    report = publish(desk, (DraftChoice){ .ids = &unverified, .count = 1, .inclusion = "included" }, &problem);
    CHECK(report.published == 0, "no decision makes up for a source");
    report = publish(
        desk,
        (DraftChoice){
            .ids = &pending, .count = 1, .inclusion = "excluded_not_intentional", .reason = "A device was lost" },
        &problem);
    CHECK(report.published == 1, "a decision publishes it (%s)", problem.message);
    CHECK(strcmp(ask("public.db", "SELECT inclusion, reason FROM version WHERE incident = 4"),
                 "excluded_not_intentional|A device was lost") == 0,
          "as decided");
    CHECK(strcmp(ask("public.db", "SELECT DISTINCT author FROM entry"), "account/ada") == 0, "by whom");
    publish(desk, (DraftChoice){ .ids = &none, .count = 1 }, &problem);
    CHECK(problem.kind == PROBLEM_NOT_FOUND, "an id that is no draft is told (%s)", problem.message);
}

/* The work store was lost after the ledger had answered. */
static void test_again(const DraftDesk *desk)
{
    Problem problem;
    int64_t first = 1;
    work("UPDATE import_row SET state = 'held', incident = NULL WHERE id = 1");
    work(arena_format(arena, "INSERT INTO draft VALUES (1, 1000, '%s', 'held', 0)",
                      body_of(arena, plain("1", NULL, WHOLE)).at));
    DraftReport report = publish(desk, (DraftChoice){ .ids = &first, .count = 1 }, &problem);
    CHECK(report.published == 1 && strcmp(work("SELECT incident FROM import_row WHERE id = 1"), "1") == 0,
          "a draft that was published before has its number again (%s)", problem.message);
    CHECK(strcmp(ask("public.db", "SELECT count(*) FROM incident"), "4") == 0, "and is there once");
    Plain more = { .external = "1", .as_of = 18800, .more = true, .claims = "persons_affected 20" };
    work("DELETE FROM import_row WHERE id = 1");
    put(1, "held", plain_record(arena, &more), 1);
    report = publish(desk, (DraftChoice){ .ids = &first, .count = 1 }, &problem);
    CHECK(report.published == 1 &&
              strcmp(ask("public.db", "SELECT persons FROM version WHERE incident = 1 ORDER BY id"), "NULL; 20.0") == 0,
          "a held change becomes claims more (%s)", problem.message);
}

int main(void)
{
    Problem problem = { 0 };
    arena = arena_new(ARENA_NO_CAP);
    codebook = codebook_of_tests(arena);
    new_folder();
    fill();
    DraftDesk desk = { .ledger = ledger_start(arena, folder, &codebook, &problem), .codebook = &codebook };
    desk.work = store_open(folder, STORE_WORK, READ_WRITE, &problem);
    CHECK(desk.ledger && desk.work, "ledger and work store (%s)", problem.message);
    test_listing(&desk);
    test_marks(&desk);
    test_publishing(&desk);
    test_again(&desk);
    ledger_stop(desk.ledger);
    store_close(desk.work);
    arena_free(arena);
    return DONE();
}
