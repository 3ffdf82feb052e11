#include "publish/plain.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "base/out.h"

static bool is_unwanted(UChar32 character)
{
    return character < 0 || u_iscntrl(character) || u_hasBinaryProperty(character, UCHAR_BIDI_CONTROL);
}

const char *plain_line(Arena *arena, const char *text)
{
    if (!text)
        return NULL;
    AUTO_OUT out = { 0 };
    const uint8_t *bytes = (const uint8_t *)text;
    int32_t at = 0, length = (int32_t)strlen(text);
    while (at < length) {
        int32_t from = at;
        UChar32 character;
        U8_NEXT(bytes, at, length, character);
        if (character == '\r' && bytes[at] == '\n')
            continue;
        if (character == '\n' || character == '\r' || character == '\t')
            OUT_LITERAL(&out, " ");
        else if (is_unwanted(character))
            OUT_LITERAL(&out, "\xEF\xBF\xBD");
        else
            out_raw(&out, text + from, (size_t)(at - from));
    }
    return arena_text(arena, out_view(&out));
}
