#include "base/unicode.h"

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

enum { MEND_LAYERS = 4 };

#define REPLACEMENT 0xFFFD

int32_t unicode_next(Text text, size_t *at)
{
    int32_t i = (int32_t)*at, c;
    U8_NEXT((const uint8_t *)text.at, i, (int32_t)text.length, c);
    *at = (size_t)i;
    return c;
}

/* NOLINTNEXTLINE(readability-function-size): the branches are those of ICU's macro */
static void append(char *to, size_t *length, int32_t c)
{
    int32_t at = (int32_t)*length;
    U8_APPEND_UNSAFE((uint8_t *)to, at, (uint32_t)c);
    *length = (size_t)at;
}

/* The place of the first byte at or behind `from` that is not an ASCII character other than NUL. Eight at a time:
 * nearly all that the program checks is ASCII. */
static size_t skip_ascii(Text text, size_t from)
{
    const uint64_t high = 0x8080808080808080U, ones = 0x0101010101010101U;
    for (uint64_t bytes; text.length - from >= sizeof bytes; from += sizeof bytes) {
        memcpy(&bytes, text.at + from, sizeof bytes);
        if ((bytes | (bytes - ones)) & high) /* a byte above 0x7F, or one that is 0 and borrows */
            break;
    }
    while (from < text.length && (unsigned char)(text.at[from] - 1) < 0x7F)
        from++;
    return from;
}

bool unicode_valid(Text text)
{
    for (size_t i = skip_ascii(text, 0); i < text.length; i = skip_ascii(text, i)) {
        int32_t c = (unsigned char)text.at[i] < 0x80 ? text.at[i++] : unicode_next(text, &i);
        if (c <= 0)
            return false;
    }
    return true;
}

size_t unicode_count(Text text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.length; i++)
        count += ((unsigned char)text.at[i] & 0xC0) != 0x80;
    return count;
}

static bool all_ascii(Text text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.at[i] >= 0x80)
            return false;
    return true;
}

/* Adds a letter or digit to a folded text; anything else becomes one blank between words. */
static void fold_one(char *to, size_t *length, int32_t c)
{
    if (u_isalnum(c))
        append(to, length, c);
    else if (*length && to[*length - 1] != ' ')
        to[(*length)++] = ' ';
}

static char *fold_ascii(Arena *arena, Text text)
{
    char *folded = arena_take(arena, text.length + 1);
    size_t length = 0;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.at[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c + ('a' - 'A'));
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            folded[length++] = c;
        else if (length && folded[length - 1] != ' ')
            folded[length++] = ' ';
    }
    if (length && folded[length - 1] == ' ')
        length--;
    folded[length] = '\0';
    return folded;
}

/* NFKC_Casefold, then NFKD so that marks stand alone; as whole characters. */
static int32_t casefold(Arena *arena, Text text, UChar32 **characters)
{
    UErrorCode error = U_ZERO_ERROR;
    int32_t room = (int32_t)text.length + 1, length = 0;
    UChar *wide = NEW_ARRAY(arena, UChar, (size_t)room);
    u_strFromUTF8WithSub(wide, room, &length, text.at, (int32_t)text.length, REPLACEMENT, NULL, &error);
    for (int step = 0; step < 2 && U_SUCCESS(error); step++) {
        const UNormalizer2 *form = step ? unorm2_getNFKDInstance(&error) : unorm2_getNFKCCasefoldInstance(&error);
        int32_t wider = length * 18 + 1; /* one UTF-16 unit becomes at most 18 in NFKD */
        UChar *formed = NEW_ARRAY(arena, UChar, (size_t)wider);
        length = unorm2_normalize(form, wide, length, formed, wider, &error);
        wide = formed;
    }
    int32_t count = 0;
    *characters = NEW_ARRAY(arena, UChar32, (size_t)length + 1);
    u_strToUTF32(*characters, length + 1, &count, wide, length, &error);
    return U_SUCCESS(error) ? count : 0;
}

char *unicode_fold(Arena *arena, Text text)
{
    if (all_ascii(text))
        return fold_ascii(arena, text);
    AUTO_ARENA *scratch = arena_new(ARENA_NO_CAP);
    UChar32 *characters;
    int32_t count = casefold(scratch, text, &characters);
    char *folded = arena_take(arena, (size_t)count * 4 + 1);
    size_t length = 0;
    for (int32_t i = 0; i < count; i++)
        if (!(U_GET_GC_MASK(characters[i]) & U_GC_M_MASK))
            fold_one(folded, &length, characters[i]);
    if (length && folded[length - 1] == ' ')
        length--;
    folded[length] = '\0';
    return folded;
}

