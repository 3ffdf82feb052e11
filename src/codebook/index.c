#include "codebook/index.h"

#include "codebook/country.h"

static const struct {
    const char *entity, *key;
} needed[] = {
#define NEEDED(name, entity, variable, ...) { entity, variable },
#include "codebook/needed.def"
#undef NEEDED
};

typedef struct Builder {
    Arena *arena;
    Table *variables, *qualified, *claims;
    const Variable **found;
    size_t count, room;
} Builder;

static void add(Builder *builder, Table *table, Text name, const Variable *variable)
{
    if (table_get(table, name))
        return;
    table_put(table, name, (int64_t)builder->count);
    builder->found =
        arena_grow(builder->arena, builder->found, builder->count, &builder->room, sizeof(const Variable *));
    builder->found[builder->count++] = variable;
}

/* "metric.beds_closed" as a variable of its own. */
static void add_measured(Builder *builder, const Variable *variable, const Value *value)
{
    Variable *measured = NEW(builder->arena, Variable);
    *measured = *variable;
    measured->key = arena_format(builder->arena, "%s.%s", variable->key, value->code);
    measured->type = value->measure;
    measured->cardinality = AT_MOST_ONE;
    measured->unit = value->measure_unit;
    measured->veris = value->veris;
    measured->stix = value->stix;
    measured->label = value->label;
    measured->definition = value->definition;
    measured->values = NULL;
    measured->value_count = 0;
    measured->codes = NULL;
    add(builder, builder->claims, text_of(measured->key), measured);
}

Text index_qualified(const char *entity, const char *key, char name[QUALIFIED_MAX])
{
    size_t first = strnlen(entity, CODEBOOK_KEY_MAX), second = strnlen(key, CODEBOOK_KEY_MAX);
    memcpy(name, entity, first);
    name[first] = '.';
    memcpy(name + first + 1, key, second);
    return (Text){ name, first + 1 + second };
}

static void add_variable(Builder *builder, const Variable *variable)
{
    char name[QUALIFIED_MAX];
    add(builder, builder->variables, text_of(variable->key), variable);
    add(builder, builder->qualified, index_qualified(variable->entity, variable->key, name), variable);
    if (variable->visibility == VISIBLE_PRIVATE) /* what only the people concerned may see is never claimed in public */
        return;
    add(builder, builder->claims, text_of(variable->key), variable);
    for (size_t i = 0; i < variable->value_count; i++)
        if (variable->values[i].measure_unit)
            add_measured(builder, variable, &variable->values[i]);
}

const Table *index_of_codes(Arena *arena, const Variable *variable)
{
    if (variable->type == TYPE_CODE && strcmp(variable->unit, COUNTRY_UNIT) == 0)
        return country_table(arena);
    if (variable->type != TYPE_ENUM)
        return NULL;
    Table *codes = table_new(arena);
    for (size_t i = 0; i < variable->value_count; i++)
        table_put(codes, text_of(variable->values[i].code), (int64_t)i);
    return codes;
}

void codebook_index(Arena *arena, Codebook *codebook)
{
    Builder builder = {
        .arena = arena, .variables = table_new(arena), .qualified = table_new(arena), .claims = table_new(arena)
    };
    struct CodebookIndex *index = NEW(arena, struct CodebookIndex);
    for (size_t i = 0; i < codebook->entity_count; i++)
        for (size_t j = 0; j < codebook->entities[i].variable_count; j++)
            add_variable(&builder, &codebook->entities[i].variables[j]);
    *index = (struct CodebookIndex){
        .variables = builder.variables, .qualified = builder.qualified, .claims = builder.claims, .found = builder.found
    };
    codebook->index = index;
    for (size_t i = 0; i < NEEDED_COUNT; i++)
        index->needed[i] = codebook_variable_of(codebook, needed[i].entity, needed[i].key);
}
