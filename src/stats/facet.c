#include "stats/facet.h"

#include "base/out.h"
#include "codebook/value.h"
#include "domain/severity.h"

enum { NAME_MAX_LENGTH = 64, ALLOWED_MAX_LENGTH = 250 };

const FacetInfo facet_info[FIXED_FACETS] = {
#define FACET(name, key, variable, values) [FACET_##name] = { key, variable, values },
#include "stats/facet.def"
#undef FACET
};

/* As codebook_variable, for a key that comes from outside. */
static const Variable *variable_of(const Codebook *codebook, Text key)
{
    for (size_t e = 0; e < codebook->entity_count; e++)
        for (size_t i = 0; i < codebook->entities[e].variable_count; i++)
            if (text_is(key, codebook->entities[e].variables[i].key))
                return &codebook->entities[e].variables[i];
    return NULL;
}

bool facet_find(const Codebook *codebook, Text key, FacetInfo *facet)
{
    for (size_t i = 0; i < FIXED_FACETS; i++)
        if (text_is(key, facet_info[i].key)) {
            *facet = facet_info[i];
            return true;
        }
    for (size_t i = 0; i < FIXED_FACETS; i++)
        if (key.length && text_is(key, facet_info[i].variable)) {
            *facet = facet_info[i];
            return true;
        }
    const Variable *variable = variable_of(codebook, key);
    if (!variable || variable->type != TYPE_ENUM || variable->visibility != VISIBLE_PUBLIC)
        return false;
    *facet = (FacetInfo){ variable->key, variable->key, VALUES_CODEBOOK };
    return true;
}

static const char *country_code(const Codebook *codebook, Arena *arena, Text value)
{
    char *code = arena_text(arena, value);
    for (size_t i = 0; i < value.length; i++)
        if (code[i] >= 'a' && code[i] <= 'z')
            code[i] = (char)(code[i] - 'a' + 'A');
    Problem ignored = { 0 };
    const Variable *country = codebook_variable_of(codebook, "organisation", "country");
    bool fine = country && value_check(country, country->type, text_of(code), NULL, &ignored);
    return fine && value.length == 2 ? code : NULL;
}

static const char *severity_code(Text value)
{
    for (size_t level = 0; level < SEVERITY_LEVELS; level++)
        if (text_is(value, severity_name((uint8_t)level)))
            return severity_name((uint8_t)level);
    return NULL;
}

/* Names of data sets come from importers and mapping files; one that nobody has used matches nothing. */
static const char *name_code(Arena *arena, Text value)
{
    if (value.length == 0 || value.length > NAME_MAX_LENGTH)
        return NULL;
    for (size_t i = 0; i < value.length; i++) {
        char c = value.at[i];
        bool fine = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                    c == '_' || c == '.';
        if (!fine)
            return NULL;
    }
    return arena_text(arena, value);
}

static const char *codebook_code(const Variable *variable, Text value, FacetValues values)
{
    for (size_t i = 0; variable && i < variable->value_count; i++) {
        const char *code = variable->values[i].code;
        if (text_is(value, code))
            return code;
        if (values == VALUES_VERIFICATION && value.length == 2 && strncmp(code, value.at, 2) == 0)
            return code;
    }
    return NULL;
}

const char *facet_code(const Codebook *codebook, const FacetInfo *facet, Arena *arena, Text value)
{
    switch (facet->values) {
    case VALUES_COUNTRY: return country_code(codebook, arena, value);
    case VALUES_SEVERITY: return severity_code(value);
    case VALUES_NAME: return name_code(arena, value);
    case VALUES_CODEBOOK:
    case VALUES_VERIFICATION: break;
    }
    return codebook_code(codebook_variable(codebook, facet->variable), value, facet->values);
}

static void add_word(Out *list, const char *word)
{
    if (list->length)
        OUT_LITERAL(list, ", ");
    out_raw(list, word, strlen(word));
}

const char *facet_allowed(const Codebook *codebook, const FacetInfo *facet, Arena *arena)
{
    if (facet->values == VALUES_COUNTRY)
        return "a two-letter ISO 3166-1 code";
    if (facet->values == VALUES_NAME)
        return "the name of a data set";
    AUTO_OUT list = { 0 };
    for (size_t level = 0; facet->values == VALUES_SEVERITY && level < SEVERITY_LEVELS; level++)
        add_word(&list, severity_name((uint8_t)level));
    const Variable *variable = codebook_variable(codebook, facet->variable);
    size_t count = variable ? variable->value_count : 0, i = 0;
    for (; i < count && list.length < ALLOWED_MAX_LENGTH; i++)
        add_word(&list, variable->values[i].code);
    Text text = out_view(&list);
    if (i < count)
        return arena_format(arena, "%.*s and %zu more", (int)text.length, text.at, count - i);
    return arena_text(arena, text);
}
