/* A name that only a leak site gives must never become public before the incident is probable: METHOD.md 8. */
#include "domain/ledger.h"
#include "domain/naming.h"
#include "domain/rebuild.h"
#include "domain/release.h"
#include "register.h"
#include "test.h"

#define T "attack_type ransomware "
#define LEAK T "actor asserts c3 a:leak_site:e\n"

static Arena *arena;
static Codebook codebook;
static Problem problem;
static Ledger *ledger;

static const struct {
    const char *name;
    bool may;
    const char *claims;
} cases[] = {
    { "a leak site alone", false, LEAK },
    { "the attacker in the press alone", false, T "actor asserts c2 a:media_own:a" },
    { "a leak site that is told as the victim's word", false, T "victim asserts c2 a:leak_site:a" },
    { "a leak site and a relay", false, LEAK T "media asserts c3 b:media_relay:d" },
    { "a leak site and one fair source", false, LEAK T "media asserts c2 b:media_own:c" },
    { "a leak site and a model's text", false, LEAK T "victim asserts c1 b:aggregator_ai:a" },
    { "a leak site and the victim's denial", false, LEAK T "victim denies c2 b:victim:b" },
    { "a leak site and the victim's silence", false,
      LEAK "data_disclosure ?not_reported victim asserts c2 b:victim:b" },
    { "a leak site that an authority refutes", false, LEAK T "authority denies c2 b:authority:b" },
    { "a leak site, and the project says it happened", false, LEAK T "project asserts c1 b:dataset:c" },
    { "a leak site and one good source", true, LEAK T "media asserts c3 b:media_own:b" },
    { "a leak site and two fair ones", true,
      LEAK T "media asserts c2 b:media_own:c\n" T "media asserts c2 c:media_own:c" },
    { "a leak site and the victim", true, LEAK T "victim asserts c2 b:victim:b" },
    { "a leak site and the victim in a poor source", true, LEAK T "victim asserts c2 b:social:d" },
    { "a leak site and an authority", true, LEAK T "authority asserts c1 b:register:a" },
    { "a good source that the project lowered", false,
      LEAK T "media asserts c3 b:media_own:b\nverification_level v1_claimed project asserts c1 d:dataset:b" },
    { "an authority whose level the project lowered", true,
      LEAK T "authority asserts c1 b:register:a\nverification_level v1_claimed project asserts c1 d:dataset:b" },
    { "a poor source, and no attacker", true, T "media asserts c3 a:media_own:d" },
    { "nobody says anything of it", true, "" },
};

static void test_rule(void)
{
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        CHECK(naming_lets(claims_of(arena, &codebook, cases[i].claims)) == cases[i].may, "%s: %s", cases[i].name,
              cases[i].may ? "may be named" : "names nobody");
}

/* A record that says the name wherever people can write. */
static Record *telling(const char *name)
{
    Plain plain = { .external = arena_format(arena, "%s-lockbit", name),
                    .name = name,
                    .url = arena_format(arena, "https://leaks.example/%s", name),
                    .as_of = 18756,
                    .claims = "attack_type ransomware\nattack_type data_theft\nevent_kind.disclosed 2021-05-09" };
    Record *record = plain_record(arena, &plain);
    record->summary = arena_format(arena, "All files of %s", name);
    record->inclusion = "included";
    record->reason = arena_format(arena, "%s treats patients", name);
    record->affected->naming_basis = "media";
    record->affected->organisation.place = record->affected->organisation.external = name;
    record->sources->title = arena_format(arena, "Files of %s", name);
    record->sources->source_type = "leak_site";
    record->sources->reliability = "e";
    record->sources->group = arena_format(arena, "%s.example", name);
    record->sources->sha256 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    record->sources->archive = arena_format(arena, "https://archive.example/%s", name);
    record->statements->claimant = "actor";
    record->statements->locator = arena_format(arena, "post about %s", name);
    record->statements->claims[0].quote = record->statements->claims[0].raw = name;
    return record;
}

