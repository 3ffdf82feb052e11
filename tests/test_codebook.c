/* What must never happen: a wrong codebook is taken for right, or refused without the line and the reason; a variable
 * that stands in the file is not known to the program. */
#include "base/out.h"
#include "codebook/codebook.h"
#include "codebook/country.h"
#include "codebook/value.h"
#include "test.h"

/* The embedded file with `from` replaced once by `to`; all of it when `from` is "". */
static Text changed(Arena *arena, const char *from, const char *to)
{
    Text whole = codebook_embedded();
    size_t at = text_find(whole, from);
    Out out = { 0 };
    out_raw(&out, whole.at, at);
    out_raw(&out, to, strlen(to));
    Text rest = text_slice(whole, at + strlen(from), whole.length);
    out_raw(&out, rest.at, rest.length);
    char *text = arena_copy(arena, out.text, out.length);
    Text result = { text, out.length };
    out_free(&out);
    return result;
}

static size_t line_of(Text text, const char *needle)
{
    size_t line = 1, at = text_find(text, needle);
    for (size_t i = 0; i < at; i++)
        line += text.at[i] == '\n';
    return line;
}

static void test_embedded(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Codebook codebook;
    Problem problem = { 0 };
    size_t variables = 0, values = 0, french = 0;
    CHECK(codebook_read(arena, codebook_embedded(), &codebook, &problem), "the embedded codebook is read");
    if (problem.kind) {
        printf("# %s\n", problem.message);
        return;
    }
    for (size_t i = 0; i < codebook.entity_count; i++)
        for (size_t j = 0; j < codebook.entities[i].variable_count; j++) {
            const Variable *variable = &codebook.entities[i].variables[j];
            variables++;
            values += variable->value_count;
            french += strchr(variable->label.fr, '\'') == NULL;
        }
    CHECK(codebook.entity_count == 21 && variables == 160 && values == 576,
          "it has 21 entities, 160 variables, 576 values");
    CHECK(french == variables, "French labels have typographic apostrophes");
    CHECK(strcmp(codebook.version, "0.1.0") == 0 && strcmp(codebook.licence, "CC0-1.0") == 0,
          "it has a version and a licence");

    const Variable *type = codebook_variable(&codebook, "attack_type");
    CHECK(type && type->value_count == 16 && variable_place(type, "ransomware") == 0,
          "attack_type begins with ransomware");
    CHECK(strcmp(label_in(type->label, "fr"), "Type d’attaque") == 0, "its label is there in French");
    CHECK(strcmp(label_in(type->label, "en"), "Attack type") == 0, "and in English");
    CHECK(strcmp(label_in(type->label, "es"), "Attack type") == 0, "another language gives the English one");
    CHECK(strncmp(label_in(type->definition, "fr"), "Toutes les natures", 18) == 0,
          "its definition is there in French");
    CHECK(!variable_value(type, "nonsense") && variable_place(type, "nonsense") == 16, "an unknown code is not found");
    CHECK(!variable_value(type, NULL), "no code is not found");
    CHECK(!codebook_variable(&codebook, "nonsense"), "an unknown variable is not found");
    CHECK(strcmp(codebook_variable(&codebook, "as_of")->entity, "care_impact") == 0, "the first entity wins");
    CHECK(strcmp(codebook_variable_of(&codebook, "claim", "as_of")->entity, "claim") == 0,
          "a later one is found by its entity");
    CHECK(!codebook_variable_of(&codebook, "claim", "attack_type"), "a variable is not found in another entity");
    CHECK(missing_is_code(&codebook, "placeholder") && !missing_is_code(&codebook, "zero"), "missing codes are known");
    CHECK(strcmp(codebook_sector_of(&codebook, "hospital"), "patient_care") == 0, "a hospital is patient care");
    CHECK(strcmp(codebook_sector_of(&codebook, "pharma"), "pharmaceutical") == 0, "a drug maker is pharmaceutical");
    CHECK(!codebook_sector_of(&codebook, "nonsense") && !codebook_sector_of(&codebook, NULL),
          "an unknown type has no group");
    const Variable *types = codebook_variable(&codebook, "org_type");
    size_t grouped = 0;
    for (size_t i = 0; i < types->value_count; i++)
        grouped += codebook_sector_of(&codebook, types->values[i].code) != NULL;
    CHECK(grouped == types->value_count, "every organisation type has a group");
}

