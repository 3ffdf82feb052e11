/* Value: what a claim says, parsed, checked against its variable and written in one canonical form.
 *
 * Canonical forms: enum and code: the code; flag: yes, no; date: span_write; datetime: moment_write; count, number:
 * "12.5" (no plus sign, no zero too many); range: "100", "100..200", "100.." (at least), "..200" (at most); money:
 * "3000000 USD" or "1000000..2000000 EUR"; hash: 64 hexadecimal digits; point: "48.85,2.35"; the rest: the text itself,
 * valid UTF-8, at most VALUE_MAX bytes. Only the unit percent and the type number may be below zero. */
#pragma once

#include "base/date.h"
#include "codebook/codebook.h"

enum { VALUE_MAX = 4000 };

typedef struct Parsed {
    double low, high; /* of a number, count, range or money: equal when exact, -INFINITY or INFINITY when open; of a
                         date: the days of its span; else NAN */
    Span span;        /* of a date */
} Parsed;

/* Checks `value` as a value of `variable` (as codebook_claimable gives it). BAD_INPUT names what was expected, for an
 * enum with the allowed codes. `parsed` may be NULL. */
bool value_check(const Variable *variable, ValueType type, Text value, Parsed *parsed, Problem *problem);

/* Whether two values of a variable cannot both be true (METHOD 4): ranges or dates that do not overlap, unequal codes
 * of a variable that takes one value. Several values of a variable that takes any number never contradict; nor do
 * texts, amounts in two currencies, or a code that only says that nothing is known (unknown, unclear). */
bool value_contradicts(const Variable *variable, ValueType type, const char *a, const char *b);

/* The six missing codes of the codebook (not_searched, ..., placeholder). */
bool missing_is_code(const Codebook *codebook, const char *code);
