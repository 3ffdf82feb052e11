/* Input: one file of rows, or a folder of JSON documents, read from the start as often as needed. */
#pragma once

#include "intake/importer.h"

typedef struct Input Input;

/* Opens it. A folder (JSON only) is read in the order of its names, without its folders and hidden files. Memory of the
 * Input: `arena`. NOT_FOUND, NOT_ALLOWED as named. */
Input *input_open(Arena *arena, const char *path, Format format, Problem *problem);
void input_close(Input *input); /* accepts NULL */

const char *input_name(const Input *input);   /* the last part of its path */
const char *input_folder(const Input *input); /* its path when it is a folder, else NULL */
size_t input_size(const Input *input);        /* bytes, for the progress bar */
size_t input_done(const Input *input);        /* bytes read since input_start */

/* SHA-256 of all its bytes, hexadecimal. */
bool input_hash(Input *input, char *hash, Problem *problem);

/* From the first row on. Reads the header of a CSV file. Memory of the reader: `arena`. BAD_INPUT when a CSV file has
 * no header. */
bool input_start(Input *input, Arena *arena, Problem *problem);
const Columns *input_columns(const Input *input); /* NULL for JSON */
Text input_header(const Input *input);            /* its raw bytes */

/* The next row, valid until the next call; false at the end, or when reading fails. `error` is set when the row cannot
 * be read, and reading goes on behind it. */
bool input_next(Input *input, Row *row, const char **error, Problem *problem);