static void test_concealing(void)
{
    Record *record = telling("Zebulon");
    const char *before = arena_text(arena, body_of(arena, record));
    CHECK(record_check(record, &codebook, &problem) && strstr(before, "Zebulon"), "the record tells (%s)",
          problem.message);
    Record shown = *record;
    record->affected->naming = "withheld";
    naming_conceal(arena, &codebook, &shown);
    CHECK(!strstr(arena_text(arena, body_of(arena, &shown)), "Zebulon"), "one that is withheld is not told either");
    record->affected->naming = NULL;
    shown = *record;
    naming_conceal(arena, &codebook, &shown);
    const char *left = arena_text(arena, body_of(arena, &shown));
    CHECK(!strstr(left, "Zebulon") && strstr(left, "\"type_country\"") && strstr(left, "\"FR\"") &&
              strstr(left, "2021-05-09"),
          "what is left does not: %s", left);
    CHECK(record_check(&shown, &codebook, &problem), "and is a record (%s)", problem.message);
    CHECK(strcmp(arena_text(arena, body_of(arena, record)), before) == 0, "the record itself stays");
    naming_conceal(arena, &codebook, &shown);
    CHECK(strcmp(arena_text(arena, body_of(arena, &shown)), left) == 0, "a second time leaves the same");
}

static const struct {
    const char *name, *external, *shown;
} ids[] = {
    { "Zebulon Clinic", "zebulonclinic.example", "unnamed" },
    { "Hôpital Zébulon", "2021/HOPITAL-X", "unnamed" },
    { "UHS", "post-uhs-7", "unnamed" },
    { "UHS", "brushstroke-7", "brushstroke-7" },
    { "Clinic of the North", "r-2021-17", "r-2021-17" },
};

static void test_ids(void)
{
    for (size_t i = 0; i < COUNT_OF(ids); i++) {
        Record *record = telling(ids[i].name);
        record->affected->organisation.external = NULL;
        record->external = ids[i].external;
        naming_conceal(arena, &codebook, record);
        CHECK(strcmp(record->external, ids[i].shown) == 0, "%s of %s is told as %s: %s", ids[i].external, ids[i].name,
              ids[i].shown, record->external);
    }
}

static const char *db(const char *sql)
{
    return ask("public.db", sql);
}

static bool propose(const char *kind, int64_t incident, Text body)
{
    static int key;
    int64_t answer;
    Proposal proposal = { kind, incident, body };
    problem = (Problem){ 0 };
    return ledger_send(ledger, arena_format(arena, "key %d", ++key), "anna", &proposal, 1, &problem) &&
           ledger_receive(ledger, &answer, 1, &problem);
}

static bool act_of_incident(const char *kind, int64_t incident, Act act)
{
    AUTO_OUT out = { 0 };
    act.reason = "It is so";
    act.reviewer = "bela";
    act_write(&out, &act);
    return propose(kind, incident, text_of(arena_text(arena, out_view(&out))));
}

static bool act_of(const char *kind, Act act)
{
    return act_of_incident(kind, 1, act);
}

/* In how many texts of the public store the name stands. */
static const char *told(const char *name)
{
    return db(
        arena_format(arena,
                     "SELECT (SELECT count(*) FROM entry WHERE body LIKE '%%%s%%') + (SELECT count(*) FROM source "
                     "WHERE coalesce(title, '') || coalesce(url, '') || coalesce(independence_group, '') LIKE "
                     "'%%%s%%') + (SELECT count(*) FROM "
                     "organisation WHERE name || folded LIKE '%%%s%%') + (SELECT count(*) FROM incident WHERE "
                     "title || external || folded || coalesce(summary, '') LIKE '%%%s%%') + (SELECT count(*) "
                     "FROM claim WHERE coalesce(quote, '') || coalesce(raw, '') LIKE '%%%s%%')",
                     name, name, name, name, name));
}

static const char *level(void)
{
    return db("SELECT verification, naming FROM version JOIN affected USING (incident) WHERE version.until IS NULL AND "
              "affected.until IS NULL AND incident = 1");
}

