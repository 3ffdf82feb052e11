#include "publish/habits.h"

#include <unicode/uchar.h>
#include <unicode/ucol.h>
#include <unicode/udat.h>
#include <unicode/uldnames.h>
#include <unicode/ulistformatter.h>
#include <unicode/unum.h>
#include <unicode/upluralrules.h>
#include <unicode/ustring.h>

#include "base/table.h"

enum { MONTHS = 12, NAME_MAX_UNITS = 160, SYMBOL_SIZE = 8 };

struct Habits {
    UPluralRules *plurals;
    UCollator *collator;
    UListFormatter *lists;
    ULocaleDisplayNames *tongues;
    const char *categories[PLURAL_FORMS];
    size_t category_count;
    const char *months[MONTHS];
    const char *group, *decimal; /* what stands between thousands, and before the decimals */
    Table *messages;             /* from English to a place in the catalogue */
};

/* What ICU wrote, as UTF-8. */
static const char *narrow(Arena *arena, const UChar *wide, int32_t length)
{
    UErrorCode error = U_ZERO_ERROR;
    int32_t size = 0;
    size_t room = (size_t)length * 3 + 1;
    char *text = arena_take(arena, room);
    u_strToUTF8(text, (int32_t)room, &size, wide, length, &error);
    return text;
}

static void read_months(Arena *arena, const char *locale, struct Habits *habits, UErrorCode *error)
{
    static const UChar utc[] = { 'U', 'T', 'C', 0 };
    UDateFormat *format = udat_open(UDAT_LONG, UDAT_LONG, locale, utc, -1, NULL, 0, error);
    for (int32_t i = 0; i < MONTHS && U_SUCCESS(*error); i++) {
        UChar name[NAME_MAX_UNITS];
        int32_t length = udat_getSymbols(format, UDAT_MONTHS, i, name, NAME_MAX_UNITS, error);
        if (U_SUCCESS(*error))
            habits->months[i] = narrow(arena, name, length);
    }
    udat_close(format);
}

static void read_numbers(Arena *arena, const char *locale, struct Habits *habits, UErrorCode *error)
{
    UNumberFormat *format = unum_open(UNUM_DECIMAL, NULL, 0, locale, NULL, error);
    UChar symbol[SYMBOL_SIZE];
    int32_t length = unum_getSymbol(format, UNUM_GROUPING_SEPARATOR_SYMBOL, symbol, SYMBOL_SIZE, error);
    if (U_SUCCESS(*error))
        habits->group = narrow(arena, symbol, length);
    length = unum_getSymbol(format, UNUM_DECIMAL_SEPARATOR_SYMBOL, symbol, SYMBOL_SIZE, error);
    if (U_SUCCESS(*error))
        habits->decimal = narrow(arena, symbol, length);
    unum_close(format);
}

static void read_messages(Arena *arena, const Catalogue *catalogue, struct Habits *habits)
{
    habits->messages = table_new(arena);
    for (size_t i = 0; i < catalogue->count; i++)
        table_put(habits->messages, text_of(catalogue->messages[i].english), (int64_t)i);
    Text rest = text_of(catalogue->categories), category;
    while (habits->category_count < PLURAL_FORMS && text_split(&rest, ' ', &category))
        habits->categories[habits->category_count++] = arena_text(arena, category);
}

const struct Habits *habits_open(Arena *arena, const Catalogue *catalogue, Problem *problem)
{
    UDisplayContext dialects[] = { UDISPCTX_DIALECT_NAMES };
    struct Habits *habits = NEW(arena, struct Habits);
    UErrorCode error = U_ZERO_ERROR;
    const char *locale = strcmp(catalogue->code, "en") == 0 ? "en_GB" : catalogue->code;
    habits->plurals = uplrules_open(locale, &error);
    habits->collator = ucol_open(locale, &error);
    habits->lists = ulistfmt_open(locale, &error);
    habits->tongues = uldn_openForContext(locale, dialects, COUNT_OF(dialects), &error);
    read_months(arena, locale, habits, &error);
    read_numbers(arena, locale, habits, &error);
    if (U_FAILURE(error)) {
        fail(problem, PROBLEM_UNAVAILABLE, "ICU has no data for the language %s: %s", catalogue->code,
             u_errorName(error));
        return NULL;
    }
    read_messages(arena, catalogue, habits);
    return habits;
}

