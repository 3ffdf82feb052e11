#include "http/listen.h"

#include <errno.h>
#include <netdb.h>
#include <sys/resource.h>
#include <sys/socket.h>

enum { BACKLOG = 511, FILES = 2048, THREADS_MAX = 64 };

/* "HOST:PORT" apart; an IPv6 address stands in brackets. */
static bool split_address(Arena *arena, const char *listen, const char **host, const char **port)
{
    const char *colon = strrchr(listen, ':');
    int64_t number;
    if (!colon || !text_int(text_of(colon + 1), &number) || number < 0 || number > 65535)
        return false;
    Text name = { listen, (size_t)(colon - listen) };
    if (name.length > 1 && name.at[0] == '[' && name.at[name.length - 1] == ']')
        name = text_slice(name, 1, name.length - 2);
    *host = name.length ? arena_text(arena, name) : NULL;
    *port = colon + 1;
    return true;
}

static int open_socket(const struct addrinfo *address)
{
    int yes = 1, descriptor = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (descriptor >= 0)
        (void)setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (descriptor >= 0 && bind(descriptor, address->ai_addr, address->ai_addrlen) == 0 &&
        listen(descriptor, BACKLOG) == 0)
        return descriptor;
    int error = errno;
    if (descriptor >= 0)
        close(descriptor);
    errno = error;
    return -1;
}

static ProblemKind kind_of(int error)
{
    return error == EADDRINUSE ? PROBLEM_CONFLICT : error == EACCES ? PROBLEM_NOT_ALLOWED : PROBLEM_UNAVAILABLE;
}

int listen_at(Arena *arena, const char *listen_on, const char *field, Problem *problem)
{
    const char *host = NULL, *port = NULL;
    struct addrinfo hints = { .ai_flags = AI_PASSIVE, .ai_socktype = SOCK_STREAM }, *found = NULL;
    if (!split_address(arena, listen_on, &host, &port)) {
        fail_field(problem, PROBLEM_USAGE, field,
                   "\"%.100s\" is not an address to listen on; expected HOST:PORT, for example 127.0.0.1:8080",
                   listen_on);
        return -1;
    }
    int state = getaddrinfo(host, port, &hints, &found);
    if (state != 0) {
        fail_field(problem, PROBLEM_USAGE, field, "%.100s is no address: %s", listen_on, gai_strerror(state));
        return -1;
    }
    int descriptor = open_socket(found);
    if (descriptor < 0)
        fail_field(problem, kind_of(errno), field, "%.100s cannot be listened on: %s", listen_on, strerror(errno));
    freeaddrinfo(found);
    return descriptor;
}

const char *listen_address(Arena *arena, int descriptor)
{
    struct sockaddr_storage address = { 0 };
    socklen_t size = sizeof address;
    char host[NI_MAXHOST], port[NI_MAXSERV];
    if (getsockname(descriptor, (struct sockaddr *)&address, &size) != 0 ||
        getnameinfo((struct sockaddr *)&address, size, host, sizeof host, port, sizeof port,
                    NI_NUMERICHOST | NI_NUMERICSERV) != 0)
        return NULL;
    bool wide = address.ss_family == AF_INET6;
    return arena_format(arena, "http://%s%s%s:%s/", wide ? "[" : "", host, wide ? "]" : "", port);
}

unsigned listen_threads(void)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores < 1 ? 1 : cores > THREADS_MAX ? THREADS_MAX : (unsigned)cores;
}

void listen_allow_files(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= FILES)
        return;
    limit.rlim_cur = MIN((rlim_t)FILES, limit.rlim_max);
    (void)setrlimit(RLIMIT_NOFILE, &limit);
}

sigset_t listen_ends(void)
{
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    return ends;
}
