#include "guard/cbor.h"

enum { DEPTH_MOST = 4, INSIDE_MOST = 23, SIZES = 4 }; /* numbers up to 23 stand in the first byte itself */

typedef enum Major { UNSIGNED, NEGATIVE, BYTES, TEXTS, ARRAY, MAP, TAG, SIMPLE } Major; /* the first three bits */

/* The first byte of an item and the number that belongs to it. */
static bool read_head(Text *rest, Major *major, uint64_t *number)
{
    if (!rest->length)
        return false;
    unsigned first = (unsigned char)rest->at[0], inside = first & 31;
    size_t size = inside <= INSIDE_MOST ? 0 : (size_t)1 << (inside - INSIDE_MOST - 1);
    if (inside > INSIDE_MOST + SIZES || size > rest->length - 1)
        return false;
    *major = (Major)(first >> 5);
    *number = size ? 0 : inside;
    for (size_t i = 1; i <= size; i++)
        *number = *number << 8 | (unsigned char)rest->at[i];
    *rest = text_slice(*rest, 1 + size, rest->length);
    return true;
}

/* Cuts a whole item off the front. */
static bool skip(Text *rest, int depth)
{
    Major major;
    uint64_t number;
    if (!depth || !read_head(rest, &major, &number))
        return false;
    if (major == UNSIGNED || major == NEGATIVE || major == SIMPLE)
        return true;
    if (major == TAG || number > rest->length)
        return false;
    if (major == BYTES || major == TEXTS) {
        *rest = text_slice(*rest, number, rest->length);
        return true;
    }
    for (uint64_t left = major == MAP ? 2 * number : number; left; left--)
        if (!skip(rest, depth - 1))
            return false;
    return true;
}

bool cbor_is_whole(Text bytes, size_t count)
{
    for (; count; count--)
        if (!skip(&bytes, DEPTH_MOST))
            return false;
    return bytes.length == 0;
}
