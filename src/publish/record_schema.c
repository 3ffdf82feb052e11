#include "publish/record_schema.h"

#include "domain/shape.h"

/* A list or part of a record: the entity of the codebook that has its codes, and what the register says itself. */
static const struct {
    const char *member, *entity;
} entities[] = {
    { "affected", "affected" }, { "claims", "claim" },     { "organisation", "organisation" },
    { "sources", "source" },    { "statements", "claim" },
};

static const char *const ours[] = { "dataset", "inclusion", "reason", "reviewer" };

/* What the codebook does not say of a member. */
static const struct {
    const char *entity, *member, *about;
} abouts[] = {
    { "incident", "external", "Your own id of the record, 1 to 200 bytes: by it the record is known again." },
    { "incident", "title", "A neutral title: who, what, when." },
    { "incident", "summary", "A few neutral sentences." },
    { "incident", "sources", "The documents in which it is said." },
    { "incident", "affected", "The organisations, each with its role." },
    { "incident", "statements", "What somebody says in one source on one day." },
    { "claim", "source", "The place of the source in the list of sources, from 0." },
    { "claim", "as_of", "The day to which the values refer." },
    { "claim", "known_since", "The day on which the source said it." },
    { "claim", "variable", "A variable of the codebook, an indicator (metric.CODE) or an event (event_kind.CODE)." },
    { "claim", "value", "In the variable's form; either this or missing." },
    { "claim", "raw", "What stands in the source when it is not the value itself." },
    { "claim", "locator", "Where in the source: page 3, row 17." },
    { "organisation", "external", "Its id in a register: wikidata:Q42." },
    { "affected", "supplier",
      "Through which of the record's organisations it was hit: the place of that one in the list, from 1." },
    { "source", "group", "Sources with one group do not confirm each other." },
    { "source", "sha256", "Of the copy that you read." },
    { "source", "archive", "Where a copy stands." },
};

static bool is_ours(const char *member, const char *entity)
{
    for (size_t i = 0; i < COUNT_OF(ours) && strcmp(entity, "incident") == 0; i++)
        if (strcmp(ours[i], member) == 0)
            return true;
    return false;
}

static const char *entity_of(const char *member, const char *outer)
{
    for (size_t i = 0; i < COUNT_OF(entities); i++)
        if (strcmp(entities[i].member, member) == 0)
            return entities[i].entity;
    return outer;
}

static const char *about_of(const char *member, const char *entity, const Variable *variable)
{
    for (size_t i = 0; i < COUNT_OF(abouts); i++)
        if (strcmp(abouts[i].member, member) == 0 && strcmp(abouts[i].entity, entity) == 0)
            return abouts[i].about;
    return variable ? variable->definition.en : NULL;
}

static void put_codes(Out *out, const Variable *variable)
{
    OUT_LITERAL(out, ",\"enum\":[");
    for (size_t i = 0; i < variable->value_count; i++) {
        out_raw(out, ",", i ? 1 : 0);
        out_json(out, variable->values[i].code);
    }
    OUT_LITERAL(out, "]");
}

typedef struct Describing {
    Arena *arena;
    const Codebook *codebook;
    Out *out;
} Describing;

static void put_part(const Describing *describing, const Shape *shape, const char *entity);

static void put_type(const Describing *describing, const Field *field, const char *entity, const Variable *variable)
{
    Out *out = describing->out;
    switch (field->kind) {
    case FIELD_DAY: OUT_LITERAL(out, "\"type\":\"string\",\"format\":\"date\""); return;
    case FIELD_NUMBER: OUT_LITERAL(out, "\"type\":\"integer\",\"minimum\":0"); return;
    case FIELD_ID: OUT_LITERAL(out, "\"type\":\"integer\",\"minimum\":1"); return;
    case FIELD_PART:
    case FIELD_OPTION: put_part(describing, field->shape, entity); return;
    case FIELD_LIST:
        OUT_LITERAL(out, "\"type\":\"array\",\"minItems\":1,\"items\":{");
        put_part(describing, field->shape, entity);
        OUT_LITERAL(out, "}");
        return;
    case FIELD_TEXT:
    default:
        OUT_LITERAL(out, "\"type\":\"string\",\"minLength\":1");
        if (variable && variable->type == TYPE_ENUM)
            put_codes(out, variable);
    }
}

static const char *name_of(Arena *arena, const Field *field)
{
    return arena_copy(arena, field->key + 1, field->length - 3); /* "title" of "\"title\":" */
}

static void put_member(const Describing *describing, const Field *field, const char *entity)
{
    Out *out = describing->out;
    const char *name = name_of(describing->arena, field);
    const Variable *variable = codebook_variable_of(describing->codebook, entity, name);
    const char *about = about_of(name, entity, variable);
    out_json(out, name);
    OUT_LITERAL(out, ":{");
    if (about) {
        OUT_LITERAL(out, "\"description\":");
        out_json(out, about);
        OUT_LITERAL(out, ",");
    }
    put_type(describing, field, entity_of(name, entity), variable);
    OUT_LITERAL(out, "}");
}

static bool is_needed(const char *name, const char *entity)
{
    static const struct {
        const char *entity, *names;
    } needed[] = { { "incident", " affected external sources statements title " },
                   { "source", " reliability source_type " },
                   { "affected", " organisation role " },
                   { "organisation", " name " },
                   { "claim", " claimant claims credibility source stance variable " } };
    char word[48];
    (void)snprintf(word, sizeof word, " %s ", name);
    for (size_t i = 0; i < COUNT_OF(needed); i++)
        if (strcmp(needed[i].entity, entity) == 0)
            return strstr(needed[i].names, word) != NULL;
    return false;
}

/* What goes along with a record and is no part of it: up to the ceiling of the addresses that take one. */
static void put_mark(Out *out)
{
    OUT_LITERAL(
        out, ",\n\"tlp\":{\"description\":\"How confidential it is, by TLP 2.0; without it CLEAR. Only what is "
             "CLEAR is published.\",\"type\":\"string\",\"enum\":[\"CLEAR\",\"GREEN\",\"TLP:CLEAR\",\"TLP:GREEN\"]}");
}

static void put_part(const Describing *describing, const Shape *shape, const char *entity)
{
    Out *out = describing->out;
    bool first = true;
    OUT_LITERAL(out, "\"type\":\"object\",\"additionalProperties\":false,\"required\":[");
    for (size_t i = 0; i < shape->field_count; i++) {
        const char *name = name_of(describing->arena, &shape->fields[i]);
        if (!is_needed(name, entity))
            continue;
        out_raw(out, ",", first ? 0 : 1);
        first = false;
        out_json(out, name);
    }
    OUT_LITERAL(out, "],\"properties\":{");
    first = true;
    for (size_t i = 0; i < shape->field_count; i++) {
        if (is_ours(name_of(describing->arena, &shape->fields[i]), entity))
            continue;
        out_raw(out, ",\n", first ? 0 : 2);
        first = false;
        put_member(describing, &shape->fields[i], entity);
    }
    if (shape == &record_shape)
        put_mark(out);
    OUT_LITERAL(out, "}");
}

void record_schema(Out *out, Arena *arena, const Codebook *codebook)
{
    Describing describing = { arena, codebook, out };
    OUT_LITERAL(out, "{");
    put_part(&describing, &record_shape, "incident");
    OUT_LITERAL(out, "}");
}
