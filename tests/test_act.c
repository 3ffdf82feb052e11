/* What is corrected, merged or withdrawn must never change what was shown before, nor be lost when it is taken back;
 * and nobody does it alone. */
#include "domain/ledger.h"
#include "domain/rebuild.h"
#include "register.h"
#include "same_answers.h"
#include "test.h"

static Arena *arena;
static Codebook codebook;
static Problem problem;
static Ledger *ledger;

static const char *const claims = "attack_type ransomware\nattack_type data_theft\nevent_kind.disclosed 2021-05-09\n"
                                  "persons_affected 100";

static Record *record_of(const char *name)
{
    Plain plain = { .external = name,
                    .name = name,
                    .url = arena_format(arena, "https://%s.example/", name),
                    .as_of = 18756,
                    .claims = claims };
    return plain_record(arena, &plain);
}

static bool send(const char *author, const Proposal *proposals, size_t count)
{
    static int key;
    int64_t *answers = NEW_ARRAY(arena, int64_t, count);
    problem = (Problem){ 0 };
    return ledger_send(ledger, arena_format(arena, "key %d", ++key), author, proposals, count, &problem) &&
           ledger_receive(ledger, answers, count, &problem);
}

static bool propose(const char *author, const char *kind, int64_t number, Text body)
{
    return send(author, &(Proposal){ kind, number, body }, 1);
}

static Text body_of_act(const char *reviewer, Act act)
{
    AUTO_OUT out = { 0 };
    act.reason = act.reason ? act.reason : "It was wrong";
    act.reviewer = reviewer;
    act_write(&out, &act);
    return text_of(arena_text(arena, out_view(&out)));
}

static bool act_by(const char *reviewer, const char *kind, int64_t number, Act act)
{
    return propose("anna", kind, number, body_of_act(reviewer, act));
}

static bool act_of(const char *kind, int64_t number, Act act)
{
    return act_by("bela", kind, number, act);
}

#define CLAIMS(...) .claims = (ActClaim[]){ __VA_ARGS__ }, .claim_count = COUNT_OF(((ActClaim[]){ __VA_ARGS__ }))

static const char *db(const char *sql)
{
    return ask("public.db", sql);
}

static int64_t newest(void)
{
    return strtoll(db("SELECT max(seq) FROM entry"), NULL, 10);
}

/* What stands, or stood as of an entry, about each incident that counts: its persons and types. */
static const char *figures_at(int64_t entry)
{
    return db(arena_format(arena,
                           "SELECT incident, persons, (SELECT group_concat(code, '+') FROM version_value AS v WHERE "
                           "v.version = version.id AND variable = 'attack_type'), (SELECT group_concat(name, '+') FROM "
                           "affected JOIN organisation ON organisation.id = organisation WHERE affected.incident = "
                           "version.incident AND affected.since <= %lld AND coalesce(affected.until > %lld, 1)) "
                           "FROM version WHERE since <= %lld AND coalesce(until > %lld, 1) ORDER BY incident",
                           (long long)entry, (long long)entry, (long long)entry, (long long)entry));
}

static const char *figures(void)
{
    return figures_at(newest());
}

static Snapshot *followed; /* goes along from act to act */

/* It must answer as one that is read anew, now and as of before. */
static bool is_shown_the_same(Store *store, Problem *trouble)
{
    Snapshot *whole = snapshot_load(store, &codebook, trouble), *last = followed;
    followed = last ? snapshot_next(store, last, trouble) : snapshot_load(store, &codebook, trouble);
    const char *difference = whole && followed ? different_register(followed, whole) : trouble->message;
    for (int64_t back = 0; !difference && back < 4; back++) {
        Question question = { .filter = { .from = INT32_MIN, .to = INT32_MAX, .as_of = snapshot_newest(whole) - back },
                              .most = 100 };
        difference = different_answer(followed, whole, &question, arena);
    }
    if (followed)
        followed->loaded = SIZE_MAX / 2; /* never read anew */
    snapshot_release(last);
    snapshot_release(whole);
    if (difference)
        printf("# followed: %s\n", difference);
    return !difference;
}

