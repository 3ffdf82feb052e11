#include "domain/shape.h"

static void part_write(Out *out, const void *part, const Shape *shape);

static void list_write(Out *out, const char *items, size_t count, const Shape *shape)
{
    for (size_t i = 0; i < count; i++) {
        out_raw(out, i ? "," : "[", 1);
        part_write(out, items + i * shape->size, shape);
    }
    OUT_LITERAL(out, "]");
}

static bool is_left_out(const char *part, const Field *field)
{
    switch (field->kind) {
    case FIELD_TEXT: return !*(const char *const *)(part + field->offset);
    case FIELD_OPTION: return !*(const void *const *)(part + field->offset);
    case FIELD_DAY: return *(const int32_t *)(part + field->offset) == DAY_UNKNOWN;
    case FIELD_ID: return *(const int64_t *)(part + field->offset) == 0;
    case FIELD_LIST: return *(const size_t *)(part + field->count_offset) == 0;
    case FIELD_NUMBER:
    case FIELD_PART:
    default: return false;
    }
}

static void day_out(Out *out, int32_t day)
{
    char text[DATE_TEXT_SIZE];
    day_write(day, text);
    out_json(out, text);
}

static void field_write(Out *out, const char *part, const Field *field)
{
    const char *at = part + field->offset;
    switch (field->kind) {
    case FIELD_TEXT: out_json(out, *(const char *const *)at); break;
    case FIELD_DAY: day_out(out, *(const int32_t *)at); break;
    case FIELD_NUMBER: out_int(out, *(const int *)at); break;
    case FIELD_ID: out_int(out, *(const int64_t *)at); break;
    case FIELD_PART: part_write(out, at, field->shape); break;
    case FIELD_OPTION: part_write(out, *(const void *const *)at, field->shape); break;
    case FIELD_LIST:
        list_write(out, *(const char *const *)at, *(const size_t *)(part + field->count_offset), field->shape);
        break;
    default: break;
    }
}

static void part_write(Out *out, const void *part, const Shape *shape)
{
    const char *mark = "{";
    for (size_t i = 0; i < shape->field_count; i++) {
        const Field *field = &shape->fields[i];
        if (is_left_out(part, field))
            continue;
        out_raw(out, mark, 1);
        out_raw(out, field->key, field->length);
        field_write(out, part, field);
        mark = ",";
    }
    if (*mark == '{')
        out_raw(out, mark, 1);
    OUT_LITERAL(out, "}");
}

void shape_write(Out *out, const void *part, const Shape *shape)
{
    part_write(out, part, shape);
}

void record_write(Out *out, const Record *record)
{
    part_write(out, record, &record_shape);
}