static void test_claimable(void)
{
    static const struct {
        const char *name;
        ValueType type;
        const char *unit; /* NULL: must not be found */
    } rows[] = {
        { "attack_type", TYPE_ENUM, "" },
        { "persons_affected", TYPE_RANGE, "persons" },
        { "country", TYPE_CODE, COUNTRY_UNIT },
        { "metric.appointments_cancelled", TYPE_RANGE, "events" },
        { "metric.clinical_disruption_days", TYPE_RANGE, "days" },
        { "metric.activity_change_percent", TYPE_RANGE, "percent" },
        { "metric.cost_response", TYPE_MONEY, "currency" },
        { "event_kind.detected", TYPE_DATE, "day" },
        { "event_kind.nonsense", TYPE_ANY, NULL },
        { "attack_type.ransomware", TYPE_ANY, NULL },
        { "urgency", TYPE_ANY, NULL }, /* private */
        { "Attack_type", TYPE_ANY, NULL },
        { "", TYPE_ANY, NULL },
        { ".", TYPE_ANY, NULL },
    };
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Codebook codebook;
    Problem problem = { 0 };
    if (!codebook_read(arena, codebook_embedded(), &codebook, &problem))
        return;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        ValueType type = TYPE_ANY;
        const Variable *variable = codebook_claimable(&codebook, text_of(rows[i].name), &type);
        if (!rows[i].unit)
            CHECK(!variable, "'%s' may not be claimed", rows[i].name);
        else
            CHECK(variable && type == rows[i].type && strcmp(variable->unit, rows[i].unit) == 0 &&
                      strcmp(variable->key, rows[i].name) == 0,
                  "'%s' may be claimed", rows[i].name);
    }
    ValueType type;
    const Variable *detected = codebook_claimable(&codebook, TEXT("event_kind.detected"), &type);
    CHECK(detected && strcmp(detected->label.fr, "Détection") == 0, "an event has its own label");
}

static void test_addition(void)
{
    static const char addition[] = "@ weather | Weather | Météo | The weather on that day.\n"
                                   "+ sky | enum | ? | | test | public | Sky | Ciel | What it looked like. | |\n"
                                   "~ Ce à quoi il ressemblait.\n"
                                   "- clear | Clear | Dégagé | no clouds\n"
                                   "~ sans nuages\n"
                                   "- cloudy | Cloudy | Nuageux | clouds | veris.sky=Cloudy | sky=cloudy\n"
                                   "= range | oktas\n"
                                   "@ claim ";
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Codebook codebook;
    Problem problem = { 0 };
    ValueType type;
    CHECK(codebook_read(arena, changed(arena, "@ claim ", addition), &codebook, &problem),
          "a codebook with one more variable is read");
    if (problem.kind) {
        printf("# %s\n", problem.message);
        return;
    }
    const Variable *sky = codebook_claimable(&codebook, TEXT("sky"), &type);
    CHECK(sky && type == TYPE_ENUM && sky == codebook_variable(&codebook, "sky"), "the new variable is found");
    CHECK(sky && strcmp(sky->definition.fr, "Ce à quoi il ressemblait.") == 0, "it has its French definition");
    CHECK(sky && variable_place(sky, "cloudy") == 1, "its values are found");
    CHECK(sky && strcmp(variable_value(sky, "cloudy")->veris, "veris.sky=Cloudy") == 0, "with their mappings");
    CHECK(sky && strcmp(variable_value(sky, "cloudy")->definition.fr, "clouds") == 0,
          "without a French definition the English one stands");
    CHECK(sky && value_check(sky, type, TEXT("clear"), NULL, &problem), "a claim with a new value is accepted");
    CHECK(sky && !value_check(sky, type, TEXT("green"), NULL, &problem) && strstr(problem.message, "clear, cloudy"),
          "a claim with another one is refused with the allowed codes");
    const Variable *oktas = codebook_claimable(&codebook, TEXT("sky.cloudy"), &type);
    CHECK(oktas && type == TYPE_RANGE, "a new measure may be claimed");
}

