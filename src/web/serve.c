#include "web/serve.h"

#include <errno.h>
#include <netdb.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include "guard/role.h"
#include "guard/seal.h"
#include "web/http.h"

enum { POLL_MS = 300, BACKLOG = 511, FILES = 2048, THREADS_MAX = 64 };

static const char default_listen[] = "127.0.0.1:8080";

/* "HOST:PORT" apart; an IPv6 address stands in brackets. */
static bool split_address(Arena *arena, const char *listen, const char **host, const char **port, Problem *problem)
{
    const char *colon = strrchr(listen, ':');
    int64_t number;
    if (!colon || !text_int(text_of(colon + 1), &number) || number < 0 || number > 65535)
        return fail_field(problem, PROBLEM_USAGE, "listen",
                          "\"%.100s\" is not an address to listen on; expected "
                          "HOST:PORT, for example %s",
                          listen, default_listen);
    Text name = { listen, (size_t)(colon - listen) };
    if (name.length > 1 && name.at[0] == '[' && name.at[name.length - 1] == ']')
        name = text_slice(name, 1, name.length - 2);
    *host = name.length ? arena_text(arena, name) : NULL;
    *port = colon + 1;
    return true;
}

static int open_socket(const struct addrinfo *address, const char *listen_on, Problem *problem)
{
    int yes = 1, descriptor = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (descriptor >= 0)
        (void)setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (descriptor >= 0 && bind(descriptor, address->ai_addr, address->ai_addrlen) == 0 &&
        listen(descriptor, BACKLOG) == 0)
        return descriptor;
    ProblemKind kind = errno == EADDRINUSE ? PROBLEM_CONFLICT
                       : errno == EACCES   ? PROBLEM_NOT_ALLOWED
                                           : PROBLEM_UNAVAILABLE;
    fail_field(problem, kind, "listen", "%.100s cannot be listened on: %s", listen_on, strerror(errno));
    if (descriptor >= 0)
        close(descriptor);
    return -1;
}

static int listen_at(Arena *arena, const char *listen_on, Problem *problem)
{
    const char *host = NULL, *port = NULL;
    struct addrinfo hints = { .ai_flags = AI_PASSIVE, .ai_socktype = SOCK_STREAM }, *found = NULL;
    if (!split_address(arena, listen_on, &host, &port, problem))
        return -1;
    int state = getaddrinfo(host, port, &hints, &found);
    if (state != 0) {
        fail_field(problem, PROBLEM_USAGE, "listen", "%.100s is no address: %s", listen_on, gai_strerror(state));
        return -1;
    }
    int descriptor = open_socket(found, listen_on, problem);
    freeaddrinfo(found);
    return descriptor;
}

static void say_where(int descriptor)
{
    struct sockaddr_storage address = { 0 };
    socklen_t size = sizeof address;
    char host[NI_MAXHOST], port[NI_MAXSERV];
    if (getsockname(descriptor, (struct sockaddr *)&address, &size) != 0 ||
        getnameinfo((struct sockaddr *)&address, size, host, sizeof host, port, sizeof port,
                    NI_NUMERICHOST | NI_NUMERICSERV) != 0)
        return;
    bool wide = address.ss_family == AF_INET6;
    (void)fprintf(stderr, "Serving http://%s%s%s:%s/ until Ctrl-C\n", wide ? "[" : "", host, wide ? "]" : "", port);
}

static unsigned thread_count(void)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores < 1 ? 1 : cores > THREADS_MAX ? THREADS_MAX : (unsigned)cores;
}

/* One descriptor a connection, and some more. */
static void allow_files(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= FILES)
        return;
    limit.rlim_cur = MIN((rlim_t)FILES, limit.rlim_max);
    (void)setrlimit(RLIMIT_NOFILE, &limit);
}

static bool shut_in(Arena *arena, const char *var, Problem *problem)
{
    RolePaths paths = { .read = { arena_format(arena, "%s/public.db", var),
                                  arena_format(arena, "%s/public.db-wal", var),
                                  arena_format(arena, "%s/public.db-shm", var) } };
    return role_enter(ROLE_WEB, &paths, problem);
}

