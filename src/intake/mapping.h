/* Mapping: what the columns of any CSV file mean, as a small text file; docs/import-csv.md explains its form. */
#pragma once

#include "intake/importer.h"

enum { MAPPING_MAX = 1 << 18, MAPPING_RULES_MAX = 512, PLACEHOLDERS_MAX = 8 };

typedef enum Target { /* where a column goes that is no claim */
                      TARGET_CLAIM,
                      TARGET_KEY,
                      TARGET_TITLE,
                      TARGET_SUMMARY,
                      TARGET_INCLUSION,
                      TARGET_REASON,
                      TARGET_KNOWN_SINCE,
                      TARGET_NAME,
                      TARGET_COUNTRY,
                      TARGET_SUBDIVISION,
                      TARGET_PLACE,
                      TARGET_ORG_TYPE,
                      TARGET_SECTOR,
                      TARGET_EXTERNAL,
                      TARGET_ROLE,
                      TARGET_NAMING,
                      TARGET_SOURCE_URL,
                      TARGET_SOURCE_TITLE,
                      TARGET_SOURCE_PUBLISHED,
                      TARGET_COUNT
} Target;

typedef struct Translation { /* "cell = code, code" of a [values] section */
    const char *cell;        /* "*" takes every other cell */
    const char *codes;
} Translation;

typedef struct Rule {           /* one line of [columns] or [always] */
    const char *column, *until; /* names; until: of the column with the end of a span; both NULL in [always] */
    const char *fixed;          /* the text of [always] */
    Target target;
    const char *variable; /* of a claim */
    ValueType type;
    char split; /* between several values in a cell; '\0': one value */
    double placeholders[PLACEHOLDERS_MAX];
    size_t placeholder_count;
    DateOrder order;
    const Translation *translations;
    size_t translation_count;
    size_t line; /* of the mapping */
} Rule;

struct Mapping {
    const char *name, *licence, *claimant, *stance, *credibility, *language, *sum;
    const char *source_url, *source_title, *source_type, *source_reliability;
    Rule *rules;
    size_t rule_count;
    const char *text; /* the whole file, for the work store */
};

/* BAD_INPUT names the line, what is wrong and what was expected. Memory: `arena`. */
bool mapping_read(Arena *arena, const Codebook *codebook, Text text, Mapping *mapping, Problem *problem);

/* The places of the rules' columns in a file: places[2 * i] of rules[i], places[2 * i + 1] of the column with the end
 * of its span, -1 for none. BAD_INPUT names a column that the file lacks. Memory: `arena`. */
bool mapping_bind(Arena *arena, const Mapping *mapping, const Columns *columns, const int **places, Problem *problem);
