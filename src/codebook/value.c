#include "codebook/value.h"

#include "base/table.h"
#include "base/unicode.h"
#include "codebook/country.h"
#include "codebook/index.h"

enum { SHOWN_MAX = 40, DIGITS_MAX = 17, ALLOWED_MAX = 330 };

#define COUNT_MAX 9007199254740992.0 /* 2^53: whole numbers above have no exact double */

typedef struct Check { /* what the checker of one type is given */
    const Variable *variable;
    Text value;
    Parsed *parsed;
    Problem *problem;
} Check;

/* `value` for a message: what a long one begins with, without what would act on a terminal. */
static const char *shown(Text value, char text[SHOWN_MAX + 1])
{
    Text begin = text_slice(value, 0, SHOWN_MAX);
    bool cut = value.length > begin.length; /* perhaps through a character */
    for (int i = 0; cut && i < 3 && !unicode_valid(begin); i++)
        begin.length--;
    bool valid = unicode_valid(begin);
    memcpy(text, begin.length ? begin.at : "", begin.length);
    for (size_t i = 0; i < begin.length; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c < ' ' || c == 0x7f || (c >= 0x80 && !valid))
            text[i] = '?';
    }
    text[begin.length] = '\0';
    return text;
}

static bool refuse(const Check *check, const char *expected)
{
    char text[SHOWN_MAX + 1];
    return fail_field(check->problem, PROBLEM_BAD_INPUT, check->variable->key, "%s cannot be '%s'; expected %s",
                      check->variable->key, shown(check->value, text), expected);
}

/* The allowed codes as far as they fit. */
static bool refuse_code(const Check *check)
{
    char list[ALLOWED_MAX];
    size_t length = 0;
    list[0] = '\0';
    for (size_t i = 0; i < check->variable->value_count; i++) {
        const char *code = check->variable->values[i].code;
        if (length + strlen(code) + sizeof ", ..." > sizeof list) {
            snprintf(list + length, sizeof list - length, ", ...");
            break;
        }
        length += (size_t)snprintf(list + length, sizeof list - length, "%s%s", i ? ", " : "one of ", code);
    }
    return refuse(check, list);
}

static bool check_code(const Check *check)
{
    if (check->variable->codes ? table_get(check->variable->codes, check->value) != NULL : check->value.length > 0)
        return true;
    if (check->variable->value_count > 0)
        return refuse_code(check);
    return refuse(check, check->variable->codes ? "the two letters of a country by " COUNTRY_UNIT : "a code");
}

static bool check_flag(const Check *check)
{
    return text_is(check->value, "yes") || text_is(check->value, "no") || refuse(check, "yes or no");
}

static bool check_date(const Check *check)
{
    Parsed *parsed = check->parsed;
    char text[DATE_TEXT_SIZE];
    if (!span_read(check->value, &parsed->span))
        return refuse(check, "a date: 2021, 2021-05, 2021-05-09, 2021-Q2 or two of these with '/' between them");
    if (!text_is(check->value, span_write(parsed->span, text)))
        return refuse(check, text);
    parsed->low = parsed->span.first;
    parsed->high = parsed->span.last;
    return true;
}

static bool check_moment(const Check *check)
{
    char text[MOMENT_TEXT_SIZE];
    int64_t moment;
    if (!moment_read(check->value, &moment))
        return refuse(check, "a moment: 2021-05-09T12:00:00.000Z");
    return text_is(check->value, moment_write(moment, text)) || refuse(check, text);
}

/* A decimal number in its one form: no plus sign, no zero too many at either end. */
static bool number_read(Text text, double *number)
{
    size_t start = text_starts(text, "-"), point = text_find(text, ".");
    Text whole = text_slice(text, start, point - start);
    if (text.length > DIGITS_MAX || text_starts(text, "+") || whole.length == 0 || !text_number(text, number))
        return false;
    if ((whole.length > 1 && whole.at[0] == '0') ||
        (point < text.length && (text_ends(text, "0") || text_ends(text, "."))))
        return false;
    return !text_is(text, "-0");
}

static bool below_zero_makes_sense(const Variable *variable, ValueType type)
{
    return type == TYPE_NUMBER || strcmp(variable->unit, "percent") == 0;
}

static bool check_number(const Check *check, ValueType type)
{
    double number;
    if (!number_read(check->value, &number))
        return refuse(check, "a number such as 12 or 12.5");
    if (type == TYPE_COUNT && (number < 0 || number > COUNT_MAX || floor(number) < number))
        return refuse(check, "a whole number, 0 or more");
    check->parsed->low = check->parsed->high = number;
    return true;
}

/* "100", "100..200", "100..", "..200". */
static bool range_read(Text text, double *low, double *high)
{
    size_t dots = text_find(text, "..");
    if (dots == text.length)
        return number_read(text, low) && (*high = *low, true);
    Text first = text_slice(text, 0, dots), second = text_slice(text, dots + 2, text.length);
    *low = -INFINITY;
    *high = INFINITY;
    return (first.length > 0 || second.length > 0) && (first.length == 0 || number_read(first, low)) &&
           (second.length == 0 || number_read(second, high)) && *low < *high;
}

static bool check_range(const Check *check, Text text, const char *expected)
{
    Parsed *parsed = check->parsed;
    if (!range_read(text, &parsed->low, &parsed->high))
        return refuse(check, expected);
    double least = isinf(parsed->low) ? parsed->high : parsed->low;
    if (least < 0 && !below_zero_makes_sense(check->variable, TYPE_RANGE))
        return refuse(check, "nothing below zero");
    return true;
}

