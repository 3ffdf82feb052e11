#include "publish/plain.h"

#include <unicode/uchar.h>

#include "base/out.h"
#include "base/unicode.h"

static bool is_unwanted(int32_t character)
{
    return character < 0 || u_iscntrl(character) || u_hasBinaryProperty(character, UCHAR_BIDI_CONTROL);
}

const char *plain_line(Arena *arena, const char *text)
{
    if (!text)
        return NULL;
    AUTO_OUT out = { 0 };
    Text bytes = text_of(text);
    for (size_t at = 0; at < bytes.length;) {
        size_t from = at;
        int32_t character = unicode_next(bytes, &at);
        if (character == '\r' && text[at] == '\n')
            continue;
        if (character == '\n' || character == '\r' || character == '\t')
            OUT_LITERAL(&out, " ");
        else if (is_unwanted(character))
            OUT_LITERAL(&out, "\xEF\xBF\xBD");
        else
            out_raw(&out, text + from, at - from);
    }
    return arena_text(arena, out_view(&out));
}
