#include <unicode/uloc.h>

#include "base/table.h"
#include "base/unicode.h"
#include "codebook/country.h"
#include "intake/clean.h"

struct Countries {
    const Table *codes; /* alpha-2 in capitals, to the index in ICU's list */
    Table *names;       /* folded names and alpha-3 codes, to the same */
};

/* Names that people write and ICU does not give. */
static const struct {
    const char *name, *code;
} other_names[] = {
    { "usa", "US" },
    { "u s", "US" },
    { "u s a", "US" },
    { "united states of america", "US" },
    { "america", "US" },
    { "uk", "GB" },
    { "u k", "GB" },
    { "great britain", "GB" },
    { "britain", "GB" },
    { "england", "GB" },
    { "scotland", "GB" },
    { "wales", "GB" },
    { "northern ireland", "GB" },
    { "south korea", "KR" },
    { "republic of korea", "KR" },
    { "korea republic of", "KR" },
    { "russian federation", "RU" },
    { "czech republic", "CZ" },
    { "holland", "NL" },
    { "the netherlands", "NL" },
    { "uae", "AE" },
    { "hong kong", "HK" },
    { "macau", "MO" },
    { "viet nam", "VN" },
    { "ivory coast", "CI" },
    { "turkey", "TR" },
    { "macedonia", "MK" },
    { "swaziland", "SZ" },
    { "cape verde", "CV" },
    { "burma", "MM" },
    { "palestine", "PS" },
    { "vatican", "VA" },
    { "iran islamic republic of", "IR" },
    { "taiwan province of china", "TW" },
    { "syrian arab republic", "SY" },
    { "lao pdr", "LA" },
    { "brunei darussalam", "BN" },
    { "moldova republic of", "MD" },
    { "tanzania united republic of", "TZ" },
    { "republic of ireland", "IE" },
    { "ireland republic of", "IE" },
    { "peoples republic of china", "CN" },
    { "mainland china", "CN" },
};

static int64_t place_of(const Table *codes, const char *code)
{
    const int64_t *place = table_get(codes, text_of(code));
    return place ? *place : -1;
}

const Countries *countries_new(Arena *arena)
{
    static const char *const languages[] = { "en", "fr", "es", "de", "it", "pt", "nl" };
    Countries *countries = NEW(arena, Countries);
    *countries = (Countries){ .codes = country_table(arena), .names = table_new(arena) };
    const char *const *codes = uloc_getISOCountries();
    for (int64_t i = 0; codes[i]; i++) {
        if (place_of(countries->codes, codes[i]) < 0)
            continue;
        char locale[8];
        (void)snprintf(locale, sizeof locale, "und_%.2s", codes[i]);
        const char *three = uloc_getISO3Country(locale);
        if (*three)
            table_put(countries->names, text_of(unicode_fold(arena, text_of(three))), i);
        for (size_t language = 0; language < COUNT_OF(languages); language++) {
            const char *name = country_name(arena, codes[i], languages[language]);
            table_put(countries->names, text_of(unicode_fold(arena, text_of(name))), i);
        }
    }
    for (size_t i = 0; i < COUNT_OF(other_names); i++)
        table_put(countries->names, text_of(other_names[i].name), place_of(countries->codes, other_names[i].code));
    return countries;
}

const char *country_find(const Countries *countries, Text cell)
{
    Text text = text_trim(cell);
    const int64_t *place = NULL;
    if (text.length == 2 && text.at[0] < 127 && text.at[1] < 127) {
        char code[3] = { (char)(text.at[0] & ~32), (char)(text.at[1] & ~32), '\0' };
        place = table_get(countries->codes, text_of(code));
    }
    if (!place && text.length && text.length < 80) {
        AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
        place = table_get(countries->names, text_of(unicode_fold(arena, text)));
    }
    return place ? uloc_getISOCountries()[*place] : NULL;
}

const char *state_find(Text cell)
{
    static const char *const states[] = {
        "US-AK", "US-AL", "US-AR", "US-AS", "US-AZ", "US-CA", "US-CO", "US-CT", "US-DC", "US-DE", "US-FL", "US-GA",
        "US-GU", "US-HI", "US-IA", "US-ID", "US-IL", "US-IN", "US-KS", "US-KY", "US-LA", "US-MA", "US-MD", "US-ME",
        "US-MI", "US-MN", "US-MO", "US-MP", "US-MS", "US-MT", "US-NC", "US-ND", "US-NE", "US-NH", "US-NJ", "US-NM",
        "US-NV", "US-NY", "US-OH", "US-OK", "US-OR", "US-PA", "US-PR", "US-RI", "US-SC", "US-SD", "US-TN", "US-TX",
        "US-UM", "US-UT", "US-VA", "US-VI", "US-VT", "US-WA", "US-WI", "US-WV", "US-WY",
    };
    Text text = text_trim(cell);
    for (size_t i = 0; i < COUNT_OF(states); i++)
        if (text_is_nocase(text, states[i] + 3))
            return states[i];
    return NULL;
}
