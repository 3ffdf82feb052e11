/* Clean: what a cell of a foreign file means, in whatever way people wrote it. Never guesses: what could mean two
 * things is not understood, and the caller keeps the raw text. */
#pragma once

#include "base/arena.h"
#include "base/date.h"
#include "base/problem.h"

enum { CLEAN_NUMBER_SIZE = 64 };

/* The cell as well-formed UTF-8 without blanks at its ends: bytes that are not UTF-8 are read as cp1252. */
char *clean_text(Arena *arena, Text cell);

/* At most `most` bytes of well-formed UTF-8, whole characters only. */
Text clean_cut(Text text, size_t most);

/* The missing code for a spelling of "unknown" ("n/a", "-", "\N", "inconnu", an empty cell, ...); NULL when the cell
 * says something. */
const char *clean_missing(Text cell);

/* A number or a span of numbers in the form of codebook/value.h: "1,234" is "1234", "about 500" is "500", "1.2 million"
 * is "1200000", "over 90" is "90..", "100 to 200" is "100..200". False when it is none or could be two ("1.234"). */
bool clean_number(Text cell, char number[CLEAN_NUMBER_SIZE]);

/* "3,000,000 USD", "USD 3 million", "€40k", "25 BTC" as "3000000 USD". A bare "$" is not understood: many have one. */
bool clean_money(Text cell, char money[CLEAN_NUMBER_SIZE]);

/* "yes" or "no" for the words, letters and digits people use for them; NULL otherwise. */
const char *clean_flag(Text cell);

typedef enum DateOrder { ORDER_UNKNOWN, ORDER_DAY_MONTH_YEAR, ORDER_MONTH_DAY_YEAR } DateOrder;

/* "2021-05-09", "9.5.2021", "May 9, 2021", "9 mai 2021", "05/2021", "Q2 2021", "2021", "2020-2021", "May to July 2021",
 * each with or without a time of day. `order` tells what 05/09/2021 means; without it such a date is not understood.
 * False with `*reason`: a sentence part such as "it ends before it starts". */
bool clean_date(Text cell, DateOrder order, Span *span, const char **reason);

typedef struct Countries Countries; /* names of countries in several languages */
const Countries *countries_new(Arena *arena);
/* The ISO 3166-1 alpha-2 code of a code of two or three letters or of a name; NULL when it is none. */
const char *country_find(const Countries *countries, Text cell);
/* The ISO 3166-2 code "US-TX" of a postal code of the United States; NULL when there is none. */
const char *state_find(Text cell);
