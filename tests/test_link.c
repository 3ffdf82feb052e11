/* Whom an incident hit must never be told by a name that was taken back, nor lost when organisations are merged; and
 * what is done and taken back again and again must never use up the room for rows. */
#include "acts.h"

static OrganisationFacts clinic = { .name = "clinic", .country = "FR", .org_type = "clinic" };
static OrganisationFacts supplier = { .name = "Supplier", .country = "FR", .org_type = "it_supplier" };

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

static const ActRefusal refusals[] = {
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
};

int main(void)
{
    begin_acts();
    test_organisations();
    test_links();
    test_over_and_over();
    check_refusals(refusals, COUNT_OF(refusals));
    return end_acts();
}
