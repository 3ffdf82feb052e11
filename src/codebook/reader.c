/* Reader: from the lines of the codebook file to its tables. It guesses nothing: the first line that is not exactly as
 * the head of the file describes stops it. */
#include "base/out.h"
#include "base/unicode.h"
#include "codebook/index.h"

enum {
    FIELDS_MAX = 12,
    ENTITY_FIELDS = 4,
    VARIABLE_FIELDS = 11,
    VALUE_FIELDS = 4,
    VALUE_FIELDS_MAX = 6,
    PAIR_FIELDS = 2
};
enum { SHOWN_MAX = 40 };

typedef struct Reader {
    Arena *arena;
    Problem *problem;
    Codebook *codebook;
    size_t number;           /* of the line, from 1 */
    Text fields[FIELDS_MAX]; /* of the line */
    size_t field_count;      /* may be more than FIELDS_MAX */
    Label *definition;       /* of the line directly above; NULL when it takes none */
    Table *lines;            /* "entity.variable.code" to its line */
    Entity *entities;
    size_t entity_room;
    Variable *variables; /* of the last entity */
    size_t variable_count, variable_room;
    Value *values; /* of the last variable */
    size_t value_count, value_room;
    ValueType measure;        /* of every value of the last variable */
    const char *measure_unit; /* NULL when they measure nothing */
} Reader;

static bool refuse(Reader *reader, const char *format, ...) PRINTF_LIKE(2, 3);

static bool refuse(Reader *reader, const char *format, ...)
{
    char what[sizeof reader->problem->message];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    return fail(reader->problem, PROBLEM_BAD_INPUT, "line %zu: %s", reader->number, what);
}

static Entity *last_entity(Reader *reader)
{
    return reader->codebook->entity_count > 0 ? &reader->entities[reader->codebook->entity_count - 1] : NULL;
}

static Variable *last_variable(Reader *reader)
{
    return reader->variable_count > 0 ? &reader->variables[reader->variable_count - 1] : NULL;
}

static Value *last_value(Reader *reader)
{
    return reader->value_count > 0 ? &reader->values[reader->value_count - 1] : NULL;
}

/* Field `i` as a string that lasts. */
static const char *field(Reader *reader, size_t i)
{
    return i < reader->field_count ? arena_text(reader->arena, reader->fields[i]) : "";
}

/* Field `i` for a message: what a long one begins with. */
static const char *shown(Reader *reader, size_t i)
{
    Text text = text_slice(reader->fields[i], 0, SHOWN_MAX);
    while (!unicode_valid(text))
        text.length--;
    return arena_text(reader->arena, text);
}

static bool is_key(Text key)
{
    for (size_t i = 0; i < key.length; i++) {
        char c = key.at[i];
        if (!(c >= 'a' && c <= 'z') && (i == 0 || !((c >= '0' && c <= '9') || c == '_')))
            return false;
    }
    return key.length > 0 && key.length <= CODEBOOK_KEY_MAX;
}

/* The name of the line is in form and stands only once under `prefix` ("entity.variable."). */
static bool name_is_new(Reader *reader, const char *what, const char *prefix)
{
    Text key = reader->fields[0];
    if (!is_key(key))
        return refuse(reader, "%s '%s': a name is a letter a to z, then letters, digits and _, at most %d in all", what,
                      shown(reader, 0), CODEBOOK_KEY_MAX);
    Text name = text_of(arena_format(reader->arena, "%s%.*s", prefix, (int)key.length, key.at));
    const int64_t *before = table_get(reader->lines, name);
    if (before)
        return refuse(reader, "%s '%s' stands twice, first in line %lld", what, shown(reader, 0), (long long)*before);
    table_put(reader->lines, name, (int64_t)reader->number);
    return true;
}

static bool has_fields(Reader *reader, const char *what, size_t least, size_t most)
{
    if (reader->field_count >= least && reader->field_count <= most)
        return true;
    return refuse(reader, "%s '%s': %zu fields; expected %zu%s", what, shown(reader, 0), reader->field_count, least,
                  least == most ? "" : arena_format(reader->arena, " to %zu", most));
}

