/* What must never happen: a cell of data is changed silently, or one made for a spreadsheet is run as a formula. */
#include "publish/cells.h"
#include "test.h"

static const struct {
    const char *text, *plain, *defused, *json;
} texts[] = {
    { "a", "a", "a", "\"a\"" },
    { "", "", "", "\"\"" },
    { NULL, "", "", "null" },
    { "a,b", "\"a,b\"", "\"a,b\"", "\"a,b\"" },
    { "say \"a\"", "\"say \"\"a\"\"\"", "\"say \"\"a\"\"\"", "\"say \\\"a\\\"\"" },
    { "two\r\nlines", "\"two\r\nlines\"", "\"two\r\nlines\"", "\"two\\r\\nlines\"" },
    { "=1+1", "=1+1", "'=1+1", "\"=1+1\"" },
    { "+1", "+1", "'+1", "\"+1\"" },
    { "-2", "-2", "'-2", "\"-2\"" },
    { "@SUM(A1)", "@SUM(A1)", "'@SUM(A1)", "\"@SUM(A1)\"" },
    { "\t=1", "\t=1", "'\t=1", "\"\\t=1\"" },
    { "\r=1", "\"\r=1\"", "\"'\r=1\"", "\"\\r=1\"" },
    { "=HYPERLINK(\"a\",\"b\")", "\"=HYPERLINK(\"\"a\"\",\"\"b\"\")\"", "\"'=HYPERLINK(\"\"a\"\",\"\"b\"\")\"",
      "\"=HYPERLINK(\\\"a\\\",\\\"b\\\")\"" },
    { "a=1", "a=1", "a=1", "\"a=1\"" },
};

static void check_row(const Cell *cell, const char *plain, const char *json, const char *name)
{
    AUTO_OUT out = { 0 };
    const char *const names[] = { "n" };
    cells_csv(&out, cell, 1, CSV_DEFUSED);
    CHECK(out.length >= 2 && strncmp(out.text, plain, out.length - 2) == 0 && strlen(plain) == out.length - 2,
          "%s as CSV: %s", name, out.text);
    out_clear(&out);
    cells_json(&out, names, cell, 1);
    CHECK(strncmp(out.text + 5, json, strlen(json)) == 0, "%s as JSON: %s", name, out.text);
}

static void check_kinds(Arena *arena)
{
    const char *items[] = { "=a", "b; c" };
    Cell list = cell_list(items, 2), none = cell_list(items, 0), number = cell_number(-2.5), unknown = cell_number(NAN);
    Cell endless = cell_number(INFINITY), yes = cell_flag(2), no = cell_flag(0), day = cell_day(arena, 18756);
    Cell no_day = cell_day(arena, INT32_MIN), large = cell_count(283335188);
    check_row(&list, "'=a; b; c", "[\"=a\",\"b; c\"]", "a list");
    check_row(&none, "", "[]", "an empty list");
    check_row(&number, "-2.5", "-2.5", "a number below zero is no formula");
    check_row(&unknown, "", "null", "an unknown number is not zero");
    check_row(&endless, "", "null", "an open bound is not a number");
    check_row(&yes, "yes", "true", "a flag");
    check_row(&no, "no", "false", "a flag that is not set");
    check_row(&day, "2021-05-09", "\"2021-05-09\"", "a day");
    check_row(&no_day, "", "null", "no day");
    check_row(&large, "283335188", "283335188", "a large count");
}

int main(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    const char *const names[] = { "n" };
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        AUTO_OUT plain = { 0 }, defused = { 0 }, json = { 0 };
        Cell cell = cell_text(texts[i].text);
        cells_csv(&plain, &cell, 1, CSV_PLAIN);
        cells_csv(&defused, &cell, 1, CSV_DEFUSED);
        cells_json(&json, names, &cell, 1);
        CHECK(text_equal(text_slice(out_view(&plain), 0, plain.length - 2), text_of(texts[i].plain)), "row %zu as data",
              i);
        CHECK(text_equal(text_slice(out_view(&defused), 0, defused.length - 2), text_of(texts[i].defused)),
              "row %zu for a spreadsheet", i);
        CHECK(text_equal(text_slice(out_view(&json), 5, json.length - 6), text_of(texts[i].json)), "row %zu as JSON",
              i);
    }
    check_kinds(arena);
    return DONE();
}
