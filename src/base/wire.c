#include "base/wire.h"

#include <errno.h>
#include <sys/socket.h>

enum { PIECE = 64 * 1024 };

void wire_put_number(Out *frame, int64_t number)
{
    out_raw(frame, (const char *)&number, sizeof number);
}

void wire_put_text(Out *frame, Text text)
{
    wire_put_number(frame, (int64_t)text.length);
    out_raw(frame, text.at, text.length);
}

static Text cut(Wire *wire, size_t length)
{
    wire->broken = wire->broken || length > wire->rest.length;
    if (wire->broken)
        return (Text){ 0 };
    Text part = { wire->rest.at, length };
    wire->rest = (Text){ wire->rest.at + length, wire->rest.length - length };
    return part;
}

int64_t wire_number(Wire *wire)
{
    int64_t number = 0;
    Text bytes = cut(wire, sizeof number);
    if (!wire->broken)
        memcpy(&number, bytes.at, sizeof number);
    return number;
}

Text wire_text(Wire *wire)
{
    int64_t length = wire_number(wire);
    return cut(wire, length < 0 ? SIZE_MAX : (size_t)length);
}

void wire_put_problem(Out *frame, const Problem *problem)
{
    wire_put_number(frame, (int64_t)problem->kind);
    if (!problem->kind)
        return;
    wire_put_text(frame, text_of(problem->field));
    wire_put_text(frame, text_of(problem->message));
}

bool wire_problem(Wire *wire, Problem *problem)
{
    int64_t kind = wire_number(wire);
    if (wire->broken || kind < 0 || kind >= PROBLEM_KIND_COUNT)
        return fail(problem, PROBLEM_BROKEN, "another process answered something else than an answer");
    if (kind == PROBLEM_NONE)
        return true;
    char field[sizeof problem->field];
    Text name = wire_text(wire), message = wire_text(wire);
    (void)snprintf(field, sizeof field, "%.*s", (int)MIN(name.length, sizeof field - 1), name.length ? name.at : "");
    return fail_field(problem, (ProblemKind)kind, field, "%.*s", (int)MIN(message.length, sizeof problem->message),
                      message.length ? message.at : "");
}

static bool gone(Problem *problem)
{
    return fail(problem, PROBLEM_UNAVAILABLE, "the other process is gone");
}

static bool send_all(int socket, const char *bytes, size_t size, Problem *problem)
{
    for (size_t done = 0; done < size;) {
        ssize_t sent = send(socket, bytes + done, size - done, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0)
            return gone(problem);
        done += (size_t)sent;
    }
    return true;
}

bool wire_send(int socket, Text frame, Problem *problem)
{
    uint64_t length = frame.length;
    if (length > FRAME_MAX)
        return fail(problem, PROBLEM_BAD_INPUT, "%llu bytes are too many for another process",
                    (unsigned long long)length);
    return send_all(socket, (const char *)&length, sizeof length, problem) &&
           send_all(socket, frame.at, frame.length, problem);
}

/* Appends exactly `size` bytes; false at the end of the stream or on an error. */
static bool receive_all(int socket, Out *frame, size_t size)
{
    char piece[PIECE];
    while (size > 0) {
        ssize_t got = recv(socket, piece, MIN(size, sizeof piece), 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        out_raw(frame, piece, (size_t)got);
        size -= (size_t)got;
    }
    return true;
}

bool wire_receive(int socket, Out *frame, Problem *problem)
{
    uint64_t length;
    out_clear(frame);
    if (!receive_all(socket, frame, sizeof length))
        return frame->length == 0 ? false : gone(problem);
    memcpy(&length, frame->text, sizeof length);
    out_clear(frame);
    if (length > FRAME_MAX)
        return fail(problem, PROBLEM_BROKEN, "the other process sent a frame of %llu bytes",
                    (unsigned long long)length);
    return receive_all(socket, frame, (size_t)length) || gone(problem);
}
