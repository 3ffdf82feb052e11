/* A record must never have two forms, or its entry would have two hashes; and nothing that the codebook does not know
 * may be published. */
#include "base/json.h"
#include "claims.h"
#include "test.h"

static const char full[] =
    "{\"affected\":[{\"naming\":\"named\",\"organisation\":{\"country\":\"US\",\"external\":\"ccn:1\",\"name\":"
    "\"Caf\xC3\xA9 "
    "\\\"B\\\" "
    "Clinic\",\"org_type\":\"clinic\",\"place\":\"Springfield\",\"sector_group\":\"patient_care\",\"subdivision\":"
    "\"US-IL\"},\"role\":\"direct\"}],\"dataset\":\"hhs-ocr\",\"external\":\"k|1\",\"inclusion\":\"included\","
    "\"reason\":"
    "\"because\",\"sources\":[{\"access\":\"open\",\"group\":\"g\",\"language\":\"en\",\"licence\":\"CC0\",\"origin\":"
    "\"human\",\"published\":\"2021-05-09\",\"reliability\":\"a\",\"source_type\":\"register\",\"title\":\"Register\","
    "\"url\":\"https://e.org/\"}],\"statements\":[{\"as_of\":\"2021-05-09\",\"claimant\":\"authority\",\"claims\":[{"
    "\"quote\":\"a\\nb\\u0001\",\"rank\":\"normal\",\"raw\":\"Hacking/IT\",\"value\":\"intrusion\",\"variable\":"
    "\"attack_type\"},{\"missing\":\"placeholder\",\"raw\":\"501\",\"variable\":\"persons_affected\"}],\"credibility\":"
    "\"c2\",\"known_since\":\"2021-05-09\",\"locator\":\"row "
    "17\",\"source\":0,\"stance\":\"asserts\"}],\"summary\":\"s\","
    "\"title\":\"t\"}";

static bool reads(Arena *arena, const char *json, Record *record, Problem *problem)
{
    *problem = (Problem){ 0 };
    return record_read(arena, text_of(json), record, problem);
}

static void test_roundtrip(Arena *arena, const Codebook *codebook)
{
    Problem problem;
    Record record;
    AUTO_OUT again = { 0 }, canonical = { 0 };
    CHECK(reads(arena, full, &record, &problem), "a full record is read (%s)", problem.message);
    CHECK(record_check(&record, codebook, &problem), "and passes the check (%s)", problem.message);
    record_write(&again, &record);
    CHECK(strcmp(again.text, full) == 0, "and is written as it was");
    AUTO_JSON *tree = json_parse(text_of(full), &problem);
    json_write(&canonical, tree);
    CHECK(strcmp(canonical.text, full) == 0, "which is what RFC 8785 says");
    CHECK(strcmp(record.affected[0].organisation.name, "Caf\xC3\xA9 \"B\" Clinic") == 0, "quotes are unescaped");
    CHECK(strcmp(record.statements[0].claims[0].quote, "a\nb\001") == 0, "and control characters");
    CHECK(record.sources[0].published == day_of(2021, 5, 9) && record.statements[0].claim_count == 2, "days and lists");
}

#define SMALL "\"dataset\":\"d\",\"external\":\"1\""

