/* What reaches the reader's browser must never be code that a source wrote: a compiled template with hostile texts in
 * every place where a value may stand. */
#include "publish/template.h"
#include "test.h"

void hostile_html(Out *out, const Language *language, const char *text, long number);

static const struct {
    const char *name, *text;
    const char *between, *title, *in_attribute, *whole_url, *part_of_url; /* what must be written */
} rows[] = {
    { "a script", "<script>alert(1)</script>", ">&lt;script&gt;alert(1)&lt;/script&gt; 7</p>", "<title>&lt;script&gt;",
      "class=\"&lt;script&gt;alert(1)&lt;/script&gt;\"", "href=\"#\"",
      "q=%3Cscript%3Ealert%281%29%3C%2Fscript%3E&amp;n=7" },
    { "the end of an attribute", "\" onclick=\"alert(1)", ">&quot; onclick=&quot;alert(1) 7</p>", "<title>&quot;",
      "class=\"&quot; onclick=&quot;alert(1)\"", "href=\"#\"", "q=%22%20onclick%3D%22alert%281%29&amp;n=7" },
    { "a script as an address", "javascript:alert(1)", ">javascript:alert(1) 7</p>", "<title>javascript",
      "class=\"javascript:alert(1)\"", "href=\"#\"", "q=javascript%3Aalert%281%29&amp;n=7" },
    { "another host", "//evil.example/", ">//evil.example/ 7</p>", "<title>//evil", "class=\"//evil.example/\"",
      "href=\"#\"", "q=%2F%2Fevil.example%2F&amp;n=7" },
    { "a good address", "https://e.org/?a=1&b=2", ">https://e.org/?a=1&amp;b=2 7</p>", "<title>https://e.org",
      "class=\"https://e.org/?a=1&amp;b=2\"", "href=\"https://e.org/?a=1&amp;b=2\"",
      "q=https%3A%2F%2Fe.org%2F%3Fa%3D1%26b%3D2&amp;n=7" },
    { "letters that run the other way", "a\u202Eb\u2066c", ">a\uFFFDb\uFFFDc 7</p>", "<title>a\uFFFDb",
      "class=\"a\uFFFDb\uFFFDc\"", "href=\"#\"", "q=a%E2%80%AEb%E2%81%A6c&amp;n=7" },
    { "the end of a text field", "</textarea><img src=x>", ">&lt;/textarea&gt;&lt;img src=x&gt; 7</p>",
      "<title>&lt;/textarea", "class=\"&lt;/textarea&gt;", "href=\"#\"", "q=%3C%2Ftextarea%3E%3Cimg%20src%3Dx%3E" },
};

int main(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Problem problem = { 0 };
    Languages languages = { 0 };
    CHECK(languages_open(arena, &languages, &problem), "the languages open");
    const Language *language = language_find(&languages, TEXT("en"));
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        AUTO_OUT out = { 0 };
        hostile_html(&out, language, rows[i].text, 7);
        CHECK(strstr(out.text, rows[i].between), "%s between tags: %s", rows[i].name, rows[i].between);
        CHECK(strstr(out.text, rows[i].title), "%s in the title", rows[i].name);
        CHECK(strstr(out.text, rows[i].in_attribute), "%s in an attribute", rows[i].name);
        CHECK(strstr(out.text, rows[i].whole_url), "%s as a whole address", rows[i].name);
        CHECK(strstr(out.text, rows[i].part_of_url), "%s in a part of an address", rows[i].name);
        CHECK(strstr(out.text, "</p>\n<a href=") && strstr(out.text, "<ul><li>0</ul>\n<ul><li>1</ul>"),
              "%s: the template's own HTML stands", rows[i].name);
        CHECK(strstr(out.text, "id=\"some\""), "%s: what depends on a condition is there", rows[i].name);
    }
    AUTO_OUT out = { 0 };
    hostile_html(&out, language, "a", 0);
    CHECK(!strstr(out.text, "id=\"some\""), "what depends on a condition is not there without it");
    languages_close(&languages);
    return DONE();
}
