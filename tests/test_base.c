/* What the rooms above rely on must never be off by one, by a day or by a byte. */
#include <errno.h>
#include <fcntl.h>

#include "base/csv.h"
#include "base/date.h"
#include "base/json.h"
#include "base/sys.h"
#include "base/table.h"
#include "base/unicode.h"
#include "test.h"

typedef void Writer(Out *out, const char *text);

static const struct {
    const char *name;
    Writer *write;
    const char *given, *wanted;
} writers[] = {
    { "text keeps accents", out_text, "Hôpital", "Hôpital" },
    { "text escapes markup", out_text, "<b>&\"'", "&lt;b&gt;&amp;&quot;&#39;" },
    { "text drops a right-to-left override", out_text, "a\u202Eb", "a\uFFFDb" },
    { "text drops what XML cannot hold", out_text,
      "a\xEF\xBF\xBF"
      "b\xEF\xBF\xBE",
      "a\uFFFDb\uFFFD" },
    { "text drops control characters", out_text, "a\x01\x7F\xC2\x85z", "a\uFFFD\uFFFD\uFFFDz" },
    { "text keeps line ends and dashes", out_text, "a\r\n\u2014", "a\r\n\u2014" },
    { "a URL part escapes slashes", out_url, "a b/ü", "a%20b%2F%C3%BC" },
    { "a link may be https", out_href, "https://e.org/?a=1&b=2", "https://e.org/?a=1&amp;b=2" },
    { "a link may be local", out_href, "/incidents", "/incidents" },
    { "a link may not be a script", out_href, "javascript:alert(1)", "#" },
    { "a link may not be a shy script", out_href, " JavaScript:alert(1)", "#" },
    { "a link may not leave by two slashes", out_href, "//evil.example", "#" },
    { "JSON escapes quotes and controls", out_json, "a\"\\\n\x01/é", "\"a\\\"\\\\\\n\\u0001/é\"" },
    { "JSON null", out_json, NULL, "null" },
    { "a plain cell stays plain", out_csv, "a b", "a b" },
    { "a cell with a comma is quoted", out_csv, "a,\"b\"", "\"a,\"\"b\"\"\"" },
    { "a cell with a line end is quoted", out_csv, "a\nb", "\"a\nb\"" },
};

static void test_writers(void)
{
    for (size_t i = 0; i < COUNT_OF(writers); i++) {
        AUTO_OUT out = { 0 };
        writers[i].write(&out, writers[i].given);
        CHECK(out.text && strcmp(out.text, writers[i].wanted) == 0, "%s", writers[i].name);
    }
}

static const struct {
    double number;
    int digits;
    const char *wanted;
} numbers[] = {
    { 0, 2, "0" },
    { -0.0, 1, "0" },
    { 0.25, 1, "0.2" },
    { 12.5, 3, "12.5" },
    { 283335188, 0, "283335188" },
    { 1e15 + 0.5, 1, "1000000000000000.5" },
    { -0.04, 1, "0" },
    { 100, 2, "100" },
};

static void test_numbers(void)
{
    for (size_t i = 0; i < COUNT_OF(numbers); i++) {
        AUTO_OUT out = { 0 };
        out_fixed(&out, numbers[i].number, numbers[i].digits);
        CHECK(strcmp(out.text, numbers[i].wanted) == 0, "number %s (%s)", numbers[i].wanted, out.text);
    }
    int64_t number = 0;
    CHECK(text_int(text_of("-9223372036854775808"), &number) && number == INT64_MIN, "the least whole number");
    CHECK(!text_int(text_of("9223372036854775808"), &number), "one too large for a whole number");
    CHECK(!text_int(text_of("-"), &number) && !text_int(text_of(""), &number), "a sign is no number");
    double real = 0;
    CHECK(text_number(text_of("12.5"), &real) && real > 12.4 && real < 12.6, "a decimal number");
    CHECK(!text_number(text_of("1e9"), &real) && !text_number(text_of("nan"), &real), "no exponent, no nan");
}

