#include "stats/filter.h"

#include "base/unicode.h"
#include "stats/facet.h"

enum { SHOWN_MAX = 40 };

typedef struct Reading {
    Arena *arena;
    const Codebook *codebook;
    Filter *filter;
    const char **codes[FILTER_FACETS_MAX]; /* of filter->facets, writable */
    size_t values;                         /* read so far */
    Problem *problem;
} Reading;

/* A foreign text as a message may quote it: short, never cut within a character. */
static const char *shown(Arena *arena, Text text)
{
    if (text.length <= SHOWN_MAX)
        return arena_text(arena, text);
    size_t length = SHOWN_MAX;
    while (length > 0 && ((unsigned char)text.at[length] & 0xC0) == 0x80)
        length--;
    return arena_format(arena, "%.*s...", (int)length, text.at);
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool query_decode(Arena *arena, Text raw, Text *text)
{
    char *decoded = arena_take(arena, raw.length + 1);
    size_t length = 0;
    for (size_t i = 0; i < raw.length; i++) {
        char c = raw.at[i] == '+' ? ' ' : raw.at[i];
        if (c == '%') {
            int high = i + 2 < raw.length ? hex_digit(raw.at[i + 1]) : -1;
            int low = i + 2 < raw.length ? hex_digit(raw.at[i + 2]) : -1;
            if (high < 0 || low < 0)
                return false;
            c = (char)(high * 16 + low);
            i += 2;
        }
        decoded[length++] = c;
    }
    *text = text_trim((Text){ decoded, length });
    return unicode_valid(*text);
}

static bool bad_value(Reading *reading, const char *key, Text value, const char *expected)
{
    return fail_field(reading->problem, PROBLEM_BAD_INPUT, key, "\"%s\" is not a value of %s; expected %s",
                      shown(reading->arena, value), key, expected);
}

/* The place of the facet in the filter, made when it is new; FILTER_FACETS_MAX when there are too many. */
static size_t facet_place(Reading *reading, const char *key)
{
    Filter *filter = reading->filter;
    size_t at = 0;
    while (at < filter->facet_count && strcmp(filter->facets[at].key, key) < 0)
        at++;
    if (at < filter->facet_count && strcmp(filter->facets[at].key, key) == 0)
        return at;
    if (filter->facet_count == FILTER_FACETS_MAX) {
        fail_field(reading->problem, PROBLEM_BAD_INPUT, key, "more than %d filters at once", FILTER_FACETS_MAX);
        return FILTER_FACETS_MAX;
    }
    size_t behind = filter->facet_count++ - at;
    memmove(&filter->facets[at + 1], &filter->facets[at], behind * sizeof filter->facets[0]);
    memmove(&reading->codes[at + 1], &reading->codes[at], behind * sizeof reading->codes[0]);
    reading->codes[at] = NEW_ARRAY(reading->arena, const char *, FILTER_VALUES_MAX);
    filter->facets[at] = (FacetChoice){ .key = key, .codes = reading->codes[at] };
    return at;
}

static bool choose(Reading *reading, const FacetInfo *facet, Text value)
{
    const char *code = facet_code(reading->codebook, facet, reading->arena, value);
    if (!code)
        return bad_value(reading, facet->key, value, facet_allowed(reading->codebook, facet, reading->arena));
    if (++reading->values > FILTER_VALUES_MAX)
        return fail_field(reading->problem, PROBLEM_BAD_INPUT, facet->key, "more than %d values at once",
                          FILTER_VALUES_MAX);
    size_t place = facet_place(reading, facet->key);
    if (place == FILTER_FACETS_MAX)
        return false;
    FacetChoice *choice = &reading->filter->facets[place];
    const char **codes = reading->codes[place];
    size_t at = 0;
    while (at < choice->count && strcmp(codes[at], code) < 0)
        at++;
    if (at < choice->count && strcmp(codes[at], code) == 0)
        return true;
    memmove(&codes[at + 1], &codes[at], (choice->count - at) * sizeof codes[0]);
    codes[at] = code;
    choice->count++;
    return true;
}

static bool read_facet(Reading *reading, const FacetInfo *facet, Text values)
{
    Text value;
    while (text_split(&values, ',', &value)) {
        value = text_trim(value);
        if (value.length && !choose(reading, facet, value))
            return false;
    }
    return true;
}

/* YYYY, YYYY-MM or YYYY-MM-DD: of the forms of span_read those that a query takes. */
static bool read_date(Text text, Span *span)
{
    bool plain = text.length == 4 || text.length == 7 || text.length == 10;
    for (size_t i = 0; plain && i < text.length; i++)
        plain = i == 4 || i == 7 ? text.at[i] == '-' : text.at[i] >= '0' && text.at[i] <= '9';
    return plain && span_read(text, span);
}

static const char date_form[] = "a date as YYYY, YYYY-MM or YYYY-MM-DD";

static bool read_from(Reading *reading, Text value)
{
    Span span;
    if (!read_date(value, &span))
        return bad_value(reading, "from", value, date_form);
    reading->filter->from = span.first;
    reading->filter->from_text = arena_text(reading->arena, value);
    return true;
}

static bool read_to(Reading *reading, Text value)
{
    Span span;
    if (!read_date(value, &span))
        return bad_value(reading, "to", value, date_form);
    reading->filter->to = span.last;
    reading->filter->to_text = arena_text(reading->arena, value);
    return true;
}

static bool read_as_of(Reading *reading, Text value)
{
    Filter *filter = reading->filter;
    char written[MOMENT_TEXT_SIZE];
    Span span;
    if (read_date(value, &span)) {
        filter->as_of = (span.last + INT64_C(1)) * DAY_MS - 1;
        filter->as_of_text = arena_text(reading->arena, value);
        return true;
    }
    if (!moment_read(value, &filter->as_of))
        return bad_value(reading, "as_of", value,
                         "a date as YYYY, YYYY-MM or YYYY-MM-DD, or a moment as 2021-05-09T12:00:00Z");
    filter->as_of_text = arena_string(reading->arena, moment_write(filter->as_of, written));
    return true;
}

static bool read_known_by(Reading *reading, Text value)
{
    Span span;
    if (!read_date(value, &span))
        return bad_value(reading, "known_by", value, date_form);
    reading->filter->known_by = span.last;
    reading->filter->known_by_text = arena_text(reading->arena, value);
    return true;
}

static bool read_words(Reading *reading, Text value)
{
    if (unicode_fold(reading->arena, value)[0] == '\0')
        return bad_value(reading, "q", value, "at least one letter or digit");
    reading->filter->q = arena_text(reading->arena, value);
    return true;
}

/* The keys that take one value. */
static const struct {
    const char *key;
    bool (*read)(Reading *reading, Text value);
} single_keys[] = {
    { "from", read_from },         { "to", read_to },   { "as_of", read_as_of },
    { "known_by", read_known_by }, { "q", read_words },
};

static bool is_set(const Filter *filter, const char *key)
{
    return (strcmp(key, "from") == 0 && filter->from_text) || (strcmp(key, "to") == 0 && filter->to_text) ||
           (strcmp(key, "as_of") == 0 && filter->as_of_text) ||
           (strcmp(key, "known_by") == 0 && filter->known_by_text) || (strcmp(key, "q") == 0 && filter->q);
}

static bool read_pair(Reading *reading, Text key, Text value)
{
    for (size_t i = 0; i < COUNT_OF(single_keys); i++) {
        const char *name = single_keys[i].key;
        if (!text_is(key, name))
            continue;
        if (value.length == 0)
            return true;
        if (is_set(reading->filter, name))
            return fail_field(reading->problem, PROBLEM_BAD_INPUT, name, "%s is given twice; it takes one value", name);
        return single_keys[i].read(reading, value);
    }
    FacetInfo facet;
    if (facet_find(reading->codebook, key, &facet))
        return read_facet(reading, &facet, value);
    const char *name = shown(reading->arena, key);
    return fail_field(
        reading->problem, PROBLEM_BAD_INPUT, name,
        "\"%s\" is not a query key; use type, country, sector, severity, verification, source, "
        "inclusion, from, to, as_of, known_by, q or a public variable of the codebook that has a list of codes",
        name);
}

static bool is_listed(const char *list, Text key)
{
    Text rest = text_of(list), item;
    while (text_split(&rest, ',', &item))
        if (key.length && text_equal(item, key))
            return true;
    return false;
}

static bool read_part(Reading *reading, Text part, const char *other)
{
    Text rest = part, raw_key, key, value;
    if (!text_split(&rest, '=', &raw_key) || part.length == 0)
        return true;
    if (!query_decode(reading->arena, raw_key, &key))
        return fail_field(reading->problem, PROBLEM_BAD_INPUT, "", "the query is not valid percent-encoded UTF-8");
    if (is_listed(other, key))
        return true;
    if (!query_decode(reading->arena, rest, &value))
        return fail_field(reading->problem, PROBLEM_BAD_INPUT, shown(reading->arena, key),
                          "the value of %s is not valid percent-encoded UTF-8", shown(reading->arena, key));
    return read_pair(reading, key, value);
}

bool filter_read(Arena *arena, const Codebook *codebook, Text query, const char *other, Filter *filter,
                 Problem *problem)
{
    *filter = (Filter){ .from = INT32_MIN, .to = INT32_MAX, .as_of = INT64_MAX };
    if (query.length > FILTER_QUERY_MAX)
        return fail(problem, PROBLEM_TOO_LONG, "the query has %zu bytes; at most %d are read", query.length,
                    FILTER_QUERY_MAX);
    Reading reading = { .arena = arena, .codebook = codebook, .filter = filter, .problem = problem };
    Text part;
    while (text_split(&query, '&', &part))
        if (!read_part(&reading, part, other))
            return false;
    if (filter->from > filter->to)
        return fail_field(problem, PROBLEM_BAD_INPUT, "from", "from (%s) is after to (%s)", filter->from_text,
                          filter->to_text);
    if (filter->known_by_text && filter->as_of_text)
        return fail_field(problem, PROBLEM_BAD_INPUT, "known_by",
                          "known_by and as_of are two different clocks: ask by one of them only");
    return true;
}

/* One "key=value" of the canonical query: a facet, or the text of a key that takes one value. */
typedef struct Part {
    const char *key, *text;
    const FacetChoice *facet;
} Part;

static void add_part(Part *parts, size_t *count, Part part)
{
    if (!part.text && !part.facet)
        return;
    size_t at = (*count)++;
    for (; at > 0 && strcmp(parts[at - 1].key, part.key) > 0; at--)
        parts[at] = parts[at - 1];
    parts[at] = part;
}

static void write_part(Out *out, const Part *part)
{
    out_url(out, part->key);
    OUT_LITERAL(out, "=");
    if (part->text)
        out_url(out, part->text);
    for (size_t i = 0; part->facet && i < part->facet->count; i++) {
        if (i > 0)
            OUT_LITERAL(out, ",");
        out_url(out, part->facet->codes[i]);
    }
}

void filter_write(Out *out, const Filter *filter)
{
    Part parts[FILTER_FACETS_MAX + COUNT_OF(single_keys)];
    size_t count = 0;
    for (size_t i = 0; i < filter->facet_count; i++)
        add_part(parts, &count, (Part){ .key = filter->facets[i].key, .facet = &filter->facets[i] });
    add_part(parts, &count, (Part){ .key = "from", .text = filter->from_text });
    add_part(parts, &count, (Part){ .key = "to", .text = filter->to_text });
    add_part(parts, &count, (Part){ .key = "as_of", .text = filter->as_of_text });
    add_part(parts, &count, (Part){ .key = "known_by", .text = filter->known_by_text });
    add_part(parts, &count, (Part){ .key = "q", .text = filter->q });
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            OUT_LITERAL(out, "&");
        write_part(out, &parts[i]);
    }
}

const FacetChoice *filter_facet(const Filter *filter, const char *key)
{
    for (size_t i = 0; i < filter->facet_count; i++)
        if (strcmp(filter->facets[i].key, key) == 0)
            return &filter->facets[i];
    return NULL;
}

bool filter_chosen(const Filter *filter, const char *key, const char *code)
{
    const FacetChoice *choice = filter_facet(filter, key);
    for (size_t i = 0; choice && i < choice->count; i++)
        if (strcmp(choice->codes[i], code) == 0)
            return true;
    return false;
}
