/* Form: the fields of a form (application/x-www-form-urlencoded) or of a query, decoded. */
#pragma once

#include "base/arena.h"

enum { FORM_FIELDS_MAX = 400 };

typedef struct FormValue {
    Text name;
    const char *value; /* UTF-8 without NUL; line ends are \n */
} FormValue;

typedef struct FormFile {
    const char *field, *name; /* field NULL: none was sent; name "": none was chosen */
    Text bytes;
} FormFile;

typedef struct Form {
    FormValue *items;
    size_t count;
    FormFile file; /* see parts.h */
} Form;

/* False when it is not well-formed: bad percent signs, invalid UTF-8, control characters, too many fields. */
bool form_read(Arena *arena, Text text, Form *form);

const char *form_value(const Form *form, const char *name);                     /* the first; NULL when there is none */
const char *form_value_at(const Form *form, const char *name, size_t position); /* of those with this name */

/* The fields as a form writes them, for form_read, but those that are named in `without`, ended by NULL. */
const char *form_write(Arena *arena, const Form *form, const char *const *without);

/* What was typed, as a value has it: CR LF becomes LF; NULL when it is no text that people type. Memory: `arena`. */
const char *form_plain(Arena *arena, Text typed);