static const struct {
    const char *given, *written, *precision; /* written NULL: refused */
} spans[] = {
    { "2021", "2021", "year" },
    { "2021-05", "2021-05", "month" },
    { "2021-05-09", "2021-05-09", "day" },
    { "2021-Q2", "2021-Q2", "quarter" },
    { "2020-02-29", "2020-02-29", "day" },
    { "2021-05-01/2021-05-31", "2021-05", "month" },
    { "2021-05-01/2021-05-03", "2021-05-01/2021-05-03", "week" },
    { "2021/2022-01-02", "2021-01-01/2022-01-02", "year" },
    { "2021-02-29", NULL, NULL },
    { "2021-13", NULL, NULL },
    { "2021-05-02/2021-05-01", NULL, NULL },
    { "21-05-01", NULL, NULL },
    { "0000", NULL, NULL },
    { "2021-5", NULL, NULL },
    { "2021-05-09T", NULL, NULL },
    { "", NULL, NULL },
};

static void test_dates(void)
{
    for (size_t i = 0; i < COUNT_OF(spans); i++) {
        Span span;
        char text[DATE_TEXT_SIZE];
        bool read = span_read(text_of(spans[i].given), &span);
        CHECK(read == (spans[i].written != NULL) && (!read || strcmp(span_write(span, text), spans[i].written) == 0) &&
                  (!read || strcmp(span_precision(span), spans[i].precision) == 0),
              "date '%s'", spans[i].given);
    }
    size_t wrong = 0;
    for (int32_t day = day_of(1, 1, 1); day <= day_of(9999, 12, 31); day++) {
        int year, month, of_month;
        day_split(day, &year, &month, &of_month);
        wrong += day_of(year, month, of_month) != day;
    }
    CHECK(wrong == 0, "each day from 0001 to 9999 comes back");
    CHECK(day_of(1970, 1, 1) == 0 && day_of(2000, 3, 1) == 11017, "days known from `date -d`");
}

static const struct {
    const char *given, *written;
} moments[] = {
    { "2021-05-09T12:00:00Z", "2021-05-09T12:00:00.000Z" },
    { "2021-05-09T12:00:00.5+02:00", "2021-05-09T10:00:00.500Z" },
    { "1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z" },
    { "2021-05-09 12:00:00Z", NULL },
    { "2021-05-09T12:00:00", NULL },
    { "2021-05-09T24:00:00Z", NULL },
    { "2021-05-09T12:00:00.Z", NULL },
    { "2021-05-09T12:00:00+2:00", NULL },
};

static void test_moments(void)
{
    for (size_t i = 0; i < COUNT_OF(moments); i++) {
        int64_t moment;
        char text[MOMENT_TEXT_SIZE];
        bool read = moment_read(text_of(moments[i].given), &moment);
        CHECK(read == (moments[i].written != NULL) &&
                  (!read || strcmp(moment_write(moment, text), moments[i].written) == 0),
              "moment '%s'", moments[i].given);
    }
}

static const struct {
    const char *name, *given, *wanted; /* cells between |, rows between /, an error as !; NULL: as given */
} tables[] = {
    { "rows and cells", "a,b\n1,2\n", "a|b/1|2/" },
    { "no line end at the end", "a,b\n1,2", "a|b/1|2/" },
    { "CR LF and CR end rows", "a\r\nb\rc\n", "a/b/c/" },
    { "cells keep CR and LF", "\"a\r\nb\",\"c\rd\"\n", "a\r\nb|c\rd/" },
    { "quotes are doubled", "\"a\"\"b\",\"\"\n", "a\"b|/" },
    { "empty cells at the end count", "a,,\n", "a||/" },
    { "a byte order mark is skipped",
      "\xEF\xBB\xBF"
      "a\n",
      "a/" },
    { "semicolons", "a;b\n1,5;2\n", "a|b/1,5|2/" },
    { "tabs", "a\tb\n", "a|b/" },
    { "blank lines are skipped", "\n\na\n\n\nb\n\n", "a/b/" },
    { "one stray quote costs one row", "a\n\"b\nc\n", "a/!/c/" },
    { "text after a quote is an error", "a\n\"b\"c,d\ne\n", "a/!/e/" },
    { "a quote inside a plain cell is text", "5\" disk,b\n", "5\" disk|b/" },
};

