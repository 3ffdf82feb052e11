/* What the ledger has answered must never be lost or there twice, whoever is killed and when; and nothing that breaks a
 * rule may get into the journal. */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>

#include "base/sys.h"
#include "domain/ledger.h"
#include "register.h"
#include "test.h"

static Arena *arena;
static Codebook codebook;
static Problem problem;

static Ledger *start(void)
{
    problem = (Problem){ 0 };
    return ledger_start(arena, folder, &codebook, &problem);
}

static Text plain_body(const char *external)
{
    Plain plain = { .external = external,
                    .name = external,
                    .as_of = 18756,
                    .claims = "attack_type ransomware\nevent_kind.disclosed 2021-05-09\npersons_affected 100" };
    return body_of(arena, plain_record(arena, &plain));
}

static bool publish(Ledger *ledger, const char *key, const char *kind, int64_t to, Text body, int64_t *number)
{
    Proposal proposal = { kind, to, body };
    problem = (Problem){ 0 };
    return ledger_send(ledger, key, "import:test", &proposal, 1, &problem) &&
           ledger_receive(ledger, number, 1, &problem);
}

static const char *db(const char *sql)
{
    return ask("public.db", sql);
}

static void test_publishing(void)
{
    AUTO_LEDGER *ledger = start();
    int64_t number = 0, two[2] = { 0 };
    CHECK(ledger, "the log role starts (%s)", problem.message);
    CHECK(publish(ledger, "a", KIND_OPEN, 0, plain_body("1"), &number) && number == 1, "a record is published (%s)",
          problem.message);
    CHECK(publish(ledger, "a", KIND_OPEN, 0, plain_body("1"), &number) && number == 1,
          "the same key again is answered the same");
    Proposal proposals[] = { { KIND_OPEN, 0, plain_body("2") }, { KIND_OPEN, 0, plain_body("3") } };
    CHECK(ledger_send(ledger, "b", "import:test", proposals, 2, &problem) &&
              ledger_send(ledger, "c", "import:test", proposals, 2, &problem),
          "two batches are on their way");
    CHECK(ledger_receive(ledger, two, 2, &problem) && two[0] == 2 && two[1] == 3, "the first is answered");
    CHECK(ledger_receive(ledger, two, 2, &problem) && two[0] == 4 && two[1] == 5, "then the second");
    Plain more = { .external = "1", .as_of = 18800, .more = true, .claims = "persons_affected 200" };
    CHECK(publish(ledger, "d", KIND_ADD, 1, body_of(arena, plain_record(arena, &more)), &number) && number == 1,
          "claims are added (%s)", problem.message);
    ledger_stop(ledger);
    ledger_stop(ledger);
    CHECK(strcmp(db("SELECT count(*), max(seq) FROM entry"), "6|6") == 0, "six entries, not one twice");
    CHECK(strcmp(db("SELECT persons FROM version WHERE incident = 1 ORDER BY id"), "100.0; 200.0") == 0,
          "and their rows");
    CHECK(strcmp(db("SELECT author, kind, subject FROM entry WHERE seq = 6"), "import:test|claim.add|incident/1") == 0,
          "with author, kind and subject");
}

static void test_checkpoint(void)
{
    Text note, stored = text_of(db("SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1"));
    const char *path = arena_format(arena, "%s/checkpoint", folder);
    CHECK(sys_read_file(arena, path, 4096, &note, &problem) && text_equal(note, stored),
          "the newest checkpoint lies in its file");
    CHECK(sys_write_file(path, TEXT("old"), 0644, &problem), "if it was lost");
    ledger_stop(start());
    CHECK(sys_read_file(arena, path, 4096, &note, &problem) && text_equal(note, stored), "it is written at the start");
}

