#include "base/unicode.h"
#include "domain/shape.h"

/* Reads the canonical form only, which is why it needs no tree and no guessing: every key has one place. */
typedef struct Reader {
    Text text;
    size_t at;
    Arena *arena;
    Problem *problem;
} Reader;

static bool expected(Reader *reader, const char *what)
{
    return fail(reader->problem, PROBLEM_BAD_INPUT, "the record is not canonical JSON at byte %zu: expected %s",
                reader->at + 1, what);
}

/* Whether `key` stands `skip` bytes further on. */
static bool stands(const Reader *reader, size_t skip, const Field *field)
{
    size_t at = reader->at + skip;
    return at <= reader->text.length && reader->text.length - at >= field->length &&
           memcmp(reader->text.at + at, field->key, field->length) == 0;
}

static bool comes(const Reader *reader, char c)
{
    return reader->at < reader->text.length && reader->text.at[reader->at] == c;
}

static bool take(Reader *reader, char c)
{
    if (!comes(reader, c))
        return false;
    reader->at++;
    return true;
}

/* The value of a canonical escape \u00xx: a control character without a name of its own; -1 for all others. */
static int control_of(Text escape)
{
    static const char digits[] = "0123456789abcdef";
    if (escape.length < 6 || memcmp(escape.at, "\\u00", 4) != 0)
        return -1;
    const char *high = memchr(digits, escape.at[4], 2), *low = memchr(digits, escape.at[5], 16);
    if (!high || !low)
        return -1;
    int c = (int)(16 * (high - digits) + (low - digits));
    return c == 0 || (c >= '\b' && c <= '\r' && c != '\v') ? -1 : c;
}

/* The character that an escape at the start of `escape` means and its length; 0 when it is not canonical. */
static size_t escape_read(Text escape, char *c)
{
    static const char letters[] = "btnfr\"\\", meant[] = "\b\t\n\f\r\"\\";
    const char *letter = escape.length > 1 ? memchr(letters, escape.at[1], sizeof letters - 1) : NULL;
    if (letter) {
        *c = meant[letter - letters];
        return 2;
    }
    int control = control_of(escape);
    *c = (char)control;
    return control < 0 ? 0 : 6;
}

/* Where the string that starts at `from` ends: the place of its closing quote, or the text's end when it has none or
 * holds a bare control character. */
static size_t string_end(Text text, size_t from, bool *escaped)
{
    for (size_t i = from; i < text.length; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c == '"')
            return i;
        if (c < 0x20)
            break;
        if (c == '\\') {
            *escaped = true;
            i++;
        }
    }
    return text.length;
}

static bool unescape(Reader *reader, Text raw, char *to)
{
    for (size_t i = 0; i < raw.length; to++) {
        *to = raw.at[i];
        size_t length = *to == '\\' ? escape_read(text_slice(raw, i, 6), to) : 1;
        if (length == 0)
            return expected(reader, "a canonical escape in this string");
        i += length;
    }
    return true;
}

static bool string_read(Reader *reader, const char **value)
{
    bool escaped = false;
    if (!take(reader, '"'))
        return expected(reader, "a string");
    size_t end = string_end(reader->text, reader->at, &escaped);
    if (end == reader->text.length)
        return expected(reader, "a string that ends");
    Text raw = text_slice(reader->text, reader->at, end - reader->at);
    char *copy = arena_take(reader->arena, raw.length + 1);
    if (!escaped && raw.length)
        memcpy(copy, raw.at, raw.length);
    if (escaped && !unescape(reader, raw, copy))
        return false;
    *value = copy;
    reader->at = end + 1;
    return true;
}

static bool day_read(Reader *reader, int32_t *day)
{
    const char *text = "";
    Span span;
    size_t start = reader->at;
    if (!string_read(reader, &text))
        return false;
    if (strlen(text) != strlen("2021-05-09") || !span_read(text_of(text), &span) || span.first != span.last) {
        reader->at = start;
        return expected(reader, "a day such as \"2021-05-09\"");
    }
    *day = span.first;
    return true;
}

