#include "codebook/country.h"

#include <unicode/uloc.h>
#include <unicode/ustring.h>

enum { NAME_MAX_UNITS = 128 };

/* ICU lists regions that have a code but are no country of ISO 3166-1. XK, which ISO leaves to its users and which the
 * European Union and the World Bank use for Kosovo, stays: its hospitals must be countable. */
static bool is_assigned(const char *code)
{
    static const char *const others[] = { "AC", "CP", "CQ", "DG", "EA", "IC", "TA" };
    for (size_t i = 0; i < COUNT_OF(others); i++)
        if (strcmp(code, others[i]) == 0)
            return false;
    return true;
}

const Table *country_table(Arena *arena)
{
    Table *table = table_new(arena);
    const char *const *codes = uloc_getISOCountries();
    for (int64_t i = 0; codes[i]; i++)
        if (is_assigned(codes[i]))
            table_put(table, text_of(codes[i]), i);
    return table;
}

const char *country_name(Arena *arena, const char *code, const char *language)
{
    char locale[16];
    UChar wide[NAME_MAX_UNITS];
    char name[3 * NAME_MAX_UNITS + 1];
    UErrorCode status = U_ZERO_ERROR;
    snprintf(locale, sizeof locale, "und_%.2s", code);
    uloc_getDisplayCountry(locale, language, wide, NAME_MAX_UNITS, &status);
    u_strToUTF8(name, sizeof name, NULL, wide, -1, &status);
    return U_SUCCESS(status) && strlen(code) == 2 && *name ? arena_string(arena, name) : arena_string(arena, code);
}
