/* Problem JSON: a fault told to a program, as RFC 9457 writes it (application/problem+json). */
#pragma once

#include "publish/pages.h"

#define PROBLEM_JSON_TYPE "application/problem+json"

typedef struct Told {
    const char *word; /* of the problem kinds, or one of its own: "urn:vigie:problem:<word>" */
    int status;
    const char *detail;     /* a sentence */
    const char *field;      /* what is wrong: of the query or the codebook; "" or NULL: nothing in particular */
    const Choices *allowed; /* what the field takes, when that is a list; may be NULL */
    const char *pointer;    /* JSON Pointer (RFC 6901) of the place in what was sent; NULL: none */
} Told;

void problem_json(Out *out, const Told *told);
/* What the API's description says of it: the member "Problem" of components/responses. */
void problem_response(Out *out);