static Record *more(const char *claimant, const char *type, const char *reliability)
{
    Record *record = telling("Zebulon");
    record->title = record->summary = record->inclusion = record->reason = NULL;
    record->affected = NULL;
    record->affected_count = 0;
    record->statements->claimant = claimant;
    record->sources->source_type = type;
    record->sources->reliability = reliability;
    record->sources->url = arena_format(arena, "https://%s.example/zebulon", type);
    record->sources->group =
        strcmp(type, "leak_site") == 0 ? "zebulon.example" : arena_format(arena, "%s.example", type);
    return record;
}

static Record *same_page(void)
{
    Record *record = more("media", "media_own", "c");
    record->sources->group = NULL;
    record->sources->url = "https://paper.example/zebulon";
    return record;
}

static bool name_it(void)
{
    static OrganisationFacts facts = { .name = "Zebulon", .country = "FR", .org_type = "clinic" };
    int64_t link = strtoll(db("SELECT id FROM affected WHERE incident = 1 AND until IS NULL"), NULL, 10);
    ActLink links = { .link = link, .facts = &facts, .role = "direct", .naming = "named", .naming_basis = "media" };
    return act_of("affected.change", (Act){ .links = &links, .link_count = 1 });
}

static bool is_rebuilt_the_same(void)
{
    RebuildReport report;
    AUTO_STORE *store = store_open(folder, STORE_PUBLIC, READ_ONLY, &problem);
    return store && rebuild_compare(arena, store, NULL, &codebook, &report, &problem) && report.differing == 0;
}

/* What has a number of its own is not taken for the incident of that number. */
static void test_release(void)
{
    AUTO_OUT body = { 0 };
    const char *hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    ReleaseFile file = { "incidents.csv", hash, 10 };
    Release release = { .codebook = codebook.version,
                        .day = 18800,
                        .entries = 1,
                        .files = &file,
                        .file_count = 1,
                        .key = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3",
                        .sums = hash };
    release_write(&body, &release);
    CHECK(propose("release.publish", 1, out_view(&body)), "release 1 is published beside incident 1 (%s)",
          problem.message);
}

static void test_log(void)
{
    CHECK(propose("incident.open", 0, body_of(arena, telling("Zebulon"))) && strcmp(told("Zebulon"), "0") == 0,
          "the log publishes it without the name (%s): %s", problem.message, told("Zebulon"));
    CHECK(strcmp(level(), "v1_claimed|type_country") == 0, "as claimed, by kind and country: %s", level());
    test_release();
    CHECK(propose("claim.add", 1, body_of(arena, more("actor", "leak_site", "e"))) && strcmp(told("Zebulon"), "0") == 0,
          "nor do further claims of the attacker tell it (%s): %s", problem.message, told("Zebulon"));
    CHECK(propose("claim.add", 1, body_of(arena, more("media", "media_relay", "d"))) &&
              strcmp(told("Zebulon"), "0") == 0,
          "nor those of a relay (%s): %s", problem.message, told("Zebulon"));
    for (int times = 1; times <= 2; times++)
        CHECK(propose("claim.add", 1, body_of(arena, same_page())) && strcmp(told("Zebulon"), "0") == 0 &&
                  strcmp(level(), "v1_claimed|type_country") == 0,
              "nor a fair page without a group, the %d. time (%s): %s %s", times, problem.message, told("Zebulon"),
              level());
    CHECK(!name_it() && problem.kind == PROBLEM_CONFLICT && strcmp(problem.field, "naming") == 0,
          "nobody names it by hand: %s", problem.message);
    CHECK(propose("claim.add", 1, body_of(arena, more("media", "media_own", "b"))) &&
              strcmp(level(), "v2_probable|type_country") == 0 && strcmp(told("Zebulon"), "0") != 0,
          "a good source makes it probable, and its words are public (%s): %s", problem.message, level());
    CHECK(name_it() && strcmp(level(), "v2_probable|named") == 0, "then it is named (%s): %s", problem.message,
          level());
    CHECK(is_rebuilt_the_same(), "a rebuild makes the same (%s)", problem.message);
    ActClaim claims[8];
    size_t count = 0;
    Text rest =
             text_of(db("SELECT group_concat(claim.id, ' ') FROM claim JOIN statement ON statement.id = statement JOIN "
                        "source ON source.id = source WHERE source_type = 'media_own' AND reliability = 'b'")),
         number;
    while (text_split(&rest, ' ', &number))
        claims[count++] = (ActClaim){ .claim = strtoll(arena_text(arena, number), NULL, 10) };
    CHECK(count == 3 && !act_of("claim.retract", (Act){ .claims = claims, .claim_count = count }) &&
              problem.kind == PROBLEM_CONFLICT && strcmp(level(), "v2_probable|named") == 0,
          "what bears the name is not retracted before the name: %s", problem.message);
}