/* Waits for the end; meanwhile looks for publications and sweeps connections. A problem is told once, when it begins.
 */
static void watch(Live *live, Http *http, const sigset_t *ends)
{
    const struct timespec pause = { .tv_nsec = POLL_MS * 1000000L };
    bool readable = true;
    while (sigtimedwait(ends, NULL, &pause) < 0) {
        Problem problem = { 0 };
        bool now = live_refresh(live, &problem);
        if (readable && !now)
            (void)fprintf(stderr, "vigie: the register cannot be read: %s; the figures stay as they were\n",
                          problem.message);
        readable = now;
        http_sweep(http);
    }
}

static sigset_t end_signals(void)
{
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    return ends;
}

/* With the store open and the socket listening: shuts the process in, then starts the threads. */
static bool serve_shut_in(Arena *arena, const WebOptions *options, App *app, int descriptor, unsigned threads,
                          Problem *problem)
{
    sigset_t ends = end_signals();
    if (!shut_in(arena, options->var, problem))
        return false;
    sigprocmask(SIG_BLOCK, &ends, NULL);
    (void)signal(SIGPIPE, SIG_IGN);
    Http *http = http_start(arena, app, descriptor, threads, problem);
    if (!http)
        return false;
    say_where(descriptor);
    watch(app->live, http, &ends);
    http_stop(http);
    return true;
}

/* The site's own address, for texts that quote it. Only what cannot break out of a text or a link. */
static bool own_address(Arena *arena, const WebOptions *options, const char **address, Problem *problem)
{
    const char *listen = options->listen ? options->listen : default_listen;
    *address = options->address ? options->address : arena_format(arena, "http://%s", listen);
    Text text = text_of(*address);
    size_t odd = strcspn(*address, " \"'<>()[]`\\?#");
    bool listened = !options->address; /* an IPv6 address stands in brackets */
    if ((text_starts(text, "https://") || text_starts(text, "http://")) && !text_ends(text, "/") &&
        (listened || odd == text.length))
        return true;
    return fail_field(problem, PROBLEM_USAGE, "address",
                      "\"%.100s\" is not the address of a site; expected for example https://vigie.example", *address);
}

/* The public half of the log's key; NULL when it cannot be read. */
static const char *read_key(Arena *arena, const char *var, Problem *problem)
{
    char text[VERIFIER_KEY_MAX];
    SigningKey key;
    if (!key_read_public(arena_format(arena, "%s/log.key.pub", var), &key, problem))
        return NULL;
    key_public_text(&key, text);
    return arena_string(arena, text);
}

bool web_serve(const WebOptions *options, Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    unsigned threads = thread_count();
    Site site = { 0 };
    App app = { .site = &site };
    bool served = false;
    allow_files();
    SiteFacts facts = { .codebook = options->codebook, .contact = options->contact };
    if (!seal_start(problem) || !own_address(arena, options, &facts.address, problem) ||
        !site_open(arena, &facts, &site, problem)) {
        site_close(&site);
        return false;
    }
    AUTO_STORE *store = store_open(options->var, STORE_PUBLIC, READ_ONLY, problem);
    if (store)
        store_patience(store, POLL_MS);
    app.log_key = store ? read_key(arena, options->var, problem) : NULL;
    app.pool = app.log_key ? pool_open(arena, options->var, threads, problem) : NULL;
    app.live = app.pool ? live_open(arena, store, options->codebook, problem) : NULL;
    app.tiles = tiles_open();
    int descriptor = app.live ? listen_at(arena, options->listen ? options->listen : default_listen, problem) : -1;
    if (descriptor >= 0)
        served = serve_shut_in(arena, options, &app, descriptor, threads, problem);
    if (descriptor >= 0)
        close(descriptor);
    tiles_close(app.tiles);
    live_close(app.live);
    pool_close(app.pool);
    site_close(&site);
    return served;
}
