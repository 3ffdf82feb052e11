/* What is corrected, merged or withdrawn must never change what was shown before, nor be lost when it is taken back;
 * and nobody does it alone. */
#include "acts.h"

/* After each act: what stands now, what stood before it, the same when rebuilt; then it is taken back. */
static const struct {
    const char *name, *kind;
    int64_t number;
    Act act;
    const char *then;
} acts[] = {
    { "a claim is retracted",
      "claim.retract",
      1,
      { CLAIMS({ .claim = 1048577 }) },
      "1|100.0|data_theft|A; 2|100.0|ransomware+data_theft|B; 3|100.0|ransomware+data_theft|C" },
    { "a claim is deprecated",
      "claim.rank",
      1,
      { CLAIMS({ 1048578, "deprecated" }) },
      "1|100.0|ransomware|A; 2|100.0|ransomware+data_theft|B; 3|100.0|ransomware+data_theft|C" },
    { "a claim is preferred",
      "claim.rank",
      2,
      { CLAIMS({ 2097154, "preferred" }) },
      "1|100.0|ransomware+data_theft|A; 2|100.0|data_theft|B; 3|100.0|ransomware+data_theft|C" },
    { "an incident is withdrawn",
      "incident.withdraw",
      2,
      { 0 },
      "1|100.0|ransomware+data_theft|A; 3|100.0|ransomware+data_theft|C" },
    { "an incident is merged",
      "incident.merge",
      1,
      { .into = 3 },
      "2|100.0|ransomware+data_theft|B; 3|100.0|ransomware+data_theft|C+A" },
};

static void test_acts(void)
{
    for (size_t i = 0; i < COUNT_OF(acts); i++) {
        const char *before = arena_string(arena, figures());
        int64_t entry = newest();
        bool done = act_of(acts[i].kind, acts[i].number, acts[i].act);
        const char *now = figures();
        CHECK(done && strcmp(now, acts[i].then) == 0, "%s (%s): %s", acts[i].name, problem.message, now);
        CHECK(strcmp(figures_at(entry), before) == 0, "before it stands what stood: %s", figures_at(entry));
        CHECK(is_rebuilt_the_same(), "and a rebuild makes the same");
        Act undo = { .undoes = newest() };
        done = act_of("incident.undo", acts[i].number, undo);
        now = figures();
        CHECK(done && strcmp(now, before) == 0, "taken back, all is as it was (%s): %s", problem.message, now);
        CHECK(is_rebuilt_the_same(), "and rebuilt");
        CHECK(!act_of("incident.undo", acts[i].number, undo) && problem.kind == PROBLEM_CONFLICT,
              "it is taken back once: %s", problem.message);
        Act redo = { .undoes = newest() };
        done = act_of("incident.undo", acts[i].number, redo);
        now = figures();
        CHECK(done && strcmp(now, acts[i].then) == 0, "what was taken back is done again (%s): %s", problem.message,
              now);
        CHECK(is_rebuilt_the_same(), "the same when rebuilt");
        CHECK(act_of("incident.undo", acts[i].number, (Act){ .undoes = newest() }) && strcmp(figures(), before) == 0,
              "and back (%s): %s", problem.message, figures());
    }
    CHECK(strcmp(figures_at(opened), begun) == 0, "as of the beginning nothing has changed");
}

static void test_correction(void)
{
    Plain plain = {
        .external = "A", .url = "https://A.example/", .as_of = 18756, .more = true, .claims = "persons_affected 250"
    };
    int64_t entry = newest(), claim = strtoll(db("SELECT max(id) FROM claim WHERE variable = 'persons_affected' AND "
                                                 "until IS NULL AND id < 2097152"),
                                              NULL, 10);
    Act act = { CLAIMS({ .claim = claim }), .records = plain_record(arena, &plain), .record_count = 1 };
    CHECK(act_of("claim.correct", 1, act), "a claim is corrected (%s)", problem.message);
    CHECK(strncmp(figures(), "1|250.0|ransomware+data_theft|A;", 32) == 0, "the new value stands: %s", figures());
    CHECK(strncmp(figures_at(entry), "1|100.0|", 8) == 0, "as of before the old one");
    CHECK(is_rebuilt_the_same(), "a rebuild makes the same");
    CHECK(!act_of("claim.correct", 1, act) && problem.kind == PROBLEM_CONFLICT, "a claim ends once: %s",
          problem.message);
    CHECK(act_of("incident.undo", 1, (Act){ .undoes = newest() }) && strncmp(figures(), "1|100.0|", 8) == 0,
          "taken back, the old value stands again (%s): %s", problem.message, figures());
}

