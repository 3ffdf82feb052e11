/* Order: what the workbench asks the mail process to send, and what it is answered. Each is one message of a local
 * socket that keeps messages whole; answers come in any order, also to who has begun anew. */
#pragma once

#include "base/arena.h"
#include "base/wire.h"

typedef struct MailOrder {
    int64_t id, at;      /* of the alert: they make the Message-ID and the date, so that a second mail is the first */
    const char *address; /* of who gets it */
    const char *subject, *words, *language; /* words: lines ended by \n */
} MailOrder;

typedef enum MailOutcome {
    MAIL_SENT,
    MAIL_REFUSED,   /* the server did not take this one */
    MAIL_UNREACHED, /* it takes none */
    MAIL_OUTCOME_COUNT
} MailOutcome;

typedef struct MailAnswer {
    int64_t id;
    MailOutcome outcome;
    const char *trouble; /* one sentence; "" when it was sent */
} MailAnswer;

/* A pair of sockets: [0] for who orders, [1] for who sends. */
bool mail_sockets(int ends[2], Problem *problem);

bool mail_order_send(int socket, const MailOrder *order, Problem *problem);
bool mail_answer_send(int socket, const MailAnswer *answer, Problem *problem);
/* Wait at most so many milliseconds (negative: for ever): false without a problem when nothing came. BROKEN when it is
 * no order or answer. Memory: `arena`. */
bool mail_order_receive(Arena *arena, int socket, int milliseconds, MailOrder *order, Problem *problem);
bool mail_answer_receive(Arena *arena, int socket, int milliseconds, MailAnswer *answer, Problem *problem);