/* Label in English, label in French and definition, from field `first` on. */
static bool read_words(Reader *reader, const char *what, size_t first, Label *label, Label *definition)
{
    static const char *const names[] = { "label in English", "label in French", "definition" };
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (reader->fields[first + i].length == 0)
            return refuse(reader, "%s '%s': the %s is missing", what, field(reader, 0), names[i]);
    *label = (Label){ field(reader, first), field(reader, first + 1) };
    *definition = (Label){ field(reader, first + 2), field(reader, first + 2) };
    return true;
}

/* The place of field `i` among `words`, or -1 once it was refused. */
static int read_word(Reader *reader, const char *what, size_t i, const char *const *words, size_t count)
{
    AUTO_OUT list = { 0 };
    for (size_t j = 0; j < count; j++) {
        if (text_is(reader->fields[i], words[j]))
            return (int)j;
        out_raw(&list, ", ", j ? 2 : 0);
        out_raw(&list, words[j], strlen(words[j]));
    }
    refuse(reader, "'%s': unknown %s '%s'; expected one of %s", shown(reader, 0), what, shown(reader, i), list.text);
    return -1;
}

static int read_type(Reader *reader, size_t i)
{
    const char *names[TYPE_COUNT_OF_TYPES];
    for (int type = 0; type < TYPE_COUNT_OF_TYPES; type++)
        names[type] = value_type_name((ValueType)type);
    return read_word(reader, "type", i, names, COUNT_OF(names));
}

/* What is wrong with `name` shows only below it; its own line is told. */
static bool refuse_above(Reader *reader, const char *name, const char *what)
{
    const int64_t *line = table_get(reader->lines, text_of(name));
    reader->number = line ? (size_t)*line : reader->number;
    return refuse(reader, "%s", what);
}

static bool end_variable(Reader *reader)
{
    Variable *variable = last_variable(reader);
    if (!variable)
        return true;
    if (variable->type == TYPE_ENUM && reader->value_count == 0)
        return refuse_above(reader, arena_format(reader->arena, "%s.%s", variable->entity, variable->key),
                            arena_format(reader->arena, "variable '%s': an enum without values", variable->key));
    variable->values = reader->values;
    variable->value_count = reader->value_count;
    variable->codes = index_of_codes(reader->arena, variable);
    reader->values = NULL;
    reader->value_count = reader->value_room = 0;
    reader->measure_unit = NULL;
    return true;
}

static bool end_entity(Reader *reader)
{
    Entity *entity = last_entity(reader);
    if (!entity)
        return true;
    if (reader->variable_count == 0)
        return refuse_above(reader, entity->key, arena_format(reader->arena, "entity '%s': no variables", entity->key));
    if (!end_variable(reader))
        return false;
    entity->variables = reader->variables;
    entity->variable_count = reader->variable_count;
    reader->variables = NULL;
    reader->variable_count = reader->variable_room = 0;
    return true;
}

static bool read_entity(Reader *reader)
{
    Entity entity = { 0 };
    if (!end_entity(reader) || !has_fields(reader, "entity", ENTITY_FIELDS, ENTITY_FIELDS) ||
        !name_is_new(reader, "entity", "") || !read_words(reader, "entity", 1, &entity.label, &entity.definition))
        return false;
    entity.key = field(reader, 0);
    size_t count = reader->codebook->entity_count++;
    reader->entities = arena_grow(reader->arena, reader->entities, count, &reader->entity_room, sizeof entity);
    reader->entities[count] = entity;
    reader->definition = &reader->entities[count].definition;
    return true;
}

