/* Codebook: the entities, variables and values that the register knows, as data.
 *
 * Read once at start from one text file (embedded by default; `--codebook FILE` replaces it) and constant from then
 * on. Adding a variable is a change of that file and nothing else: it is validated, filterable and exported. */
#pragma once

#include "base/arena.h"
#include "base/problem.h"

typedef enum ValueType {
    TYPE_ID,
    TYPE_TEXT,
    TYPE_TEXT_I18N,
    TYPE_ENUM,
    TYPE_FLAG,
    TYPE_CODE,
    TYPE_REF,
    TYPE_DATE,
    TYPE_DATETIME,
    TYPE_COUNT,
    TYPE_NUMBER,
    TYPE_RANGE,
    TYPE_MONEY,
    TYPE_URL,
    TYPE_HASH,
    TYPE_POINT,
    TYPE_ANY,
    TYPE_COUNT_OF_TYPES
} ValueType;

enum { CODEBOOK_MAX = 4 << 20, CODEBOOK_KEY_MAX = 40 }; /* bytes of a file and of a key or code */

typedef enum Cardinality { EXACTLY_ONE, AT_MOST_ONE, ANY_NUMBER } Cardinality;
typedef enum Visibility { VISIBLE_PUBLIC, VISIBLE_ANALYST, VISIBLE_PRIVATE } Visibility;

typedef struct Label {
    const char *en, *fr;
} Label;

typedef struct Value {
    const char *code;
    Label label, definition;
    const char *veris, *stix;       /* mappings, "" when none */
    const char *group, *group_code; /* a value of another variable that follows from this one: "sector_group" and
                                       "patient_care" for the organisation type hospital; NULL when there is none */
    ValueType measure;              /* what a claim "variable.code" holds: see codebook_claimable */
    const char *measure_unit;       /* NULL when there is no such claim */
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
    const struct Table *codes; /* private: finds a code; of an enum or a list of codes that the unit names */
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
Text codebook_embedded(void); /* lives as long as the program */

typedef enum NeededName {
#define NEEDED(name, ...) NEEDED_##name,
#include "codebook/needed.def"
#undef NEEDED
    NEEDED_COUNT
} NeededName;

const Variable *codebook_needed(const Codebook *codebook, NeededName name); /* one that the rules read: always there */
const Variable *codebook_variable(const Codebook *codebook, const char *key); /* NULL when there is none */
const Variable *codebook_variable_of(const Codebook *codebook, const char *entity, const char *key);
const Value *variable_value(const Variable *variable, const char *code); /* NULL when there is none */
size_t variable_place(const Variable *variable, const char *code);       /* its index, or value_count */

/* What a claim may be about: a variable's key ("attack_type"), an indicator of care ("metric.appointments_cancelled", a
 * range, or money for costs) or a dated event ("event_kind.detected", a date). NULL when the codebook has no such thing
 * or it is private. Indicators and events are variables of their own: `key` is the whole name, `label` that of the
 * indicator or event. `type` is the type of the claimed value. */
const Variable *codebook_claimable(const Codebook *codebook, Text name, ValueType *type);

/* The group (code of sector_group) of an organisation type; NULL when the codebook does not tell. */
const char *codebook_sector_of(const Codebook *codebook, const char *org_type);

const char *value_type_name(ValueType type);             /* as the file writes it: "text_i18n" */
const char *label_in(Label label, const char *language); /* "fr" or English */
