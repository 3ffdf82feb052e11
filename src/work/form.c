#include "work/form.h"

#include "base/out.h"
#include "base/unicode.h"

static int digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* Control characters have no place in what people type, but for tabs and ends of lines. */
static bool is_plain(Text text)
{
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if ((c < ' ' && c != '\t' && c != '\n') || c == 127)
            return false;
    }
    return unicode_valid(text);
}

/* One character of the encoded text, which `at` moves behind; -1 when a percent sign is wrong. */
static int decode_one(Text text, size_t *at)
{
    char c = text.at[(*at)++];
    if (c == '+')
        return ' ';
    if (c != '%')
        return (unsigned char)c;
    int high = *at + 1 < text.length ? digit(text.at[*at]) : -1, low = high >= 0 ? digit(text.at[*at + 1]) : -1;
    *at += 2;
    return low < 0 ? -1 : high * 16 + low;
}

/* CR LF, with which browsers end lines, becomes LF. */
static bool decode(Arena *arena, Text text, Text *decoded)
{
    char *bytes = arena_take(arena, text.length + 1);
    size_t length = 0;
    for (size_t i = 0; i < text.length;) {
        int c = decode_one(text, &i);
        if (c < 0)
            return false;
        if (c == '\n' && length && bytes[length - 1] == '\r')
            length--;
        bytes[length++] = (char)c;
    }
    bytes[length] = '\0';
    *decoded = (Text){ bytes, length };
    return is_plain(*decoded);
}

static bool read_pair(Arena *arena, Text pair, FormValue *item)
{
    size_t equals = text_find(pair, "=");
    Text value;
    if (!decode(arena, text_slice(pair, 0, equals), &item->name) ||
        !decode(arena, text_slice(pair, equals + 1, pair.length), &value))
        return false;
    item->value = value.at;
    return true;
}

bool form_read(Arena *arena, Text text, Form *form)
{
    Text rest = text, pair;
    size_t room = 0;
    *form = (Form){ 0 };
    while (text_split(&rest, '&', &pair)) {
        if (pair.length == 0)
            continue;
        if (form->count == FORM_FIELDS_MAX)
            return false;
        form->items = arena_grow(arena, form->items, form->count, &room, sizeof *form->items);
        if (!read_pair(arena, pair, &form->items[form->count++]))
            return false;
    }
    return true;
}

const char *form_value_at(const Form *form, const char *name, size_t position)
{
    for (size_t i = 0; i < form->count; i++)
        if (text_is(form->items[i].name, name) && position-- == 0)
            return form->items[i].value;
    return NULL;
}

const char *form_value(const Form *form, const char *name)
{
    return form_value_at(form, name, 0);
}

const char *form_plain(Arena *arena, Text typed)
{
    char *text = arena_take(arena, typed.length + 1);
    size_t length = 0;
    for (size_t i = 0; i < typed.length; i++) {
        if (typed.at[i] == '\n' && length && text[length - 1] == '\r')
            length--;
        text[length++] = typed.at[i];
    }
    return is_plain((Text){ text, length }) ? text : NULL;
}

static bool is_one_of(Text name, const char *const *names)
{
    for (; *names; names++)
        if (text_is(name, *names))
            return true;
    return false;
}

const char *form_write(Arena *arena, const Form *form, const char *const *without)
{
    AUTO_OUT out = { 0 };
    for (size_t i = 0; i < form->count; i++) {
        const FormValue *one = &form->items[i];
        if (is_one_of(one->name, without))
            continue;
        if (out.length)
            OUT_LITERAL(&out, "&");
        out_url(&out, arena_text(arena, one->name));
        OUT_LITERAL(&out, "=");
        out_url(&out, one->value);
    }
    return arena_text(arena, out_view(&out));
}
