#include "domain/record_tree.h"

#include "base/unicode.h"
#include "domain/shape.h"

typedef struct Taker {
    Arena *arena;
    char *pointer; /* to what is looked at */
    size_t length;
    Problem *problem;
} Taker;

/* One step down the tree; the caller goes back by giving `length` the value that was returned. */
static size_t step(Taker *taker, const char *name)
{
    size_t before = taker->length;
    size_t room = POINTER_SIZE - before;
    int written = snprintf(taker->pointer + before, room, "/%.60s", name);
    taker->length = MIN(before + (size_t)written, (size_t)POINTER_SIZE - 1);
    return before;
}

static void step_back(Taker *taker, size_t before)
{
    taker->pointer[before] = '\0';
    taker->length = before;
}

static bool expected(Taker *taker, const char *what)
{
    return fail(taker->problem, PROBLEM_BAD_INPUT, "%s is expected here", what);
}

/* "title" of the key "\"title\":". */
static Text name_of(const Field *field)
{
    return (Text){ field->key + 1, field->length - 3 };
}

static const Field *field_named(const Shape *shape, const char *name)
{
    for (size_t i = 0; i < shape->field_count; i++)
        if (text_is(name_of(&shape->fields[i]), name))
            return &shape->fields[i];
    return NULL;
}

static bool text_take(Taker *taker, const json_t *value, const char **text)
{
    if (!json_is_string(value) || json_string_length(value) == 0)
        return expected(taker, "a text that is not empty");
    *text = arena_copy(taker->arena, json_string_value(value), json_string_length(value));
    return true;
}

static bool day_take(Taker *taker, const json_t *value, int32_t *day)
{
    Span span;
    const char *text = json_is_string(value) ? json_string_value(value) : "";
    if (strlen(text) != strlen("2021-05-09") || !span_read(text_of(text), &span) || span.first != span.last)
        return expected(taker, "a day such as \"2021-05-09\"");
    *day = span.first;
    return true;
}

static bool number_take(Taker *taker, const json_t *value, int *number)
{
    json_int_t found = json_is_integer(value) ? json_integer_value(value) : -1;
    if (found < 0 || found > RECORD_PARTS_MAX)
        return expected(taker, "the place of a source in the list of sources, from 0");
    *number = (int)found;
    return true;
}

static bool id_take(Taker *taker, const json_t *value, int64_t *id)
{
    *id = json_is_integer(value) ? json_integer_value(value) : 0;
    return *id > 0 || expected(taker, "a number above 0");
}

static bool part_take(Taker *taker, const json_t *object, void *part, const Shape *shape);

static bool list_take(Taker *taker, const json_t *array, void **items, size_t *count, const Shape *shape)
{
    size_t size = json_is_array(array) ? json_array_size(array) : 0;
    if (size == 0 || size > RECORD_PARTS_MAX)
        return expected(taker, "a list that is not empty");
    char *parts = arena_take(taker->arena, size * shape->size);
    for (size_t i = 0; i < size; i++) {
        char place[24];
        (void)snprintf(place, sizeof place, "%zu", i);
        size_t before = step(taker, place);
        if (!part_take(taker, json_array_get(array, i), parts + i * shape->size, shape))
            return false;
        step_back(taker, before);
    }
    *items = parts;
    *count = size;
    return true;
}

static bool field_take(Taker *taker, const json_t *value, char *part, const Field *field)
{
    char *at = part + field->offset;
    switch (field->kind) {
    case FIELD_TEXT: return text_take(taker, value, (const char **)at);
    case FIELD_DAY: return day_take(taker, value, (int32_t *)at);
    case FIELD_NUMBER: return number_take(taker, value, (int *)at);
    case FIELD_PART: return part_take(taker, value, at, field->shape);
    case FIELD_LIST: return list_take(taker, value, (void **)at, (size_t *)(part + field->count_offset), field->shape);
    case FIELD_ID: return id_take(taker, value, (int64_t *)at);
    case FIELD_OPTION: /* of acts only, which no program sends */
    default: return expected(taker, "nothing");
    }
}

