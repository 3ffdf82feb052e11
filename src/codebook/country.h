/* Country: codes and names of countries, as ICU knows them. */
#pragma once

#include "base/table.h"

/* The unit of a variable whose codes are ISO 3166-1 alpha-2 country codes. */
#define COUNTRY_UNIT "ISO 3166-1"

const Table *country_table(Arena *arena); /* every assigned code */

/* Its short name in the language ("fr": "Côte d’Ivoire"); the code itself when there is no such country.
 * Memory: `arena`. */
const char *country_name(Arena *arena, const char *code, const char *language);
