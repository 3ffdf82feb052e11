/* An import must never lose, invent or double anything: every row of a file is published, kept with its reason or
 * refused with its line; importing again adds nothing; an older file changes nothing that a newer one said. */
#include "importing.h"

#define HEAD                                                                                                     \
    "\"Name of Covered Entity\",\"State\",\"Covered Entity Type\",\"Individuals Affected\",\"Breach Submission " \
    "Date\","                                                                                                    \
    "\"Type of Breach\",\"Location of Breached Information\",\"Business Associate Present\",\"Web Description\"\n"
#define HACKING "Hacking/IT Incident"
#define ACCESS "Unauthorized Access/Disclosure"
#define ROW(name, persons, type, words)                                                  \
    "\"" name "\",\"TX\",\"Healthcare Provider\",\"" persons "\",\"07/05/2019\",\"" type \
    "\",\"Email\",\"No\",\"" words "\"\n"

#define VERSIONS                                                                                             \
    "SELECT group_concat(inclusion || ' ' || coalesce(persons, persons_missing), ', ') FROM (SELECT * FROM " \
    "version WHERE until IS NULL ORDER BY incident)"

static json_t *hhs(const char *var, const char *file, const char *observed)
{
    return imported((Import){ .importer = "hhs-ocr", .file = file, .var = var, .observed = observed });
}

static void check_counts(json_t *report, const char *name, const long long counts[5])
{
    static const char *const keys[] = { "read", "added", "changed", "unchanged", "refused" };
    bool good = report != NULL;
    for (size_t i = 0; i < 5; i++)
        good = good && number_in(report, keys[i]) == counts[i];
    CHECK(good, "%s: read %lld, added %lld, changed %lld, unchanged %lld, refused %lld", name, counts[0], counts[1],
          counts[2], counts[3], counts[4]);
    if (!good) {
        char *text = json_dumps(report, JSON_COMPACT);
        printf("# %.600s\n", text ? text : "(no report)");
        free(text);
    }
    json_decref(report);
}

static void test_starter(void)
{
    const char *var = path_of("starter"), *file = "data/incidents.csv";
    json_t *report = imported((Import){ .importer = "starter", .file = file, .var = var });
    CHECK(number_in(report, "published") == 102 && json_array_size(json_object_get(report, "not_understood")) == 0 &&
              json_array_size(json_object_get(report, "columns_not_read")) == 0,
          "all 102 starter incidents are published, every column and cell is understood");
    json_decref(report);
    CHECK_ASKED(var, "public.db", "SELECT count(*) FROM version WHERE verification IN ('v2_probable', 'v3_confirmed')",
                "101", "all but one are probable or confirmed");
    CHECK_ASKED(var, "public.db",
                "SELECT external FROM version v JOIN incident i ON i.id = v.incident WHERE verification = 'v1_claimed'",
                "HC-2024-001", "the one that only the attacker tells is claimed only");
    CHECK_ASKED(var, "public.db", "SELECT count(DISTINCT country) FROM organisation", "47", "they are in 47 countries");
    CHECK_ASKED(var, "public.db",
                "SELECT count(DISTINCT incident) FROM statement WHERE locator = 'column conflicting_claims'", "42",
                "each of the 42 notes on conflicts speaks");
    CHECK_ASKED(var, "public.db",
                "SELECT count(*) FROM claim c JOIN statement s ON s.id = c.statement WHERE locator = 'column "
                "conflicting_claims' AND claimant = 'project'",
                "0", "none of them only as a quotation");
    CHECK_ASKED(var, "public.db", "SELECT sum(conflicting) >= 30 FROM version", "1", "most contradict in a value");
    CHECK_ASKED(
        var, "public.db",
        "SELECT group_concat(value, ' ') FROM (SELECT value FROM claim c JOIN statement s ON s.id = c.statement "
        "JOIN incident i ON i.id = s.incident WHERE external = 'HC-2021-009' AND variable = 'sites_affected' "
        "ORDER BY c.id)",
        "5 5 6", "five hospitals and six stand beside each other");
    CHECK_ASKED(
        var, "public.db",
        "SELECT group_concat(variable || ' ' || value, ', ') FROM claim WHERE statement = (SELECT statement FROM "
        "claim WHERE variable = 'harm_level')",
        "harm_level h4_death, causal_status alleged, persons 1", "a death is never told without its causal status");
    CHECK_ASKED(var, "public.db",
                "SELECT claimant FROM claim c JOIN statement s ON s.id = c.statement WHERE value = 'Maze' LIMIT 1",
                "actor", "a self-claim is the attacker's word");
    CHECK_ASKED(
        var, "public.db",
        "SELECT count(*) FROM claim c JOIN statement s ON s.id = c.statement JOIN incident i ON i.id = s.incident "
        "WHERE external = 'HC-2020-013' AND variable = 'persons_affected' AND value = '33000'",
        "0", "records are not taken for persons");
    CHECK_ASKED(
        var, "public.db",
        "SELECT count(DISTINCT incident) FROM statement s JOIN source o ON o.id = s.source WHERE licence = 'CC BY "
        "4.0'",
        "102", "the licence travels with every record");
    check_counts(imported((Import){ .importer = "starter", .file = file, .var = var }), "the same file again",
                 (const long long[]){ 102, 0, 0, 102, 0 });
    CHECK_ASKED(var, "public.db", "SELECT count(*) FROM entry", "102", "it adds no entry");
}

