/* Form: the fields of a form (application/x-www-form-urlencoded) or of a query, decoded. */
#pragma once

#include "base/arena.h"

enum { FORM_FIELDS_MAX = 400 };

typedef struct FormValue {
    Text name;
    const char *value; /* UTF-8 without NUL; line ends are \n */
} FormValue;

typedef struct Form {
    FormValue *items;
    size_t count;
} Form;

/* False when it is not well-formed: bad percent signs, invalid UTF-8, control characters, too many fields. */
bool form_read(Arena *arena, Text text, Form *form);

const char *form_value(const Form *form, const char *name);                     /* the first; NULL when there is none */
const char *form_value_at(const Form *form, const char *name, size_t position); /* of those with this name */
