/* What must never happen: a chart that shows another number than its table, or runs what a source wrote. */
#include "publish/chart.h"
#include "test.h"

static const char hostile[] = "</title><script>alert(1)</script>\"'&\u202Egnp";

static ChartFrame frame_of(const Language *language, ChartForm form)
{
    return (ChartFrame){ .language = language,
                         .form = form,
                         .id = "by-type",
                         .title = hostile,
                         .description = hostile,
                         .source = hostile,
                         .late = hostile };
}

static size_t occurrences(const char *text, const char *part)
{
    size_t count = 0;
    for (; (text = strstr(text, part)); text += strlen(part))
        count++;
    return count;
}

static void check_safe(const char *svg, const char *name)
{
    CHECK(!strstr(svg, "<script") && !strstr(svg, "\u202E"), "%s: markup and overrides in a label stay text", name);
    CHECK(strstr(svg, "&lt;script&gt;alert(1)"), "%s: the label is shown as it was written", name);
    CHECK(strstr(svg, "role=\"img\" lang=\"en\" aria-labelledby=\"by-type-title by-type-description\""),
          "%s: it has a name that is read aloud", name);
    CHECK(occurrences(svg, "<svg") == occurrences(svg, "</svg>"), "%s: what is opened is closed", name);
    CHECK(occurrences(svg, "<g>") == occurrences(svg, "</g>"), "%s: each mark is closed", name);
}

static void check_bars(const Language *language)
{
    const Mark marks[] = {
        { .label = "a", .shown = "40", .more = hostile, .value = 40, .lighter = 10 },
        { .label = "b", .shown = "10", .value = 10 },
        { .label = "c", .shown = "0", .value = 0 },
        { .label = "Medical manufacturing and development", .shown = "2", .value = 2 },
        { .label = hostile, .shown = "1", .value = 1 },
    };
    AUTO_OUT out = { 0 };
    ChartFrame frame = frame_of(language, CHART_IN_PAGE);
    chart_bars(&out, &frame, marks, COUNT_OF(marks));
    check_safe(out.text, "bars");
    CHECK(strstr(out.text, "<rect class=\"bar\" x=\"0%\" y=\"22\" width=\"75%\""),
          "the longest bar has its darker part");
    CHECK(strstr(out.text, "<rect class=\"bar light\" x=\"75%\" y=\"22\" width=\"25%\""), "and its lighter part");
    CHECK(strstr(out.text, "width=\"25%\" height=\"8\"/></g><g>"), "the second has a quarter of the length");
    CHECK(strstr(out.text, "<rect class=\"bar\" x=\"0%\" y=\"98\" width=\"0%\""), "nothing has no length");
    CHECK(strstr(out.text, "y=\"129\">Medical manufacturing and</text>") &&
              strstr(out.text, "y=\"147\">development</text>") && strstr(out.text, "y=\"129\">2</text>"),
          "a long label leaves the number its room on a narrow screen: %s", out.text);
    CHECK(strstr(out.text, "<rect class=\"bar\" x=\"0%\" y=\"154\" width=\"5%\""), "its bar stands below all of it");
    CHECK(!strstr(out.text, "<style"), "in a page the page has the style");
}

static void check_columns(const Language *language)
{
    const Mark marks[] = {
        { .label = hostile, .shown = "4", .value = 4, .tick = "2021" },
        { .label = "b", .shown = "2", .value = 2, .late = true },
    };
    AUTO_OUT out = { 0 };
    ChartFrame frame = frame_of(language, CHART_FILE);
    chart_columns(&out, &frame, marks, COUNT_OF(marks));
    check_safe(out.text, "columns");
    CHECK(occurrences(out.text, "class=\"bar late\"") == 1, "what is still being reported is grey");
    CHECK(strstr(out.text, "<style>"), "a file brings its style");
    CHECK(strstr(out.text, "y=\"24\" width=\"6.33%\" height=\"220\"/>"), "the highest column has the whole height");
    CHECK(strstr(out.text, "y=\"134\" width=\"6.33%\" height=\"110\"/>"), "half of it has half the height");
}

static void check_empty(const Language *language)
{
    AUTO_OUT out = { 0 };
    ChartFrame frame = frame_of(language, CHART_FILE);
    chart_columns(&out, &frame, NULL, 0);
    chart_bars(&out, &frame, NULL, 0);
    chart_text(&out, &frame, "");
    CHECK(occurrences(out.text, "</svg>\n") == 3 && !strstr(out.text, "nan") && !strstr(out.text, "inf"),
          "charts of nothing are charts");
}

static void check_text(const Language *language)
{
    AUTO_OUT out = { 0 }, words = { 0 };
    for (int i = 0; i < 40; i++)
        OUT_LITERAL(&words, "<words> ");
    ChartFrame frame = frame_of(language, CHART_FILE);
    chart_text(&out, &frame, words.text);
    check_safe(out.text, "text");
    CHECK(occurrences(out.text, "&lt;words&gt;") == 40, "no word is lost when lines are broken");
    CHECK(occurrences(out.text, "class=\"sentence\"") == 5, "lines are broken");
}

int main(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Problem problem = { 0 };
    Languages languages = { 0 };
    CHECK(languages_open(arena, &languages, &problem), "the languages open");
    const Language *language = language_find(&languages, TEXT("en"));
    check_bars(language);
    check_columns(language);
    check_empty(language);
    check_text(language);
    languages_close(&languages);
    return DONE();
}