/* Compares {"code": n} of counts-gold.json with the rows of a group of the report. */
static bool same_tally(const json_t *gold, const json_t *group, const char *key)
{
    const char *code;
    json_t *expected;
    size_t codes = 0;
    json_object_foreach((json_t *)(uintptr_t)gold, code, expected)
    {
        const json_t *tally = json_object_get(group, code);
        if (json_number_value(json_object_get(tally, key)) != json_number_value(expected)) {
            printf("# %s: %g, expected %g\n", code, json_number_value(json_object_get(tally, key)),
                   json_number_value(expected));
            return false;
        }
        codes++;
    }
    return json_object_size(group) == codes;
}

static const struct {
    const char *gold, *group, *key;
} hhs_groups[] = {
    { "rows_by_year", "year", "rows" },
    { "individuals_by_year", "year", "sum" },
    { "by_state", "state", "rows" },
    { "by_entity_type", "entity", "rows" },
    { "by_type_multi", "type", "rows" },
    { "by_location_multi", "location", "rows" },
    { "business_associate", "associate", "rows" },
};

static void check_hhs_gold(const json_t *report, const json_t *gold, const char *name)
{
    const json_t *by = json_object_get(report, "by");
    CHECK(number_in(report, "read") == number_in(gold, "rows") &&
              number_in(report, "sum") == number_in(gold, "individuals_total") &&
              number_in(report, "sum_missing") == number_in(gold, "individuals_missing"),
          "%s: rows, persons and missing numbers are those of the file", name);
    for (size_t i = 0; i < COUNT_OF(hhs_groups); i++)
        CHECK(same_tally(json_object_get(gold, hhs_groups[i].gold), json_object_get(by, hhs_groups[i].group),
                         hhs_groups[i].key),
              "%s: %s", name, hhs_groups[i].gold);
    const json_t *hacking = json_object_get(json_object_get(by, "type"), HACKING);
    CHECK(number_in(hacking, "rows") == number_in(gold, "hacking_rows") &&
              number_in(hacking, "sum") == number_in(gold, "hacking_individuals"),
          "%s: rows and persons by hacking", name);
    CHECK(json_array_size(json_object_get(report, "not_understood")) == 0, "%s: every cell is understood", name);
}