/* Each row replaces one piece of the embedded file by another and is refused in the line where `where` stands then. */
static void test_refusals(void)
{
    static const struct {
        const char *from, *to, *where, *message;
    } rows[] = {
#define SKY "+ sky | enum | ? | | test | public | Sky | Ciel | d | |\n"
        { "@ claim |", "@ Claim |", "@ Claim", "entity 'Claim': a name is a letter a to z" },
        { "@ claim |", "@ incident |", "@ incident | Claim", "entity 'incident' stands twice, first in line 17" },
        { "@ claim | Claim |", "@ claim | |", "@ claim", "entity 'claim': the label in English is missing" },
        { "@ claim | Claim | Affirmation |", "@ claim | Claim | |", "@ claim",
          "entity 'claim': the label in French is missing" },
        { "@ claim | Claim | Affirmation |", "@ claim | Claim | x | y |", "@ claim",
          "entity 'claim': 5 fields; expected 4" },
        { "@ claim |", "@ weather | a | b | c\n@ claim |", "@ weather", "entity 'weather': no variables" },
        { "@ claim |", "@ weather | a | b | c\n- clear | a | b | c\n@ claim |", "- clear | a",
          "a value stands before the first variable" },
        { "@ claim |", "@ weather | a | b | c\n" SKY "@ claim |", "+ sky", "variable 'sky': an enum without values" },
        { "@ claim |", "@ weather | a | b | c\n" SKY SKY "@ claim |", "+ sky",
          "variable 'sky': an enum without values" },
        { "@ claim |", "@ weather | a | b | c\n" SKY "- x | a | b | c\n- x | a | b | c\n@ claim |",
          "- x | a | b | c\n@", "value 'x' stands twice, first in line" },
        { "@ claim |", "@ weather | a | b | c\n" SKY "- x | a | b | c\n" SKY "- x | a | b | c\n@ claim |",
          "+ sky | enum | ? | | test | public | Sky | Ciel | d | |\n- x | a | b | c\n@",
          "variable 'sky' stands twice, first in line" },
        { "+ attack_type | enum |", "+ attack_type | foo |", "+ attack_type",
          "'attack_type': unknown type 'foo'; expected one of id, text, text_i18n, enum, flag," },
        { "+ attack_type | enum | *", "+ attack_type | enum | 2", "+ attack_type",
          "'attack_type': unknown cardinality '2'; expected one of 1, ?, *" },
        { "CIT + EuRepoC | public | Attack type", "CIT | secret | Attack type", "+ attack_type",
          "'attack_type': unknown visibility 'secret'; expected one of public, analyst, private" },
        { "public | Attack type | Type d’attaque |", "public | Attack type | |", "+ attack_type",
          "variable 'attack_type': the label in French is missing" },
        { "+ attack_type |", "+ 1attack |", "+ 1attack", "variable '1attack': a name is a letter" },
        { "+ attack_type |", "+ attack-type |", "+ attack-type", "variable 'attack-type': a name is a letter" },
        { "+ attack_type |", "+ a12345678901234567890123456789012345678901234567890 |", "+ a1234",
          "variable 'a123456789012345678901234567890123456789': a name is" },
        { "- ransomware | Ransomware | Rançongiciel |", "- ransomware | Ransomware | |", "- ransomware",
          "value 'ransomware': the label in French is missing" },
        { "- ransomware | Ransomware | Rançongiciel | data", "- ransomware | a | b | c | d | e | f | data",
          "- ransomware", "value 'ransomware': 10 fields; expected 4 to 6" },
        { "- ransomware | Ransomware |", "- ransom | Ransomware |", "+ attack_type",
          "variable 'attack_type': the value 'ransomware', which the program's rules name, is missing" },
        { "- not_known_yet |", "- not_known |", "+ missing", "variable 'missing': the value 'not_known_yet'" },
        { "+ claimant |", "+ speaker |", NULL,
          "the variable 'claimant' of the entity 'claim', which the program's rules read, is missing" },
        { "+ country | code | 1 | ISO 3166-1 |", "+ country | text | 1 | |", "+ country",
          "variable 'country': its type is 'text'; the program's rules need 'code'" },
        { "+ country | code | 1 | ISO 3166-1 |", "+ country | code | 1 | |", "+ country",
          "variable 'country': its unit must be 'ISO 3166-1'" },
        { "~ Jusqu’à 300 caractères dans", "- longer | a | b | c\n~ Jusqu’à 300 caractères dans", "- longer",
          "variable 'quote' is of type text; only an enum has values" },
        { "> sector_group | patient_care", "> sector_group | nonsense", "- hospital |",
          "value 'hospital': its group 'sector_group | nonsense' does not exist" },
        { "> sector_group | patient_care", "> nonsense | patient_care", "- hospital |",
          "value 'hospital': its group 'nonsense | patient_care' does not exist" },
        { "> sector_group | patient_care", "> sector_group", "> sector_group\n",
          "group 'sector_group': 1 fields; expected 2" },
        { "> sector_group | patient_care", "> sector_group | patient_care\n> a | b", "> a | b",
          "value 'hospital' has two groups" },
        { "= range | events", "= text | events", "= text",
          "'text': unknown measure 'text'; expected one of date, number, count, range, money" },
        { "+ org_id |", "= date | day\n+ org_id |", "= date | day\n+ org",
          "what is measured (=) stands only below an enum" },
        { "+ org_id |", "> date | day\n+ org_id |", "> date", "a group (>) stands only below a value" },
        { "+ org_id |", "\n~ Bonjour\n+ org_id |", "~ Bonjour",
          "a French definition (~) stands only directly below what it defines" },
        { "+ org_id |", "~ Bonjour\n+ org_id |", "~ Bonjour",
          "a French definition (~) stands only directly below what it defines" },
        { "~ Numéro stable et opaque.", "~ Numéro | stable", "~ Numéro | stable",
          "definition 'Numéro': 2 fields; expected 1" },
        { "~ Numéro stable et opaque.", "~ ", "~ \n", "the French definition is empty" },
        { "name health", "nom health", "nom health", "a line begins with @, +, -, ~, >, =" },
        { "version 0.1.0", "version 0.1.0\nversion 0.2.0", "version 0.2.0",
          "'version ' stands only once, above the first entity" },
        { "version 0.1.0", "version <b>", "version <b>", "'version ' is followed by one word of letters" },
        { "version 0.1.0", "version ", "version \n", "'version ' is followed by one word" },
        { "@ claim |", "version 1\n@ claim |", "version 1", "'version ' stands only once, above the first entity" },
        { "@ claim |", "@claim |", "@claim", "a line begins with" },
        { "@ claim |", " @ claim |", " @ claim |", "a line begins with" },
        { "@ claim |", "@ cl\taim |", "@ cl\taim", "a control character (byte 9) at place 5" },
        { "@ claim |",
          "@ cl\xff"
          "aim |",
          "@ cl\xff", "not valid UTF-8" },
        { "@ claim |",
          "@ cl\xed\xa0\x80"
          "aim |",
          "@ cl\xed", "not valid UTF-8" },
        { "@ incident | Incident", "+ x | id | 1 | | n | public | a | b | c | |\n@ incident | Incident", "+ x",
          "a variable stands before the first entity" },
        { "+ title |", "+ attack_type | text | 1 | | n | public | a | b | c | |\n+ title |", "+ attack_type | enum",
          "variable 'attack_type': an entity further up has a variable of that name" },
#undef SKY
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
        Text text = changed(arena, rows[i].from, rows[i].to);
        Codebook codebook;
        Problem problem = { 0 };
        char expected[400];
        bool read = codebook_read(arena, text, &codebook, &problem);
        if (rows[i].where)
            snprintf(expected, sizeof expected, "line %zu: %s", line_of(text, rows[i].where), rows[i].message);
        else
            snprintf(expected, sizeof expected, "%s", rows[i].message);
        CHECK(!read && problem.kind == PROBLEM_BAD_INPUT && strncmp(problem.message, expected, strlen(expected)) == 0,
              "refused: %s", expected);
        if (strncmp(problem.message, expected, strlen(expected)) != 0)
            printf("# but it said: %s\n", problem.message);
    }
}