static bool read_variable(Reader *reader)
{
    static const char *const cardinalities[] = { "1", "?", "*" };
    static const char *const visibilities[] = { "public", "analyst", "private" };
    const Entity *entity = last_entity(reader);
    if (!entity)
        return refuse(reader, "a variable stands before the first entity (a line with @)");
    Variable variable = { .entity = entity->key };
    if (!end_variable(reader) || !has_fields(reader, "variable", VARIABLE_FIELDS, VARIABLE_FIELDS) ||
        !name_is_new(reader, "variable", arena_format(reader->arena, "%s.", entity->key)))
        return false;
    int type = read_type(reader, 1);
    int cardinality = type < 0 ? -1 : read_word(reader, "cardinality", 2, cardinalities, COUNT_OF(cardinalities));
    int visibility = cardinality < 0 ? -1 : read_word(reader, "visibility", 5, visibilities, COUNT_OF(visibilities));
    if (visibility < 0 || !read_words(reader, "variable", 6, &variable.label, &variable.definition))
        return false;
    variable.key = field(reader, 0);
    variable.type = (ValueType)type;
    variable.cardinality = (Cardinality)cardinality;
    variable.visibility = (Visibility)visibility;
    variable.unit = field(reader, 3);
    variable.origin = field(reader, 4);
    variable.veris = field(reader, 9);
    variable.stix = field(reader, 10);
    size_t count = reader->variable_count++;
    reader->variables = arena_grow(reader->arena, reader->variables, count, &reader->variable_room, sizeof variable);
    reader->variables[count] = variable;
    reader->definition = &reader->variables[count].definition;
    return true;
}

static bool read_value(Reader *reader)
{
    const Variable *variable = last_variable(reader);
    if (!variable)
        return refuse(reader, "a value stands before the first variable (a line with +) of an entity");
    if (variable->type != TYPE_ENUM)
        return refuse(reader, "variable '%s' is of type %s; only an enum has values", variable->key,
                      value_type_name(variable->type));
    Value value = { .measure = reader->measure, .measure_unit = reader->measure_unit };
    if (!has_fields(reader, "value", VALUE_FIELDS, VALUE_FIELDS_MAX) ||
        !name_is_new(reader, "value", arena_format(reader->arena, "%s.%s.", variable->entity, variable->key)) ||
        !read_words(reader, "value", 1, &value.label, &value.definition))
        return false;
    value.code = field(reader, 0);
    value.veris = field(reader, 4);
    value.stix = field(reader, 5);
    size_t count = reader->value_count++;
    reader->values = arena_grow(reader->arena, reader->values, count, &reader->value_room, sizeof value);
    reader->values[count] = value;
    reader->definition = &reader->values[count].definition;
    return true;
}

static bool read_definition(Reader *reader, Label *definition)
{
    if (!definition)
        return refuse(reader, "a French definition (~) stands only directly below what it defines");
    if (reader->fields[0].length == 0)
        return refuse(reader, "the French definition is empty");
    if (!has_fields(reader, "definition", 1, 1))
        return false;
    definition->fr = field(reader, 0);
    return true;
}

static bool read_group(Reader *reader)
{
    Value *value = last_value(reader);
    if (!value)
        return refuse(reader, "a group (>) stands only below a value");
    if (!has_fields(reader, "group", PAIR_FIELDS, PAIR_FIELDS))
        return false;
    if (value->group)
        return refuse(reader, "value '%s' has two groups", value->code);
    value->group = field(reader, 0);
    value->group_code = field(reader, 1);
    return true;
}

static bool read_measure(Reader *reader)
{
    static const char *const words[] = { "date", "number", "count", "range", "money" };
    static const ValueType types[] = { TYPE_DATE, TYPE_NUMBER, TYPE_COUNT, TYPE_RANGE, TYPE_MONEY };
    const Variable *variable = last_variable(reader);
    if (!variable || variable->type != TYPE_ENUM)
        return refuse(reader, "what is measured (=) stands only below an enum or a value of it");
    if (!has_fields(reader, "measure", PAIR_FIELDS, PAIR_FIELDS))
        return false;
    int place = read_word(reader, "measure", 0, words, COUNT_OF(words));
    if (place < 0)
        return false;
    Value *value = last_value(reader);
    *(value ? &value->measure : &reader->measure) = types[place];
    *(value ? &value->measure_unit : &reader->measure_unit) = field(reader, 1);
    return true;
}

