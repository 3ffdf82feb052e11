#include "guard/jail.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "base/detach.h"
#include "base/sys.h"
#include "base/wire.h"
#include "guard/shut.h"

struct Jail {
    int socket;
    pid_t warder;
    pthread_mutex_t turn;
    Out frame;
};

enum { ENDED_WELL, ENDED_WITHOUT_RESULT, ENDED_BADLY, PIECE = 64 * 1024 };

static bool limit(int resource, rlim_t most)
{
    return setrlimit((__rlimit_resource_t)resource, &(struct rlimit){ most, most }) == 0;
}

static bool limit_all(void)
{
#ifdef ADDRESS_SANITIZER /* it reserves terabytes */
    bool memory = true;
#else
    bool memory = limit(RLIMIT_DATA, JAIL_MEMORY);
#endif
    return memory && limit(RLIMIT_CPU, JAIL_SECONDS);
}

/* The child: shuts the last doors, works, writes what came of it and ends. */
_Noreturn static void serve_time(JailWork *work, Text bytes, int socket, int pipe_end)
{
    Problem problem = { 0 };
    Out result = { 0 };
    close(socket);
    if (!limit_all() || !calls_shut(ROLE_JAIL, &problem))
        sys_leave(ENDED_BADLY);
    if (!work(bytes, &result))
        sys_leave(ENDED_WITHOUT_RESULT);
    sys_leave(sys_write(pipe_end, result.text, result.length, &problem) ? ENDED_WELL : ENDED_BADLY);
}

/* All that the child writes; cut off when it is too much. */
static void collect(int pipe_end, Out *result)
{
    char piece[PIECE];
    for (ssize_t got; result->length <= JAIL_RESULT_MAX && (got = read(pipe_end, piece, sizeof piece)) != 0;)
        if (got > 0)
            out_raw(result, piece, (size_t)got);
        else if (errno != EINTR)
            break;
}

static bool has_ended_well(pid_t child)
{
    int status = 0;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return false;
    return WIFEXITED(status) && WEXITSTATUS(status) == ENDED_WELL;
}

/* False when there is no child to do it. */
static bool run_one(JailWork *work, Text bytes, int socket, Out *result)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        serve_time(work, bytes, socket, ends[1]);
    }
    close(ends[1]);
    if (child > 0)
        collect(ends[0], result);
    close(ends[0]); /* a child that still writes ends by that */
    return child > 0 && has_ended_well(child) && result->length <= JAIL_RESULT_MAX;
}

static void answer(Out *frame, bool done, const Out *result)
{
    out_clear(frame);
    wire_put_number(frame, done);
    if (done)
        wire_put_text(frame, out_view(result));
}

_Noreturn static void warder_run(int socket, pid_t parent, JailWork *work)
{
    Problem problem = { 0 };
    Out frame = { 0 }, result = { 0 }, reply = { 0 };
    process_detach("vigie-jail", socket, -1, parent);
    (void)work(TEXT(""), &result); /* what libraries load, they load while they can */
    bool shut = role_enter(ROLE_WARDER, &(RolePaths){ 0 }, &problem);
    if (!shut)
        (void)fprintf(stderr, "vigie: %s\n", problem.message);
    answer(&reply, shut, &frame);
    while (wire_send(socket, out_view(&reply), &problem) && shut && wire_receive(socket, &frame, &problem)) {
        out_clear(&result);
        bool done = run_one(work, out_view(&frame), socket, &result);
        answer(&reply, done, &result);
    }
    out_free(&frame);
    out_free(&result);
    out_free(&reply);
    sys_leave(0);
}

static bool hear(Jail *jail, Wire *heard, Problem *problem)
{
    Problem ignored = { 0 };
    if (!wire_receive(jail->socket, &jail->frame, &ignored))
        return fail(problem, PROBLEM_UNAVAILABLE, "the process that reads foreign documents is gone");
    *heard = (Wire){ .rest = out_view(&jail->frame) };
    return wire_number(heard) == 1 ||
           fail(problem, PROBLEM_BAD_INPUT, "this document cannot be read, or takes too long to read");
}

Jail *jail_start(Arena *arena, JailWork *work, Problem *problem)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        fail(problem, PROBLEM_UNAVAILABLE, "cannot make a socket for the jail: %s", strerror(errno));
        return NULL;
    }
    Jail *jail = NEW(arena, Jail);
    pid_t parent = getpid();
    (void)fflush(NULL);
    *jail = (Jail){ .socket = ends[0], .turn = PTHREAD_MUTEX_INITIALIZER, .warder = fork() };
    if (jail->warder == 0)
        warder_run(ends[1], parent, work);
    close(ends[1]);
    Wire heard;
    if (jail->warder < 0)
        fail(problem, PROBLEM_UNAVAILABLE, "cannot start the jail: %s", strerror(errno));
    if (jail->warder > 0 && hear(jail, &heard, problem))
        return jail;
    jail_stop(jail);
    return NULL;
}

void jail_stop(Jail *jail)
{
    if (!jail)
        return;
    close(jail->socket); /* the warder ends when nobody is left to serve */
    while (jail->warder > 0 && waitpid(jail->warder, NULL, 0) < 0 && errno == EINTR)
        continue;
    out_free(&jail->frame);
    pthread_mutex_destroy(&jail->turn);
}

bool jail_run(Jail *jail, Arena *arena, Text bytes, Text *result, Problem *problem)
{
    Wire heard;
    pthread_mutex_lock(&jail->turn);
    bool done = wire_send(jail->socket, bytes, problem) && hear(jail, &heard, problem);
    Text text = done ? wire_text(&heard) : (Text){ 0 };
    if (done)
        *result = text_of(arena_text(arena, text));
    result->length = done ? text.length : 0;
    pthread_mutex_unlock(&jail->turn);
    return done;
}
