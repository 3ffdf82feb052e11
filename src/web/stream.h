/* Stream: an export on its way to a reader, made and compressed chunk by chunk. */
#pragma once

#include <microhttpd.h>

#include "web/request.h"

typedef enum StreamForm { STREAM_PLAIN, STREAM_GZIP } StreamForm;

typedef struct Stream Stream;

/* Takes over the reply's body, its first chunk, and its export. Lives in the request's arena. */
Stream *stream_begin(const Request *request, Reply *reply, StreamForm form);
/* Calls `done` with `talk` when nothing more is read from the stream. */
void stream_then(Stream *stream, void (*done)(void *talk), void *talk);
struct MHD_Response *stream_response(Stream *stream); /* NULL when memory is short: then the stream is ended */
