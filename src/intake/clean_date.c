#include "base/unicode.h"
#include "intake/clean.h"

enum { PARTS_MAX = 4 };

typedef struct Part { /* a run of digits or of letters */
    Text text;
    bool digits;
} Part;

typedef struct Split {
    Part parts[PARTS_MAX];
    size_t count;
} Split;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Letters of any script count by their bytes; the rest separates. */
static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* Words that stand in dates and say nothing. */
static bool is_filler(Text word)
{
    static const char *const fillers[] = { "st", "nd", "rd", "th", "er", "of", "de", "del", "le", "on", "the" };
    for (size_t i = 0; i < COUNT_OF(fillers); i++)
        if (text_is_nocase(word, fillers[i]))
            return true;
    return false;
}

static bool split_parts(Text text, Split *split)
{
    split->count = 0;
    for (size_t i = 0; i < text.length;) {
        if (!is_digit(text.at[i]) && !is_letter(text.at[i])) {
            i++;
            continue;
        }
        bool digits = is_digit(text.at[i]);
        size_t from = i;
        while (i < text.length && (digits ? is_digit(text.at[i]) : is_letter(text.at[i])))
            i++;
        Part part = { text_slice(text, from, i - from), digits };
        if (!digits && is_filler(part.text))
            continue;
        if (split->count == PARTS_MAX)
            return false;
        split->parts[split->count++] = part;
    }
    return split->count > 0;
}

/* Names of months in the languages of our sources, folded; a name may be cut to its first three letters or more where
 * that is unique in the order of this list. */
static const char *const month_names[12][8] = {
    { "january", "janvier", "enero", "januar", "gennaio", "janeiro", "januari" },
    { "february", "fevrier", "febrero", "februar", "febbraio", "fevereiro", "februari" },
    { "march", "mars", "marzo", "marz", "maerz", "marco", "maart" },
    { "april", "avril", "abril", "aprile", "avr" },
    { "may", "mai", "mayo", "maggio", "maio", "mei" },
    { "june", "juin", "junio", "juni", "giugno", "junho" },
    { "july", "juillet", "julio", "juli", "luglio", "julho" },
    { "august", "aout", "agosto", "augustus" },
    { "september", "septembre", "septiembre", "settembre", "setembro" },
    { "october", "octobre", "octubre", "oktober", "ottobre", "outubro" },
    { "november", "novembre", "noviembre", "novembro" },
    { "december", "decembre", "diciembre", "dezember", "dicembre", "dezembro" },
};

static int month_of(Text word)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    const char *folded = unicode_fold(arena, word);
    size_t length = strlen(folded);
    int found = 0;
    for (int month = 1; month <= 12 && length >= 3; month++)
        for (size_t i = 0; i < 8 && month_names[month - 1][i]; i++) {
            if (strncmp(month_names[month - 1][i], folded, length) != 0)
                continue;
            if (found && found != month)
                return 0; /* "jui" could be June or July */
            found = month;
        }
    return found;
}

static int number_of(Part part)
{
    int64_t number;
    return part.digits && part.text.length <= 4 && text_int(part.text, &number) ? (int)number : -1;
}

static bool day_span(int year, int month, int day, Span *span)
{
    char text[DATE_TEXT_SIZE];
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31)
        return false;
    (void)snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
    return span_read(text_of(text), span);
}

static bool month_span(int year, int month, Span *span)
{
    char text[DATE_TEXT_SIZE];
    if (year < 1 || year > 9999 || month < 1 || month > 12)
        return false;
    (void)snprintf(text, sizeof text, "%04d-%02d", year, month);
    return span_read(text_of(text), span);
}

/* Two digits are a year only where a third number leaves no doubt: 70 to 99 were in the last century. */
static int full_year(Part part)
{
    int year = number_of(part);
    if (part.text.length == 4)
        return year;
    return part.text.length == 2 && year >= 0 ? year + (year >= 70 ? 1900 : 2000) : -1;
}

static bool three_numbers(const Split *split, DateOrder order, Span *span, const char **reason)
{
    int a = number_of(split->parts[0]), b = number_of(split->parts[1]), c = number_of(split->parts[2]);
    if (split->parts[0].text.length == 4)
        return day_span(a, b, c, span);
    int year = full_year(split->parts[2]);
    bool short_year = split->parts[2].text.length == 2;
    if (order == ORDER_UNKNOWN && !short_year)
        order = a > 12 || a == b ? ORDER_DAY_MONTH_YEAR : b > 12 ? ORDER_MONTH_DAY_YEAR : ORDER_UNKNOWN;
    if (order == ORDER_UNKNOWN) {
        *reason = "it could be two different days; say the order of day and month";
        return false;
    }
    return order == ORDER_DAY_MONTH_YEAR ? day_span(year, b, a, span) : day_span(year, a, b, span);
}