static bool is_rebuilt_the_same(void)
{
    RebuildReport report;
    Problem trouble = { 0 };
    AUTO_STORE *store = store_open(folder, STORE_PUBLIC, READ_ONLY, &trouble);
    bool same = store && rebuild_compare(arena, store, NULL, &codebook, &report, &trouble) && report.differing == 0;
    for (size_t i = 0; !same && i < report.count && i < 5; i++)
        printf("# %s %lld %s\n", report.differences[i].table, (long long)report.differences[i].id,
               report.differences[i].what);
    same = same && is_shown_the_same(store, &trouble);
    if (trouble.kind)
        printf("# %s\n", trouble.message);
    return same;
}

static const char *begun;
static int64_t opened;

static void open_three(void)
{
    const char *const names[] = { "A", "B", "C" };
    for (size_t i = 0; i < COUNT_OF(names); i++)
        CHECK(propose("anna", KIND_OPEN, 0, body_of(arena, record_of(names[i]))), "%s is published (%s)", names[i],
              problem.message);
    opened = newest();
    begun = arena_string(arena, figures());
    CHECK(strcmp(begun, "1|100.0|ransomware+data_theft|A; 2|100.0|ransomware+data_theft|B; "
                        "3|100.0|ransomware+data_theft|C") == 0,
          "three incidents: %s", begun);
}

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

static const char *links(void)
{
    return db("SELECT incident, organisation FROM affected WHERE until IS NULL ORDER BY incident, organisation");
}

static void test_organisations(void)
{
    ActName names[] = { { "alias", "Hôpital A" }, { "ror", "https://ror.org/05a28rw58" } };
    Act naming = { .names = names, .name_count = COUNT_OF(names) };
    CHECK(act_of("organisation.name", 1, naming) && strcmp(db("SELECT kind, value, folded FROM alias WHERE "
                                                              "organisation = 1 AND until IS NULL ORDER BY id LIMIT 1"),
                                                           "alias|Hôpital A|hopital a") == 0,
          "an organisation has other names (%s)", problem.message);
    CHECK(act_of("organisation.undo", 1, (Act){ .undoes = newest() }) &&
              strcmp(db("SELECT count(*) FROM alias WHERE until IS NULL"), "0") == 0,
          "which are taken back (%s)", problem.message);
    CHECK(act_of("organisation.undo", 1, (Act){ .undoes = newest() }) &&
              strcmp(db("SELECT count(*) FROM alias WHERE until IS NULL"), "2") == 0 && is_rebuilt_the_same(),
          "and come again (%s)", problem.message);
    const char *before = arena_string(arena, links()), *shown = arena_string(arena, figures());
    int64_t entry = newest();
    CHECK(act_of("organisation.merge", 3, (Act){ .into = 1 }), "an organisation is merged (%s)", problem.message);
    CHECK(strcmp(db("SELECT count(*) FROM affected WHERE organisation = 3 AND until IS NULL"), "0") == 0 &&
              strcmp(db("SELECT organisation FROM affected WHERE incident = 3 AND until IS NULL"), "1") == 0,
          "its links go over: %s", links());
    CHECK(strcmp(figures_at(entry), shown) == 0, "before it stands what stood");
    CHECK(is_rebuilt_the_same(), "a rebuild makes the same");
    CHECK(propose("anna", KIND_OPEN, 0, body_of(arena, record_of("C"))) &&
              strcmp(db("SELECT organisation FROM affected ORDER BY id DESC LIMIT 1"), "1") == 0,
          "what is said of it later goes there too (%s)", problem.message);
    CHECK(!act_of("organisation.merge", 1, (Act){ .into = 3 }) && problem.kind == PROBLEM_CONFLICT,
          "nothing goes into what was merged: %s", problem.message);
    CHECK(!act_of("organisation.merge", 1, (Act){ .into = 1 }) && problem.kind == PROBLEM_BAD_INPUT &&
              !act_of("organisation.merge", 1, (Act){ .into = 900 }) && problem.kind == PROBLEM_NOT_FOUND,
          "nor into itself or nothing: %s", problem.message);
    CHECK(!act_of("organisation.undo", 1, (Act){ .undoes = entry + 1 }) && problem.kind == PROBLEM_NOT_FOUND,
          "an entry about another is not taken back: %s", problem.message);
    CHECK(act_of("organisation.undo", 3, (Act){ .undoes = entry + 1 }), "the merger is taken back (%s)",
          problem.message);
    CHECK(strncmp(links(), before, strlen(before)) == 0, "its links are back: %s", links());
    CHECK(is_rebuilt_the_same(), "rebuilt the same");
}