static void test_csv(void)
{
    for (size_t i = 0; i < COUNT_OF(tables); i++) {
        AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
        AUTO_OUT out = { 0 };
        Problem problem = { 0 };
        CsvRow *row = NEW(arena, CsvRow);
        Csv *csv = csv_of(arena, text_of(tables[i].given));
        while (csv_next(csv, row, &problem)) {
            for (size_t c = 0; !row->error && c < row->count; c++) {
                out_raw(&out, c ? "|" : "", c ? 1 : 0);
                out_raw(&out, row->cells[c].at, row->cells[c].length);
            }
            out_raw(&out, row->error ? "!/" : "/", row->error ? 2 : 1);
        }
        CHECK(out.text && strcmp(out.text, tables[i].wanted) == 0, "CSV: %s", tables[i].name);
    }
}

/* Rows larger than the buffer's half, lines and byte offsets, from a real file. */
static void test_csv_file(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Problem problem = { 0 };
    char path[] = "/tmp/vigie-csv-XXXXXX";
    int file = mkstemp(path);
    char *long_cell = arena_take(arena, 900001);
    memset(long_cell, 'x', 900000);
    for (int i = 0; i < 5; i++)
        CHECK(sys_write(file, long_cell, 900000, &problem) && sys_write(file, ",\"a\nb\"\n", 7, &problem),
              "row %d is written", i);
    lseek(file, 0, SEEK_SET);
    CsvRow *row = NEW(arena, CsvRow);
    Csv *csv = csv_new(arena, file);
    size_t rows = 0, right = 0;
    while (csv_next(csv, row, &problem)) {
        right += row->count == 2 && row->cells[0].length == 900000 && text_is(row->cells[1], "a\nb") &&
                 row->line == 1 + 2 * rows && row->end == (rows + 1) * 900007 && !row->error;
        rows++;
    }
    CHECK(rows == 5 && right == 5, "five long rows with their lines and offsets");
    close(file);
    unlink(path);
}

static const struct {
    const char *name, *given, *wanted; /* wanted NULL: refused */
} documents[] = {
    { "keys are sorted", "{\"b\":1,\"a\":{\"d\":null,\"c\":[true,false]}}",
      "{\"a\":{\"c\":[true,false],\"d\":null},\"b\":1}" },
    { "UTF-16 order of keys", "{\"\xEF\xBD\xA1\":1,\"\xF0\x9F\x98\x80\":2}",
      "{\"\xF0\x9F\x98\x80\":2,\"\xEF\xBD\xA1\":1}" },
    { "numbers are shortest", "[1.50,1e2,0.1,1e21,1e-7,1e-6,-0.0,333333333.33333329,1E30]",
      "[1.5,100,0.1,1e+21,1e-7,0.000001,0,333333333.3333333,1e+30]" },
    { "a key twice is refused", "{\"a\":1,\"a\":2}", NULL },
    { "bytes after the end are refused", "{} x", NULL },
    { "half a document is refused", "{\"a\":", NULL },
    { "NUL is refused", "\"\\u0000\"", NULL },
    { "invalid UTF-8 is refused", "\"\xFF\"", NULL },
};

static void test_json(void)
{
    for (size_t i = 0; i < COUNT_OF(documents); i++) {
        AUTO_OUT out = { 0 };
        Problem problem = { 0 };
        AUTO_JSON *value = json_parse(text_of(documents[i].given), &problem);
        if (value)
            json_write(&out, value);
        CHECK((value != NULL) == (documents[i].wanted != NULL) &&
                  (!value || strcmp(out.text, documents[i].wanted) == 0),
              "JSON: %s%s%s", documents[i].name, value ? ": " : "", value ? out.text : "");
    }
    AUTO_OUT deep = { 0 };
    for (int i = 0; i < 70; i++)
        OUT_LITERAL(&deep, "[");
    for (int i = 0; i < 70; i++)
        OUT_LITERAL(&deep, "]");
    Problem problem = { 0 };
    CHECK(!json_parse(out_view(&deep), &problem) && problem.kind == PROBLEM_BAD_INPUT, "70 levels are refused");
}

