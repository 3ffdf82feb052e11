/* Shape: which fields the parts of a record have in JSON, in canonical (sorted) order. One table for writing and
 * reading, so that the two cannot disagree. */
#pragma once

#include "domain/act.h"
#include "domain/adjudication.h"
#include "domain/agreement_report.h"
#include "domain/release.h"

typedef enum FieldKind {
    FIELD_TEXT,   /* const char *; left out when NULL */
    FIELD_DAY,    /* int32_t; left out when DAY_UNKNOWN */
    FIELD_NUMBER, /* int; always there */
    FIELD_ID,     /* int64_t; left out when 0 */
    FIELD_PART,   /* a part held by value; always there */
    FIELD_OPTION, /* pointer to a part; left out when NULL */
    FIELD_LIST,   /* pointer to parts, with a size_t count; left out when empty */
} FieldKind;

typedef struct Shape Shape;

typedef struct Field {
    const char *key; /* with its quotes and colon: "\"url\":" */
    size_t length;   /* of key */
    FieldKind kind;
    size_t offset, count_offset; /* in the part; the latter of a list only */
    const Shape *shape;          /* of a part or list */
} Field;

struct Shape {
    size_t size; /* of the C structure */
    const Field *fields;
    size_t field_count;
};

extern const Shape record_shape, act_shape, release_shape, adjudication_shape, agreement_report_shape;

/* A part as canonical JSON and back; `part` is zeroed before. Memory of what is read: `arena`. */
void shape_write(Out *out, const void *part, const Shape *shape);
bool shape_read(Arena *arena, Text json, void *part, const Shape *shape, Problem *problem);
