#include "codebook/country.h"
#include "codebook/index.h"

typedef struct Needed {
    const char *entity, *variable;
    ValueType type;
    size_t most;
    const char *codes;
} Needed;

static const Needed needed[] = {
#define NEEDED(name, entity, variable, type, most, codes) { entity, variable, type, most, codes },
#include "codebook/needed.def"
#undef NEEDED
};

/* The line of "entity.variable" or "entity.variable.code". */
static long long line_of(const Table *lines, const Variable *variable, const char *code)
{
    char name[3 * CODEBOOK_KEY_MAX + 3];
    snprintf(name, sizeof name, "%s.%s%s%s", variable->entity, variable->key, code ? "." : "", code ? code : "");
    const int64_t *line = table_get(lines, text_of(name));
    return line ? *line : 0;
}

static bool has_codes(const Needed *need, const Variable *variable, long long line, Problem *problem)
{
    Text rest = text_of(need->codes), code;
    while (rest.length > 0 && text_split(&rest, ' ', &code)) {
        char text[CODEBOOK_KEY_MAX + 1];
        snprintf(text, sizeof text, "%.*s", (int)code.length, code.at);
        if (!variable_value(variable, text))
            return fail(problem, PROBLEM_BAD_INPUT,
                        "line %lld: variable '%s': the value '%s', which the program's rules name, is missing", line,
                        variable->key, text);
    }
    return true;
}

static bool is_there(const Codebook *codebook, const Needed *need, const Table *lines, Problem *problem)
{
    const Variable *variable = codebook_variable_of(codebook, need->entity, need->variable);
    if (!variable)
        return fail(problem, PROBLEM_BAD_INPUT,
                    "the variable '%s' of the entity '%s', which the program's rules read, is missing", need->variable,
                    need->entity);
    long long line = line_of(lines, variable, NULL);
    if (variable->type != need->type)
        return fail(problem, PROBLEM_BAD_INPUT,
                    "line %lld: variable '%s': its type is '%s'; the program's rules need '%s'", line, variable->key,
                    value_type_name(variable->type), value_type_name(need->type));
    if (codebook_variable(codebook, need->variable) != variable)
        return fail(
            problem, PROBLEM_BAD_INPUT,
            "line %lld: variable '%s': an entity further up has a variable of that name, and the program's rules "
            "read this one",
            line, variable->key);
    if (need->most && variable->value_count > need->most)
        return fail(problem, PROBLEM_BAD_INPUT, "line %lld: variable '%s': %zu values; at most %zu can be counted",
                    line, variable->key, variable->value_count, need->most);
    if (need->type == TYPE_CODE && !variable->codes)
        return fail(problem, PROBLEM_BAD_INPUT, "line %lld: variable '%s': its unit must be '" COUNTRY_UNIT "'", line,
                    variable->key);
    return has_codes(need, variable, line, problem);
}

static bool groups_exist(const Codebook *codebook, const Variable *variable, const Table *lines, Problem *problem)
{
    for (size_t i = 0; i < variable->value_count; i++) {
        const Value *value = &variable->values[i];
        const Variable *group = value->group ? codebook_variable(codebook, value->group) : NULL;
        if (value->group && (!group || !variable_value(group, value->group_code)))
            return fail(problem, PROBLEM_BAD_INPUT, "line %lld: value '%s': its group '%s | %s' does not exist",
                        line_of(lines, variable, value->code), value->code, value->group, value->group_code);
    }
    return true;
}

bool codebook_check(const Codebook *codebook, const Table *lines, Problem *problem)
{
    for (size_t i = 0; i < codebook->entity_count; i++)
        for (size_t j = 0; j < codebook->entities[i].variable_count; j++)
            if (!groups_exist(codebook, &codebook->entities[i].variables[j], lines, problem))
                return false;
    for (size_t i = 0; i < COUNT_OF(needed); i++)
        if (!is_there(codebook, &needed[i], lines, problem))
            return false;
    return true;
}