static OrganisationFacts clinic = { .name = "clinic", .country = "FR", .org_type = "clinic" };
static OrganisationFacts supplier = { .name = "Supplier", .country = "FR", .org_type = "it_supplier" };

#define LINKS(...) .links = (ActLink[]){ __VA_ARGS__ }, .link_count = COUNT_OF(((ActLink[]){ __VA_ARGS__ }))
#define NAMED .naming = "named", .naming_basis = "media"

static const char *hits(void)
{
    return db(
        "SELECT name, role, naming, naming_basis, (SELECT name FROM organisation WHERE id = supplier) FROM affected "
        "JOIN organisation ON organisation.id = organisation WHERE incident = 1 AND until IS NULL ORDER BY "
        "affected.id");
}

static void test_links(void)
{
    const char *before = arena_string(arena, hits()), *shown = arena_string(arena, figures());
    int64_t entry = newest();
    CHECK(act_of("affected.add", 1,
                 (Act){ LINKS({ .facts = &supplier, .role = "direct", NAMED },
                              { .facts = &clinic, .role = "via_supplier", .naming = "type_country" }) }),
          "organisations are linked (%s)", problem.message);
    int64_t number = strtoll(db("SELECT id FROM organisation WHERE name = 'Supplier'"), NULL, 10);
    int64_t hit = strtoll(db("SELECT id FROM affected WHERE role = 'via_supplier'"), NULL, 10);
    CHECK(is_rebuilt_the_same(), "a rebuild makes the same");
    CHECK(strcmp(db("SELECT folded LIKE '%supplier%', folded LIKE '%clinic%' FROM incident WHERE id = 1"), "1|0") == 0,
          "by the words of those that are named it is found: %s", db("SELECT folded FROM incident WHERE id = 1"));
    CHECK(
        act_of("affected.change", 1,
               (Act){ LINKS({ .link = hit, .role = "via_supplier", .naming = "type_country", .supplier = number }) }) &&
            strstr(hits(), "clinic|via_supplier|type_country|NULL|Supplier"),
        "a link says through whom (%s): %s", problem.message, hits());
    CHECK(is_rebuilt_the_same(), "rebuilt the same");
    hit = strtoll(db("SELECT id FROM affected WHERE organisation = (SELECT max(id) FROM organisation WHERE name = "
                     "'Supplier') AND until IS NULL"),
                  NULL, 10);
    CHECK(!act_of("affected.end", 1, (Act){ LINKS({ .link = hit }) }) && problem.kind == PROBLEM_CONFLICT,
          "a supplier stays while somebody was hit through it: %s", problem.message);
    CHECK(!act_of("affected.change", 1, (Act){ LINKS({ .link = hit, .role = "direct", NAMED, .supplier = number }) }) &&
              problem.kind == PROBLEM_CONFLICT,
          "nobody is hit through themselves: %s", problem.message);
    CHECK(!act_of("affected.add", 1, (Act){ LINKS({ .organisation = number, .role = "direct", NAMED }) }) &&
              problem.kind == PROBLEM_CONFLICT,
          "nobody is linked twice: %s", problem.message);
    CHECK(act_of("affected.change", 1,
                 (Act){ LINKS({ .link = hit, .role = "direct", .naming = "withheld" },
                              { .link = hit + 2, .role = "via_supplier", .naming = "withheld" }) }),
          "names are taken back (%s)", problem.message);
    CHECK(!strstr(hits(), "Supplier") && is_rebuilt_the_same(), "for rows without a name: %s", hits());
    for (int64_t undo = newest(); undo > entry; undo--)
        CHECK(act_of("incident.undo", 1, (Act){ .undoes = undo }), "entry %lld is taken back (%s)", (long long)undo,
              problem.message);
    CHECK(strcmp(hits(), before) == 0 && strcmp(figures(), shown) == 0, "then all is as it was: %s", hits());
    CHECK(strcmp(figures_at(entry), shown) == 0 && is_rebuilt_the_same(), "and rebuilt the same");
}

