/* Selftest: a role tries what it must not be able to do. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "guard/role.h"

/* Each try answers whether it succeeded, and then undoes it. */

static bool open_as(const char *path, int flags)
{
    int descriptor = open(path, flags | O_CLOEXEC, 0600);
    if (descriptor >= 0)
        close(descriptor);
    return descriptor >= 0;
}

static bool read_passwords(void)
{
    return open_as("/etc/passwd", O_RDONLY);
}

static bool read_own_memory(void)
{
    return open_as("/proc/self/mem", O_RDONLY);
}

static bool list_root(void)
{
    return open_as("/", O_RDONLY | O_DIRECTORY);
}

static bool make_file(void)
{
    static const char path[] = "/tmp/vigie-selftest";
    return open_as(path, O_WRONLY | O_CREAT | O_EXCL) && unlink(path) == 0;
}

static bool make_socket(int family, int kind)
{
    int descriptor = socket(family, kind | SOCK_CLOEXEC, 0);
    if (descriptor >= 0)
        close(descriptor);
    return descriptor >= 0;
}

static bool make_ipv4(void)
{
    return make_socket(AF_INET, SOCK_STREAM);
}

static bool make_ipv6(void)
{
    return make_socket(AF_INET6, SOCK_STREAM);
}

static bool make_udp(void)
{
    return make_socket(AF_INET, SOCK_DGRAM);
}

static bool make_local(void)
{
    return make_socket(AF_UNIX, SOCK_STREAM);
}

/* Should it run after all, the process ends with 1. */
static bool run_program(void)
{
    char name[] = "false";
    char *arguments[] = { name, NULL }, *environment[] = { NULL };
    execve("/bin/false", arguments, environment);
    return false;
}

static bool start_process(void)
{
    long child = syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL);
    if (child == 0)
        _exit(0);
    if (child > 0)
        waitpid((pid_t)child, NULL, 0);
    return child > 0;
}

static bool trace_parent(void)
{
    if (ptrace(PTRACE_SEIZE, getppid(), NULL, NULL) != 0)
        return false;
    ptrace(PTRACE_DETACH, getppid(), NULL, NULL);
    return true;
}

static bool signal_parent(void)
{
    return kill(getppid(), 0) == 0;
}

static bool make_code(void)
{
    void *page = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED)
        return false;
    munmap(page, 4096);
    return true;
}

/* Roles by bits. The roles that reach the network may make sockets; that of mails is tried by its port. */
#define BIT(role) (1U << (role))
#define ALL (~0U)
#define BUT_FETCH (ALL & ~BIT(ROLE_FETCH))
#define BUT_CALLERS (BUT_FETCH & ~BIT(ROLE_MAIL))

static const struct {
    const char *what;
    bool (*succeeds)(void);
    unsigned roles;
} tries[] = {
    { "open /etc/passwd", read_passwords, ALL },
    { "open /proc/self/mem", read_own_memory, ALL },
    { "list /", list_root, ALL },
    { "make a file in /tmp", make_file, ALL },
    { "make an IPv4 socket", make_ipv4, BUT_CALLERS },
    { "make an IPv6 socket", make_ipv6, BUT_CALLERS },
    { "make a UDP socket", make_udp, BUT_FETCH },
    { "make a local socket", make_local, ALL },
    { "run a program", run_program, ALL },
    { "start a process", start_process, ALL },
    { "trace a process", trace_parent, ALL },
    { "signal a process", signal_parent, ALL },
    { "map memory with code", make_code, ALL },
};

static bool write_into(const char *path)
{
    struct stat facts;
    char file[PATH_MAX];
    if (stat(path, &facts) != 0 || !S_ISDIR(facts.st_mode))
        return open_as(path, O_WRONLY);
    (void)snprintf(file, sizeof file, "%s/vigie-selftest", path);
    return open_as(file, O_WRONLY | O_CREAT | O_EXCL) && unlink(file) == 0;
}

/* To the discard service of this machine, where nobody answers: what matters is who refuses. */
static bool connect_elsewhere(int allowed)
{
    enum { DISCARD = 9, ECHO_PORT = 7 };
    struct sockaddr_in place = { .sin_family = AF_INET,
                                 .sin_port = htons(allowed == DISCARD ? ECHO_PORT : DISCARD),
                                 .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool reached = descriptor >= 0 && connect(descriptor, (struct sockaddr *)&place, sizeof place) == 0;
    bool refused = !reached && (errno == EACCES || errno == EPERM);
    if (descriptor >= 0)
        close(descriptor);
    return !refused;
}

static size_t say(bool succeeded, const char *what, const char *path)
{
    printf("%s: %s%s\n", succeeded ? "ALLOWED" : "refused", what, path);
    fflush(stdout);
    return succeeded;
}

bool role_selftest(RoleName role, const RolePaths *paths, Problem *problem)
{
    size_t allowed = 0;
    for (size_t i = 0; i < COUNT_OF(tries); i++)
        if (tries[i].roles & BIT(role))
            allowed += say(tries[i].succeeds(), tries[i].what, "");
    if (paths->connect > 0)
        allowed += say(connect_elsewhere(paths->connect), "connect to another port", "");
    for (size_t i = 0; i < COUNT_OF(paths->read) && paths->read[i]; i++)
        allowed += say(write_into(paths->read[i]), "write to ", paths->read[i]);
    return allowed == 0 ||
           fail(problem, PROBLEM_NOT_ALLOWED, "%zu of the things that this role must not do can be done", allowed);
}
