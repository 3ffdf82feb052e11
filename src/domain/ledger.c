#include "domain/ledger.h"

#include <errno.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "base/wire.h"
#include "domain/deed_head.h"
#include "domain/keeper.h"

struct Ledger {
    int socket; /* -1 when stopped */
    pid_t child;
    Out frame;
};

/* Answers begin with the problem; then the numbers of the incidents, or looks. */
static bool receive(Ledger *ledger, Wire *answer, Problem *problem)
{
    if (!wire_receive(ledger->socket, &ledger->frame, problem))
        return fail(problem, PROBLEM_UNAVAILABLE, "the log process ended without an answer");
    *answer = (Wire){ .rest = out_view(&ledger->frame) };
    return wire_problem(answer, problem);
}

Ledger *ledger_start(Arena *arena, const char *var, const Codebook *codebook, Problem *problem)
{
    return ledger_start_looking(arena, var, codebook, NULL, -1, problem);
}

Ledger *ledger_start_looking(Arena *arena, const char *var, const Codebook *codebook, LedgerLook *look, int kept,
                             Problem *problem)
{
    int ends[2];
    Ledger *ledger = NEW(arena, Ledger);
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        fail(problem, PROBLEM_STORE, "cannot make a socket for the log process");
        return NULL;
    }
    pid_t parent = getpid();
    (void)fflush(NULL);
    ledger->socket = ends[0];
    ledger->child = fork();
    if (ledger->child == 0)
        keeper_run(ends[1], kept, parent, var, codebook, look);
    close(ends[1]);
    Wire ready;
    if (ledger->child < 0)
        fail(problem, PROBLEM_STORE, "cannot start the log process");
    if (ledger->child > 0 && receive(ledger, &ready, problem))
        return ledger;
    ledger_stop(ledger);
    return NULL;
}

void ledger_stop(Ledger *ledger)
{
    if (!ledger || ledger->socket < 0)
        return;
    close(ledger->socket); /* the child ends when nobody is left to serve */
    ledger->socket = -1;
    out_free(&ledger->frame);
    while (ledger->child > 0 && waitpid(ledger->child, NULL, 0) < 0 && errno == EINTR)
        continue;
}

int ledger_descriptor(const Ledger *ledger)
{
    return ledger->socket;
}

bool ledger_send(Ledger *ledger, const char *key, const char *author, const Proposal *proposals, size_t count,
                 Problem *problem)
{
    Out *frame = &ledger->frame;
    out_clear(frame);
    wire_put_text(frame, text_of(key));
    wire_put_text(frame, text_of(author));
    wire_put_number(frame, (int64_t)count);
    for (size_t i = 0; i < count; i++) {
        wire_put_text(frame, text_of(proposals[i].kind));
        wire_put_number(frame, proposals[i].incident);
        wire_put_text(frame, proposals[i].body);
    }
    return wire_send(ledger->socket, out_view(frame), problem);
}

bool ledger_receive(Ledger *ledger, int64_t *incidents, size_t count, Problem *problem)
{
    Wire answer;
    if (!receive(ledger, &answer, problem))
        return false;
    int64_t answered = wire_number(&answer);
    for (size_t i = 0; i < count; i++)
        incidents[i] = wire_number(&answer);
    if (answer.broken || answered != (int64_t)count)
        return fail(problem, PROBLEM_CONFLICT,
                    "the log answered for %lld records, not %zu: this batch's key was used "
                    "for another",
                    (long long)answered, count);
    return true;
}

/* A batch without a key is only tried. */
bool ledger_preview(Ledger *ledger, Arena *arena, const char *author, Proposals proposals, Text looks[2],
                    Problem *problem)
{
    Wire answer;
    if (!ledger_send(ledger, "", author, proposals.items, proposals.count, problem) ||
        !receive(ledger, &answer, problem))
        return false;
    for (size_t i = 0; i < 2; i++)
        looks[i] = text_of(arena_text(arena, wire_text(&answer)));
    return !answer.broken || fail(problem, PROBLEM_BROKEN, "the log answered something else than a preview");
}

bool ledger_sign_deeds(Ledger *ledger, Store *work, Problem *problem)
{
    Wire answer;
    DeedHead head;
    Out *frame = &ledger->frame;
    if (!deed_head(work, &head, problem))
        return false;
    if (!head.size)
        return true;
    out_clear(frame);
    wire_put_text(frame, TEXT(LEDGER_HEAD_KEY));
    wire_put_text(frame, TEXT(""));
    wire_put_number(frame, head.size);
    wire_put_text(frame, (Text){ (const char *)head.last.bytes, HASH_SIZE });
    return wire_send(ledger->socket, out_view(frame), problem) && receive(ledger, &answer, problem);
}