static void test_forms(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Codebook codebook;
    Problem problem = { 0 };
    Text whole = codebook_embedded();
    AUTO_OUT windows = { 0 };
    OUT_LITERAL(&windows, "\xEF\xBB\xBF");
    for (size_t i = 0; i < whole.length; i++)
        out_raw(&windows, whole.at[i] == '\n' ? "\r\n" : &whole.at[i], whole.at[i] == '\n' ? 2 : 1);
    CHECK(codebook_read(arena, out_view(&windows), &codebook, &problem) && codebook.entity_count == 21,
          "a byte order mark and ends of line as Windows writes them are read");
    const Variable *first = &codebook.entities[0].variables[0];
    CHECK(strcmp(first->stix, "incident.id (UUIDv5 of this id)") == 0, "no end of line stays in a field");
    CHECK(codebook_read(arena, changed(arena, "name health-cyber-incidents\nversion 0.1.0\nlicence CC0-1.0\n", ""),
                        &codebook, &problem) &&
              strcmp(codebook.version, "") == 0,
          "the head may be left out");
    CHECK(!codebook_read(arena, TEXT(""), &codebook, &problem) && strstr(problem.message, "no entities"),
          "an empty file is refused");

    char values[60 * 49 + 64] = "";
    size_t length = 0;
    for (int i = 0; i < 49; i++)
        length += (size_t)snprintf(values + length, sizeof values - length, "- more%d | a | b | c\n", i);
    snprintf(values + length, sizeof values - length, "+ ransomware_status |");
    problem = (Problem){ 0 };
    CHECK(!codebook_read(arena, changed(arena, "+ ransomware_status |", values), &codebook, &problem) &&
              strcmp(problem.message, "line 126: variable 'attack_type': 65 values; at most 64 can be counted") == 0,
          "65 attack types are refused: %s", problem.message);
    char *large = arena_take(arena, CODEBOOK_MAX + 1);
    memset(large, '#', CODEBOOK_MAX + 1);
    problem = (Problem){ 0 };
    CHECK(!codebook_read(arena, (Text){ large, CODEBOOK_MAX + 1 }, &codebook, &problem),
          "a file larger than 4 MiB is refused");
}

static void test_countries(void)
{
    static const struct {
        const char *code, *language, *name;
    } rows[] = {
        { "FR", "fr", "France" },     { "FR", "en", "France" },
        { "DE", "fr", "Allemagne" },  { "DE", "en", "Germany" },
        { "US", "fr", "États-Unis" }, { "CI", "fr", "Côte d’Ivoire" },
        { "ZZZ", "en", "ZZZ" },       { "", "en", "" },
        { "x", "fr", "x" },
    };
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        CHECK(strcmp(country_name(arena, rows[i].code, rows[i].language), rows[i].name) == 0, "'%s' is %s in %s",
              rows[i].code, country_name(arena, rows[i].code, rows[i].language), rows[i].language);
    CHECK(table_count(country_table(arena)) == 250, "ISO 3166-1 has 249 codes");
}

int main(void)
{
    test_embedded();
    test_claimable();
    test_addition();
    test_refusals();
    test_forms();
    test_countries();
    return DONE();
}
