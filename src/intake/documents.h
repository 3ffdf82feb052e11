/* Documents: the JSON objects of a file, one after the other, however large the file is: a single object, an array of
 * objects, or objects behind each other. Memory is flat: one object at a time, at most DOCUMENT_MAX bytes.
 *
 * Only as much of the grammar is looked at as is needed to find where an object ends; json_parse reads the rest. An
 * object that lacks its closing brace ends where the next one starts, so that it costs one document and not the file.
 */
#pragma once

#include "base/arena.h"
#include "base/problem.h"

enum { DOCUMENT_MAX = 1 << 20 };

typedef struct Documents Documents;

typedef struct Document {
    Text raw;          /* the object's bytes; valid until the next call */
    size_t line;       /* of the file where it starts, from 1 */
    size_t end;        /* bytes of the file up to its end */
    const char *error; /* why it cannot be read; NULL when it may be parsed */
} Document;

Documents *documents_new(Arena *arena, int descriptor); /* reads from an open file, which the caller keeps */
Documents *documents_of(Arena *arena, Text bytes);      /* reads from memory */

/* The next document; false at the end, or with STORE when reading fails. */
bool documents_next(Documents *documents, Document *document, Problem *problem);
