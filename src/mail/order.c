#include "mail/order.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>

enum { MESSAGE_MOST = 65536 };

bool mail_sockets(int ends[2], Problem *problem)
{
    return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) == 0 ||
           fail(problem, PROBLEM_UNAVAILABLE, "no sockets for the mail process: %s", strerror(errno));
}

/* Never waits: who does not read its orders loses them, and they are given again. */
static bool send_message(int socket, const Out *message, Problem *problem)
{
    ssize_t sent = send(socket, message->text, message->length, MSG_NOSIGNAL | MSG_DONTWAIT);
    return (sent >= 0 && (size_t)sent == message->length) ||
           fail(problem, PROBLEM_UNAVAILABLE, "the other process takes no message: %s", strerror(errno));
}

bool mail_order_send(int socket, const MailOrder *order, Problem *problem)
{
    AUTO_OUT message = { 0 };
    wire_put_number(&message, order->id);
    wire_put_number(&message, order->at);
    wire_put_text(&message, text_of(order->address));
    wire_put_text(&message, text_of(order->subject));
    wire_put_text(&message, text_of(order->words));
    wire_put_text(&message, text_of(order->language));
    return send_message(socket, &message, problem);
}

bool mail_answer_send(int socket, const MailAnswer *answer, Problem *problem)
{
    AUTO_OUT message = { 0 };
    wire_put_number(&message, answer->id);
    wire_put_number(&message, answer->outcome);
    wire_put_text(&message, text_of(answer->trouble));
    return send_message(socket, &message, problem);
}

/* False without a problem when none came in time. */
static bool receive_message(Arena *arena, int socket, int milliseconds, Wire *wire, Problem *problem)
{
    struct pollfd ready = { .fd = socket, .events = POLLIN };
    int state = poll(&ready, 1, milliseconds);
    if (state == 0 || (state < 0 && errno == EINTR))
        return false;
    char *bytes = arena_take(arena, MESSAGE_MOST);
    ssize_t got = state > 0 ? recv(socket, bytes, MESSAGE_MOST, MSG_DONTWAIT) : -1;
    if (got <= 0)
        return got < 0 && (errno == EAGAIN || errno == EINTR)
                   ? false
                   : fail(problem, PROBLEM_UNAVAILABLE, "the other process is gone");
    *wire = (Wire){ .rest = { bytes, (size_t)got } };
    return true;
}

static const char *text_from(Arena *arena, Wire *wire)
{
    return arena_text(arena, wire_text(wire));
}

bool mail_order_receive(Arena *arena, int socket, int milliseconds, MailOrder *order, Problem *problem)
{
    Wire wire;
    if (!receive_message(arena, socket, milliseconds, &wire, problem))
        return false;
    *order = (MailOrder){ .id = wire_number(&wire), .at = wire_number(&wire) };
    order->address = text_from(arena, &wire);
    order->subject = text_from(arena, &wire);
    order->words = text_from(arena, &wire);
    order->language = text_from(arena, &wire);
    return !wire.broken || fail(problem, PROBLEM_BROKEN, "what came is no mail to send");
}

bool mail_answer_receive(Arena *arena, int socket, int milliseconds, MailAnswer *answer, Problem *problem)
{
    Wire wire;
    if (!receive_message(arena, socket, milliseconds, &wire, problem))
        return false;
    *answer = (MailAnswer){ .id = wire_number(&wire) };
    int64_t outcome = wire_number(&wire);
    answer->trouble = text_from(arena, &wire);
    answer->outcome = outcome >= 0 && outcome < MAIL_OUTCOME_COUNT ? (MailOutcome)outcome : MAIL_OUTCOME_COUNT;
    return (!wire.broken && answer->outcome < MAIL_OUTCOME_COUNT) ||
           fail(problem, PROBLEM_BROKEN, "what came is no answer of the mail process");
}