/* Digits without a sign or leading zeros. */
static bool digits_read(Reader *reader, int64_t *value)
{
    size_t from = reader->at;
    while (reader->at < reader->text.length && reader->text.at[reader->at] >= '0' && reader->text.at[reader->at] <= '9')
        reader->at++;
    Text digits = text_slice(reader->text, from, reader->at - from);
    return digits.length > 0 && (digits.length == 1 || digits.at[0] != '0') && text_int(digits, value);
}

static bool number_read(Reader *reader, int *number)
{
    int64_t value;
    if (!digits_read(reader, &value) || value > RECORD_PARTS_MAX)
        return expected(reader, "a number of a source");
    *number = (int)value;
    return true;
}

static bool id_read(Reader *reader, int64_t *id)
{
    return (digits_read(reader, id) && *id > 0) || expected(reader, "a number above 0");
}

static bool part_read(Reader *reader, void *part, const Shape *shape);

static bool list_read(Reader *reader, void **items, size_t *count, const Shape *shape)
{
    size_t room = 0;
    if (!take(reader, '['))
        return expected(reader, "a list");
    do {
        if (*count == RECORD_PARTS_MAX)
            return expected(reader, "a shorter list");
        *items = arena_grow(reader->arena, *items, *count, &room, shape->size);
        void *part = (char *)*items + *count * shape->size;
        (*count)++;
        if (!part_read(reader, part, shape))
            return false;
    } while (take(reader, ','));
    return take(reader, ']') || expected(reader, "',' or ']'");
}

static bool field_read(Reader *reader, char *part, const Field *field)
{
    char *at = part + field->offset;
    switch (field->kind) {
    case FIELD_TEXT: return string_read(reader, (const char **)at);
    case FIELD_DAY: return day_read(reader, (int32_t *)at);
    case FIELD_NUMBER: return number_read(reader, (int *)at);
    case FIELD_ID: return id_read(reader, (int64_t *)at);
    case FIELD_PART: return part_read(reader, at, field->shape);
    case FIELD_OPTION:
        *(void **)at = arena_take(reader->arena, field->shape->size);
        return part_read(reader, *(void **)at, field->shape);
    case FIELD_LIST: return list_read(reader, (void **)at, (size_t *)(part + field->count_offset), field->shape);
    default: return expected(reader, "a known field");
    }
}

static void days_unknown(char *part, const Shape *shape)
{
    for (size_t i = 0; i < shape->field_count; i++)
        if (shape->fields[i].kind == FIELD_DAY)
            *(int32_t *)(part + shape->fields[i].offset) = DAY_UNKNOWN;
}

static bool must_be_there(const Field *field)
{
    return field->kind == FIELD_NUMBER || field->kind == FIELD_PART;
}

static bool part_read(Reader *reader, void *part, const Shape *shape)
{
    days_unknown(part, shape);
    bool first = true;
    if (!take(reader, '{'))
        return expected(reader, "'{'");
    for (size_t i = 0; i < shape->field_count; i++) {
        const Field *field = &shape->fields[i];
        size_t comma = first ? 0 : 1;
        bool there = (first || comes(reader, ',')) && stands(reader, comma, field);
        if (!there && must_be_there(field))
            return expected(reader, field->key);
        if (!there)
            continue;
        reader->at += comma + field->length;
        first = false;
        if (!field_read(reader, part, field))
            return false;
    }
    return take(reader, '}') || expected(reader, "'}' or another key of the record, in order");
}

bool shape_read(Arena *arena, Text json, void *part, const Shape *shape, Problem *problem)
{
    Reader reader = { .text = json, .arena = arena, .problem = problem };
    if (json.length > RECORD_BYTES_MAX)
        return fail(problem, PROBLEM_BAD_INPUT, "a record of %zu bytes is longer than %d", json.length,
                    RECORD_BYTES_MAX);
    if (!unicode_valid(json))
        return fail(problem, PROBLEM_BAD_INPUT, "the record is not UTF-8 text");
    if (!part_read(&reader, part, shape))
        return false;
    return reader.at == json.length || expected(&reader, "the end");
}

bool record_read(Arena *arena, Text json, Record *record, Problem *problem)
{
    *record = (Record){ 0 };
    return shape_read(arena, json, record, &record_shape, problem);
}