static json_t *gold_of(Arena *arena, const char *shared)
{
    Text bytes;
    Problem problem = { 0 };
    if (!sys_read_file(arena, arena_format(arena, "%s/data/counts-gold.json", shared), 1 << 20, &bytes, &problem))
        return NULL;
    return json_parse(bytes, &problem);
}

#define COUNTED                                                                                                    \
    "SELECT count(*) || ' ' || cast(sum(persons) AS INTEGER) || ' ' || sum(persons_missing = 'placeholder') FROM " \
    "version v JOIN incident i ON i.id = v.incident WHERE dataset = 'hhs-ocr' AND inclusion = 'included' AND "     \
    "verification IN ('v2_probable', 'v3_confirmed') AND v.since <= %s AND (until IS NULL OR until > %s)"

static void test_hhs(Arena *arena, const char *shared, const json_t *gold)
{
    const char *older = arena_format(arena, "%s/data/hhs-ocr/breach_report_2019-12-03.csv", shared);
    const char *newer = arena_format(arena, "%s/data/hhs-ocr/breach_report_2022-07-15.csv", shared);
    const char *alone = path_of("hhs-alone"), *both = path_of("hhs-both"), *turned = path_of("hhs-turned");
    json_t *report = hhs(alone, newer, "2022-07-15");
    check_hhs_gold(report, json_object_get(gold, "hhs_2022_07_15"), "the file of 2022");
    json_decref(report);
    CHECK_ASKED(alone, "public.db", arena_format(arena, COUNTED, "9e9", "9e9"), "1571 227374686 19",
                "1,571 incidents, 227,374,686 persons, 19 placeholders");
    CHECK_ASKED(alone, "public.db", "SELECT count(*) FROM incident", "2814", "excluded records are published too");
    CHECK_ASKED(alone, "work.db", "SELECT count(*) FROM draft", "1183", "the undecided wait in the work store");
    CHECK_ASKED(alone, "work.db", "SELECT count(*) FROM raw_row", "3997", "every row is kept");
    check_counts(hhs(alone, newer, "2022-07-15"), "again", (const long long[]){ 3997, 0, 0, 3997, 0 });

    report = hhs(both, older, "2019-12-03");
    check_hhs_gold(report, json_object_get(gold, "hhs_2019_12_03"), "the file of 2019");
    json_decref(report);
    const char *entries = asked(both, "public.db", "SELECT max(seq) FROM entry");
    const char *then = arena_format(arena, COUNTED, entries, entries);
    const char *before = arena_string(arena, asked(both, "public.db", then));
    report = hhs(both, newer, "2022-07-15");
    CHECK(number_in(report, "added") == 3445 && number_in(report, "changed") == 480 &&
              number_in(report, "unchanged") == 72,
          "the later file adds new rows and changes, nothing else");
    json_decref(report);
    CHECK_ASKED(both, "public.db", then, before, "figures as of the moment between stay what they were");
    CHECK_ASKED(
        both, "public.db",
        "SELECT group_concat(DISTINCT as_of) FROM statement WHERE since > (SELECT min(seq) FROM entry WHERE kind = "
        "'claim.add') AND stance = 'corrects'",
        "19188", "a corrected value is known since the later file");
    CHECK_ASKED(
        both, "public.db",
        "SELECT group_concat(persons, ' ') FROM (SELECT persons FROM version v JOIN incident i ON i.id = v.incident "
        "WHERE folded LIKE 'rhode island ear%' AND until IS NULL)",
        "2943.0", "a row that the later file lacks stays");
    json_decref(hhs(turned, newer, "2022-07-15"));
    json_decref(hhs(turned, older, "2019-12-03"));
    CHECK_ASKED(turned, "public.db", arena_format(arena, COUNTED, "9e9", "9e9"),
                asked(both, "public.db", arena_format(arena, COUNTED, "9e9", "9e9")),
                "in the other order the same is counted");
}

