#include "domain/name_form.h"

enum {
    KINDS_SIZE = 200,
    ATTACK_LENGTH = 5,
    UUID_LENGTH = 36,
    ROR_ID = 9,
    ROR_NUMBER = 7,
    FINESS_DIGITS = 9,
    WIKIDATA_MOST = 12,
    CCN_LENGTH = 6
};

const NameInfo name_kinds[NAME_KIND_COUNT] = {
#define NAME(code, of, words, expected) [NAME_##code] = { #code, of, words, expected },
#include "domain/name_kinds.def"
#undef NAME
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t digits_at(const char *text)
{
    return strspn(text, "0123456789");
}

static bool is_wikidata(const char *value)
{
    return value[0] == 'Q' && value[1] >= '1' && value[1] <= '9' && strlen(value) <= WIKIDATA_MOST &&
           digits_at(value + 1) == strlen(value + 1);
}

/* The last two digits check the number before them, which is written in Crockford's base 32 (ISO 7064, MOD 97-10). */
static bool is_ror(const char *value)
{
    static const char prefix[] = "https://ror.org/", alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";
    int64_t number = 0;
    if (!text_starts(text_of(value), prefix) || strlen(value) != strlen(prefix) + ROR_ID)
        return false;
    const char *id = value + strlen(prefix);
    for (size_t i = 0; i < ROR_NUMBER; i++) {
        const char *place = memchr(alphabet, id[i], sizeof alphabet - 1);
        if (!place)
            return false;
        number = number * 32 + (place - alphabet);
    }
    int64_t check = 98 - number * 100 % 97;
    return id[0] == '0' && id[ROR_NUMBER] == '0' + check / 10 && id[ROR_NUMBER + 1] == '0' + check % 10;
}

/* Luhn's sum over nine digits. The departments of Corsica, 2A and 2B, have letters, over which no sum is defined. */
static bool is_finess(const char *value)
{
    int sum = 0;
    bool corsica = value[0] == '2' && (value[1] == 'A' || value[1] == 'B');
    if (strlen(value) != FINESS_DIGITS)
        return false;
    if (corsica)
        return digits_at(value + 2) == FINESS_DIGITS - 2;
    if (digits_at(value) != FINESS_DIGITS)
        return false;
    for (size_t i = 0; i < FINESS_DIGITS; i++) {
        int digit = value[i] - '0', twice = 2 * digit;
        bool doubled = i % 2 == 1;
        sum += !doubled ? digit : twice > 9 ? twice - 9 : twice;
    }
    return sum % 10 == 0;
}

static bool is_capitals_and_digits(const char *value)
{
    return strspn(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == strlen(value);
}

static bool is_ods(const char *value)
{
    return is_capitals_and_digits(value) && strlen(value) >= 3 && strlen(value) <= 10;
}

static bool is_ccn(const char *value)
{
    size_t digits = 0;
    for (const char *c = value; *c; c++)
        digits += is_digit(*c);
    return is_capitals_and_digits(value) && strlen(value) == CCN_LENGTH && digits >= 4;
}

static bool is_attack(const char *value)
{
    return value[0] == 'G' && strlen(value) == ATTACK_LENGTH && digits_at(value + 1) == ATTACK_LENGTH - 1;
}

static bool is_uuid(const char *value)
{
    static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    bool fits = strlen(value) == UUID_LENGTH;
    for (size_t i = 0; fits && i < UUID_LENGTH; i++)
        fits = form[i] == '-' ? value[i] == '-' : strchr("0123456789abcdef", value[i]) != NULL;
    return fits;
}

static bool (*const forms[NAME_KIND_COUNT])(const char *) = {
    [NAME_wikidata] = is_wikidata, [NAME_ror] = is_ror,       [NAME_finess] = is_finess, [NAME_ods] = is_ods,
    [NAME_ccn] = is_ccn,           [NAME_attack] = is_attack, [NAME_misp] = is_uuid,
};

bool name_is_own(const char *kind)
{
    return strcmp(kind, name_kinds[NAME_alias].code) == 0 || strcmp(kind, name_kinds[NAME_former].code) == 0;
}

bool name_is_of(const NameInfo *kind, ActSubject subject)
{
    return kind->of & 1U << subject;
}

static bool no_kind(ActSubject subject, const char *kind, Problem *problem)
{
    char kinds[KINDS_SIZE] = "";
    for (size_t i = 0, length = 0; i < NAME_KIND_COUNT && length < sizeof kinds; i++)
        if (name_is_of(&name_kinds[i], subject))
            length +=
                (size_t)snprintf(kinds + length, sizeof kinds - length, length ? ", %s" : "%s", name_kinds[i].code);
    return fail_field(problem, PROBLEM_BAD_INPUT, "kind", "'%.60s' is no kind of name; there are: %s", kind ? kind : "",
                      kinds);
}

bool name_check(ActSubject subject, const ActName *name, Problem *problem)
{
    size_t kind = 0;
    while (kind < NAME_KIND_COUNT && (!name->kind || strcmp(name_kinds[kind].code, name->kind) != 0))
        kind++;
    if (kind == NAME_KIND_COUNT || !name_is_of(&name_kinds[kind], subject))
        return no_kind(subject, name->kind, problem);
    if (!name->value || !*name->value || strlen(name->value) > VALUE_MAX)
        return fail_field(problem, PROBLEM_BAD_INPUT, "value", "value is missing or longer than %d bytes", VALUE_MAX);
    return !forms[kind] || forms[kind](name->value) ||
           fail_field(problem, PROBLEM_BAD_INPUT, "value", "'%.60s' is not of the form of %s; expected %s", name->value,
                      name_kinds[kind].code, name_kinds[kind].expected);
}
