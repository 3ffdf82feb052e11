/* Codebook: the entities, variables and values that the register knows, as data.
 *
 * Read once at start from one text file (embedded by default; `--codebook FILE` replaces it) and constant from then
 * on. Adding a variable is a change of that file and nothing else: it is validated, filterable and exported. */
#pragma once

#include "base/arena.h"
#include "base/problem.h"

typedef enum ValueType {
    TYPE_ID, TYPE_TEXT, TYPE_TEXT_I18N, TYPE_ENUM, TYPE_FLAG, TYPE_CODE, TYPE_REF, TYPE_DATE, TYPE_DATETIME,
    TYPE_COUNT, TYPE_NUMBER, TYPE_RANGE, TYPE_MONEY, TYPE_URL, TYPE_HASH, TYPE_POINT, TYPE_ANY, TYPE_COUNT_OF_TYPES
} ValueType;

typedef enum Cardinality { EXACTLY_ONE, AT_MOST_ONE, ANY_NUMBER } Cardinality;
typedef enum Visibility { VISIBLE_PUBLIC, VISIBLE_ANALYST, VISIBLE_PRIVATE } Visibility;

typedef struct Label {
    const char *en, *fr;
} Label;

typedef struct Value {
    const char *code;
    Label label, definition;
    const char *veris, *stix; /* mappings, "" when none */
} Value;

typedef struct Variable {
    const char *key;    /* unique within its entity; the first entity that has it wins in codebook_variable */
    const char *entity; /* key of its entity */
    ValueType type;
    Cardinality cardinality;
    Visibility visibility;
    const char *unit, *origin, *veris, *stix;
    Label label, definition;
    const Value *values; /* of an enum, in the order of the file */
    size_t value_count;
} Variable;

typedef struct Entity {
    const char *key;
    Label label, definition;
    const Variable *variables;
    size_t variable_count;
} Entity;

typedef struct Codebook {
    const char *name, *version, *licence;
    const Entity *entities;
    size_t entity_count;
    struct CodebookIndex *index; /* private */
} Codebook;

/* Memory: `arena`. BAD_INPUT with the line, what is wrong and what was expected. The variables that the program's
 * own rules read (attack_type, org_type, claimant, ...) must be there with the codes that the rules name. */
bool codebook_read(Arena *arena, Text text, Codebook *codebook, Problem *problem);
Text codebook_embedded(void);

const Variable *codebook_variable(const Codebook *codebook, const char *key); /* NULL when there is none */
const Variable *codebook_variable_of(const Codebook *codebook, const char *entity, const char *key);
const Value *variable_value(const Variable *variable, const char *code); /* NULL when there is none */
size_t variable_place(const Variable *variable, const char *code);      /* its index, or value_count */

/* What a claim may be about: a variable's key ("attack_type"), an indicator of care ("metric.appointments_cancelled",
 * a number) or a dated event ("event_kind.detected", a date). NULL when the codebook has no such thing.
 * `type` is the type of the claimed value. */
const Variable *codebook_claimable(const Codebook *codebook, Text name, ValueType *type);

const char *label_in(Label label, const char *language); /* "fr" or English */