static void test_veris(Arena *arena, const char *shared, const json_t *gold)
{
    const char *var = path_of("veris"), *array = arena_format(arena, "%s/data/vcdb/vcdb-health-dev.json", shared);
    gold = json_object_get(gold, "vcdb_health_dev");
    json_t *report = imported((Import){ .importer = "veris", .file = array, .var = var });
    const json_t *by = json_object_get(report, "by");
    CHECK(number_in(report, "added") == 1764 && number_in(report, "sum") == number_in(gold, "records_total") &&
              number_in(report, "sum_missing") == number_in(gold, "records_missing"),
          "1,764 VERIS documents with the records that they count");
    CHECK(same_tally(json_object_get(gold, "by_year"), json_object_get(by, "year"), "rows"), "by year");
    CHECK(same_tally(json_object_get(gold, "by_country"), json_object_get(by, "country"), "rows"), "by country");
    CHECK(same_tally(json_object_get(gold, "by_action"), json_object_get(by, "action"), "rows"), "by action");
    CHECK(same_tally(json_object_get(gold, "by_naics3"), json_object_get(by, "industry"), "rows"), "by industry");
    CHECK(same_tally(json_object_get(gold, "date_precision"), json_object_get(by, "precision"), "rows"),
          "by precision");
    CHECK(number_in(json_object_get(json_object_get(by, "malware"), "Ransomware"), "rows") == 93, "93 with ransomware");
    CHECK(number_in(report, "published") + number_in(report, "excluded") == 1764, "each is counted or excluded");
    json_decref(report);
    CHECK_ASKED(var, "public.db", "SELECT count(*) FROM version WHERE inclusion <> 'included' AND reason IS NULL", "0",
                "each excluded one has its reason");
    CHECK_ASKED(
        var, "public.db",
        "SELECT count(DISTINCT version) FROM version_value WHERE variable = 'attack_type' AND code = 'ransomware'",
        "93", "all 93 can be found as ransomware");
    CHECK_ASKED(var, "public.db",
                "SELECT group_concat(n) FROM (SELECT count(*) AS n FROM organisation WHERE org_type IN ('laboratory', "
                "'emergency_service') GROUP BY org_type ORDER BY org_type)",
                "14,39", "the longest prefix of an industry tells the type of organisation");
    CHECK_ASKED(var, "public.db", "SELECT count(*) FROM incident WHERE external LIKE '%#10'", "1",
                "an id that ten documents have is told apart");
    CHECK_ASKED(var, "public.db",
                "SELECT group_concat(DISTINCT raw) FROM claim WHERE variable = 'country' AND missing = 'not_reported'",
                "UM", "a wrong country code is kept as written");
    const char *folder = arena_format(arena, "%s/data/vcdb/files", shared);
    check_counts(imported((Import){ .importer = "veris", .file = folder, .var = var }), "single files of the same",
                 (const long long[]){ 60, 0, 0, 60, 0 });
}

