/* Habits: how a language writes numbers, dates and lists. What ICU knows of it is read once,
 * when the languages are opened; nothing here fails afterwards. */
#pragma once

#include "base/date.h"
#include "publish/words.h"

/* Made by languages_open. */
const struct Habits *habits_open(Arena *arena, const Catalogue *catalogue, Problem *problem);
void habits_close(const struct Habits *habits); /* accepts NULL */

const char *say_number(Arena *arena, const Language *language, int64_t number);
const char *say_decimal(Arena *arena, const Language *language, double number, int digits); /* trailing zeros dropped */
const char *say_percent(Arena *arena, const Language *language, double share, int digits);  /* 0.24: "24%", "24 %" */
/* A share of a whole in full percents, which is never said to be nothing or all when it is not. */
const char *say_share(Arena *arena, const Language *language, double share);

const char *say_day(Arena *arena, const Language *language, int32_t day); /* 9 May 2021 */
/* As exact as the span: 9 May 2021, May 2021, 2021, or "9 May 2021 to 12 May 2021". */
const char *say_span(Arena *arena, const Language *language, Span span);
const char *say_month(Arena *arena, const Language *language, const char *month); /* of "2021-05": May 2021 */
const char *say_moment(Arena *arena, const Language *language, int64_t moment);   /* 9 May 2021, 12:00 UTC */

const char *say_list(Arena *arena, const Language *language, const char *const *items, size_t count); /* a, b and c */

/* The name of a language by its BCP 47 tag, as it stands alone: "English", "Anglais"; the tag itself when it is none.
 */
const char *say_tongue(Arena *arena, const Language *language, const char *tag);

/* Order of two texts in a dictionary of that language: below, at or above 0. */
int language_order(const Language *language, const char *a, const char *b);

/* The position among Catalogue.categories of the form for `count`. */
size_t language_plural(const Language *language, int64_t count);
const char *language_message(const Language *language, const char *english, size_t form); /* NULL: no translation */
