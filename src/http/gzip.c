#define ZLIB_CONST /* what is read is not written */
#include "http/gzip.h"

#include <zlib.h>

enum { LEVEL = 6, GZIP = 16, WINDOW = 15, WINDOW_LEAST = 9, MEMORY = 8, PIECE = 16384 };

struct Gzip {
    z_stream stream;
};

/* A window that is wider than what it shall see only costs the clearing of its tables. */
static Gzip *begin(Arena *arena, int window)
{
    Gzip *gzip = NEW(arena, Gzip);
    int memory = MIN(MEMORY, window - 5); /* a hash of a quarter of the window at least */
    return deflateInit2(&gzip->stream, LEVEL, Z_DEFLATED, window + GZIP, memory, Z_DEFAULT_STRATEGY) == Z_OK ? gzip
                                                                                                             : NULL;
}

Gzip *gzip_begin(Arena *arena)
{
    return begin(arena, WINDOW);
}

static int window_for(size_t length)
{
    int window = WINDOW_LEAST;
    while (window < WINDOW && (size_t)1 << window < length)
        window++;
    return window;
}

void gzip_add(Gzip *gzip, Text text, GzipPart part, Out *packed)
{
    unsigned char piece[PIECE];
    gzip->stream.next_in = (const unsigned char *)text.at;
    gzip->stream.avail_in = (unsigned)text.length;
    do {
        gzip->stream.next_out = piece;
        gzip->stream.avail_out = sizeof piece;
        (void)deflate(&gzip->stream, part == GZIP_LAST ? Z_FINISH : Z_NO_FLUSH);
        out_raw(packed, (const char *)piece, sizeof piece - gzip->stream.avail_out);
    } while (gzip->stream.avail_out == 0);
}

void gzip_end(Gzip *gzip)
{
    if (gzip)
        (void)deflateEnd(&gzip->stream);
}

bool gzip_whole(Text text, Out *packed)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Gzip *gzip = text.length < UINT_MAX ? begin(arena, window_for(text.length)) : NULL;
    if (!gzip)
        return false;
    gzip_add(gzip, text, GZIP_LAST, packed);
    gzip_end(gzip);
    return packed->length < text.length;
}