static const struct {
    const char *name, *json;
} not_canonical[] = {
    { "nothing", "" },
    { "a list", "[]" },
    { "blanks", "{ " SMALL "}" },
    { "another order", "{\"external\":\"1\",\"dataset\":\"d\"}" },
    { "a key twice", "{\"dataset\":\"d\"," SMALL "}" },
    { "an unknown key", "{" SMALL ",\"zzz\":\"1\"}" },
    { "a key between", "{\"dataset\":\"d\",\"edit\":\"1\",\"external\":\"1\"}" },
    { "null", "{\"dataset\":null,\"external\":\"1\"}" },
    { "an empty list", "{\"affected\":[]," SMALL "}" },
    { "a comma at the end", "{" SMALL ",}" },
    { "something behind", "{" SMALL "} " },
    { "no end", "{" SMALL },
    { "an escape that is not needed", "{\"dataset\":\"\\u0064\",\"external\":\"1\"}" },
    { "an escaped slash", "{\"dataset\":\"\\/\",\"external\":\"1\"}" },
    { "a long form of a short escape", "{\"dataset\":\"\\u000a\",\"external\":\"1\"}" },
    { "capital digits", "{\"dataset\":\"\\u001F\",\"external\":\"1\"}" },
    { "an escaped NUL", "{\"dataset\":\"\\u0000\",\"external\":\"1\"}" },
    { "a bare control character", "{\"dataset\":\"\n\",\"external\":\"1\"}" },
    { "a cut escape", "{\"dataset\":\"\\" },
    { "a cut long escape", "{\"dataset\":\"\\u00\"}" },
    { "bytes that are not UTF-8", "{\"dataset\":\"\xFF\",\"external\":\"1\"}" },
    { "a surrogate", "{\"dataset\":\"\xED\xA0\x80\",\"external\":\"1\"}" },
    { "a month for a day", "{" SMALL ",\"sources\":[{\"published\":\"2021-05\"}]}" },
    { "a day that does not exist", "{" SMALL ",\"sources\":[{\"published\":\"2021-02-30\"}]}" },
    { "a number in quotes", "{" SMALL ",\"statements\":[{\"source\":\"0\"}]}" },
    { "a number with a zero too many", "{" SMALL ",\"statements\":[{\"source\":00}]}" },
    { "a negative number", "{" SMALL ",\"statements\":[{\"source\":-1}]}" },
    { "a huge number", "{" SMALL ",\"statements\":[{\"source\":99999999999999999999}]}" },
    { "a statement without its source", "{" SMALL ",\"statements\":[{\"stance\":\"asserts\"}]}" },
    { "an organisation that is missing", "{\"affected\":[{\"role\":\"direct\"}]," SMALL "}" },
};

static void test_refusals(Arena *arena)
{
    Problem problem;
    Record record;
    for (size_t i = 0; i < COUNT_OF(not_canonical); i++)
        CHECK(!reads(arena, not_canonical[i].json, &record, &problem) && problem.kind == PROBLEM_BAD_INPUT,
              "refused: %s (%s)", not_canonical[i].name, problem.message);
    CHECK(reads(arena, "{" SMALL "}", &record, &problem), "the smallest is read");
    for (size_t cut = 0; cut < sizeof full - 1; cut++) {
        problem = (Problem){ 0 };
        if (record_read(arena, (Text){ full, cut }, &record, &problem))
            CHECK(false, "cut after %zu bytes", cut);
    }
    CHECK(true, "a record that is cut anywhere is refused");
}

/* Whatever is read is written as it was: the journal's hash is over the only form that a record has. Each byte of the
 * record is replaced in turn by bytes that mean something in JSON, removed, and doubled. */
static void test_one_form(void)
{
    static const char bytes[] = "\"\\{}[],:0 a/u\n\x7f\x80\xC3";
    size_t length = sizeof full - 1, read = 0;
    char changed[sizeof full + 1];
    bool same = true;
    AUTO_OUT again = { 0 };
    AUTO_ARENA *scratch = arena_new(ARENA_NO_CAP);
    for (size_t at = 0; at < length; at++)
        for (size_t i = 0; i < sizeof bytes + 1; i++) {
            Problem problem = { 0 };
            Record record;
            size_t skip = i == sizeof bytes - 1 ? 1 : 0, twice = i == sizeof bytes ? 1 : 0;
            memcpy(changed, full, at);
            memcpy(changed + at + twice, full + at + skip, length - at - skip);
            changed[at] = i < sizeof bytes - 1 ? bytes[i] : (skip ? changed[at] : full[at]);
            Text text = { changed, length - skip + twice };
            arena_reset(scratch);
            if (!record_read(scratch, text, &record, &problem))
                continue;
            out_clear(&again);
            record_write(&again, &record);
            read++;
            same = same && text_equal(out_view(&again), text);
        }
    CHECK(same && read > length, "%zu records that differ in a byte are written as they were read", read);
}

/* The full record with one text changed. */
static char *changed(Arena *arena, const char *from, const char *to)
{
    const char *at = strstr(full, from);
    return arena_format(arena, "%.*s%s%s", (int)(at - full), full, to, at + strlen(from));
}