static void test_vintages(void)
{
    const char *var = path_of("vintages");
    const char *first = file_with("first.csv", HEAD ROW("A", "1000", HACKING, "") ROW("B", "2000", ACCESS, "")
                                                   ROW("C", "3000", HACKING, "") ROW("D", "4000", ACCESS, ""));
    const char *later =
        file_with("later.csv", HEAD ROW("A", "1500", HACKING, "") ROW("B", "2000", HACKING, "\xE2\x80\x94 told")
                                   ROW("C", "3000", ACCESS, "") ROW("D", "4000", ACCESS, ""));
    check_counts(hhs(var, first, "2019-12-03"), "a first file", (const long long[]){ 4, 4, 0, 0, 0 });
    CHECK_ASKED(var, "public.db", VERSIONS, "included 1000.0, included 3000.0", "two attacks are counted");
    check_counts(hhs(var, later, "2022-07-15"), "a later file", (const long long[]){ 4, 0, 3, 1, 0 });
    CHECK_ASKED(var, "public.db", VERSIONS, "included 1500.0, excluded_insufficient 3000.0, included 2000.0",
                "a value changes; what no longer tells the intent is not counted; what does now, is published");
    CHECK_ASKED(var, "public.db",
                "SELECT count(*) || ' ' || count(DISTINCT known_since) FROM statement WHERE incident = 3", "2 2",
                "the newly published record brings both of its statements");
    CHECK_ASKED(var, "work.db", "SELECT count(*) FROM draft", "1", "its draft is gone");
    CHECK_ASKED(var, "public.db", "SELECT sum(conflicting) FROM version WHERE until IS NULL", "0",
                "a later vintage contradicts nothing");
    const char *between = file_with("between.csv", HEAD ROW("A", "1200", HACKING, ""));
    check_counts(hhs(var, between, "2021-01-01"), "a file from between", (const long long[]){ 1, 0, 1, 0, 0 });
    CHECK_ASKED(var, "public.db", "SELECT persons FROM version WHERE incident = 1 AND until IS NULL", "1500.0",
                "what was said earlier does not replace what was said later");
    CHECK_ASKED(
        var, "public.db",
        "SELECT group_concat(value || ' ' || as_of, ', ') FROM (SELECT value, as_of FROM claim c JOIN statement s ON "
        "s.id = c.statement WHERE incident = 1 AND variable = 'persons_affected' ORDER BY as_of, c.id)",
        "1000 18082, 1200 18628, 1500 19188, 1500 19188", "each value has the day of its file");
    const char *again = file_with("again.csv", HEAD ROW("A", "1200", HACKING, "") "\n");
    check_counts(hhs(var, again, "2021-01-01"), "the same rows in another file", (const long long[]){ 1, 0, 0, 1, 0 });
}

static void test_repeated_ids(void)
{
    const char *var = path_of("repeated");
    const char *first =
        file_with("twice.csv", HEAD ROW("A", "1", HACKING, "") ROW("A", "2", HACKING, "") ROW("A", "2", HACKING, ""));
    check_counts(hhs(var, first, "2019-12-03"), "one id three times", (const long long[]){ 3, 3, 0, 0, 0 });
    CHECK_ASKED(var, "public.db", "SELECT group_concat(substr(external, -2), ' ') FROM incident", "19 #2 #3",
                "they are told apart by number");
    const char *turned =
        file_with("turned.csv", HEAD ROW("A", "2", HACKING, "") ROW("A", "1", HACKING, "") ROW("A", "2", HACKING, ""));
    check_counts(hhs(var, turned, "2019-12-04"), "in another order", (const long long[]){ 3, 0, 0, 3, 0 });
    const char *more = file_with("more.csv", HEAD ROW("A", "9", HACKING, "") ROW("A", "1", HACKING, "")
                                                 ROW("A", "2", HACKING, "") ROW("A", "2", HACKING, ""));
    check_counts(hhs(var, more, "2019-12-05"), "a new one before them", (const long long[]){ 4, 1, 0, 3, 0 });
    const char *fewer = file_with("fewer.csv", HEAD ROW("A", "7", HACKING, "") ROW("A", "9", HACKING, ""));
    check_counts(hhs(var, fewer, "2019-12-06"), "one changed before an old one", (const long long[]){ 2, 0, 1, 1, 0 });
    AUTO_OUT many = { 0 };
    OUT_LITERAL(&many, HEAD);
    for (int i = 0; i < 1200; i++)
        OUT_LITERAL(&many, ROW("Same", "1", HACKING, ""));
    check_counts(hhs(path_of("same"), file_of("many.csv", out_view(&many)), NULL), "one id in 1,200 rows",
                 (const long long[]){ 1200, 1000, 0, 0, 200 });
}

