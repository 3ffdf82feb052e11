#include "intake/clean.h"

#include "base/unicode.h"

char *clean_text(Arena *arena, Text cell)
{
    cell = text_trim(cell);
    if (unicode_valid(cell))
        return arena_text(arena, cell);
    char *bytes = arena_text(arena, cell);
    for (size_t i = 0; i < cell.length; i++)
        if (!bytes[i])
            bytes[i] = ' ';
    if (unicode_valid((Text){ bytes, cell.length })) /* nothing but a NUL was wrong */
        return bytes;
    return unicode_from_cp1252(arena, (Text){ bytes, cell.length });
}

Text clean_cut(Text text, size_t most)
{
    if (text.length <= most)
        return text;
    while (most > 0 && ((unsigned char)text.at[most] & 0xC0) == 0x80)
        most--;
    return (Text){ text.at, most };
}

static const struct {
    const char *spelling, *missing;
} unknowns[] = {
    { "unknown", "not_reported" },
    { "unk", "not_reported" },
    { "n/a", "not_reported" },
    { "na", "not_reported" },
    { "n.a.", "not_reported" },
    { "#n/a", "not_reported" },
    { "n/d", "not_reported" },
    { "nd", "not_reported" },
    { "n/k", "not_reported" },
    { "nan", "not_reported" },
    { "none", "not_reported" },
    { "none given", "not_reported" },
    { "null", "not_reported" },
    { "nil", "not_reported" },
    { "\\n", "not_reported" },
    { "-", "not_reported" },
    { "--", "not_reported" },
    { "---", "not_reported" },
    { ".", "not_reported" },
    { "..", "not_reported" },
    { "?", "not_reported" },
    { "??", "not_reported" },
    { "\xE2\x80\x93", "not_reported" },
    { "\xE2\x80\x94", "not_reported" },
    { "(blank)", "not_reported" },
    { "blank", "not_reported" },
    { "missing", "not_reported" },
    { "not available", "not_reported" },
    { "not known", "not_reported" },
    { "not reported", "not_reported" },
    { "not given", "not_reported" },
    { "not stated", "not_reported" },
    { "not specified", "not_reported" },
    { "not disclosed", "not_reported" },
    { "undisclosed", "not_reported" },
    { "unspecified", "not_reported" },
    { "unreported", "not_reported" },
    { "inconnu", "not_reported" },
    { "inconnue", "not_reported" },
    { "nc", "not_reported" },
    { "n.c.", "not_reported" },
    { "non communiqué", "not_reported" },
    { "non renseigné", "not_reported" },
    { "desconocido", "not_reported" },
    { "desconocida", "not_reported" },
    { "unbekannt", "not_reported" },
    { "k.a.", "not_reported" },
    { "sconosciuto", "not_reported" },
    { "desconhecido", "not_reported" },
    { "onbekend", "not_reported" },
    { "tbd", "not_known_yet" },
    { "tbc", "not_known_yet" },
    { "to be determined", "not_known_yet" },
    { "to be confirmed", "not_known_yet" },
    { "not known yet", "not_known_yet" },
    { "not yet known", "not_known_yet" },
    { "unknown at this time", "not_known_yet" },
    { "under investigation", "not_known_yet" },
    { "not applicable", "not_applicable" },
    { "sans objet", "not_applicable" },
};

enum { LONGEST_UNKNOWN = 24 };

const char *clean_missing(Text cell)
{
    cell = text_trim(cell);
    if (cell.length == 0)
        return "not_reported";
    if (cell.length > LONGEST_UNKNOWN)
        return NULL;
    for (size_t i = 0; i < COUNT_OF(unknowns); i++)
        if (((unsigned char)unknowns[i].spelling[0] | 32) == ((unsigned char)cell.at[0] | 32) &&
            text_is_nocase(cell, unknowns[i].spelling))
            return unknowns[i].missing;
    return NULL;
}

const char *clean_flag(Text cell)
{
    static const char *const yes[] = { "yes", "y", "true", "t", "1", "x", "oui", "o", "vrai", "si", "sí", "ja", "sim" };
    static const char *const no[] = { "no", "n", "false", "f", "0", "non", "faux", "nein", "nao", "não", "nee" };
    cell = text_trim(cell);
    for (size_t i = 0; i < COUNT_OF(yes); i++)
        if (text_is_nocase(cell, yes[i]))
            return "yes";
    for (size_t i = 0; i < COUNT_OF(no); i++)
        if (text_is_nocase(cell, no[i]))
            return "no";
    return NULL;
}