/* A record that brings the same page twice brings one source. */
static void test_twice(void)
{
    Record *record = telling("Walrus");
    SourceFacts *sources = NEW_ARRAY(arena, SourceFacts, 3);
    StatementFacts *statements = NEW_ARRAY(arena, StatementFacts, 3);
    for (int i = 0; i < 3; i++) {
        const Record *one = i ? same_page() : record;
        sources[i] = one->sources[0];
        statements[i] = one->statements[0];
        statements[i].source = i;
    }
    record->sources = sources;
    record->statements = statements;
    record->source_count = record->statement_count = 3;
    CHECK(propose("incident.open", 0, body_of(arena, record)) && strcmp(told("Walrus"), "0") == 0,
          "one page told twice makes nothing probable (%s): %s", problem.message, told("Walrus"));
}

/* Claims of an import may lower an incident that names somebody: then the names can be taken off, one after the other.
 */
static void test_lowered(void)
{
    Plain plain = { .external = "lowered", .more = true, .as_of = 18760, .claims = "verification_level v1_claimed" };
    Record *lowers = plain_record(arena, &plain), *leak = more("actor", "leak_site", "e");
    lowers->statements->claimant = "project";
    Record *opens = telling("Yonder");
    opens->statements->claimant = "media";
    opens->sources->source_type = "media_own";
    opens->sources->reliability = "b";
    AffectedFacts *both = NEW_ARRAY(arena, AffectedFacts, 2);
    both[0] = both[1] = opens->affected[0];
    both[1].organisation.name = "Xanadu";
    opens->affected = both;
    opens->affected_count = 2;
    CHECK(propose("incident.open", 0, body_of(arena, opens)) && propose("claim.add", 2, body_of(arena, leak)) &&
              propose("claim.add", 2, body_of(arena, lowers)),
          "an incident that names two is lowered (%s)", problem.message);
    const char *now = "SELECT group_concat(naming, ' ') FROM affected WHERE until IS NULL AND incident = 2";
    CHECK(strcmp(db(now), "named named") == 0, "it still names them: %s", db(now));
    for (int left = 1; left >= 0; left--) {
        ActLink ends = { .link = strtoll(db("SELECT id FROM affected WHERE incident = 2 AND until IS NULL AND naming = "
                                            "'named'"),
                                         NULL, 10),
                         .role = "direct",
                         .naming = "type_country" };
        CHECK(act_of_incident("affected.change", 2, (Act){ .links = &ends, .link_count = 1 }),
              "one is named no longer, %d left (%s)", left, problem.message);
    }
    CHECK(strcmp(db(now), "type_country type_country") == 0, "then nobody is: %s", db(now));
}

int main(void)
{
    arena = arena_new(ARENA_NO_CAP);
    codebook = codebook_of_tests(arena);
    test_rule();
    test_concealing();
    test_ids();
    new_folder();
    ledger = ledger_start(arena, folder, &codebook, &problem);
    CHECK(ledger, "the log role starts (%s)", problem.message);
    test_log();
    test_lowered();
    test_twice();
    ledger_stop(ledger);
    arena_free(arena);
    return DONE();
}
