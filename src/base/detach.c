#include "base/detach.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>

#include "base/sys.h"

static void close_all_but(int one, int other)
{
    int low = MIN(one, other), high = MAX(one, other);
    if (low > 3)
        close_range(3, (unsigned)low - 1, 0);
    if (high > MAX(low, 2) + 1)
        close_range((unsigned)MAX(low, 2) + 1, (unsigned)high - 1, 0);
    close_range((unsigned)high + 1, ~0U, 0);
}

void process_detach(const char *name, int socket, int kept, pid_t parent)
{
    prctl(PR_SET_NAME, name);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) /* it died before the line above */
        sys_leave(0);
    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    dup2(nothing, STDIN_FILENO);
    dup2(nothing, STDOUT_FILENO);
    close_all_but(socket, kept);
}