/* Bodies that must be refused; nothing of their batch may stay. */
static void test_refusals(void)
{
    AUTO_LEDGER *ledger = start();
    int64_t number, two[2];
    Plain pending = { .external = "p", .name = "p", .as_of = 1, .inclusion = "pending", .claims = "attack_type ddos" };
    struct {
        const char *name, *kind;
        int64_t incident;
        Text body;
    } cases[] = {
        { "no record", KIND_OPEN, 0, TEXT("") },
        { "another form", KIND_OPEN, 0, TEXT("{ \"dataset\":\"test\"}") },
        { "no claim", KIND_OPEN, 0, TEXT("{\"dataset\":\"test\",\"external\":\"1\",\"title\":\"t\"}") },
        { "what is pending", KIND_OPEN, 0, body_of(arena, plain_record(arena, &pending)) },
        { "an unknown kind", "incident.eat", 0, plain_body("4") },
        { "a new incident with a number", KIND_OPEN, 7, plain_body("4") },
        { "claims for no incident", KIND_ADD, 0, plain_body("4") },
        { "organisations in claims more", KIND_ADD, 1, plain_body("4") },
        { "claims for an incident that is not there", KIND_ADD, 99, plain_body("4") },
    };
    const char *before = arena_string(arena, db("SELECT max(seq), (SELECT count(*) FROM claim) FROM entry"));
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *key = arena_format(arena, "refused %zu", i);
        CHECK(!publish(ledger, key, cases[i].kind, cases[i].incident, cases[i].body, &number) &&
                  (problem.kind == PROBLEM_BAD_INPUT || problem.kind == PROBLEM_NOT_FOUND),
              "refused: %s (%s)", cases[i].name, problem.message);
    }
    Proposal proposals[] = { { KIND_OPEN, 0, plain_body("5") }, { KIND_OPEN, 0, TEXT("{}") } };
    problem = (Problem){ 0 };
    CHECK(ledger_send(ledger, "half", "import:test", proposals, 2, &problem) &&
              !ledger_receive(ledger, two, 2, &problem) && strstr(problem.message, "record 2"),
          "one wrong record refuses its batch and is named (%s)", problem.message);
    problem = (Problem){ 0 };
    CHECK(!ledger_send(ledger, "none", "import:test", proposals, 0, &problem) ||
              !ledger_receive(ledger, two, 0, &problem),
          "an empty batch is refused (%s)", problem.message);
    CHECK(publish(ledger, "good", KIND_OPEN, 0, plain_body("6"), &number) && number == 6,
          "and the ledger goes on with the next number (%s)", problem.message);
    proposals[1].body = plain_body("7");
    problem = (Problem){ 0 };
    CHECK(ledger_send(ledger, "good", "import:test", proposals, 2, &problem) &&
              !ledger_receive(ledger, two, 2, &problem) && problem.kind == PROBLEM_CONFLICT,
          "a key that was used for another batch is a conflict (%s)", problem.message);
    ledger_stop(ledger);
    const char *after = db("SELECT max(seq) - 1, (SELECT count(*) FROM claim) - 3 FROM entry");
    CHECK(strcmp(before, after) == 0, "nothing but the good record is there: %s, %s", before, after);
}

static void test_two_at_a_time(void)
{
    Ledger *first = start(), *second = start();
    int64_t number;
    CHECK(publish(first, "x", KIND_OPEN, 0, plain_body("8"), &number) && number == 7 &&
              publish(second, "y", KIND_OPEN, 0, plain_body("9"), &number) && number == 8 &&
              publish(first, "z", KIND_OPEN, 0, plain_body("10"), &number) && number == 9,
          "two logs take turns (%s)", problem.message);
    ledger_stop(first);
    ledger_stop(second);
}

/* The child that serves, by its parent. */
static pid_t child_of(pid_t parent)
{
    char path[64], text[256] = { 0 };
    (void)snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)parent, (int)parent);
    FILE *file = fopen(path, "r");
    if (file && fgets(text, sizeof text, file)) {
        fclose(file);
        return (pid_t)strtol(text, NULL, 10);
    }
    return 0;
}