void habits_close(const struct Habits *habits)
{
    if (!habits)
        return;
    uplrules_close(habits->plurals);
    ucol_close(habits->collator);
    ulistfmt_close(habits->lists);
    uldn_close(habits->tongues);
}

/* Writes digits in groups of three. */
static void put_grouped(Out *out, const char *digits, const char *group)
{
    size_t count = strlen(digits);
    for (size_t i = 0; i < count; i++) {
        if (i && (count - i) % 3 == 0)
            out_raw(out, group, strlen(group));
        out_raw(out, digits + i, 1);
    }
}

static void put_decimal(Out *out, const Language *language, double number, int digits)
{
    AUTO_OUT plain = { 0 };
    out_fixed(&plain, fabs(number), digits);
    bool zero = strcmp(plain.text, "0") == 0;
    if (number < 0 && !zero)
        OUT_LITERAL(out, "\xE2\x88\x92"); /* U+2212, the minus sign */
    char *point = strchr(plain.text, '.');
    if (point)
        *point = '\0';
    put_grouped(out, plain.text, language->habits->group);
    if (point) {
        out_raw(out, language->habits->decimal, strlen(language->habits->decimal));
        out_raw(out, point + 1, strlen(point + 1));
    }
}

const char *say_decimal(Arena *arena, const Language *language, double number, int digits)
{
    AUTO_OUT out = { 0 };
    put_decimal(&out, language, number, digits);
    return arena_text(arena, out_view(&out));
}

const char *say_number(Arena *arena, const Language *language, int64_t number)
{
    AUTO_OUT out = { 0 }, digits = { 0 };
    out_int(&digits, number < 0 ? -number : number);
    if (number < 0)
        OUT_LITERAL(&out, "\xE2\x88\x92");
    put_grouped(&out, digits.text, language->habits->group);
    return arena_text(arena, out_view(&out));
}

const char *say_percent(Arena *arena, const Language *language, double share, int digits)
{
    const char *number = say_decimal(arena, language, 100 * share, digits);
    return say_with(arena, language, "{number}%", SLOTS({ "number", number }));
}

const char *say_share(Arena *arena, const Language *language, double share)
{
    if (share > 0 && 100 * share < 0.5)
        return say(language, "under 1%");
    if (share < 1 && 100 * share >= 99.5)
        return say(language, "over 99%");
    return say_percent(arena, language, share, 0);
}

const char *say_day(Arena *arena, const Language *language, int32_t day)
{
    int year, month, of_month;
    day_split(day, &year, &month, &of_month);
    const Slot *slots =
        SLOTS({ "day", arena_format(arena, "%d", of_month) }, { "month", language->habits->months[month - 1] },
              { "year", arena_format(arena, "%d", year) });
    return of_month == 1 ? say_with(arena, language, "1 {month} {year}", slots)
                         : say_with(arena, language, "{day} {month} {year}", slots);
}

static const char *month_of(Arena *arena, const Language *language, int year, int month)
{
    return say_with(
        arena, language, "{month} {year}",
        SLOTS({ "month", language->habits->months[month - 1] }, { "year", arena_format(arena, "%d", year) }));
}

/* The day after the last one of a month. */
static int32_t after_month(int year, int month)
{
    return month == 12 ? day_of(year + 1, 1, 1) : day_of(year, month + 1, 1);
}

/* A whole year, quarter or month by its name; NULL when the span is none. */
static const char *say_whole(Arena *arena, const Language *language, Span span)
{
    int year, month, day;
    day_split(span.first, &year, &month, &day);
    if (day != 1)
        return NULL;
    if (span.last + 1 == after_month(year, month))
        return month_of(arena, language, year, month);
    if (month == 1 && span.last + 1 == after_month(year, 12))
        return arena_format(arena, "%d", year);
    if (month % 3 != 1 || span.last + 1 != after_month(year, month + 2))
        return NULL;
    static const char *const quarters[] = { N_("1st quarter of {year}"), N_("2nd quarter of {year}"),
                                            N_("3rd quarter of {year}"), N_("4th quarter of {year}") };
    return say_with(arena, language, quarters[month / 3], SLOTS({ "year", arena_format(arena, "%d", year) }));
}

