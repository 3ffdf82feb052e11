/* Cache: answers that were rendered and compressed, by what was asked and of which edition. Bounded in number and
 * bytes; what was used least lately goes first. Thread-safe.
 *
 * An address can be written in many ways that mean the same, and to find that out costs more than to send what is
 * kept; so the cache also knows questions by the letter. */
#pragma once

#include <microhttpd.h>

#include "guard/seal.h"

typedef struct Cache Cache;

Cache *cache_open(Arena *arena, size_t most_bytes);
void cache_close(Cache *cache); /* accepts NULL */

/* A question before anything of it is read: its address as it was written, the edition it is asked of, and the form
 * that the answer is sent in. Two that are equal have the same answer. */
typedef struct Asked {
    Text address;
    int64_t edition; /* its number */
    enum { ASKED_PLAIN, ASKED_PACKED } form;
} Asked;

/* Sends what a question like this was answered the last time; false when that is not known any more. */
bool cache_send_again(Cache *cache, const Asked *asked, struct MHD_Connection *connection);
/* From now on the question is known to be answered by what is kept under `key`. */
void cache_learn(Cache *cache, const Asked *asked, const Hash *key);

/* Sends the answer kept under `key` to the connection; false when there is none. */
bool cache_send(Cache *cache, const Hash *key, struct MHD_Connection *connection);
/* Keeps an answer of status 200: true when the caller's reference has become the cache's. */
bool cache_keep(Cache *cache, const Hash *key, struct MHD_Response *response, size_t size);