static void test_refusals(void)
{
    const char *var = path_of("refusals");
    const char *file = file_with(
        "bad.csv",
        HEAD ROW("A", "1", HACKING,
                 "") "\"\",\"TX\",\"\",\"5\",\"07/05/2019\",\"Theft\"\n"
                     "\"B\"x,\"TX\"\n" ROW("C", "many", HACKING,
                                           "two\r\nlines") "\"D\",\"XX\",\"\",\"\",\"13/45/2019\",\"Sorcery\"\n"
                                                           "\"E\",\"TX\",\"never closed\n");
    json_t *report = hhs(var, file, "2019-12-03");
    const json_t *refusals = json_object_get(report, "refusals"), *misread = json_object_get(report, "not_understood");
    CHECK(json_array_size(refusals) == 3 && number_in(json_array_get(refusals, 0), "line") == 3 &&
              number_in(json_array_get(refusals, 1), "line") == 4 &&
              number_in(json_array_get(refusals, 2), "line") == 8,
          "rows that cannot be read are refused with their lines");
    CHECK(strstr(json_string_of(json_array_get(refusals, 0), "reason"), "no organisation"), "and with the reason");
    CHECK(json_array_size(misread) == 4, "cells that are not understood are told by column");
    CHECK(number_in(report, "added") == 3, "the rows around them are imported");
    json_decref(report);
    CHECK_ASKED(var, "work.db", "SELECT count(*) FROM raw_row WHERE refusal IS NOT NULL", "3", "their bytes are kept");
    CHECK_ASKED(var, "work.db", "SELECT CAST(bytes AS TEXT) FROM raw_row WHERE line = 4", "\"B\"x,\"TX\"",
                "as they stood");
    CHECK_ASKED(var, "public.db", "SELECT raw FROM claim WHERE variable = 'persons_affected' AND missing IS NOT NULL",
                "many", "a number that is none is kept as it was written");
    CHECK_ASKED(var, "public.db", "SELECT quote FROM claim WHERE quote IS NOT NULL", "two\r\nlines",
                "line ends inside a cell stay");
    check_counts(hhs(var, file, "2019-12-03"), "again", (const long long[]){ 6, 0, 0, 3, 3 });
}

static void test_encodings(void)
{
    const char *var = path_of("encodings");
    const char *file =
        file_of("bytes.csv", TEXT("\xEF\xBB\xBF" HEAD ROW("H\xF4pital", "1", HACKING, "")
                                      ROW("HÃƒÂ´pital", "2", HACKING, "") ROW("H\xC3\xB4pital", "3", HACKING, "")));
    check_counts(hhs(var, file, NULL), "a file of several encodings", (const long long[]){ 3, 3, 0, 0, 0 });
    CHECK_ASKED(var, "public.db", "SELECT group_concat(name, ' ') FROM organisation", "H\xC3\xB4pital HÃƒÂ´pital",
                "cp1252 is read, mojibake is kept as it is");
    CHECK_ASKED(var, "work.db", "SELECT hex(substr(bytes, 2, 3)) FROM raw_row WHERE id = 1", "48F470",
                "the raw bytes stay");
}

#define DOCUMENT(id, name)                                                                                      \
    "{\"incident_id\": \"" id "\", \"action\": {\"hacking\": {}}, \"victim\": {\"industry\": \"622110\", "      \
    "\"victim_id\": \"House " name "\", \"country\": [\"US\"]}, \"timeline\": {\"incident\": {\"year\": 2019, " \
    "\"month\": 14}}, \"security_incident\": \"Confirmed\"}"

