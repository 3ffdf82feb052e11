/* A mapping must never be half understood: a mistake in it is named with its line, and what a cell says reaches the
 * register in no other sense than the mapping gives it. */
#include "importing.h"
#include "intake/mapping.h"

#define HEAD "name = x\nlicence = CC0\nsource.title = X\n"

static const struct {
    const char *name, *text, *wrong; /* words of the message; NULL: good */
} mappings[] = {
    { "the shortest mapping", HEAD "[columns]\nId = key\nWho = organisation.name\n", NULL },
    { "with a byte order mark and CRLF",
      "\xEF\xBB\xBF"
      "name = x\r\nlicence = CC0\r\nsource.title = X\r\n[columns]\r\n"
      "Id = key\r\nWho = organisation.name\r\n",
      NULL },
    { "a column name with an equals sign", HEAD "[columns]\nId = key\na = b = organisation.name\n", NULL },
    { "no name", "licence = CC0\nsource.title = X\n[columns]\nId = key\nWho = organisation.name\n",
      "name = is missing" },
    { "a name that is no word", "name = My Data\nlicence = CC0\n", "name = is missing" },
    { "the name of another importer", "name = veris\nlicence = CC0\nsource.title = X\n", "another importer" },
    { "no licence", "name = x\nsource.title = X\n[columns]\nId = key\nWho = organisation.name\n",
      "licence = is missing" },
    { "no key", HEAD "[columns]\nWho = organisation.name\n", "no column is the key" },
    { "no organisation", HEAD "[columns]\nId = key\n", "organisation.name" },
    { "an unknown fact", HEAD "colour = red\n", "line 4" },
    { "an unknown section", HEAD "[rows]\n", "line 4" },
    { "an open section", HEAD "[columns\n", "line 4" },
    { "no sign", HEAD "[columns]\nId key\n", "line 5" },
    { "an unknown variable", HEAD "[columns]\nId = key\nWho = organisation.name\nA = attack_tipe\n", "line 7" },
    { "a private variable", HEAD "[columns]\nId = key\nWho = organisation.name\nA = help_need\n", "line 7" },
    { "an unknown option", HEAD "[columns]\nId = key\nA = attack_type slit \";\"\n", "line 6" },
    { "too long a separator", HEAD "[columns]\nId = key\nA = attack_type split \"::\"\n", "line 6" },
    { "an order that is none", HEAD "dates = american\n", "line 4" },
    { "a span of what is no date", HEAD "[columns]\nA .. B = persons_affected\n", "line 5" },
    { "values of a column that is not mapped", HEAD "[columns]\nId = key\nWho = organisation.name\n[values A]\nx = y\n",
      "that no line of [columns] names" },
    { "an unknown speaker", HEAD "claimant = god\n[columns]\nId = key\nWho = organisation.name\n", "god" },
    { "bytes that are no text", "name = \xFF\n", "UTF-8" },
    { "an empty file", "", "name = is missing" },
};

static void test_reading(const Codebook *codebook)
{
    for (size_t i = 0; i < COUNT_OF(mappings); i++) {
        AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
        Mapping mapping;
        Problem problem = { 0 };
        bool good = mapping_read(arena, codebook, text_of(mappings[i].text), &mapping, &problem);
        bool expected = mappings[i].wrong ? !good && strstr(problem.message, mappings[i].wrong) : good;
        CHECK(expected, "%s: %s", mappings[i].name, good ? "good" : problem.message);
    }
}

