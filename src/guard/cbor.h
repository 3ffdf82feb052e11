/* CBOR: whether bytes are what they say (RFC 8949), before a library reads them: libcbor takes memory for as many
 * members as a map claims to have. */
#pragma once

#include "base/text.h"

/* Whether the bytes are `count` items and nothing behind them, each with all it claims to hold; of definite lengths and
 * few levels, as devices write them. */
bool cbor_is_whole(Text bytes, size_t count);