static void test_split(void)
{
    Act act = { .records = NEW_ARRAY(arena, Record, 2), .record_count = 2 };
    act.records[0] = *record_of("D");
    act.records[1] = *record_of("E");
    CHECK(act_of("incident.split", 2, act), "an incident is split (%s)", problem.message);
    const char *split = arena_string(
        arena,
        db("SELECT group_concat(incident) FROM (SELECT incident FROM version WHERE until IS NULL ORDER BY incident)"));
    CHECK(strcmp(split, "1,3,4,5") == 0, "into two others: %s", split);
    CHECK(is_rebuilt_the_same(), "a rebuild makes the same");
    CHECK(!act_of("incident.merge", 2, (Act){ .into = 1 }) && problem.kind == PROBLEM_CONFLICT,
          "what has left cannot be merged: %s", problem.message);
    CHECK(!act_of("incident.merge", 1, (Act){ .into = 2 }) && problem.kind == PROBLEM_CONFLICT, "nor merged into: %s",
          problem.message);
    CHECK(act_of("incident.undo", 2, (Act){ .undoes = newest() }), "the split is taken back (%s)", problem.message);
    CHECK(strcmp(db("SELECT group_concat(incident) FROM (SELECT incident FROM version WHERE until IS NULL ORDER BY "
                    "incident)"),
                 "1,2,3") == 0,
          "the whole stands again");
    CHECK(strcmp(db("SELECT incident, status, target FROM status WHERE until IS NULL ORDER BY id"),
                 "4|merged|2; 5|merged|2") == 0,
          "and its parts lead to it: %s", db("SELECT incident, status, target FROM status WHERE until IS NULL"));
    CHECK(is_rebuilt_the_same(), "rebuilt the same");
    CHECK(act_of("incident.undo", 2, (Act){ .undoes = newest() }) &&
              strcmp(db("SELECT group_concat(incident) FROM (SELECT incident FROM version WHERE until IS NULL ORDER BY "
                        "incident)"),
                     "1,3,4,5") == 0 &&
              is_rebuilt_the_same(),
          "and split again (%s)", problem.message);
}

static void test_later_claims(void)
{
    CHECK(act_of("incident.merge", 4, (Act){ .into = 5 }), "a merge (%s)", problem.message);
    Plain plain = {
        .external = "D", .url = "https://D.example/", .as_of = 18900, .more = true, .claims = "persons_affected 700"
    };
    CHECK(propose("import:test", KIND_ADD, 4, body_of(arena, plain_record(arena, &plain))),
          "claims about what was merged (%s)", problem.message);
    CHECK(strcmp(db("SELECT subject FROM entry ORDER BY seq DESC LIMIT 1"), "incident/5") == 0,
          "go to the incident that stands for it");
    CHECK(act_of("incident.withdraw", 5, (Act){ 0 }) &&
              propose("import:test", KIND_ADD, 5, body_of(arena, plain_record(arena, &plain))) &&
              strcmp(db("SELECT count(*) FROM version WHERE incident = 5 AND until IS NULL"), "0") == 0,
          "and do not bring back what was withdrawn (%s)", problem.message);
    CHECK(!act_of("incident.undo", 4, (Act){ .undoes = newest() - 3 }) && problem.kind == PROBLEM_CONFLICT,
          "a merge into what was withdrawn is not taken back before the withdrawal: %s", problem.message);
    CHECK(is_rebuilt_the_same(), "rebuilt the same");
}

static const ActRefusal refusals[] = {
    { "links in a retraction",
      "claim.retract",
      1,
      { CLAIMS({ .claim = 1048577 }), LINKS({ .link = 1048577 }) },
      PROBLEM_BAD_INPUT },
    { "a claim of another incident", "claim.retract", 1, { CLAIMS({ .claim = 3145729 }) }, PROBLEM_CONFLICT },
    { "a claim twice", "claim.retract", 1, { CLAIMS({ .claim = 1048577 }, { .claim = 1048577 }) }, PROBLEM_BAD_INPUT },
    { "no claim", "claim.retract", 1, { 0 }, PROBLEM_BAD_INPUT },
    { "a rank that is none", "claim.rank", 1, { CLAIMS({ 1048577, "best" }) }, PROBLEM_BAD_INPUT },
    { "no rank", "claim.rank", 1, { CLAIMS({ .claim = 1048577 }) }, PROBLEM_BAD_INPUT },
    { "itself", "incident.merge", 1, { .into = 1 }, PROBLEM_BAD_INPUT },
    { "nothing", "incident.merge", 1, { 0 }, PROBLEM_BAD_INPUT },
    { "no such incident", "incident.merge", 1, { .into = 900 }, PROBLEM_NOT_FOUND },
    { "not there", "incident.withdraw", 900, { 0 }, PROBLEM_NOT_FOUND },
    { "no number", "incident.withdraw", 0, { 0 }, PROBLEM_BAD_INPUT },
    { "the first entry", "incident.undo", 1, { .undoes = 1 }, PROBLEM_BAD_INPUT },
    { "another incident's entry", "incident.undo", 1, { .undoes = 2 }, PROBLEM_NOT_FOUND },
    { "into beside a withdrawal", "incident.withdraw", 1, { .into = 3 }, PROBLEM_BAD_INPUT },
    { "a kind that is none", "incident.remove", 1, { 0 }, PROBLEM_BAD_INPUT },
};

static void test_refusals(void)
{
    check_refusals(refusals, COUNT_OF(refusals));
    int64_t entry = newest();
    CHECK(!act_by("anna", "incident.withdraw", 1, (Act){ 0 }) && problem.kind == PROBLEM_NOT_ALLOWED,
          "nobody agrees to their own work: %s", problem.message);
    CHECK(!act_by(NULL, "incident.withdraw", 1, (Act){ 0 }) && problem.kind == PROBLEM_BAD_INPUT, "nor does nobody: %s",
          problem.message);
    Record *alone = record_of("F");
    alone->reviewer = "anna";
    CHECK(!propose("anna", KIND_OPEN, 0, body_of(arena, alone)) && problem.kind == PROBLEM_NOT_ALLOWED,
          "nobody publishes alone: %s", problem.message);
    CHECK(newest() == entry && is_rebuilt_the_same(), "nothing of it is kept");
}

int main(void)
{
    begin_acts();
    test_acts();
    test_correction();
    test_split();
    test_later_claims();
    test_refusals();
    return end_acts();
}
