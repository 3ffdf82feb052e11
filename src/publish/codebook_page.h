/* The codebook as a page, CSV and JSON: printed from the codebook itself. */
#pragma once

#include "publish/pages.h"

/* A unit of the codebook's in the reader's language; itself when it is none that the program knows. */
const char *codebook_unit(const Language *language, const char *unit);

void codebook_html(Out *out, const Frame *frame, const View *view);
void codebook_csv(Out *out, const Codebook *codebook);
void codebook_json(Out *out, const Codebook *codebook);

/* For the template. */
const char *codebook_type(const View *view, const Variable *variable);
const char *codebook_cardinality(const View *view, const Variable *variable);
const char *codebook_visibility(const View *view, const Variable *variable);
