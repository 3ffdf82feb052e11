/* Date: a span of days, because sources know a year, a month or a day; and moments in UTC.
 *
 * Days are counted from 1970-01-01 (day 0) in the proleptic Gregorian calendar; years 0001 to 9999. */
#pragma once

#include "base/out.h"

enum { DATE_TEXT_SIZE = 32, MOMENT_TEXT_SIZE = 32, MOMENT_WORDS_SIZE = 64 };

typedef struct Span {
    int32_t first, last; /* both included */
} Span;

int32_t day_of(int year, int month, int day); /* month 1..12; the day is not checked */
void day_split(int32_t day, int *year, int *month, int *of_month);

/* "2021", "2021-05", "2021-05-09", "2021-Q2", or two of these with "/" between them (ISO 8601 interval).
 * False when it is none, when a day does not exist, or when the end is before the start. */
bool span_read(Text text, Span *span);
/* The shortest of those forms that says exactly this span, into `text`. */
const char *span_write(Span span, char text[DATE_TEXT_SIZE]);
void day_write(int32_t day, char text[DATE_TEXT_SIZE]); /* "2021-05-09" */
/* "day", "week" (up to 7), "month" (up to 31), "quarter" (up to 92) or "year": a code of the codebook's date_precision.
 */
const char *span_precision(Span span);

/* A moment is milliseconds since 1970 in UTC. Reads RFC 3339 with Z or an offset, 0 to 3 decimals. */
bool moment_read(Text text, int64_t *moment);
const char *moment_write(int64_t moment, char text[MOMENT_TEXT_SIZE]); /* 2021-05-09T12:00:00.000Z */
#define DAY_MS INT64_C(86400000)                                       /* milliseconds of a day */
int32_t moment_day(int64_t moment);
extern const char *const month_words[12]; /* "Jan" */
/* To the second, as HTTP (RFC 9110, `zone` "GMT") and mails (RFC 5322, "+0000") have it:
 * "Sun, 09 May 2021 12:00:00 GMT" */
const char *moment_words(int64_t moment, const char *zone, char text[MOMENT_WORDS_SIZE]);
