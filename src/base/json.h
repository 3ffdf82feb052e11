/* JSON: read by jansson with its strictest settings, written canonically (RFC 8785) by us. */
#pragma once

#include <jansson.h>

#include "base/out.h"
#include "base/problem.h"

/* The document, or NULL with BAD_INPUT (line and column, what is wrong). Duplicate keys, NUL, invalid UTF-8, more
 * than 64 levels and bytes after the end are refused. The caller owns it (AUTO_JSON). */
json_t *json_parse(Text text, Problem *problem);

/* RFC 8785: sorted keys, no blanks, numbers in their shortest form. */
void json_write(Out *out, const json_t *value);

/* The string under `key`, or NULL when absent or not a string. Lifetime: the document's. */
const char *json_string_of(const json_t *object, const char *key);

static inline void json_end(json_t **value)
{
    json_decref(*value);
}
#define AUTO_JSON __attribute__((cleanup(json_end))) json_t