/* name, version or licence: a word of letters, digits, points and hyphens. */
static bool read_head(Reader *reader, Text line)
{
    const struct {
        const char *word;
        const char **place;
    } heads[] = {
        { "name ", &reader->codebook->name },
        { "version ", &reader->codebook->version },
        { "licence ", &reader->codebook->licence },
    };
    for (size_t i = 0; i < COUNT_OF(heads); i++) {
        if (!text_starts(line, heads[i].word))
            continue;
        Text value = text_trim(text_slice(line, strlen(heads[i].word), line.length));
        if (last_entity(reader) || **heads[i].place)
            return refuse(reader, "'%s' stands only once, above the first entity", heads[i].word);
        if (value.length == 0)
            return refuse(reader, "'%s' is followed by one word", heads[i].word);
        for (size_t j = 0; j < value.length; j++)
            if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-+_", value.at[j]))
                return refuse(reader, "'%s' is followed by one word of letters, digits, . - + and _", heads[i].word);
        *heads[i].place = arena_text(reader->arena, value);
        return true;
    }
    return refuse(reader, "a line begins with @, +, -, ~, >, = and a blank, with #, or with name, version or licence");
}

static void split_fields(Reader *reader, Text line)
{
    Text part;
    reader->field_count = 0;
    memset(reader->fields, 0, sizeof reader->fields);
    while (text_split(&line, '|', &part)) {
        if (reader->field_count < FIELDS_MAX)
            reader->fields[reader->field_count] = text_trim(part);
        reader->field_count++;
    }
}

static bool read_line(Reader *reader, Text line)
{
    Label *above = reader->definition;
    reader->definition = NULL;
    if (text_trim(line).length == 0 || line.at[0] == '#')
        return true;
    for (size_t i = 0; i < line.length; i++)
        if ((unsigned char)line.at[i] < ' ' || line.at[i] == 0x7f)
            return refuse(reader, "a control character (byte %d) at place %zu", line.at[i], i + 1);
    if (line.length < 2 || line.at[1] != ' ')
        return read_head(reader, line);
    split_fields(reader, text_slice(line, 2, line.length));
    switch (line.at[0]) {
    case '@': return read_entity(reader);
    case '+': return read_variable(reader);
    case '-': return read_value(reader);
    case '~': return read_definition(reader, above);
    case '>': return read_group(reader);
    case '=': return read_measure(reader);
    default: return read_head(reader, line);
    }
}

static bool read_lines(Reader *reader, Text rest)
{
    Text line;
    if (text_starts(rest, "\xEF\xBB\xBF"))
        rest = text_slice(rest, 3, rest.length);
    while (text_split(&rest, '\n', &line)) {
        reader->number++;
        if (text_ends(line, "\r"))
            line.length--;
        if (!unicode_valid(line))
            return refuse(reader, "not valid UTF-8");
        if (!read_line(reader, line))
            return false;
    }
    if (!last_entity(reader))
        return refuse(reader, "the codebook has no entities");
    return end_entity(reader);
}

bool codebook_read(Arena *arena, Text text, Codebook *codebook, Problem *problem)
{
    *codebook = (Codebook){ .name = "", .version = "", .licence = "" };
    Reader reader = { .arena = arena, .problem = problem, .codebook = codebook, .lines = table_new(arena) };
    if (text.length > CODEBOOK_MAX)
        return fail(problem, PROBLEM_BAD_INPUT, "the codebook is longer than %d bytes", CODEBOOK_MAX);
    if (!read_lines(&reader, text))
        return false;
    codebook->entities = reader.entities;
    codebook_index(arena, codebook);
    return codebook_check(codebook, reader.lines, problem);
}