/* Cuts `word` off the front when it stands there, in any case; a word of letters must end where the text's does. */
static bool cut_front(Text *text, const char *word)
{
    size_t length = strlen(word);
    if (text->length < length || !text_is_nocase(text_slice(*text, 0, length), word))
        return false;
    Text rest = text_slice(*text, length, text->length);
    char last = word[length - 1], next = rest.length ? rest.at[0] : ' ';
    if (last >= 'a' && last <= 'z' && ((next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z')))
        return false;
    *text = text_trim(rest);
    return true;
}

static bool cut_back(Text *text, const char *word)
{
    size_t length = strlen(word);
    if (text->length <= length || !text_is_nocase(text_slice(*text, text->length - length, length), word))
        return false;
    *text = text_trim(text_slice(*text, 0, text->length - length));
    return true;
}

static bool cut_any(Text *text, const char *const *words, bool (*cut)(Text *, const char *))
{
    for (size_t i = 0; words[i]; i++)
        if (cut(text, words[i]))
            return true;
    return false;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The length of a sign that separates thousands at the front of `text`: , ' . blank, no-break or thin blank. */
static size_t group_sign(Text text)
{
    static const char *const signs[] = {
        ",", ".", " ", "'", "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89", "\xE2\x80\x99"
    };
    for (size_t i = 0; i < COUNT_OF(signs); i++)
        if (text_starts(text, signs[i]))
            return strlen(signs[i]);
    return 0;
}

typedef struct Figures { /* the digits of a number, with what stands between them */
    char whole[24], decimals[8];
    size_t groups;   /* separators of thousands */
    char group;      /* the first byte of theirs */
    bool three_only; /* one separator with three digits behind it: thousands or decimals, nobody knows */
    Text rest;       /* what follows the number */
} Figures;

static bool add_digits(char *to, size_t room, Text *text, size_t *count)
{
    size_t length = strlen(to);
    for (*count = 0; text->length && is_digit(text->at[0]); (*count)++) {
        if (length + 1 >= room)
            return false;
        to[length++] = text->at[0];
        to[length] = '\0';
        *text = text_slice(*text, 1, text->length);
    }
    return true;
}

/* Splits "1,234,567.8 million" into its parts. */
static bool read_figures(Text text, Figures *figures)
{
    *figures = (Figures){ .rest = text };
    size_t count;
    if (!add_digits(figures->whole, sizeof figures->whole, &figures->rest, &count) || count == 0)
        return false;
    size_t lead = count;
    for (size_t sign; (sign = group_sign(figures->rest)) > 0;) {
        char first = figures->rest.at[0];
        Text after = text_slice(figures->rest, sign, figures->rest.length);
        char digits[24] = "";
        if (!add_digits(digits, sizeof digits, &after, &count))
            return false;
        if (count == 0)
            break;
        bool same = figures->groups == 0 || first == figures->group;
        bool thousands = count == 3 && lead <= 3 && figures->whole[0] != '0' && same;
        if (!thousands && first != ',' && first != '.')
            break;
        figures->rest = after;
        if (!thousands) {
            (void)snprintf(figures->decimals, sizeof figures->decimals, "%.6s", digits);
            break;
        }
        if (strlen(figures->whole) + 3 >= sizeof figures->whole)
            return false;
        memcpy(figures->whole + strlen(figures->whole), digits, 4);
        figures->groups++;
        figures->group = first;
    }
    figures->three_only = figures->groups == 1 && figures->group == '.' && !*figures->decimals;
    return true;
}

static double scale_of(Text word)
{
    static const struct {
        const char *word;
        double scale;
    } scales[] = {
        { "k", 1e3 },        { "thousand", 1e3 }, { "mille", 1e3 },     { "m", 1e6 },  { "mn", 1e6 },
        { "million", 1e6 },  { "millions", 1e6 }, { "mio", 1e6 },       { "bn", 1e9 }, { "billion", 1e9 },
        { "billions", 1e9 }, { "milliard", 1e9 }, { "milliards", 1e9 },
    };
    for (size_t i = 0; i < COUNT_OF(scales); i++)
        if (text_is_nocase(word, scales[i].word))
            return scales[i].scale;
    return word.length ? 0 : 1;
}

/* One exact number with its scale; takes all of `text`. */
static bool read_number(Text text, double *number)
{
    static const char *const units[] = { "people",  "persons", "patients",  "individuals",
                                         "records", "members", "personnes", NULL };
    Figures figures;
    text = text_trim(text);
    cut_any(&text, units, cut_back);
    bool negative = text.length && text.at[0] == '-';
    if (!read_figures(text_slice(text, negative, text.length), &figures))
        return false;
    double scale = scale_of(text_trim(figures.rest));
    if (figures.three_only) {
        if (scale <= 1)
            return false;
        memcpy(figures.decimals, figures.whole + strlen(figures.whole) - 3, 4);
        figures.whole[strlen(figures.whole) - 3] = '\0';
    }
    char digits[40];
    (void)snprintf(digits, sizeof digits, "%s%s.%s", negative ? "-" : "", figures.whole,
                   *figures.decimals ? figures.decimals : "0");
    *number = strtod(digits, NULL) * scale;
    return scale > 0 && fabs(*number) <= 1e15;
}

/* "12.5", without useless zeros. */
static void write_number(double number, char *text, size_t size)
{
    (void)snprintf(text, size, "%.6f", number);
    char *end = text + strlen(text) - 1;
    while (*end == '0')
        *end-- = '\0';
    if (*end == '.')
        *end = '\0';
}

/* The place of the sign or word between two numbers, and its length; 0 when there is one number only. "3 and 5" is a
 * list unless "between" stands before it. */
static size_t find_between(Text text, bool announced, size_t *length)
{
    static const char *const signs[] = { " and ", " to ", "..", " \xE2\x80\x93 ", "\xE2\x80\x93", " - ", "-", " bis " };
    for (size_t i = announced ? 0 : 1; i < COUNT_OF(signs); i++) {
        size_t place = text_find(text, signs[i]);
        *length = strlen(signs[i]);
        if (place > 0 && place + *length < text.length)
            return place;
    }
    return 0;
}

/* Most numbers are plain: digits without a zero before them. */
static bool plain_number(Text text, char number[CLEAN_NUMBER_SIZE])
{
    if (text.length == 0 || text.length > 15 || (text.at[0] == '0' && text.length > 1))
        return false;
    for (size_t i = 0; i < text.length; i++)
        if (!is_digit(text.at[i]))
            return false;
    memcpy(number, text.at, text.length);
    number[text.length] = '\0';
    return true;
}

bool clean_number(Text cell, char number[CLEAN_NUMBER_SIZE])
{
    static const char *const about[] = { "about", "approximately", "approx.", "approx", "around", "circa", "ca.", "c.",
                                         "~",     "\xE2\x89\x88",  "environ", "some",   NULL };
    static const char *const least[] = { "at least", "more than",    "over",    "greater than", ">=",
                                         ">",        "\xE2\x89\xA5", "plus de", "au moins",     NULL };
    static const char *const most[] = { "up to", "less than",    "fewer than", "under",   "at most", "<=",
                                        "<",     "\xE2\x89\xA4", "moins de",   "jusqu'à", NULL };
    Text text = text_trim(cell);
    if (plain_number(text, number))
        return true;
    cut_any(&text, about, cut_front);
    bool from = cut_any(&text, least, cut_front), to = !from && cut_any(&text, most, cut_front);
    from = from || cut_back(&text, "+") || cut_back(&text, " or more");
    double low, high;
    bool announced = cut_front(&text, "between");
    size_t length, between = from || to ? 0 : find_between(text, announced, &length);
    if (!read_number(between ? text_slice(text, 0, between) : text, &low))
        return false;
    high = low;
    if (between && (!read_number(text_slice(text, between + length, text.length), &high) || high < low))
        return false;
    char first[24], last[24];
    write_number(low, first, sizeof first);
    write_number(high, last, sizeof last);
    if (low < high || from || to)
        (void)snprintf(number, CLEAN_NUMBER_SIZE, "%s..%s", to ? "" : first, from ? "" : last);
    else
        (void)snprintf(number, CLEAN_NUMBER_SIZE, "%s", first);
    return true;
}

/* A currency at the front or the back of `text`, cut off: three capital letters or a sign that only one has. */
static bool cut_currency(Text *text, char currency[4])
{
    static const struct {
        const char *sign, *code;
    } signs[] = { { "US$", "USD" }, { "\xE2\x82\xAC", "EUR" }, { "\xC2\xA3", "GBP" } };
    for (size_t i = 0; i < COUNT_OF(signs); i++)
        if (cut_front(text, signs[i].sign) || cut_back(text, signs[i].sign)) {
            memcpy(currency, signs[i].code, 4);
            return true;
        }
    for (size_t side = 0; side < 2 && text->length > 3; side++) {
        Text code = text_slice(*text, side ? text->length - 3 : 0, 3);
        size_t capitals = 0;
        for (size_t i = 0; i < 3; i++)
            capitals += code.at[i] >= 'A' && code.at[i] <= 'Z';
        if (capitals < 3)
            continue;
        memcpy(currency, code.at, 3);
        currency[3] = '\0';
        *text = text_trim(text_slice(*text, side ? 0 : 3, text->length - 3));
        return true;
    }
    return false;
}

bool clean_money(Text cell, char money[CLEAN_NUMBER_SIZE])
{
    char currency[4], number[CLEAN_NUMBER_SIZE];
    Text text = text_trim(cell);
    if (!cut_currency(&text, currency) || !clean_number(text, number))
        return false;
    return snprintf(money, CLEAN_NUMBER_SIZE, "%.40s %s", number, currency) > 0;
}