const char *say_span(Arena *arena, const Language *language, Span span)
{
    if (span.first == span.last)
        return say_day(arena, language, span.first);
    const char *whole = say_whole(arena, language, span);
    if (whole)
        return whole;
    return say_with(
        arena, language, "{first} to {last}",
        SLOTS({ "first", say_day(arena, language, span.first) }, { "last", say_day(arena, language, span.last) }));
}

const char *say_month(Arena *arena, const Language *language, const char *month)
{
    Span span;
    return span_read(text_of(month), &span) ? say_span(arena, language, span) : month;
}

const char *say_moment(Arena *arena, const Language *language, int64_t moment)
{
    int32_t day = moment_day(moment);
    int64_t minutes = (moment - (int64_t)day * DAY_MS) / 60000;
    const char *time = arena_format(arena, "%02d:%02d", (int)(minutes / 60), (int)(minutes % 60));
    return say_with(arena, language, "{day}, {time} UTC",
                    SLOTS({ "day", say_day(arena, language, day) }, { "time", time }));
}

static UChar *widen(Arena *arena, const char *text, int32_t *length)
{
    UErrorCode error = U_ZERO_ERROR;
    size_t room = strlen(text) + 1;
    UChar *wide = NEW_ARRAY(arena, UChar, room);
    u_strFromUTF8WithSub(wide, (int32_t)room, length, text, -1, 0xFFFD, NULL, &error);
    return wide;
}

const char *say_list(Arena *arena, const Language *language, const char *const *items, size_t count)
{
    const UChar **wide = NEW_ARRAY(arena, const UChar *, count + 1);
    int32_t *lengths = NEW_ARRAY(arena, int32_t, count + 1), total = 64;
    for (size_t i = 0; i < count; i++) {
        wide[i] = widen(arena, items[i], &lengths[i]);
        total += lengths[i] + 16;
    }
    UErrorCode error = U_ZERO_ERROR;
    UChar *joined = NEW_ARRAY(arena, UChar, (size_t)total);
    int32_t length = ulistfmt_format(language->habits->lists, wide, lengths, (int32_t)count, joined, total, &error);
    return U_SUCCESS(error) ? narrow(arena, joined, length) : "";
}

const char *say_tongue(Arena *arena, const Language *language, const char *tag)
{
    UChar name[NAME_MAX_UNITS];
    char locale[ULOC_FULLNAME_CAPACITY];
    UErrorCode error = U_ZERO_ERROR;
    int32_t read = 0;
    uloc_forLanguageTag(tag, locale, sizeof locale, &read, &error);
    int32_t length = uldn_localeDisplayName(language->habits->tongues, locale, name, NAME_MAX_UNITS, &error);
    bool known = U_SUCCESS(error) && length && read == (int32_t)strlen(tag);
    if (!known)
        return arena_string(arena, tag);
    name[0] = (UChar)u_totitle(name[0]);
    return narrow(arena, name, length);
}

int language_order(const Language *language, const char *a, const char *b)
{
    UErrorCode error = U_ZERO_ERROR;
    return (int)ucol_strcollUTF8(language->habits->collator, a, -1, b, -1, &error);
}

size_t language_plural(const Language *language, int64_t count)
{
    const struct Habits *habits = language->habits;
    UErrorCode error = U_ZERO_ERROR;
    UChar wide[SYMBOL_SIZE];
    int32_t length = uplrules_select(habits->plurals, (double)count, wide, SYMBOL_SIZE, &error);
    char category[SYMBOL_SIZE + 1] = "";
    if (U_SUCCESS(error))
        u_UCharsToChars(wide, category, length);
    for (size_t i = 0; i < habits->category_count; i++)
        if (strcmp(habits->categories[i], category) == 0)
            return i;
    return habits->category_count - 1; /* "other" is the last one */
}

const char *language_message(const Language *language, const char *english, size_t form)
{
    int64_t *place = table_get(language->habits->messages, text_of(english));
    return place ? language->catalogue->messages[*place].forms[form] : NULL;
}