/* An act that is taken back and done again, over and over: rows come back as new ones, whose ids must go on for as long
 * as an incident has room for rows. */
enum { TIMES = 60, ROWS_LEFT_BEHIND = 10000 };

static bool swing(const char *undo, int64_t number, const char *then)
{
    Proposal swings[2 * TIMES];
    for (int i = 0; i < 2 * TIMES; i++)
        swings[i] = (Proposal){ undo, number, body_of_act("bela", (Act){ .undoes = newest() + i }) };
    return send("anna", swings, COUNT_OF(swings)) && strcmp(figures(), then) == 0;
}

static bool merge_to_and_fro(int64_t one, int64_t other)
{
    Proposal mergers[4 * TIMES];
    for (int i = 0; i < 4 * TIMES; i += 2) {
        int64_t from = i % 4 ? one : other, into = i % 4 ? other : one;
        mergers[i] = (Proposal){ "incident.merge", from, body_of_act("bela", (Act){ .into = into }) };
        mergers[i + 1] = (Proposal){ "incident.undo", from, body_of_act("bela", (Act){ .undoes = newest() + i + 1 }) };
    }
    const char *before = arena_string(arena, figures());
    return send("anna", mergers, COUNT_OF(mergers)) && strcmp(figures(), before) == 0;
}

static int64_t number_of(const char *sql)
{
    return strtoll(db(sql), NULL, 10);
}

static void test_over_and_over(void)
{
    CHECK(propose("anna", KIND_OPEN, 0, body_of(arena, record_of("G"))) &&
              propose("anna", KIND_OPEN, 0, body_of(arena, record_of("H"))),
          "two more incidents (%s)", problem.message);
    int64_t last = number_of("SELECT max(id) FROM incident"),
            organisation = number_of("SELECT max(id) FROM organisation");
    int64_t claim = number_of("SELECT max(id) FROM claim WHERE variable = 'attack_type'");
    ActName names[] = { { "alias", "Clinique G" }, { "alias", "Clinique H" } };
    const struct {
        const char *kind;
        int64_t number;
        Act act;
        const char *undo;
    } swings[] = {
        { "claim.rank", last, { CLAIMS({ claim, "deprecated" }) }, "incident.undo" },
        { "claim.retract", last, { CLAIMS({ .claim = claim }, { .claim = claim - 1 }) }, "incident.undo" },
        { "incident.withdraw", last, { 0 }, "incident.undo" },
        { "incident.merge", last, { .into = last - 1 }, "incident.undo" },
        { "affected.add", last, { LINKS({ .facts = &clinic, .role = "direct", NAMED }) }, "incident.undo" },
        { "organisation.name", organisation, { .names = names, .name_count = COUNT_OF(names) }, "organisation.undo" },
        { "organisation.merge", organisation, { .into = organisation - 1 }, "organisation.undo" },
    };
    for (size_t i = 0; i < COUNT_OF(swings); i++) {
        const char *before = arena_string(arena, figures());
        bool done = act_of(swings[i].kind, swings[i].number, swings[i].act);
        const char *after = arena_string(arena, figures());
        CHECK(done && swing(swings[i].undo, swings[i].number, after) && is_rebuilt_the_same() &&
                  act_of(swings[i].undo, swings[i].number, (Act){ .undoes = newest() }) &&
                  strcmp(figures(), before) == 0,
              "%s is taken back and done again %d times (%s), and rebuilt the same", swings[i].kind, TIMES,
              problem.message);
    }
    CHECK(merge_to_and_fro(last, last - 1) && is_rebuilt_the_same(),
          "two are merged to and fro (%s), and rebuilt the same", problem.message);
    CHECK(
        number_of("SELECT max(id % 1048576) FROM (SELECT id FROM statement UNION SELECT id FROM claim UNION SELECT id "
                  "FROM claim_rank UNION SELECT id FROM affected UNION SELECT id FROM status)") < ROWS_LEFT_BEHIND &&
            number_of("SELECT max(id) FROM alias") < ROWS_LEFT_BEHIND,
        "and their ids have gone on one by one: %s", db("SELECT max(id % 1048576) FROM claim"));
}

