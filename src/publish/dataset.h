/* Dataset: what search engines for data want to know of a page, as schema.org in JSON-LD. */
#pragma once

#include "base/out.h"

typedef struct Download {
    const char *type, *address; /* "text/csv", absolute */
} Download;

typedef struct Dataset {
    const char *name, *description, *language;
    const char *address, *identifier; /* identifier: with as_of */
    const char *licence;              /* address of its text */
    const char *creator, *home;
    const char *version;   /* of the codebook */
    const char *from, *to; /* ISO dates of what it covers; NULL when it covers nothing */
    int64_t changed;       /* moment */
    const Download *downloads;
    size_t count;
} Dataset;

/* The content of <script type="application/ld+json">: no text of it can end the script. */
void dataset_json(Out *out, const Dataset *dataset);