static bool is_currency(Text text)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.at[i] < 'A' || text.at[i] > 'Z')
            return false;
    return text.length == 3;
}

static bool check_money(const Check *check)
{
    static const char expected[] = "an amount or range and a currency of three letters: 3000000 USD, 1000..2000 EUR";
    size_t blank = text_find(check->value, " ");
    if (!is_currency(text_slice(check->value, blank + 1, check->value.length)))
        return refuse(check, expected);
    return check_range(check, text_slice(check->value, 0, blank), expected);
}

static bool check_url(const Check *check)
{
    bool good = text_starts(check->value, "https://") || text_starts(check->value, "http://");
    for (size_t i = 0; i < check->value.length; i++)
        good = good && (unsigned char)check->value.at[i] > ' ' && check->value.at[i] != 0x7f;
    return good || refuse(check, "an address that begins with https:// or http:// and has no blanks");
}

static bool check_hash(const Check *check)
{
    size_t digits = 0;
    for (size_t i = 0; i < check->value.length; i++)
        digits += (check->value.at[i] >= '0' && check->value.at[i] <= '9') ||
                  (check->value.at[i] >= 'a' && check->value.at[i] <= 'f');
    return (digits == 64 && check->value.length == 64) || refuse(check, "64 digits 0 to 9 and a to f (SHA-256)");
}

static bool check_point(const Check *check)
{
    Text rest = check->value, part[2] = { { 0 } };
    double latitude, longitude;
    if (!text_split(&rest, ',', &part[0]) || !text_split(&rest, ',', &part[1]) || rest.at ||
        !number_read(part[0], &latitude) || !number_read(part[1], &longitude) || fabs(latitude) > 90 ||
        fabs(longitude) > 180)
        return refuse(check, "latitude and longitude in degrees: 48.85,2.35");
    return true;
}

static bool check_type(const Check *check, ValueType type)
{
    switch (type) {
    case TYPE_ENUM:
    case TYPE_CODE: return check_code(check);
    case TYPE_FLAG: return check_flag(check);
    case TYPE_DATE: return check_date(check);
    case TYPE_DATETIME: return check_moment(check);
    case TYPE_COUNT:
    case TYPE_NUMBER: return check_number(check, type);
    case TYPE_RANGE: return check_range(check, check->value, "a number or a range: 100, 100..200, 100.. or ..200");
    case TYPE_MONEY: return check_money(check);
    case TYPE_URL: return check_url(check);
    case TYPE_HASH: return check_hash(check);
    case TYPE_POINT: return check_point(check);
    case TYPE_ID:
    case TYPE_TEXT:
    case TYPE_TEXT_I18N:
    case TYPE_REF:
    case TYPE_ANY: return check->value.length > 0 || refuse(check, "some text");
    case TYPE_COUNT_OF_TYPES: break;
    }
    return fail(check->problem, PROBLEM_BROKEN, "%s has no type", check->variable->key);
}

bool value_check(const Variable *variable, ValueType type, Text value, Parsed *parsed, Problem *problem)
{
    Parsed unused;
    Check check = { variable, value, parsed ? parsed : &unused, problem };
    *check.parsed = (Parsed){ .low = NAN, .high = NAN };
    if (value.length > VALUE_MAX)
        return fail_field(problem, PROBLEM_BAD_INPUT, variable->key, "%s is longer than %d bytes", variable->key,
                          VALUE_MAX);
    if (!unicode_valid(value))
        return refuse(&check, "valid UTF-8");
    return check_type(&check, type);
}

/* Codes that say that nothing is known exclude nothing. */
static bool says_nothing(const char *code)
{
    return strcmp(code, "unknown") == 0 || strcmp(code, "unclear") == 0;
}

static bool are_apart(const Variable *variable, ValueType type, const char *a, const char *b)
{
    Parsed first, second;
    Problem ignored = { 0 };
    if (!value_check(variable, type, text_of(a), &first, &ignored) ||
        !value_check(variable, type, text_of(b), &second, &ignored))
        return false;
    const char *a_currency = strchr(a, ' '), *b_currency = strchr(b, ' ');
    if (type == TYPE_MONEY && strcmp(a_currency, b_currency) != 0)
        return false;
    return first.high < second.low || second.high < first.low;
}

bool value_contradicts(const Variable *variable, ValueType type, const char *a, const char *b)
{
    if (variable->cardinality == ANY_NUMBER)
        return false;
    switch (type) {
    case TYPE_ENUM: return strcmp(a, b) != 0 && !says_nothing(a) && !says_nothing(b);
    case TYPE_ID:
    case TYPE_FLAG:
    case TYPE_CODE:
    case TYPE_REF:
    case TYPE_HASH:
    case TYPE_DATETIME: return strcmp(a, b) != 0;
    case TYPE_DATE:
    case TYPE_COUNT:
    case TYPE_NUMBER:
    case TYPE_RANGE:
    case TYPE_MONEY: return are_apart(variable, type, a, b);
    case TYPE_TEXT:
    case TYPE_TEXT_I18N:
    case TYPE_URL:
    case TYPE_POINT:
    case TYPE_ANY:
    case TYPE_COUNT_OF_TYPES: return false;
    }
    return false;
}

bool missing_is_code(const Codebook *codebook, const char *code)
{
    return variable_value(codebook_needed(codebook, NEEDED_CLAIM_MISSING), code) != NULL;
}
