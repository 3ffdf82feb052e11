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

typedef struct Ward { /* a child that is watched */
    const ChildPlan *plan;
    Child child;
    int64_t pause, again; /* milliseconds; again: when it is to be started, 0 while it runs or has ended for good */
    bool alive, restarted;
} Ward;

typedef struct Watch {
    Ward *wards;
    size_t count;
    sigset_t signals, before; /* those that are waited for; the mask for children */
    bool ending;
} Watch;

static int64_t clock_ms(void)
{
    return sys_tick() / 1000;
}

static bool start_ward(Watch *watch, Ward *ward, Problem *problem)
{
    ward->again = 0;
    ward->alive = start(&ward->child, ward->plan->work, ward->plan->context, &watch->before, problem);
    return ward->alive;
}

static void end_all(Watch *watch)
{
    watch->ending = true;
    for (size_t i = 0; i < watch->count; i++) {
        watch->wards[i].again = 0;
        if (watch->wards[i].alive)
            kill(watch->wards[i].child.process, SIGTERM);
    }
}

/* The others go on; only what fails at its very first start is the caller's affair. */
static void start_later(Ward *ward, const Problem *why)
{
    if (clock_ms() - ward->child.started > CALM)
        ward->pause = FIRST_PAUSE;
    fprintf(stderr, "vigie: %s: %s; it is started again in %.1f s.\n", ward->plan->name, why->message,
            (double)ward->pause / 1000);
    ward->again = clock_ms() + ward->pause;
    ward->pause = MIN(2 * ward->pause, LONGEST_PAUSE);
    ward->restarted = true;
}

static void take_end(Watch *watch, Ward *ward, int status, Problem *problem)
{
    Problem why = { 0 };
    Ending end = ending(&ward->child, status, &why);
    ward->alive = false;
    if (watch->ending)
        return;
    if (end == ENDED_BY_CRASH)
        crashed(&why, status);
    bool renewed = ward->plan->need == CHILD_RENEWED && why.kind == PROBLEM_UNAVAILABLE;
    if (end == ENDED_BY_CRASH || (end == ENDED_WITH_PROBLEM && (ward->restarted || renewed))) {
        start_later(ward, &why);
        return;
    }
    if (end == ENDED_WITH_PROBLEM && ward->plan->need == CHILD_OPTIONAL) {
        fprintf(stderr, "vigie: %s does not start: %s.\n", ward->plan->name, why.message);
        return;
    }
    if (end == ENDED_WITH_PROBLEM)
        *problem = why;
    end_all(watch);
}

static void reap(Watch *watch, Problem *problem)
{
    for (size_t i = 0; i < watch->count; i++) {
        Ward *ward = &watch->wards[i];
        int status = 0;
        if (ward->alive && waitpid(ward->child.process, &status, WNOHANG) > 0)
            take_end(watch, ward, status, problem);
    }
}

/* Starts what is due; the milliseconds until the next is, -1 for none. */
static int64_t start_due(Watch *watch)
{
    int64_t next = -1, now = clock_ms();
    for (size_t i = 0; i < watch->count; i++) {
        Ward *ward = &watch->wards[i];
        Problem why = { 0 };
        if (ward->again && ward->again <= now && !start_ward(watch, ward, &why))
            start_later(ward, &why);
        if (ward->again && (next < 0 || ward->again - now < next))
            next = MAX(ward->again - now, 0);
    }
    return next;
}

static bool any_alive(const Watch *watch)
{
    for (size_t i = 0; i < watch->count; i++)
        if (watch->wards[i].alive || watch->wards[i].again)
            return true;
    return false;
}

static void wait_for_signal(Watch *watch, int64_t milliseconds)
{
    struct timespec time = { milliseconds / 1000, milliseconds % 1000 * 1000000 };
    int signal = milliseconds < 0 ? sigwaitinfo(&watch->signals, NULL) : sigtimedwait(&watch->signals, NULL, &time);
    if (signal > 0 && signal != SIGCHLD)
        end_all(watch);
}

bool children_watch(const ChildPlan *plans, size_t count, Problem *problem)
{
    Ward wards[CHILDREN_MAX] = { 0 };
    Watch watch = { .wards = wards, .count = MIN(count, (size_t)CHILDREN_MAX) };
    watched_signals(&watch.signals);
    sigprocmask(SIG_BLOCK, &watch.signals, &watch.before);
    for (size_t i = 0; i < watch.count; i++) {
        wards[i] = (Ward){ .plan = &plans[i], .pause = FIRST_PAUSE };
        if (!watch.ending && !start_ward(&watch, &wards[i], problem))
            end_all(&watch);
    }
    for (reap(&watch, problem); any_alive(&watch); reap(&watch, problem))
        wait_for_signal(&watch, watch.ending ? -1 : start_due(&watch));
    return !problem->kind;
}
