/* Cursor: where a list that comes in pieces goes on: how many incidents were passed, the moment as of which they were
 * listed, and the question. Whoever walks along it sees one state of the register, even when it grows meanwhile; only
 * known_by, which looks at today's record, may shift. */
#pragma once

#include "web/request.h"

typedef struct Cursor {
    int64_t passed, moment;
} Cursor;

/* The request's cursor; without one `cursor` stays. BAD_INPUT when it is none or belongs to another question. */
bool cursor_read(const Request *request, Cursor *cursor, Problem *problem);
/* The address of the next piece. */
const char *cursor_write(const Request *request, Cursor cursor);