static const struct {
    const char *name, *from, *to, *field; /* field NULL: it passes */
} checks[] = {
    { "an unknown variable", "\"attack_type\"", "\"attack_typ\"", "variable" },
    { "a code of no value", "\"intrusion\"", "\"burglary\"", "attack_type" },
    { "a missing code of no kind", "\"placeholder\"", "\"lost\"", "persons_affected" },
    { "neither value nor missing code", "\"missing\":\"placeholder\",", "", "persons_affected" },
    { "an event's date", "\"value\":\"intrusion\",\"variable\":\"attack_type\"",
      "\"value\":\"2021-05\",\"variable\":\"event_kind.detected\"", NULL },
    { "an event without a date", "\"value\":\"intrusion\",\"variable\":\"attack_type\"",
      "\"value\":\"soon\",\"variable\":\"event_kind.detected\"", "event_kind.detected" },
    { "an indicator's number", "\"value\":\"intrusion\",\"variable\":\"attack_type\"",
      "\"value\":\"12\",\"variable\":\"metric.appointments_cancelled\"", NULL },
    { "a variable for analysts", "\"value\":\"intrusion\",\"variable\":\"attack_type\"",
      "\"value\":\"usable\",\"variable\":\"backups\"", "backups" },
    { "a private variable", "\"value\":\"intrusion\",\"variable\":\"attack_type\"",
      "\"value\":\"soon\",\"variable\":\"urgency\"", "variable" },
    { "the name of a person who signed", "\"value\":\"intrusion\",\"variable\":\"attack_type\"",
      "\"value\":\"A. Person\",\"variable\":\"signatory_name\"", "signatory_name" },
    { "an unknown claimant", "\"authority\"", "\"king\"", "claimant" },
    { "an unknown stance", "\"asserts\"", "\"sings\"", "stance" },
    { "an unknown credibility", "\"c2\"", "\"c9\"", "credibility" },
    { "an unknown rank", "\"normal\"", "\"best\"", "rank" },
    { "an unknown role", "\"direct\"", "\"guest\"", "role" },
    { "an unknown naming", "\"named\"", "\"shouted\"", "naming" },
    { "an unknown kind of organisation", "\"org_type\":\"clinic\"", "\"org_type\":\"zoo\"", "org_type" },
    { "a country of three letters", "\"US\"", "\"USA\"", "country" },
    { "an unknown kind of source", "\"register\"", "\"rumour\"", "source_type" },
    { "an unknown reliability", "\"reliability\":\"a\"", "\"reliability\":\"z\"", "reliability" },
    { "a source without a kind", "\"source_type\":\"register\",", "", "source_type" },
    { "a source with nothing to find it", "\"title\":\"Register\",\"url\":\"https://e.org/\"", "\"title\":\"\"",
      "title" },
    { "a statement of no source", "\"source\":0", "\"source\":7", "source" },
    { "an unknown inclusion", "\"included\"", "\"perhaps\"", "inclusion_decision" },
    { "no external id", "\"external\":\"k|1\",", "", "external" },
    { "an empty text", "\"summary\":\"s\"", "\"summary\":\"\"", "summary" },
};

static void test_checks(Arena *arena, const Codebook *codebook)
{
    for (size_t i = 0; i < COUNT_OF(checks); i++) {
        Problem problem;
        Record record;
        bool passes = reads(arena, changed(arena, checks[i].from, checks[i].to), &record, &problem) &&
                      record_check(&record, codebook, &problem);
        if (checks[i].field)
            CHECK(!passes && problem.kind == PROBLEM_BAD_INPUT && strcmp(problem.field, checks[i].field) == 0,
                  "refused: %s (%s: %s)", checks[i].name, problem.field, problem.message);
        else
            CHECK(passes, "passes: %s (%s)", checks[i].name, problem.message);
    }
}

int main(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Codebook codebook = codebook_of_tests(arena);
    test_roundtrip(arena, &codebook);
    test_refusals(arena);
    test_one_form();
    test_checks(arena, &codebook);
    return DONE();
}
