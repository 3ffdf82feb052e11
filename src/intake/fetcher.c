#include "intake/fetcher.h"

#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>

#include "base/detach.h"
#include "base/sys.h"
#include "base/wire.h"
#include "guard/role.h"

enum { QUESTIONS = 2 /* HEAD and GET */, SLACK_MS = 30000 /* names, pauses, a busy machine */, STATUS_MOST = 999 };

struct Fetcher {
    int socket, patience_ms;
    pid_t child; /* 0: not waited for */
    Out frame;
};

/* The certificates, and what a resolver reads, as far as it is there. */
static bool shut_in(const AskPlan *plan, Problem *problem)
{
    const char *const files[] = { plan->authorities, "/etc/resolv.conf", "/etc/hosts",   "/etc/nsswitch.conf",
                                  "/etc/host.conf",  "/etc/gai.conf",    "/etc/services" };
    RolePaths paths = { .connect = PORT_ANY };
    size_t count = 0;
    _Static_assert(COUNT_OF(files) < COUNT_OF(paths.read), "the files have room");
    for (size_t i = 0; i < COUNT_OF(files); i++)
        if (sys_exists(files[i]))
            paths.read[count++] = files[i];
    return role_enter(ROLE_FETCH, &paths, problem);
}

/* What the library of names loads, it loads while it can. */
static void warm_up(void)
{
    struct addrinfo *found = NULL;
    if (getaddrinfo("localhost", NULL, NULL, &found) == 0)
        freeaddrinfo(found);
}

static void answer_one(Ask *ask, Out *frame)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Asked asked;
    ask_address(ask, arena, frame->text ? frame->text : "", &asked);
    out_clear(frame);
    wire_put_number(frame, asked.answer.seen);
    wire_put_number(frame, asked.answer.status);
    wire_put_number(frame, asked.name_known);
    wire_put_text(frame, text_of(asked.answer.address));
}

_Noreturn static void fetcher_run(int socket, pid_t parent, const AskPlan *plan)
{
    Problem problem = { 0 }, gone = { 0 };
    Out frame = { 0 };
    process_detach("vigie-fetch", socket, -1, parent);
    Arena *arena = arena_new(ARENA_NO_CAP);
    Ask *ask = ask_open(arena, plan, &problem);
    warm_up();
    bool ready = ask && shut_in(plan, &problem);
    wire_put_problem(&frame, &problem);
    while (wire_send(socket, out_view(&frame), &gone) && ready && wire_receive(socket, &frame, &gone))
        answer_one(ask, &frame);
    ask_close(ask);
    arena_free(arena);
    out_free(&frame);
    sys_leave(0);
}

static bool hear(Fetcher *fetcher, Wire *heard, Problem *problem)
{
    Problem ignored = { 0 };
    struct pollfd ready = { .fd = fetcher->socket, .events = POLLIN };
    int state;
    while ((state = poll(&ready, 1, fetcher->patience_ms)) < 0 && errno == EINTR)
        continue;
    if (state == 0)
        fetcher->child = 0;
    if (state <= 0 || !wire_receive(fetcher->socket, &fetcher->frame, &ignored))
        return fail(problem, PROBLEM_UNAVAILABLE, "the process that asks the web %s",
                    state == 0 ? "gives no answer" : "is gone");
    *heard = (Wire){ .rest = out_view(&fetcher->frame) };
    return true;
}

Fetcher *fetcher_start(Arena *arena, const AskPlan *plan, Problem *problem)
{
    int ends[2];
    Wire ready;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        fail(problem, PROBLEM_UNAVAILABLE, "cannot make a socket for the process that asks the web");
        return NULL;
    }
    Fetcher *fetcher = NEW(arena, Fetcher);
    pid_t parent = getpid();
    (void)fflush(NULL);
    *fetcher =
        (Fetcher){ .socket = ends[0], .patience_ms = QUESTIONS * plan->seconds * 1000 + SLACK_MS, .child = fork() };
    if (fetcher->child == 0)
        fetcher_run(ends[1], parent, plan);
    close(ends[1]);
    if (fetcher->child < 0)
        fail(problem, PROBLEM_UNAVAILABLE, "cannot start the process that asks the web");
    if (fetcher->child > 0 && hear(fetcher, &ready, problem) && wire_problem(&ready, problem))
        return fetcher;
    fetcher_stop(fetcher);
    return NULL;
}

void fetcher_stop(Fetcher *fetcher)
{
    if (!fetcher)
        return;
    close(fetcher->socket); /* the child ends when nobody is left to answer */
    out_free(&fetcher->frame);
    while (fetcher->child > 0 && waitpid(fetcher->child, NULL, 0) < 0 && errno == EINTR)
        continue;
}

/* As it came: nothing of it is believed but that it fits. */
static bool take(Arena *arena, Wire *heard, Asked *asked)
{
    int64_t seen = wire_number(heard), status = wire_number(heard), known = wire_number(heard);
    Text address = wire_text(heard);
    *asked = (Asked){ .answer = { .seen = (SourceSight)seen, .status = status }, .name_known = known == 1 };
    if (address.length)
        asked->answer.address = arena_text(arena, address);
    for (size_t i = 0; i < address.length; i++)
        if (address.at[i] <= ' ' || address.at[i] > '~')
            return false;
    return !heard->broken && seen >= 0 && seen < SOURCE_SIGHT_COUNT && status >= 0 && status <= STATUS_MOST &&
           address.length <= SOURCE_ADDRESS_MOST;
}

bool fetcher_ask(Fetcher *fetcher, Arena *arena, const char *address, Asked *asked, Problem *problem)
{
    Wire heard;
    return wire_send(fetcher->socket, text_of(address), problem) && hear(fetcher, &heard, problem) &&
           (take(arena, &heard, asked) ||
            fail(problem, PROBLEM_UNAVAILABLE, "the process that asks the web gave an answer that is none"));
}