static void test_json(void)
{
    const char *var = path_of("json");
    const char *text = "[\n" DOCUMENT("a", "A") ",\n{\"incident_id\": \"open\", \"action\": {},\n" DOCUMENT(
        "b", "B") ",\n"
                  "{\"a\": 1, \"a\": 2},\noops\n" DOCUMENT("c", "C") ",\n[1, 2], \"text\"\n" DOCUMENT("d",
                                                                                                      "D") ",\n{}\n]";
    json_t *report = imported((Import){ .importer = "veris", .file = file_with("some.json", text), .var = var });
    const json_t *refusals = json_object_get(report, "refusals");
    CHECK(number_in(report, "added") == 4, "good documents around bad ones are imported");
    CHECK(number_in(report, "refused") >= 5 && number_in(json_array_get(refusals, 0), "line") == 3,
          "each bad one is refused with its line");
    json_decref(report);
    CHECK_ASKED(var, "public.db", "SELECT group_concat(name, ' ') FROM organisation", "House A House B House C House D",
                "an object that is not closed costs only itself");
    CHECK_ASKED(var, "public.db", "SELECT inclusion || ': ' || raw FROM version, claim LIMIT 1",
                "excluded_insufficient: 2019-14", "a month that does not exist is kept and gives no date");
}

static void test_hold(void)
{
    const char *var = path_of("hold"),
               *file = file_with("held.csv", HEAD ROW("A", "1", HACKING, "") ROW("B", "2", ACCESS, ""));
    json_t *report = imported((Import){ .importer = "hhs-ocr", .file = file, .var = var, .hold = true });
    CHECK(number_in(report, "held") == 2 && number_in(report, "published") == 0, "with hold nothing is published");
    json_decref(report);
    CHECK_ASKED(var, "public.db", "SELECT count(*) FROM entry", "0", "the public store is empty");
    CHECK_ASKED(var, "work.db", "SELECT group_concat(state, ' ') FROM import_row", "held held", "the drafts are there");
    const char *later = file_with("held-later.csv", HEAD ROW("A", "9", HACKING, ""));
    json_decref(hhs(var, later, "2030-01-01"));
    CHECK_ASKED(var, "public.db", "SELECT count(*) FROM entry", "0",
                "a later file does not let go what a person holds");
    CHECK_ASKED(var, "work.db", "SELECT body LIKE '%\"corrects\"%' FROM draft LIMIT 1", "1", "but adds to the draft");
}

static void test_problems(void)
{
    const struct {
        Import import;
        const char *name, *wrong;
    } rows[] = {
        { { .importer = "hhs-ocr", .file = path_of("none.csv") }, "a file that is not there", "No such file" },
        { { .importer = "hhs-ocr", .file = file_with("empty.csv", "") }, "an empty file", "no header" },
        { { .importer = "hhs-ocr", .file = file_of("wide.csv", TEXT("\xFF\xFEN\0a\0m\0e\0")) },
          "a file of wide characters",
          "UTF-16" },
        { { .importer = "hhs-ocr", .file = file_with("other.csv", "a,b\n1,2\n") },
          "another table",
          "no column \"Name of Covered Entity\"" },
        { { .importer = "hhs-ocr", .file = place }, "a folder for a table", "is a folder" },
        { { .importer = "csv", .file = file_with("x.csv", "a\n1\n") }, "a table without its mapping", "--mapping" },
        { { .importer = "excel", .file = "x" }, "a format that is none", "the formats are" },
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        Import import = rows[i].import;
        import.var = path_of("problems");
        json_t *report = imported(import);
        const char *told = json_string_of(report, "problem");
        CHECK(told && strstr(told, rows[i].wrong), "%s: %s", rows[i].name, told ? told : "(nothing told)");
        json_decref(report);
    }
}

static void test_shared(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    const char *shared = shared_folder();
    json_t *gold = shared ? gold_of(arena, shared) : NULL;
    if (!gold) {
        CHECK(true, "the files of real data # SKIP the folder of shared data is not there (VIGIE_SHARED)");
        return;
    }
    test_hhs(arena, shared, gold);
    test_veris(arena, shared, gold);
    json_decref(gold);
}

int main(void)
{
    place_make();
    test_starter();
    test_vintages();
    test_repeated_ids();
    test_refusals();
    test_encodings();
    test_json();
    test_hold();
    test_problems();
    test_shared();
    place_remove();
    return DONE();
}
