#include "cli/watch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "base/sys.h"

enum { FIRST_PAUSE = 100, LONGEST_PAUSE = 10000, CALM = 60000 }; /* milliseconds */

typedef struct Child {
    pid_t process;
    int told; /* end of a pipe by which the child says its problem before it ends */
    int64_t started;
} Child;

static void watched_signals(sigset_t *set)
{
    sigemptyset(set);
    sigaddset(set, SIGTERM);
    sigaddset(set, SIGINT);
    sigaddset(set, SIGHUP);
    sigaddset(set, SIGCHLD);
}

/* Never returns: the whole life of the child. */
static _Noreturn void live(ChildWork *work, const void *context, const sigset_t *mask, pid_t parent, int tell)
{
    Problem problem = { 0 };
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent) /* it ended before the line above */
        _exit(0);
    sigprocmask(SIG_SETMASK, mask, NULL);
    if (work(context, &problem)) {
        fflush(NULL);
        exit(0);
    }
    if (write(tell, &problem, sizeof problem) != (ssize_t)sizeof problem)
        _exit(problem_exit_status(&problem));
    exit(problem_exit_status(&problem));
}

static bool start(Child *child, ChildWork *work, const void *context, const sigset_t *mask, Problem *problem)
{
    int ends[2];
    pid_t parent = getpid();
    if (pipe2(ends, O_CLOEXEC) != 0)
        return fail(problem, PROBLEM_UNAVAILABLE, "no pipe for a child process: %s", strerror(errno));
    fflush(NULL);
    child->process = fork();
    if (child->process == 0) {
        close(ends[0]);
        live(work, context, mask, parent, ends[1]);
    }
    close(ends[1]);
    child->told = ends[0];
    child->started = sys_tick() / 1000;
    if (child->process > 0)
        return true;
    close(ends[0]);
    return fail(problem, PROBLEM_UNAVAILABLE, "no child process can be started: %s", strerror(errno));
}

typedef enum Ending { ENDED_WELL, ENDED_WITH_PROBLEM, ENDED_BY_CRASH } Ending;

/* How a child that waitpid gave as ended with `status` did so; its problem, when it told one. */
static Ending ending(const Child *child, int status, Problem *problem)
{
    Problem told;
    ssize_t size = read(child->told, &told, sizeof told);
    close(child->told);
    if (size == (ssize_t)sizeof told) {
        *problem = told;
        return ENDED_WITH_PROBLEM;
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? ENDED_WELL : ENDED_BY_CRASH;
}

static bool crashed(Problem *problem, int status)
{
    if (WIFSIGNALED(status))
        return fail(problem, PROBLEM_BROKEN, "a process of this program ended by signal %d (%s)", WTERMSIG(status),
                    strsignal(WTERMSIG(status)));
    return fail(problem, PROBLEM_BROKEN, "a process of this program ended with status %d", WEXITSTATUS(status));
}

bool child_run(ChildWork *work, const void *context, Problem *problem)
{
    Child child = { 0 };
    sigset_t mask;
    int status = 0;
    sigprocmask(SIG_SETMASK, NULL, &mask);
    if (!start(&child, work, context, &mask, problem))
        return false;
    while (waitpid(child.process, &status, 0) < 0 && errno == EINTR)
        continue;
    Ending end = ending(&child, status, problem);
    return end == ENDED_WELL || (end == ENDED_BY_CRASH && crashed(problem, status));
}

/* Waits until the child has ended; passes on requests to end. `asked` tells whether there was one. */
static int wait_and_pass_on(const Child *child, const sigset_t *signals, bool *asked)
{
    int status = 0;
    while (waitpid(child->process, &status, WNOHANG) == 0) {
        int signal = sigwaitinfo(signals, NULL);
        if (signal > 0 && signal != SIGCHLD) {
            *asked = true;
            kill(child->process, SIGTERM);
        }
    }
    return status;
}

/* Sleeps before another start; false when asked to end meanwhile. */
static bool pause_before_start(const sigset_t *signals, int64_t milliseconds)
{
    int64_t until = sys_tick() / 1000 + milliseconds, left;
    while ((left = until - sys_tick() / 1000) > 0) {
        struct timespec time = { left / 1000, left % 1000 * 1000000 };
        int signal = sigtimedwait(signals, NULL, &time);
        if (signal > 0 && signal != SIGCHLD)
            return false;
    }
    return true;
}

bool child_watch(ChildWork *work, const void *context, Problem *problem)
{
    sigset_t signals, before;
    int64_t pause = FIRST_PAUSE;
    bool asked = false;
    watched_signals(&signals);
    sigprocmask(SIG_BLOCK, &signals, &before);
    for (;;) {
        Child child = { 0 };
        if (!start(&child, work, context, &before, problem))
            return false;
        int status = wait_and_pass_on(&child, &signals, &asked);
        Ending end = ending(&child, status, problem);
        if (end != ENDED_BY_CRASH || asked)
            return end != ENDED_WITH_PROBLEM;
        if (sys_tick() / 1000 - child.started > CALM)
            pause = FIRST_PAUSE;
        Problem crash = { 0 };
        crashed(&crash, status);
        fprintf(stderr, "vigie: %s; it is started again in %.1f s.\n", crash.message, (double)pause / 1000);
        if (!pause_before_start(&signals, pause))
            return true;
        pause = MIN(2 * pause, LONGEST_PAUSE);
    }
}
