/* Gzip: compression of whole answers and of answers that are made chunk by chunk. */
#pragma once

#include "base/arena.h"
#include "base/out.h"

bool gzip_whole(Text text, Out *packed); /* false when zlib cannot, or when it would not be smaller */

typedef struct Gzip Gzip;
Gzip *gzip_begin(Arena *arena); /* NULL when zlib cannot; ended by gzip_end */
typedef enum GzipPart { GZIP_MORE, GZIP_LAST } GzipPart;
void gzip_add(Gzip *gzip, Text text, GzipPart part, Out *packed); /* may hold back bytes until the last part */
void gzip_end(Gzip *gzip);                                        /* accepts NULL */
