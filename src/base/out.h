/* Out: text that grows. Every page, chart and file is written into one.
 *
 * Nothing reaches an Out unescaped by accident: OUT_LITERAL takes only text that
 * the program wrote itself; everything else goes through the writer named after
 * the place where it lands. Zero-initialised is empty and ready. */
#pragma once

#include "base/text.h"

typedef struct Out {
    char *text; /* ends with a NUL once anything was written */
    size_t length, size;
} Out;

void out_free(Out *out);
void out_clear(Out *out); /* keeps the memory */
Text out_view(const Out *out);

void out_raw(Out *out, const char *text, size_t length); /* bytes already fit for the place: used by writers only */
void out_text(Out *out, const char *text); /* HTML or SVG between tags or in "quotes"; control characters and
                                              bidi overrides become U+FFFD; accepts NULL */
void out_url(Out *out, const char *text);  /* one part of a URL, percent-encoded */
void out_href(Out *out, const char *text); /* a whole URL; only http, https, mailto and local ones, else "#" */
void out_int(Out *out, int64_t number);
void out_count(Out *out, size_t count);
void out_fixed(Out *out, double number, int digits); /* never in the locale's form; trailing zeros dropped */
void out_json(Out *out, const char *text); /* a JSON string with its quotes, as RFC 8785 writes it; NULL gives null */
void out_json_text(Out *out, Text text);   /* the same from a view */
void out_csv(Out *out, const char *text);  /* one RFC 4180 cell, quoted when needed; NULL gives an empty cell */

#define OUT_LITERAL(out, literal) out_raw((out), "" literal, sizeof(literal) - 1)

/* Writes a value in the way its type asks for. */
#define OUT_VALUE(out, value) \
    _Generic((value),              \
        char *: out_text,          \
        const char *: out_text,    \
        int: out_int,              \
        long: out_int,             \
        unsigned long: out_count,  \
        unsigned: out_count)((out), (value))

#define AUTO_OUT __attribute__((cleanup(out_free))) Out