static const struct {
    const char *name, *kind;
    int64_t number;
    Act act;
    ProblemKind expected;
} refusals[] = {
    { "no link", "affected.add", 1, { 0 }, PROBLEM_BAD_INPUT },
    { "a link of no organisation", "affected.add", 1, { LINKS({ .role = "direct", NAMED }) }, PROBLEM_BAD_INPUT },
    { "a link of two",
      "affected.add",
      1,
      { LINKS({ .facts = &clinic, .organisation = 1, .role = "direct", NAMED }) },
      PROBLEM_BAD_INPUT },
    { "a role that is none",
      "affected.add",
      1,
      { LINKS({ .organisation = 1, .role = "loud", NAMED }) },
      PROBLEM_BAD_INPUT },
    { "no role", "affected.add", 1, { LINKS({ .organisation = 1, NAMED }) }, PROBLEM_BAD_INPUT },
    { "no naming", "affected.add", 1, { LINKS({ .organisation = 2, .role = "direct" }) }, PROBLEM_BAD_INPUT },
    { "a name without a basis",
      "affected.add",
      1,
      { LINKS({ .organisation = 2, .role = "direct", .naming = "named" }) },
      PROBLEM_BAD_INPUT },
    { "a name by the attacker alone",
      "affected.add",
      1,
      { LINKS({ .organisation = 2, .role = "direct", .naming = "named", .naming_basis = "actor_only" }) },
      PROBLEM_BAD_INPUT },
    { "a number of one that is not named",
      "affected.add",
      1,
      { LINKS({ .organisation = 2, .role = "direct", .naming = "withheld" }) },
      PROBLEM_BAD_INPUT },
    { "an organisation that is not there",
      "affected.add",
      1,
      { LINKS({ .organisation = 900, .role = "direct", NAMED }) },
      PROBLEM_NOT_FOUND },
    { "a supplier that was not hit",
      "affected.add",
      1,
      { LINKS({ .organisation = 2, .role = "via_supplier", NAMED, .supplier = 3 }) },
      PROBLEM_CONFLICT },
    { "a new link with a number",
      "affected.add",
      1,
      { LINKS({ .link = 1048577, .organisation = 2, .role = "direct", NAMED }) },
      PROBLEM_BAD_INPUT },
    { "a link without a number", "affected.end", 1, { LINKS({ 0 }) }, PROBLEM_BAD_INPUT },
    { "an end that says more", "affected.end", 1, { LINKS({ .link = 1048577, .role = "direct" }) }, PROBLEM_BAD_INPUT },
    { "a link of another incident", "affected.end", 1, { LINKS({ .link = 3145729 }) }, PROBLEM_CONFLICT },
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
    int64_t entry = newest();
    for (size_t i = 0; i < COUNT_OF(refusals); i++)
        CHECK(!act_of(refusals[i].kind, refusals[i].number, refusals[i].act) && problem.kind == refusals[i].expected,
              "refused: %s (%s)", refusals[i].name, problem.message);
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
    arena = arena_new(ARENA_NO_CAP);
    codebook = codebook_of_tests(arena);
    new_folder();
    ledger = ledger_start(arena, folder, &codebook, &problem);
    CHECK(ledger, "the log role starts (%s)", problem.message);
    open_three();
    test_acts();
    test_correction();
    test_split();
    test_later_claims();
    test_organisations();
    test_links();
    test_over_and_over();
    test_refusals();
    snapshot_release(followed);
    ledger_stop(ledger);
    arena_free(arena);
    return DONE();
}
