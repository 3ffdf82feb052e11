#include "web/stream.h"

#include "http/gzip.h"

enum { BLOCK = 64 << 10 };

struct Stream {
    const Request *request;
    Export *export; /* NULL when its last chunk was made */
    Out plain, packed;
    size_t sent; /* bytes of what is ready that were sent */
    Gzip *gzip;  /* NULL: not compressed */
    void (*done)(void *talk);
    void *talk;
};

/* Compresses the chunk that was just made. */
static void pack(Stream *stream)
{
    if (!stream->gzip)
        return;
    out_clear(&stream->packed);
    gzip_add(stream->gzip, out_view(&stream->plain), stream->export ? GZIP_MORE : GZIP_LAST, &stream->packed);
}

Stream *stream_begin(const Request *request, Reply *reply, StreamForm form)
{
    Stream *stream = NEW(request->arena, Stream);
    *stream = (Stream){ .request = request, .export = reply->stream, .plain = reply->body };
    reply->body = (Out){ 0 };
    stream->gzip = form == STREAM_GZIP ? gzip_begin(request->arena) : NULL;
    pack(stream);
    return stream;
}

void stream_then(Stream *stream, void (*done)(void *talk), void *talk)
{
    stream->done = done;
    stream->talk = talk;
}

static bool next_chunk(Stream *stream)
{
    Problem problem = { 0 };
    AUTO_HANDLE handle = { 0 };
    out_clear(&stream->plain);
    stream->sent = 0;
    if (!handle_take(stream->request, &handle, &problem))
        return false;
    if (!export_next(stream->export, handle.store, &stream->plain, &problem)) {
        export_end(stream->export);
        stream->export = NULL;
    }
    pack(stream);
    if (problem.kind)
        (void)fprintf(stderr, "vigie: %s: %s\n", stream->request->path, problem.message);
    return !problem.kind;
}

/* What the server sends next. A file that cannot be finished is cut off, so that nobody takes it for whole. */
static ssize_t read_more(void *context, uint64_t position, char *buffer, size_t most)
{
    Stream *stream = context;
    const Out *ready = stream->gzip ? &stream->packed : &stream->plain;
    (void)position;
    while (stream->sent == ready->length) {
        if (!stream->export)
            return MHD_CONTENT_READER_END_OF_STREAM;
        if (!next_chunk(stream))
            return MHD_CONTENT_READER_END_WITH_ERROR;
    }
    size_t length = MIN(most, ready->length - stream->sent);
    memcpy(buffer, ready->text + stream->sent, length);
    stream->sent += length;
    return (ssize_t)length;
}

static void end(void *context)
{
    Stream *stream = context;
    gzip_end(stream->gzip);
    export_end(stream->export);
    out_free(&stream->plain);
    out_free(&stream->packed);
    stream->done(stream->talk);
}

struct MHD_Response *stream_response(Stream *stream)
{
    struct MHD_Response *response = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK, read_more, stream, end);
    if (!response)
        end(stream);
    return response;
}
