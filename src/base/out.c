#include "base/out.h"

enum { FIRST_SIZE = 1024 };

#define REPLACEMENT "\xEF\xBF\xBD" /* U+FFFD */

void out_free(Out *out)
{
    free(out->text);
    *out = (Out){ 0 };
}

void out_clear(Out *out)
{
    out->length = 0;
    if (out->text)
        out->text[0] = '\0';
}

Text out_view(const Out *out)
{
    return (Text){ out->text, out->length };
}

static void reserve(Out *out, size_t more)
{
    size_t needed = size_add(size_add(out->length, more), 1);
    if (out->size >= needed)
        return;
    size_t size = out->size ? out->size : FIRST_SIZE;
    while (size < needed)
        size = size_times(size, 2);
    char *text = realloc(out->text, size);
    if (!text)
        abort();
    out->text = text;
    out->size = size;
}

void out_raw(Out *out, const char *text, size_t length)
{
    reserve(out, length);
    if (length)
        memcpy(out->text + out->length, text, length);
    out->length += length;
    out->text[out->length] = '\0';
}

/* Length of a character at `text` that must not reach a page: C0 controls but tab and line ends, DEL, C1, the
 * bidirectional overrides and isolates U+202A to U+202E, U+2066 to U+2069 and U+200E, U+200F, and U+FFFE and U+FFFF,
 * which XML cannot hold; 0 for all others. */
static size_t unwanted(const unsigned char *text)
{
    unsigned char c = text[0];
    if (c < 0x80)
        return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F;
    if (c == 0xC2)
        return text[1] >= 0x80 && text[1] <= 0x9F ? 2 : 0;
    if (c == 0xEF)
        return text[1] == 0xBF && text[2] >= 0xBE ? 3 : 0;
    if (c != 0xE2)
        return 0;
    if (text[1] == 0x80 && (text[2] == 0x8E || text[2] == 0x8F || (text[2] >= 0xAA && text[2] <= 0xAE)))
        return 3;
    return text[1] == 0x81 && text[2] >= 0xA6 && text[2] <= 0xA9 ? 3 : 0;
}

static const char *entity_of(char c)
{
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return NULL;
    }
}

void out_text(Out *out, const char *text)
{
    if (!text)
        return;
    const char *from = text;
    while (*text) {
        const char *instead = entity_of(*text);
        size_t length = instead ? 1 : unwanted((const unsigned char *)text);
        if (length == 0) {
            text++;
            continue;
        }
        out_raw(out, from, (size_t)(text - from));
        instead = instead ? instead : REPLACEMENT;
        out_raw(out, instead, strlen(instead));
        text += length;
        from = text;
    }
    out_raw(out, from, (size_t)(text - from));
}

static bool is_unreserved(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_' || c == '~';
}

void out_url(Out *out, const char *text)
{
    static const char digits[] = "0123456789ABCDEF";
    for (; text && *text; text++) {
        unsigned char c = (unsigned char)*text;
        char escaped[3] = { '%', digits[c >> 4], digits[c & 15] };
        if (is_unreserved(c))
            out_raw(out, text, 1);
        else
            out_raw(out, escaped, 3);
    }
}

void out_href(Out *out, const char *text)
{
    static const char *const allowed[] = { "https://", "http://", "mailto:", "/", "#", "?" };
    Text view = text_of(text);
    bool fine = false;
    for (size_t i = 0; i < COUNT_OF(allowed); i++)
        fine = fine || text_starts(view, allowed[i]);
    if (!fine || text_starts(view, "//") || text_starts(view, "/\\"))
        OUT_LITERAL(out, "#");
    else
        out_text(out, text);
}

void out_count(Out *out, size_t count)
{
    char digits[24], *end = digits + sizeof digits, *at = end;
    do
        *--at = (char)('0' + count % 10);
    while ((count /= 10) > 0);
    out_raw(out, at, (size_t)(end - at));
}

void out_int(Out *out, int64_t number)
{
    if (number < 0)
        OUT_LITERAL(out, "-");
    out_count(out, number < 0 ? (size_t)0 - (size_t)number : (size_t)number);
}

void out_fixed(Out *out, double number, int digits)
{
    char text[400]; /* the longest double has 309 digits before its point */
    int length = snprintf(text, sizeof text, "%.*f", MIN(digits, 20), number);
    if (strchr(text, '.')) {
        while (text[length - 1] == '0')
            length--;
        if (text[length - 1] == '.')
            length--;
    }
    bool minus_zero = length == 2 && text[0] == '-' && text[1] == '0';
    out_raw(out, minus_zero ? "0" : text, minus_zero ? 1 : (size_t)length);
}

static size_t json_escape(unsigned char c, char escape[6])
{
    static const char digits[] = "0123456789abcdef";
    static const char named[] = "\b\t\n\f\r\"\\", letters[] = "btnfr\"\\";
    const char *found = c ? memchr(named, c, sizeof named - 1) : NULL;
    escape[0] = '\\';
    if (found) {
        escape[1] = letters[found - named];
        return 2;
    }
    memcpy(escape + 1, "u00", 3);
    escape[4] = digits[c >> 4];
    escape[5] = digits[c & 15];
    return 6;
}

void out_json_text(Out *out, Text text)
{
    OUT_LITERAL(out, "\"");
    size_t from = 0;
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        char escape[6];
        out_raw(out, text.at + from, i - from);
        out_raw(out, escape, json_escape(c, escape));
        from = i + 1;
    }
    out_raw(out, text.length ? text.at + from : "", text.length - from);
    OUT_LITERAL(out, "\"");
}

void out_json(Out *out, const char *text)
{
    if (text)
        out_json_text(out, text_of(text));
    else
        OUT_LITERAL(out, "null");
}

void out_csv(Out *out, const char *text)
{
    if (!text)
        return;
    size_t length = strlen(text);
    bool edge = length && (text[0] == ' ' || text[length - 1] == ' ');
    if (!edge && text[strcspn(text, ",\"\r\n")] == '\0') {
        out_raw(out, text, length);
        return;
    }
    OUT_LITERAL(out, "\"");
    for (const char *quote; (quote = strchr(text, '"')); text = quote + 1) {
        out_raw(out, text, (size_t)(quote - text));
        OUT_LITERAL(out, "\"\"");
    }
    out_raw(out, text, strlen(text));
    OUT_LITERAL(out, "\"");
}