static void test_killing_the_log(void)
{
    int64_t number;
    for (int i = 0; i < 6; i++) {
        Ledger *ledger = start();
        const char *key = arena_format(arena, "kill %d", i);
        Proposal proposal = { KIND_OPEN, 0, plain_body(key) };
        problem = (Problem){ 0 };
        bool sent = ledger_send(ledger, key, "import:test", &proposal, 1, &problem);
        usleep((useconds_t)(i * 700));
        kill(child_of(getpid()), SIGKILL);
        bool answered = sent && ledger_receive(ledger, &number, 1, &problem);
        CHECK(answered || problem.kind == PROBLEM_UNAVAILABLE, "a log that was killed is told (%s)", problem.message);
        ledger_stop(ledger);
        ledger = start();
        CHECK(publish(ledger, key, KIND_OPEN, 0, proposal.body, &number) && number == 10 + i,
              "the same key afterwards has its number %d (%s)", (int)number, problem.message);
        ledger_stop(ledger);
    }
    CHECK(strcmp(db("SELECT count(*), max(id) FROM incident"), "15|15") == 0, "each is there once");
}

/* A pipe that the log kept open would leave its reader waiting. */
static void test_inherited_files(void)
{
    int ends[2];
    char byte;
    if (pipe2(ends, O_NONBLOCK) != 0)
        abort();
    int high = fcntl(ends[1], F_DUPFD, 100); /* they lie below and above the log's socket */
    Ledger *ledger = start();
    close(high);
    close(ends[1]);
    CHECK(ledger && read(ends[0], &byte, 1) == 0, "the log holds no file of its parent open");
    close(ends[0]);
    ledger_stop(ledger);
}

static void test_killing_the_parent(void)
{
    int ready[2];
    char byte;
    if (pipe(ready) != 0)
        abort();
    (void)fflush(NULL);
    pid_t parent = fork();
    if (parent == 0) {
        Ledger *ledger = start();
        Proposal proposal = { KIND_OPEN, 0, plain_body("orphan") };
        (void)ledger_send(ledger, "orphan", "import:test", &proposal, 1, &problem);
        (void)!write(ready[1], "x", 1);
        pause();
    }
    close(ready[1]);
    (void)!read(ready[0], &byte, 1);
    kill(parent, SIGKILL);
    waitpid(parent, NULL, 0);
    close(ready[0]);
    Ledger *ledger = start();
    int64_t number;
    CHECK(publish(ledger, "orphan", KIND_OPEN, 0, plain_body("orphan"), &number) && number == 16,
          "after a killed parent the batch is there once (%s)", problem.message);
    ledger_stop(ledger);
    CHECK(strcmp(db("SELECT count(*), max(seq) = count(*) + 1 FROM incident, (SELECT max(seq) AS seq FROM entry)"),
                 "16|1") == 0,
          "and nothing more");
}

static void test_starting(void)
{
    const char *name = arena_format(arena, "%s/log.name", folder);
    CHECK(sys_write_file(name, TEXT("\n"), 0644, &problem) && !start() && problem.kind == PROBLEM_BAD_INPUT,
          "a log without a name does not start (%s)", problem.message);
    CHECK(sys_write_file(arena_format(arena, "%s/file", folder), TEXT("x"), 0644, &problem), "a file");
    problem = (Problem){ 0 };
    CHECK(!ledger_start(arena, arena_format(arena, "%s/file", folder), &codebook, &problem) && problem.kind,
          "a folder that is none is told (%s)", problem.message);
}

enum { STREAM = 24 };

/* One batch behind the other, as an import sends them, so that each is made into rows while the one before it is being
 * committed. `numbers`: of each batch, 0 when it was refused. */
