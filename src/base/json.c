#include "base/json.h"

#include "base/arena.h"

enum { DEPTH_MAX = 64 };

/* jansson's own limit is 2,048 levels; ours is lower so that no walk over a document goes deep. */
static bool too_deep(const json_t *value, int depth)
{
    if (depth > DEPTH_MAX)
        return true;
    size_t i;
    const char *key;
    json_t *member;
    if (json_is_array(value)) {
        json_array_foreach(value, i, member) if (too_deep(member, depth + 1)) return true;
    } else if (json_is_object(value)) {
        json_object_foreach((json_t *)(uintptr_t)value, key, member) if (too_deep(member, depth + 1)) return true;
    }
    return false;
}

json_t *json_parse(Text text, Problem *problem)
{
    json_error_t error;
    json_t *value = json_loadb(text.at ? text.at : "", text.length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (!value) {
        fail(problem, PROBLEM_BAD_INPUT, "JSON line %d, column %d: %s", error.line, error.column, error.text);
        return NULL;
    }
    if (too_deep(value, 0)) {
        json_decref(value);
        fail(problem, PROBLEM_BAD_INPUT, "JSON is nested deeper than %d levels", DEPTH_MAX);
        return NULL;
    }
    return value;
}

/* RFC 8785 sorts keys by UTF-16 code units. For well-formed UTF-8 this differs from the order of bytes only between
 * U+E000..U+FFFF (EE, EF) and the planes above (F0..F4), whose surrogates come first. */
static int key_order(const void *left, const void *right)
{
    const unsigned char *a = *(const unsigned char *const *)left, *b = *(const unsigned char *const *)right;
    while (*a && *a == *b) {
        a++;
        b++;
    }
    bool a_high = *a >= 0xF0, b_high = *b >= 0xF0;
    if (a_high != b_high && *a >= 0xEE && *b >= 0xEE)
        return a_high ? -1 : 1;
    return (*a > *b) - (*a < *b);
}

/* ECMAScript's Number::toString, which RFC 8785 asks for: the shortest digits that read back the same. */
static void number_write(Out *out, double number)
{
    char digits[40];
    int precision = 1;
    if (fpclassify(number) == FP_ZERO) {
        OUT_LITERAL(out, "0");
        return;
    }
    for (; precision <= 17; precision++) {
        (void)snprintf(digits, sizeof digits, "%.*e", precision - 1, number);
        if (!(strtod(digits, NULL) < number) && !(strtod(digits, NULL) > number))
            break;
    }
    int exponent = (int)strtol(strchr(digits, 'e') + 1, NULL, 10);
    if (exponent >= -6 && exponent < 21) {
        out_fixed(out, number, MAX(0, precision - 1 - exponent));
        return;
    }
    size_t mantissa = strcspn(digits, "e");
    char tail[8];
    out_raw(out, digits, mantissa);
    out_raw(out, tail, (size_t)snprintf(tail, sizeof tail, "e%+d", exponent));
}

static void object_write(Out *out, const json_t *object)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    const char **keys = NEW_ARRAY(arena, const char *, json_object_size(object) + 1);
    size_t count = 0;
    const char *key;
    json_t *member;
    json_object_foreach((json_t *)(uintptr_t)object, key, member) keys[count++] = key;
    qsort((void *)keys, count, sizeof *keys, key_order);
    OUT_LITERAL(out, "{");
    for (size_t i = 0; i < count; i++) {
        if (i)
            OUT_LITERAL(out, ",");
        out_json(out, keys[i]);
        OUT_LITERAL(out, ":");
        json_write(out, json_object_get(object, keys[i]));
    }
    OUT_LITERAL(out, "}");
}

static void array_write(Out *out, const json_t *array)
{
    size_t i;
    json_t *member;
    OUT_LITERAL(out, "[");
    json_array_foreach(array, i, member)
    {
        if (i)
            OUT_LITERAL(out, ",");
        json_write(out, member);
    }
    OUT_LITERAL(out, "]");
}

void json_write(Out *out, const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT: object_write(out, value); break;
    case JSON_ARRAY: array_write(out, value); break;
    case JSON_STRING: out_json_text(out, (Text){ json_string_value(value), json_string_length(value) }); break;
    case JSON_INTEGER: out_int(out, json_integer_value(value)); break;
    case JSON_REAL: number_write(out, json_real_value(value)); break;
    case JSON_TRUE: OUT_LITERAL(out, "true"); break;
    case JSON_FALSE: OUT_LITERAL(out, "false"); break;
    case JSON_NULL: OUT_LITERAL(out, "null"); break;
    default: abort();
    }
}

const char *json_string_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}
