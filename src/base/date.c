#include "base/date.h"

enum { YEAR_MIN = 1, YEAR_MAX = 9999 };

/* Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": days_from_civil and civil_from_days. */
int32_t day_of(int year, int month, int day)
{
    year -= month <= 2;
    int era = (year >= 0 ? year : year - 399) / 400;
    int of_era = year - era * 400;
    int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void day_split(int32_t day, int *year, int *month, int *of_month)
{
    int shifted = day + 719468;
    int era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    int of_era = shifted - era * 146097;
    int years = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year = of_era - (365 * years + years / 4 - years / 100);
    int shifted_month = (5 * of_year + 2) / 153;
    *of_month = of_year - (153 * shifted_month + 2) / 5 + 1;
    *month = shifted_month + (shifted_month < 10 ? 3 : -9);
    *year = years + era * 400 + (*month <= 2);
}

static int month_length(int year, int month)
{
    static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : lengths[month - 1];
}

/* `digits` decimal digits at `from`; -1 when they are not there. */
static int digits_at(Text text, size_t from, size_t digits)
{
    int number = 0;
    if (text.length < from + digits)
        return -1;
    for (size_t i = from; i < from + digits; i++) {
        if (text.at[i] < '0' || text.at[i] > '9')
            return -1;
        number = number * 10 + (text.at[i] - '0');
    }
    return number;
}

static Span months(int year, int first, int last)
{
    return (Span){ day_of(year, first, 1), day_of(year, last, month_length(year, last)) };
}

static bool one_date(Text text, Span *span)
{
    int year = digits_at(text, 0, 4);
    if (year < YEAR_MIN || year > YEAR_MAX)
        return false;
    if (text.length == 4) {
        *span = months(year, 1, 12);
        return true;
    }
    if (text.at[4] != '-')
        return false;
    if (text.length == 7 && text.at[5] == 'Q') {
        int quarter = digits_at(text, 6, 1);
        *span = quarter >= 1 && quarter <= 4 ? months(year, 3 * quarter - 2, 3 * quarter) : (Span){ 0 };
        return quarter >= 1 && quarter <= 4;
    }
    int month = digits_at(text, 5, 2);
    if (month < 1 || month > 12)
        return false;
    *span = months(year, month, month);
    if (text.length == 7)
        return true;
    int day = text.length == 10 && text.at[7] == '-' ? digits_at(text, 8, 2) : -1;
    if (day < 1 || day > month_length(year, month))
        return false;
    span->first = span->last = day_of(year, month, day);
    return true;
}

bool span_read(Text text, Span *span)
{
    size_t slash = text_find(text, "/");
    if (slash == text.length)
        return one_date(text, span);
    Span end;
    if (!one_date(text_slice(text, 0, slash), span) || !one_date(text_slice(text, slash + 1, text.length), &end))
        return false;
    span->last = end.last;
    return span->first <= span->last;
}

/* Exactly `width` digits of a number that has no more; a bulk import writes dates by the million. */
static void put_digits(char *at, int width, int number)
{
    for (int i = width - 1; i >= 0; i--, number /= 10)
        at[i] = (char)('0' + number % 10);
}

void day_write(int32_t day, char text[DATE_TEXT_SIZE])
{
    int year, month, of_month;
    day_split(day, &year, &month, &of_month);
    if (year < 0 || year > 9999) {
        (void)snprintf(text, DATE_TEXT_SIZE, "%04d-%02d-%02d", year, month, of_month);
        return;
    }
    memcpy(text, "0000-00-00", sizeof "0000-00-00");
    put_digits(text, 4, year);
    put_digits(text + 5, 2, month);
    put_digits(text + 8, 2, of_month);
}

static bool same(Span a, Span b)
{
    return a.first == b.first && a.last == b.last;
}

const char *span_write(Span span, char text[DATE_TEXT_SIZE])
{
    int year, month, of_month;
    day_split(span.first, &year, &month, &of_month);
    int quarter = (month + 2) / 3;
    if (span.first == span.last)
        day_write(span.first, text);
    else if (same(span, months(year, 1, 12)))
        (void)snprintf(text, DATE_TEXT_SIZE, "%04d", year);
    else if (same(span, months(year, month, month)))
        (void)snprintf(text, DATE_TEXT_SIZE, "%04d-%02d", year, month);
    else if (same(span, months(year, 3 * quarter - 2, 3 * quarter)))
        (void)snprintf(text, DATE_TEXT_SIZE, "%04d-Q%d", year, quarter);
    else {
        char first[DATE_TEXT_SIZE], last[DATE_TEXT_SIZE];
        day_write(span.first, first);
        day_write(span.last, last);
        (void)snprintf(text, DATE_TEXT_SIZE, "%.10s/%.10s", first, last);
    }
    return text;
}

const char *span_precision(Span span)
{
    static const struct {
        int32_t most;
        const char *code;
    } precisions[] = { { 1, "day" }, { 7, "week" }, { 31, "month" }, { 92, "quarter" } };
    for (size_t i = 0; i < COUNT_OF(precisions); i++)
        if (span.last - span.first + 1 <= precisions[i].most)
            return precisions[i].code;
    return "year";
}

/* "Z" or "+02:00" at `from` as minutes; false when it is neither or more follows. */
static bool offset_at(Text text, size_t from, int *minutes)
{
    Text zone = text_slice(text, from, text.length);
    *minutes = 0;
    if (text_is_nocase(zone, "z"))
        return true;
    int hours = digits_at(zone, 1, 2), rest = digits_at(zone, 4, 2);
    if (zone.length != 6 || zone.at[3] != ':' || hours < 0 || hours > 23 || rest < 0 || rest > 59)
        return false;
    *minutes = (zone.at[0] == '-' ? -1 : 1) * (hours * 60 + rest);
    return zone.at[0] == '-' || zone.at[0] == '+';
}

bool moment_read(Text text, int64_t *moment)
{
    Span day;
    if (text.length < 20 || !one_date(text_slice(text, 0, 10), &day) || (text.at[10] != 'T' && text.at[10] != 't'))
        return false;
    int hour = digits_at(text, 11, 2), minute = digits_at(text, 14, 2), second = digits_at(text, 17, 2);
    if (text.at[13] != ':' || text.at[16] != ':' || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
        second > 59)
        return false;
    size_t at = 19;
    int thousandths = 0, offset;
    if (text.at[at] == '.') {
        int weight = 100;
        for (at++; at < text.length && weight > 0 && digits_at(text, at, 1) >= 0; at++, weight /= 10)
            thousandths += weight * digits_at(text, at, 1);
        if (at == 20)
            return false;
    }
    if (!offset_at(text, at, &offset))
        return false;
    *moment =
        (int64_t)day.first * DAY_MS + (((hour * 60 + minute - offset) * 60) + second) * INT64_C(1000) + thousandths;
    return true;
}

int32_t moment_day(int64_t moment)
{
    int64_t day = moment / DAY_MS;
    return (int32_t)(moment % DAY_MS < 0 ? day - 1 : day);
}

const char *moment_write(int64_t moment, char text[MOMENT_TEXT_SIZE])
{
    char day[DATE_TEXT_SIZE];
    int32_t days = moment_day(moment);
    day_write(days, day);
    int rest = (int)(moment - (int64_t)days * DAY_MS);
    memcpy(text, "0000-00-00T00:00:00.000Z", sizeof "0000-00-00T00:00:00.000Z");
    memcpy(text, day, sizeof "0000-00-00" - 1);
    put_digits(text + 11, 2, rest / 3600000);
    put_digits(text + 14, 2, rest / 60000 % 60);
    put_digits(text + 17, 2, rest / 1000 % 60);
    put_digits(text + 20, 3, rest % 1000);
    return text;
}

enum { SECOND_MS = 1000, MINUTE = 60, HOUR = 3600, WEEK = 7 };

const char *const month_words[] = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
};

const char *moment_words(int64_t moment, const char *zone, char text[MOMENT_WORDS_SIZE])
{
    static const char *const days[] = { "Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed" }; /* day 0 was a Thursday */
    int year, month, of_month;
    int32_t day = moment_day(moment);
    int second = (int)((moment - day * DAY_MS) / SECOND_MS);
    day_split(day, &year, &month, &of_month);
    (void)snprintf(text, MOMENT_WORDS_SIZE, "%s, %02d %s %04d %02d:%02d:%02d %s", days[(day % WEEK + WEEK) % WEEK],
                   of_month, month_words[month - 1], year, second / HOUR, second % HOUR / MINUTE, second % MINUTE,
                   zone);
    return text;
}
