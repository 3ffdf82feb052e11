/* Cache: answers that were rendered and compressed, by what was asked and of which edition. Bounded in number and
 * bytes; what was used least lately goes first. Thread-safe. */
#pragma once

#include <microhttpd.h>

#include "guard/seal.h"

typedef struct Cache Cache;

Cache *cache_open(Arena *arena, size_t most_bytes);
void cache_close(Cache *cache); /* accepts NULL */

/* Sends the answer kept under `key` to the connection; false when there is none. */
bool cache_send(Cache *cache, const Hash *key, struct MHD_Connection *connection);
/* Keeps an answer of status 200: true when the caller's reference has become the cache's. */
bool cache_keep(Cache *cache, const Hash *key, struct MHD_Response *response, size_t size);