/* cp1252, 0x80 to 0x9F; the rest is Latin-1. */
static const uint16_t cp1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

char *unicode_from_cp1252(Arena *arena, Text bytes)
{
    char *text = arena_take(arena, size_add(size_times(bytes.length, 3), 1));
    size_t length = 0;
    for (size_t i = 0; i < bytes.length; i++) {
        unsigned char c = (unsigned char)bytes.at[i];
        bool special = c >= 0x80 && c <= 0x9F;
        append(text, &length, !special ? c : cp1252[c - 0x80] ? cp1252[c - 0x80] : REPLACEMENT);
    }
    return text;
}

/* The cp1252 byte of a character; -1 when it has none. The five undefined bytes pass as C1 controls, as browsers
 * read them. */
static int byte_of(int32_t c)
{
    if (c < 0x80 || (c >= 0xA0 && c <= 0xFF))
        return c;
    for (int i = 0; i < 32; i++)
        if (c == (cp1252[i] ? cp1252[i] : 0x80 + i))
            return 0x80 + i;
    return -1;
}

/* One layer off: the characters as cp1252 bytes, when those are well-formed UTF-8 with something beyond ASCII. */
static bool peel(Arena *arena, Text text, Text *peeled)
{
    char *bytes = arena_take(arena, text.length + 1);
    size_t length = 0;
    for (size_t i = 0; i < text.length;) {
        int byte = byte_of(unicode_next(text, &i));
        if (byte < 0)
            return false;
        bytes[length++] = (char)byte;
    }
    *peeled = (Text){ bytes, length };
    return length < text.length && unicode_valid(*peeled);
}

char *unicode_mend(Arena *arena, Text text)
{
    Text mended = text, peeled;
    if (!all_ascii(text) && unicode_valid(text))
        for (int layer = 0; layer < MEND_LAYERS && peel(arena, mended, &peeled); layer++)
            mended = peeled;
    return arena_text(arena, mended);
}

Look unicode_look(int32_t character)
{
    static const int32_t unseen[][2] = {
        { 0xAD, 0xAD },     { 0x061C, 0x061C }, { 0x200B, 0x200B }, { 0x200E, 0x200F },
        { 0x202A, 0x202E }, { 0x2060, 0x2064 }, { 0x2066, 0x206F }, { 0xFEFF, 0xFEFF }
    };
    for (size_t i = 0; i < COUNT_OF(unseen); i++)
        if (character >= unseen[i][0] && character <= unseen[i][1])
            return LOOK_NONE;
    return u_isUWhiteSpace(character) || u_iscntrl(character) ? LOOK_BLANK : LOOK_SEEN;
}

char *unicode_from(Arena *arena, Text bytes, const char *charset)
{
    UErrorCode error = U_ZERO_ERROR;
    if (bytes.length > INT32_MAX / 4)
        return NULL;
    int32_t size = (int32_t)size_add(size_times(bytes.length, 4), 1), length;
    char *text = arena_take(arena, (size_t)size);
    length = ucnv_convert("UTF-8", charset, text, size, bytes.at, (int32_t)bytes.length, &error);
    if (U_FAILURE(error) || length >= size)
        return NULL;
    for (int32_t i = 0; i < length; i++)
        text[i] = text[i] ? text[i] : ' ';
    return text;
}

/* Where those of the iterator's text end, which came from `text`. */
static size_t *ends_of(Arena *arena, UBreakIterator *iterator, Text text, size_t *count)
{
    size_t room = 0, *ends = NULL;
    UErrorCode error = U_ZERO_ERROR;
    UText *view = utext_openUTF8(NULL, text.at, (int64_t)text.length, &error);
    ubrk_setUText(iterator, view, &error);
    for (int32_t end; U_SUCCESS(error) && (end = ubrk_next(iterator)) != UBRK_DONE;) {
        ends = arena_grow(arena, ends, *count, &room, sizeof *ends);
        ends[(*count)++] = (size_t)end;
    }
    utext_close(view);
    return ends;
}

size_t *unicode_sentences(Arena *arena, Text text, size_t *count)
{
    UErrorCode error = U_ZERO_ERROR;
    UBreakIterator *iterator = ubrk_open(UBRK_SENTENCE, "", NULL, 0, &error);
    size_t *ends = NULL;
    *count = 0;
    if (U_SUCCESS(error) && text.length <= INT32_MAX)
        ends = ends_of(arena, iterator, text, count);
    ubrk_close(iterator);
    if (*count || !text.length)
        return ends;
    ends = NEW(arena, size_t); /* without ICU's rules it is one */
    ends[(*count)++] = text.length;
    return ends;
}
