#include "base/text.h"

Text text_of(const char *string)
{
    return string ? (Text){ string, strlen(string) } : (Text){ 0 };
}

bool text_equal(Text a, Text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.at, b.at, a.length) == 0);
}

bool text_is(Text text, const char *string)
{
    return text_equal(text, text_of(string));
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool text_is_nocase(Text text, const char *string)
{
    if (strlen(string) != text.length)
        return false;
    for (size_t i = 0; i < text.length; i++)
        if (lower(text.at[i]) != lower(string[i]))
            return false;
    return true;
}

bool text_starts(Text text, const char *prefix)
{
    size_t length = strlen(prefix);
    return text.length >= length && (length == 0 || memcmp(text.at, prefix, length) == 0);
}

bool text_ends(Text text, const char *suffix)
{
    size_t length = strlen(suffix);
    return text.length >= length && (length == 0 || memcmp(text.at + text.length - length, suffix, length) == 0);
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

Text text_trim(Text text)
{
    while (text.length && is_blank(text.at[0])) {
        text.at++;
        text.length--;
    }
    while (text.length && is_blank(text.at[text.length - 1]))
        text.length--;
    return text;
}

Text text_slice(Text text, size_t from, size_t length)
{
    if (from >= text.length)
        return (Text){ 0 };
    return (Text){ text.at + from, MIN(length, text.length - from) };
}

size_t text_find(Text text, const char *needle)
{
    size_t length = strlen(needle);
    if (length == 0)
        return 0;
    const char *found = text.length ? memmem(text.at, text.length, needle, length) : NULL;
    return found ? (size_t)(found - text.at) : text.length;
}

bool text_split(Text *rest, char separator, Text *part)
{
    if (!rest->at)
        return false;
    const char *end = rest->length ? memchr(rest->at, separator, rest->length) : NULL;
    if (!end) {
        *part = *rest;
        *rest = (Text){ 0 };
        return true;
    }
    *part = (Text){ rest->at, (size_t)(end - rest->at) };
    *rest = (Text){ end + 1, rest->length - part->length - 1 };
    return true;
}

bool text_int(Text text, int64_t *number)
{
    bool negative = text.length && text.at[0] == '-';
    size_t i = text.length && (negative || text.at[0] == '+');
    if (i == text.length)
        return false;
    int64_t value = 0;
    for (; i < text.length; i++) {
        int digit = text.at[i] - '0';
        if (digit < 0 || digit > 9 || __builtin_mul_overflow(value, 10, &value) ||
            __builtin_sub_overflow(value, digit, &value)) /* downwards: INT64_MIN has no positive twin */
            return false;
    }
    return negative ? (*number = value, true) : !__builtin_sub_overflow((int64_t)0, value, number);
}

bool text_number(Text text, double *number)
{
    char digits[64];
    if (text.length == 0 || text.length >= sizeof digits)
        return false;
    size_t points = 0, figures = 0;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.at[i];
        points += c == '.';
        figures += c >= '0' && c <= '9';
        if (!(c == '.' || (c >= '0' && c <= '9') || (i == 0 && (c == '-' || c == '+'))))
            return false;
    }
    if (points > 1 || figures == 0)
        return false;
    memcpy(digits, text.at, text.length);
    digits[text.length] = '\0';
    *number = strtod(digits, NULL); /* the program never leaves the C locale: a point is a point */
    return true;
}

uint64_t text_hash(Text text)
{
    uint64_t hash = 0xcbf29ce484222325U;
    for (size_t i = 0; i < text.length; i++)
        hash = (hash ^ (unsigned char)text.at[i]) * 0x100000001b3U;
    return hash;
}