/* What is not there: nothing, an unknown day, or a fault. */
static bool field_absent(Taker *taker, char *part, const Field *field)
{
    if (field->kind == FIELD_DAY)
        *(int32_t *)(part + field->offset) = DAY_UNKNOWN;
    if (field->kind != FIELD_NUMBER && field->kind != FIELD_PART)
        return true;
    (void)step(taker, arena_text(taker->arena, name_of(field)));
    return fail(taker->problem, PROBLEM_BAD_INPUT, "%s is missing", arena_text(taker->arena, name_of(field)));
}

static bool names_known(Taker *taker, const json_t *object, const Shape *shape)
{
    json_t *tree = (json_t *)(uintptr_t)object; /* the library's iterators take no const; nothing is changed */
    for (void *at = json_object_iter(tree); at; at = json_object_iter_next(tree, at)) {
        const char *name = json_object_iter_key(at);
        if (field_named(shape, name))
            continue;
        (void)step(taker, name);
        return fail(taker->problem, PROBLEM_BAD_INPUT, "there is no member '%.60s' here", name);
    }
    return true;
}

static bool part_take(Taker *taker, const json_t *object, void *part, const Shape *shape)
{
    memset(part, 0, shape->size);
    if (!json_is_object(object))
        return expected(taker, "an object");
    if (!names_known(taker, object, shape))
        return false;
    for (size_t i = 0; i < shape->field_count; i++) {
        const char *name = arena_text(taker->arena, name_of(&shape->fields[i]));
        const json_t *value = json_object_get(object, name);
        if (!value && field_absent(taker, part, &shape->fields[i]))
            continue;
        if (!value)
            return false;
        size_t before = step(taker, name);
        if (!field_take(taker, value, part, &shape->fields[i]))
            return false;
        step_back(taker, before);
    }
    return true;
}

bool record_take(Arena *arena, const json_t *tree, Record *record, char pointer[POINTER_SIZE], Problem *problem)
{
    Taker taker = { arena, pointer, 0, problem };
    *pointer = '\0';
    return part_take(&taker, tree, record, &record_shape);
}

/* The shape of the parts under a name that the shape has. */
static const Shape *parts_of(const Shape *shape, const char *name)
{
    const Field *field = field_named(shape, name);
    if (!field)
        abort(); /* the tables of the program itself */
    return field->shape;
}

/* Its member that the problem is about; of a claim's value the fault is told by the variable's name. */
static const char *member_of(const Shape *shape, const Problem *problem, const ClaimFacts *claim)
{
    if (claim && claim->variable && strcmp(problem->field, claim->variable) == 0)
        return claim->missing ? "missing" : "value";
    return field_named(shape, problem->field) ? problem->field : NULL;
}

void record_pointer(const Record *record, const RecordPlace *place, const Problem *problem, char pointer[POINTER_SIZE])
{
    static const char *const lists[] = { [PLACE_SOURCE] = "sources",
                                         [PLACE_AFFECTED] = "affected",
                                         [PLACE_STATEMENT] = "statements",
                                         [PLACE_CLAIM] = "statements" };
    const Shape *shape = &record_shape, *inner = NULL;
    char claim[40] = "", part[60] = "";
    if (place->part != PLACE_RECORD) {
        shape = parts_of(shape, lists[place->part]);
        (void)snprintf(part, sizeof part, "/%s/%zu", lists[place->part], place->number);
    }
    if (place->part == PLACE_CLAIM) {
        shape = parts_of(shape, "claims");
        (void)snprintf(claim, sizeof claim, "/claims/%zu", place->claim);
    }
    if (place->part == PLACE_AFFECTED)
        inner = parts_of(shape, "organisation");
    const ClaimFacts *one = place->part == PLACE_CLAIM ? &record->statements[place->number].claims[place->claim] : NULL;
    const char *member = member_of(shape, problem, one);
    bool deeper = !member && inner && field_named(inner, problem->field);
    (void)snprintf(pointer, POINTER_SIZE, "%s%s%s%s%s", part, claim, deeper ? "/organisation" : "",
                   member || deeper ? "/" : "",
                   member   ? member
                   : deeper ? problem->field
                            : "");
}
