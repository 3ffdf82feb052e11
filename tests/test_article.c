/* What must never happen: words that a reader does not see are quoted, words that a reader sees are lost, or a
 * quotation passes that its source does not hold. */
#include "base/unicode.h"
#include "intake/article.h"
#include "intake/sentences.h"
#include "test.h"

#define NBSP "\xC2\xA0"
#define SHY "\xC2\xAD"

static const struct {
    const char *document, *words; /* NULL: refused */
} articles[] = {
    { "f<html><body><p>One</p><p>two", "\nOne\ntwo" },
    { "f<!doctype html><title> A  title </title><p>One\n two<br>three", "A title\nOne two\nthree" },
    { "f<html><p>a<b>b</b> <i>c</i></p>d", "\nab c\nd" },
    { "f<html><p>care &amp; cure &eacute;&#8217;&nbsp;!</p>", "\ncare & cure \xC3\xA9\xE2\x80\x99 !" },
    { "f<html><script>bad()</script><style>p{}</style><p>seen<noscript>no</noscript><!-- no --></p>", "\nseen" },
    { "f<html><p hidden>no</p><template>no</template><p>seen", "\nseen" },
    { "f<html><table><tr><td>a<td>b<tr><td>c</table>", "\na b\nc" },
    { "f<html><ul><li>one<li>two</ul>three", "\none\ntwo\nthree" },
    { "f<html><p>hos" SHY "pi" SHY "tal" NBSP "Nord</p>", "\nhospital Nord" },
    { "f<html><p>left\xE2\x80\xAEright</p>", "\nleftright" },
    { "f<html><meta charset=iso-8859-1><p>caf\xE9 \x80", "\ncaf\xC3\xA9 \xE2\x82\xAC" },
    { "f<html><p>caf\xE9", "\ncaf\xC3\xA9" },
    { "f<html><meta charset=nonsense><p>caf\xE9", "\ncaf\xC3\xA9" },
    { "f<html><meta charset=iso-8859-1><p>caf\xC3\xA9", "\ncaf\xC3\xA9" },
    { "f\xEF\xBB\xBF<html><p>a", "\na" },
    { "fplain\nlines", "\nplain\nlines" },
    { "fone\nline\n\nand  another\n\n\n", "\none line\nand another" },
    { "fa < b", "\na < b" },
    { "t<html><p>typed", "\n<html><p>typed" },
    { "f", NULL },
    { "f ", "\n" },
    { "f%PDF-1.7", NULL },
};

static void test_words(void)
{
    for (size_t i = 0; i < COUNT_OF(articles); i++) {
        AUTO_OUT words = { 0 };
        bool done = article_words(text_of(articles[i].document), &words);
        CHECK(articles[i].words ? done && text_is(out_view(&words), articles[i].words) : !done, "%.50s -> %s",
              articles[i].document, done ? words.text : "refused");
    }
    AUTO_OUT words = { 0 };
    CHECK(!article_words((Text){ "fa\0b", 4 }, &words), "what holds NUL is no text");
    CHECK(article_words((Text){ "f\xFF\xFE"
                                "a\0\xE9\0",
                                7 },
                        &words) &&
              text_is(out_view(&words), "\na\xC3\xA9"),
          "but UTF-16 with its mark is");
}

/* Nested deeper than any stack. */
static void test_depth(void)
{
    AUTO_OUT document = { 0 }, words = { 0 };
    OUT_LITERAL(&document, "f<html>");
    for (int i = 0; i < 100000; i++)
        OUT_LITERAL(&document, "<div>");
    OUT_LITERAL(&document, "deep");
    (void)article_words(out_view(&document), &words);
    CHECK(words.length < 100, "what is nested without end ends nothing");
}

static const struct {
    const char *words;
    size_t count;
    const char *third;
} cut[] = {
    { "Title. Not this.\nOne. Two!\nThree?", 3, "Three?" },
    { "\nIl a dit\xC2\xA0: \xC2\xAB\xC2\xA0oui\xC2\xA0\xC2\xBB. Puis rien. Fin.", 3, "Fin." },
    { "\n\n\n", 0, NULL },
    { "only a title", 0, NULL },
};

static void test_sentences(Arena *arena)
{
    for (size_t i = 0; i < COUNT_OF(cut); i++) {
        Sentence *sentences;
        size_t count;
        sentences_of(arena, text_of(cut[i].words), &sentences, &count);
        CHECK(count == cut[i].count && (!cut[i].third || text_is(sentences[2].text, cut[i].third)),
              "%s has %zu sentences", cut[i].words, count);
    }
}

static const struct {
    const char *words, *quote;
    bool held;
} quotes[] = {
    { "\nOur files were encrypted.", "files were encrypted", true },
    { "\nOur files\nwere encrypted.", "files  were\n encrypted", true },
    { "\nOur files were encrypted.", " Our files ", true },
    { "\nOur files were encrypted.", "Our systems were encrypted", false },
    { "\nOur files were encrypted.", "our files", false },
    { "\n12" NBSP "000 patients", "12 000 patients", true },
    { "\nhospital", "hos" SHY "pital", true },
    { "\nOur files", "", false },
    { "\nOur files", "  ", false },
    { "A title\nOur files", "A title", true },
};

static void test_quotes(Arena *arena)
{
    for (size_t i = 0; i < COUNT_OF(quotes); i++)
        CHECK(sentences_hold(arena, text_of(quotes[i].words), text_of(quotes[i].quote)) == quotes[i].held,
              "'%s' %s in '%s'", quotes[i].quote, quotes[i].held ? "is" : "is not", quotes[i].words);
}

int main(void)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    test_words();
    test_depth();
    test_sentences(arena);
    test_quotes(arena);
    return DONE();
}