static void stream(Ledger *ledger, const char *const keys[STREAM], const Text bodies[STREAM], int64_t numbers[STREAM])
{
    for (size_t sent = 0, answered = 0; answered < STREAM;) {
        problem = (Problem){ 0 };
        if (sent < STREAM && sent - answered < LEDGER_OUTSTANDING) {
            Proposal proposal = { KIND_OPEN, 0, bodies[sent] };
            CHECK(ledger_send(ledger, keys[sent], "import:test", &proposal, 1, &problem), "batch %zu is sent", sent);
            sent++;
        } else if (!ledger_receive(ledger, &numbers[answered++], 1, &problem))
            numbers[answered - 1] = 0;
    }
}

/* Every fifth is no record, every seventh repeats the one before. */
static void test_streaming(void)
{
    AUTO_LEDGER *ledger = start();
    const char *keys[STREAM];
    Text bodies[STREAM];
    int64_t numbers[STREAM], expected = 16;
    for (int i = 0; i < STREAM; i++) {
        bool repeats = i % 7 == 6;
        keys[i] = repeats ? keys[i - 1] : arena_format(arena, "stream %d", i);
        bodies[i] = repeats ? bodies[i - 1] : i % 5 == 4 ? TEXT("{}") : plain_body(keys[i]);
    }
    stream(ledger, keys, bodies, numbers);
    for (int i = 0; i < STREAM; i++) {
        bool repeats = i % 7 == 6, wrong = bodies[i].length == 2;
        expected += !repeats && !wrong;
        CHECK(numbers[i] == (wrong ? 0 : expected), "batch %d of a stream: %d", i, (int)numbers[i]);
    }
    ledger_stop(ledger);
    CHECK(atoll(db("SELECT count(*) FROM incident")) == expected &&
              atoll(db("SELECT count(*) FROM answer WHERE key LIKE 'stream %'")) == expected - 16,
          "and nothing more is there");
}

/* How many were; the last problem is told where a child's words are not lost. */
static int refused(const int64_t numbers[STREAM])
{
    int count = 0;
    for (int i = 0; i < STREAM; i++)
        count += numbers[i] == 0;
    if (count)
        (void)fprintf(stderr, "# %d refused: %s\n", count, problem.message);
    return count;
}

/* Another log writes while rows are made ahead: they are made again behind its own. */
static void test_streaming_beside_another(void)
{
    const char *keys[2][STREAM];
    Text bodies[2][STREAM];
    int64_t numbers[STREAM], before = atoll(db("SELECT count(*) FROM incident"));
    for (int i = 0; i < 2 * STREAM; i++) {
        keys[i / STREAM][i % STREAM] = arena_format(arena, "beside %d", i);
        bodies[i / STREAM][i % STREAM] = plain_body(keys[i / STREAM][i % STREAM]);
    }
    (void)fflush(NULL);
    pid_t other = fork();
    Ledger *ledger = start();
    stream(ledger, keys[!other], bodies[!other], numbers);
    ledger_stop(ledger);
    if (other == 0)
        _exit(refused(numbers));
    int status = -1;
    CHECK(waitpid(other, &status, 0) == other && status == 0, "the other's stream is taken (%#x)", (unsigned)status);
    CHECK(atoll(db("SELECT count(*) FROM incident")) == before + (int64_t)2 * STREAM &&
              atoll(db("SELECT count(DISTINCT external) FROM incident WHERE external LIKE 'beside %'")) == 2 * STREAM,
          "two streams are there whole: %s", db("SELECT count(*), max(id) FROM incident"));
    for (int i = 0; i < STREAM; i++)
        CHECK(strcmp(db(arena_format(arena, "SELECT external FROM incident WHERE id = %lld", (long long)numbers[i])),
                     keys[0][i]) == 0,
              "and batch %d has the number it was answered", i);
}

int main(void)
{
    arena = arena_new(ARENA_NO_CAP);
    codebook = codebook_of_tests(arena);
    new_folder();
    test_publishing();
    test_checkpoint();
    test_refusals();
    test_two_at_a_time();
    test_inherited_files();
    test_killing_the_log();
    test_killing_the_parent();
    test_streaming();
    test_streaming_beside_another();
    test_starting();
    arena_free(arena);
    return DONE();
}