static const struct {
    const char *name;
    char *(*make)(Arena *, Text);
    const char *given, *wanted;
} unicode[] = {
    { "folds case and accents", unicode_fold, "Hôpital  Saint-Étienne", "hopital saint etienne" },
    { "folds ASCII the same way", unicode_fold, "  St. Mary's (Main) ", "st mary s main" },
    { "folds ligatures and sharp s", unicode_fold, "ﬁn Straße", "fin strasse" },
    { "keeps other scripts", unicode_fold, "Больница №1", "больница no1" },
    { "reads cp1252", unicode_from_cp1252, "caf\xE9 \x93q\x94 \x81", "café “q” \uFFFD" },
    { "mends one layer", unicode_mend, "HÃ´pital", "Hôpital" },
    { "mends three layers", unicode_mend, "HÃƒÆ’Ã‚Â´pital", "Hôpital" },
    { "mends a curly quote", unicode_mend, "donâ€™t", "don’t" },
    { "leaves good text alone", unicode_mend, "Hôpital – Ãra", "Hôpital – Ãra" },
    { "leaves ASCII alone", unicode_mend, "hospital", "hospital" },
};

static void test_unicode(void)
{
    for (size_t i = 0; i < COUNT_OF(unicode); i++) {
        AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
        char *made = unicode[i].make(arena, text_of(unicode[i].given));
        CHECK(strcmp(made, unicode[i].wanted) == 0, "Unicode: %s (%s)", unicode[i].name, made);
    }
    CHECK(!unicode_valid(text_of("\xC0\xAF")) && !unicode_valid(text_of("\xED\xA0\x80")) && unicode_valid(text_of("é")),
          "overlong forms and surrogates are not valid");
    CHECK(!unicode_valid((Text){ "a\0b", 3 }), "NUL is not valid text");
}

static void test_files(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Problem problem = { 0 };
    char folder[] = "/tmp/vigie-base-XXXXXX";
    CHECK(mkdtemp(folder) != NULL, "a folder");
    char *path = arena_format(arena, "%s/a/b", folder), *file = arena_format(arena, "%s/f", path);
    CHECK(sys_make_folder(path, &problem) && sys_make_folder(path, &problem), "folders are made, twice is fine");
    CHECK(sys_write_file(file, TEXT("one"), 0600, &problem), "a file is written");
    Text bytes;
    CHECK(sys_read_file(arena, file, 100, &bytes, &problem) && text_is(bytes, "one"), "and read");
    CHECK(!sys_read_file(arena, file, 2, &bytes, &problem) && problem.kind == PROBLEM_BAD_INPUT, "too large: %s",
          problem.message);
    problem = (Problem){ 0 };
    CHECK(!sys_read_file(arena, path, 100, &bytes, &problem), "a folder is no file: %s", problem.message);
    problem = (Problem){ 0 };
    CHECK(!sys_read_file(arena, "/nowhere", 100, &bytes, &problem) && problem.kind == PROBLEM_NOT_FOUND, "%s",
          problem.message);
#ifdef TESTING
    for (unsigned nth = 1; nth <= 4; nth++) { /* open, write, flush, rename */
        problem = (Problem){ 0 };
        sys_fail_at(nth, ENOSPC);
        CHECK(!sys_write_file(file, TEXT("two"), 0600, &problem) && problem.kind == PROBLEM_FULL, "call %u fails: %s",
              nth, problem.message);
        sys_fail_at(0, 0);
        problem = (Problem){ 0 };
        CHECK(sys_read_file(arena, file, 100, &bytes, &problem) && text_is(bytes, "one"), "the old file stands");
    }
#endif
    unlink(file);
}

static void test_table(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Table *table = table_new(arena);
    for (int64_t i = 0; i < 1000; i++)
        table_put(table, text_of(arena_format(arena, "key %lld", (long long)i)), i);
    table_put(table, TEXT("key 7"), -7);
    CHECK(table_count(table) == 1000 && *table_get(table, TEXT("key 7")) == -7 &&
              *table_get(table, TEXT("key 999")) == 999,
          "a thousand keys, one replaced");
    CHECK(!table_get(table, TEXT("key 1000")), "an unknown key is not there");
}

int main(void)
{
    test_writers();
    test_numbers();
    test_dates();
    test_moments();
    test_csv();
    test_csv_file();
    test_json();
    test_unicode();
    test_files();
    test_table();
    return DONE();
}
