#include "intake/veris_map.h"

enum { CONDITION = 1000 }; /* weighs more than any prefix is long */

typedef struct Condition {
    Text path, value;
    bool prefix;
} Condition;

/* "path=value" or "path~prefix"; false when it is neither. */
static bool condition_read(Text text, Condition *condition)
{
    size_t equals = text_find(text, "="), tilde = text_find(text, "~"), at = MIN(equals, tilde);
    if (at == text.length)
        return false;
    condition->path = text_trim(text_slice(text, 0, at));
    condition->value = text_trim(text_slice(text, at + 1, text.length));
    condition->prefix = tilde < equals;
    return true;
}

static bool value_fits(const json_t *value, const Condition *condition)
{
    char number[32];
    Text text = { json_string_value(value), json_string_length(value) };
    if (json_is_integer(value)) {
        (void)snprintf(number, sizeof number, "%lld", (long long)json_integer_value(value));
        text = text_of(number);
    }
    if (!text.at)
        return false;
    if (condition->prefix)
        return text.length >= condition->value.length &&
               text_equal(text_slice(text, 0, condition->value.length), condition->value);
    return condition->value.length == 0 ? text.length > 0 : text_equal(text, condition->value);
}

/* Walks down the path; lists on the way are searched through. The depth is that of the path, at most 64. */
static bool fits(const json_t *at, Text path, const Condition *condition)
{
    if (json_is_array(at)) {
        size_t i;
        json_t *item;
        json_array_foreach(at, i, item) if (!json_is_array(item) && fits(item, path, condition)) return true;
        return false;
    }
    Text step;
    if (!text_split(&path, '.', &step))
        return value_fits(at, condition);
    if (text_ends(step, "[]"))
        step.length -= 2;
    char key[64];
    if (!json_is_object(at) || step.length >= sizeof key)
        return false;
    memcpy(key, step.at, step.length);
    key[step.length] = '\0';
    const json_t *next = json_object_get(at, key);
    return next && fits(next, path, condition);
}

bool veris_has(const json_t *document, const char *path, Text value)
{
    Condition condition = { text_of(path), value, false };
    return fits(document, condition.path, &condition);
}

size_t veris_holds(const json_t *document, const char *mapping)
{
    Text rest = text_of(mapping), part;
    size_t weight = 0;
    while (text_split(&rest, '+', &part)) {
        Condition condition;
        if (!condition_read(part, &condition) || !fits(document, condition.path, &condition))
            return 0;
        weight += CONDITION + (condition.prefix ? condition.value.length : 0);
    }
    return weight;
}

const char *veris_code(const json_t *document, const Variable *variable)
{
    const char *best = NULL;
    size_t most = 0;
    for (size_t i = 0; i < variable->value_count; i++) {
        size_t held = veris_holds(document, variable->values[i].veris);
        if (held > most) {
            most = held;
            best = variable->values[i].code;
        }
    }
    return best;
}

static bool stands_before(const Variable *variable, size_t place)
{
    for (size_t i = 0; i < place; i++)
        if (strcmp(variable->values[i].veris, variable->values[place].veris) == 0)
            return true;
    return false;
}

size_t veris_codes(const json_t *document, const Variable *variable, const char **codes, size_t most)
{
    size_t count = 0;
    for (size_t i = 0; i < variable->value_count && count < most; i++)
        if (veris_holds(document, variable->values[i].veris) && !stands_before(variable, i))
            codes[count++] = variable->values[i].code;
    return count;
}