static void test_binding(const Codebook *codebook)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Mapping mapping;
    Problem problem = { 0 };
    const int *places;
    CsvRow *header = NEW(arena, CsvRow);
    Csv *csv = csv_of(arena, TEXT("N\xC2\xB0 de dossier,\xC9tablissement,Other\n"));
    (void)csv_next(csv, header, &problem);
    const Columns *columns = columns_of(arena, header);
    CHECK(mapping_read(arena, codebook,
                       TEXT(HEAD "[columns]\nN\xC2\xB0 de dossier = key\netablissement = organisation.name\n"),
                       &mapping, &problem) &&
              mapping_bind(arena, &mapping, columns, &places, &problem) && places[0] == 0 && places[2] == 1,
          "columns are found without regard to accents, case and encoding");
    CHECK(mapping_read(arena, codebook, TEXT(HEAD "[columns]\nNumero = key\nOther = organisation.name\n"), &mapping,
                       &problem) &&
              !mapping_bind(arena, &mapping, columns, &places, &problem) && strstr(problem.message, "\"Numero\"") &&
              strstr(problem.message, "\"Other\""),
          "a column that the file lacks is named, with those that it has: %s", problem.message);
}

static const struct {
    const char *name, *sql, *expected;
} example_rows[] = {
    { "five records", "SELECT count(*) FROM incident", "5" },
    { "the licence stands with the source", "SELECT group_concat(DISTINCT licence) FROM source", "CC0-1.0" },
    { "start and end make one span",
      "SELECT value FROM claim JOIN statement s ON s.id = claim.statement WHERE s.incident = 1 AND variable = "
      "'event_kind.impact_start'",
      "2021-05-09/2021-05-12" },
    { "an end before its start is no date, and its text is kept",
      "SELECT missing || ': ' || raw FROM claim JOIN statement s ON s.id = claim.statement WHERE s.incident = 4 AND "
      "variable = 'event_kind.impact_start'",
      "not_reported: 1.7.2021 .. 1.6.2021" },
    { "the number is 500 and not counted", "SELECT persons_missing FROM version WHERE incident = 4", "placeholder" },
    { "two types in one cell",
      "SELECT count(*) FROM version_value v JOIN version ON version.id = v.version WHERE "
      "incident = 2 AND variable = 'attack_type'",
      "2" },
    { "unknown persons are not zero persons",
      "SELECT coalesce(persons, 'NULL') || persons_missing FROM version WHERE "
      "incident = 3",
      "NULLnot_reported" },
    { "zero appointments are zero", "SELECT appointments FROM version WHERE incident = 4", "0.0" },
    { "a country in words", "SELECT country FROM organisation WHERE name = 'Hospital del Sur'", "ES" },
    { "the file's own exclusion", "SELECT inclusion FROM version WHERE incident = 5", "excluded_not_intentional" },
    { "a cell with a line break", "SELECT summary FROM incident WHERE id = 3",
      "Web site only,\nno patient was affected" },
};

static void test_example(void)
{
    const char *var = path_of("example");
    json_t *report = imported((Import){ .importer = "csv",
                                        .file = "data/example.csv",
                                        .var = var,
                                        .mapping = "data/mapping-example.map",
                                        .observed = "2021-09-01" });
    CHECK(number_in(report, "added") == 5 && number_in(report, "published") == 4 && number_in(report, "excluded") == 1,
          "the example of the documentation is imported");
    CHECK(number_in(report, "sum") == 41790 && number_in(report, "placeholders") == 1 &&
              number_in(report, "sum_missing") == 1,
          "its report adds up");
    json_t *misread = json_array_get(json_object_get(report, "not_understood"), 0);
    CHECK(number_in(misread, "line") == 6 && strstr(json_string_of(misread, "reason"), "ends before it starts"),
          "what was not understood is told with its line");
    json_decref(report);
    for (size_t i = 0; i < COUNT_OF(example_rows); i++)
        CHECK_ASKED(var, "public.db", example_rows[i].sql, example_rows[i].expected, "%s", example_rows[i].name);
}

int main(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Codebook codebook;
    Problem problem = { 0 };
    place_make();
    if (!codebook_read(arena, codebook_embedded(), &codebook, &problem))
        return 1;
    test_reading(&codebook);
    test_binding(&codebook);
    test_example();
    place_remove();
    return DONE();
}
