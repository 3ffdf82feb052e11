/* Text: a view of bytes that somebody else owns, read only through checked
 * functions. Foreign bytes travel as Text; they need not end with a NUL. */
#pragma once

#include "base/base.h"

typedef struct Text {
    const char *at; /* NULL only when length is 0 */
    size_t length;
} Text;

#define TEXT(literal) ((Text){ "" literal, sizeof(literal) - 1 })

Text text_of(const char *string); /* NULL gives the empty text */
bool text_is(Text text, const char *string);
bool text_is_nocase(Text text, const char *string); /* ASCII letters only */
bool text_equal(Text a, Text b);
bool text_starts(Text text, const char *prefix);
bool text_ends(Text text, const char *suffix);
Text text_trim(Text text);                              /* without ASCII white space, CR and LF at both ends */
Text text_slice(Text text, size_t from, size_t length); /* cut to what is there */
size_t text_find(Text text, const char *needle);        /* its place, or text.length when absent */

/* Cuts the part before `separator` off the front of `rest` into `part`; false when `rest` is used up.
 * "a,,b" has three parts, "" has one; a Text without bytes at all (at == NULL) has none. */
bool text_split(Text *rest, char separator, Text *part);

/* A whole number with an optional sign and nothing else; false when it is not one or does not fit. */
bool text_int(Text text, int64_t *number);
/* A decimal number "12.5" (a point, no exponent, no infinity). */
bool text_number(Text text, double *number);

uint64_t text_hash(Text text); /* FNV-1a: for tables in memory and look-up keys, never for security */