static bool two_parts(const Split *split, Span *span)
{
    int a = number_of(split->parts[0]), b = number_of(split->parts[1]);
    size_t first = split->parts[0].text.length, second = split->parts[1].text.length;
    char text[DATE_TEXT_SIZE];
    if (split->parts[0].digits && split->parts[1].digits) {
        if (first == 4 && second == 4) { /* "2020-2021" */
            (void)snprintf(text, sizeof text, "%04d/%04d", a, b);
            return span_read(text_of(text), span);
        }
        return first == 4 ? month_span(a, b, span) : second == 4 && month_span(b, a, span);
    }
    const Part *word = &split->parts[split->parts[0].digits], *number = &split->parts[!split->parts[0].digits];
    if (word->digits || !number->digits || number->text.length != 4)
        return false;
    return month_span(number_of(*number), month_of(word->text), span);
}

/* A quarter: "Q2 2021", "2021 Q2", "T2 2021". */
static bool quarter_span(const Split *split, Span *span)
{
    for (size_t i = 0; i + 1 < split->count; i++) {
        const Part *mark = &split->parts[i], *quarter = &split->parts[i + 1];
        const Part *year = &split->parts[i == 0 ? 2 : 0];
        bool marked = text_is_nocase(mark->text, "q") || text_is_nocase(mark->text, "t");
        char text[DATE_TEXT_SIZE];
        if (!marked || !quarter->digits || quarter->text.length != 1 || year->text.length != 4)
            continue;
        (void)snprintf(text, sizeof text, "%04d-Q%d", number_of(*year), number_of(*quarter));
        return span_read(text_of(text), span);
    }
    return false;
}

static bool three_parts(const Split *split, DateOrder order, Span *span, const char **reason)
{
    size_t words = 0, word = 0;
    for (size_t i = 0; i < 3; i++)
        if (!split->parts[i].digits) {
            words++;
            word = i;
        }
    if (words == 0)
        return three_numbers(split, order, span, reason);
    if (words > 1)
        return false;
    if (quarter_span(split, span))
        return true;
    int month = month_of(split->parts[word].text);
    Part first = split->parts[word == 0 ? 1 : 0], last = split->parts[2];
    if (word == 2)
        return false;
    if (first.text.length == 4) /* "2021 May 9" */
        return day_span(number_of(first), month, number_of(last), span);
    return last.text.length == 4 && day_span(number_of(last), month, number_of(first), span);
}

/* Without a time of day behind the date: "2021-05-09T12:00:00Z", "5/9/2021 1:30 PM". */
static Text without_time(Text text)
{
    size_t colon = text_find(text, ":");
    if (colon == text.length)
        return text;
    while (colon > 0 && is_digit(text.at[colon - 1]))
        colon--;
    if (colon > 0 && (text.at[colon - 1] == 'T' || text.at[colon - 1] == 't'))
        colon--;
    return text_trim(text_slice(text, 0, colon));
}

static bool one_date(Text text, DateOrder order, Span *span, const char **reason)
{
    Split split;
    text = without_time(text_trim(text));
    if (span_read(text, span))
        return true;
    if (!split_parts(text, &split))
        return false;
    if (split.count == 1 && split.parts[0].digits && text.length == 8) { /* 20210509 */
        int64_t number;
        return text_int(text, &number) &&
               day_span((int)(number / 10000), (int)(number / 100 % 100), (int)(number % 100), span);
    }
    if (split.count == 2)
        return two_parts(&split, span);
    return split.count == 3 && three_parts(&split, order, span, reason);
}

static bool names_a_month(const Split *split)
{
    for (size_t i = 0; i < split->count; i++)
        if (!split->parts[i].digits)
            return true;
    return false;
}

/* "May to July 2021", "9-12 May 2021": what the first date leaves out stands in the second, if that names its month. */
static bool first_of_two(Text first, Text second, DateOrder order, Span *span, const char **reason)
{
    if (one_date(first, order, span, reason))
        return true;
    Split a, b;
    if (!split_parts(first, &a) || !split_parts(second, &b) || a.count >= b.count || !names_a_month(&b))
        return false;
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Part rest = b.parts[a.count];
    size_t from = (size_t)(rest.text.at - second.at);
    const char *whole =
        arena_format(arena, "%.*s %.*s", (int)first.length, first.at, (int)(second.length - from), second.at + from);
    return one_date(text_of(whole), order, span, reason);
}

bool clean_date(Text cell, DateOrder order, Span *span, const char **reason)
{
    static const char *const betweens[] = { " to ", " - ", " \xE2\x80\x93 ", "\xE2\x80\x93", "..", " au ", " until ",
                                            "/",    "-" };
    *reason = "it is not a date";
    Text text = text_trim(cell);
    if (text.length > 64)
        return false;
    if (one_date(text, order, span, reason))
        return true;
    for (size_t i = 0; i < COUNT_OF(betweens); i++) {
        size_t place = text_find(text, betweens[i]), length = strlen(betweens[i]);
        Text first = text_trim(text_slice(text, 0, place));
        Text second = text_trim(text_slice(text, place + length, text.length));
        Span start, end;
        if (place == text.length || !first.length || !one_date(second, order, &end, reason) ||
            !first_of_two(first, second, order, &start, reason))
            continue;
        *span = (Span){ start.first, end.last };
        if (start.first <= end.last)
            return true;
        *reason = "it ends before it starts";
        return false;
    }
    return false;
}
