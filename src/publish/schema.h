/* Schema: the columns of every kind of row that the register gives out as data, with their types. Tables and lists take
 * the names of their columns from here, and the API's description is printed from it. */
#pragma once

#include "base/out.h"

typedef enum ColumnType {
    COLUMN_TEXT,
    COLUMN_DAY,
    COLUMN_MOMENT,
    COLUMN_INTEGER,
    COLUMN_NUMBER,
    COLUMN_FLAG,
    COLUMN_LIST,     /* of texts */
    COLUMN_INTEGERS, /* a list of them */
    COLUMN_OBJECTS   /* a list of objects */
} ColumnType;

typedef struct ColumnInfo {
    const char *name;
    ColumnType type;
} ColumnInfo;

typedef enum SchemaEnd {
    SCHEMA_CLOSED,
    SCHEMA_UNNAMED,  /* no answer of the API refers to it: its columns stand in each, or in the file of a page alone */
    SCHEMA_VARIABLES /* the published codes of further variables of the codebook follow, each a list */
} SchemaEnd;

typedef struct Schema {
    const char *name; /* "incident" */
    const ColumnInfo *columns;
    size_t count;
    SchemaEnd end;
} Schema;

#define SCHEMA(name, end) extern const Schema name##_schema;
#include "publish/schema.def"
#undef SCHEMA

extern const Schema *const schema_table[];
extern const size_t schema_count;

/* As JSON Schema. What is not known is null; every member is always there. */
void schema_json(Out *out, const Schema *schema);
/* The type of one column or member, as JSON Schema. */
void schema_type(Out *out, ColumnType type);
