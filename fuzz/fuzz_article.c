/* A captured document from anybody must never crash the program; and what is taken from it must be lines of plain text
 * that nothing unseen hides in, whose sentences it holds. */
#include "base/unicode.h"
#include "fuzz.h"
#include "intake/article.h"
#include "intake/sentences.h"

static void check_line(Text line)
{
    for (size_t at = 0; at < line.length;) {
        int32_t c = unicode_next(line, &at);
        if (c < 0 || unicode_look(c) == LOOK_NONE || (unicode_look(c) == LOOK_BLANK && c != ' '))
            abort();
    }
    if (line.length && (line.at[0] == ' ' || line.at[line.length - 1] == ' '))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    AUTO_OUT words = { 0 };
    Sentence *sentences;
    size_t count;
    if (!article_words((Text){ (const char *)bytes, size }, &words))
        return 0;
    Text rest = out_view(&words), line;
    while (text_split(&rest, '\n', &line))
        check_line(line);
    sentences_of(arena, out_view(&words), &sentences, &count);
    if (count && !sentences_hold(arena, out_view(&words), sentences[count / 2].text))
        abort();
    return 0;
}
