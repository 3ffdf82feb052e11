#include "web/http.h"

#include <microhttpd.h>

#include "base/sys.h"
#include "publish/chart.h"
#include "web/answer.h"
#include "web/watchdog.h"

enum {
    CONNECTIONS = 1000,
    CONNECTIONS_OF_ONE = 200, /* per address; behind a proxy all have one */
    CONNECTION_MEMORY = 32 << 10,
    IDLE_SECONDS = 15,
    CACHE_BYTES = 64 << 20
};

struct Http {
    const App *app;
    Server server;
    Watchdog *watchdog;
    struct MHD_Daemon *daemon;
};

/* Called with the first line of a request, before anything is decoded: the raw address is what is routed. */
static void *take_address(void *context, const char *address, struct MHD_Connection *connection)
{
    Http *http = context;
    (void)connection;
    return talk_begin(&http->server, address);
}

static void completed(void *context, struct MHD_Connection *connection, void **talk,
                      enum MHD_RequestTerminationCode how)
{
    Http *http = context;
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    (void)how;
    talk_end(*talk);
    *talk = NULL;
    watchdog_phase(http->watchdog, info ? info->socket_context : NULL, PHASE_ASKING);
}

static void connected(void *context, struct MHD_Connection *connection, void **watched,
                      enum MHD_ConnectionNotificationCode what)
{
    Http *http = context;
    if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
        watchdog_remove(http->watchdog, *watched);
        *watched = NULL;
        return;
    }
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    if (info)
        *watched = watchdog_add(http->watchdog, info->connect_fd);
}

/* Called when the headers are read, and again when the body (which must be empty) is. */
/* NOLINTBEGIN(readability-function-size, readability-non-const-parameter): the server's own form */
static enum MHD_Result asked(void *context, struct MHD_Connection *connection, const char *path, const char *method,
                             const char *version, const char *body, size_t *body_size, void **talk)
{
    Http *http = context;
    (void)path;
    (void)version;
    (void)body;
    if (*body_size || !*talk)
        return MHD_NO;
    if (talk_is_new(*talk) && talk_accepts(*talk, connection, method))
        return MHD_YES;
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    Phase phase = PHASE_ANSWERING;
    enum MHD_Result result = talk_answer(*talk, connection, &phase);
    watchdog_phase(http->watchdog, info ? info->socket_context : NULL, phase);
    return result;
}
/* NOLINTEND(readability-function-size, readability-non-const-parameter) */

/* A picture is shown with its own style only; its hash is what the policy allows. */
static const char *picture_policy(Arena *arena)
{
    Hash hash;
    char text[64];
    hash_bytes(chart_style(), &hash);
    seal_base64((Text){ (const char *)hash.bytes, sizeof hash.bytes }, text, sizeof text);
    return arena_format(arena, "default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'", text);
}

Http *http_start(Arena *arena, const App *app, int socket, unsigned threads, Problem *problem)
{
    Http *http = NEW(arena, Http);
    *http = (Http){ .app = app, .watchdog = watchdog_open(arena, CONNECTIONS) };
    http->server =
        (Server){ .app = app, .cache = cache_open(arena, CACHE_BYTES), .picture_policy = picture_policy(arena) };
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC;
    struct MHD_OptionItem pool[] = { { MHD_OPTION_THREAD_POOL_SIZE, (intptr_t)threads, NULL },
                                     { MHD_OPTION_END, 0, NULL } };
    http->daemon = MHD_start_daemon(
        flags, 0, NULL, NULL, asked, http, MHD_OPTION_LISTEN_SOCKET, socket, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)CONNECTIONS, MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)CONNECTIONS_OF_ONE,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY, MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)IDLE_SECONDS, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_URI_LOG_CALLBACK, take_address, http,
        MHD_OPTION_NOTIFY_COMPLETED, completed, http, MHD_OPTION_NOTIFY_CONNECTION, connected, http,
        MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, MHD_OPTION_ARRAY, threads > 1 ? pool : &pool[1], MHD_OPTION_END);
    if (http->daemon)
        return http;
    http_stop(http);
    fail(problem, PROBLEM_UNAVAILABLE, "the web server cannot start");
    return NULL;
}

void http_stop(Http *http)
{
    if (!http)
        return;
    if (http->daemon) {
        (void)MHD_quiesce_daemon(http->daemon); /* leaves the socket to the caller */
        MHD_stop_daemon(http->daemon);
    }
    cache_close(http->server.cache);
    watchdog_close(http->watchdog);
}

void http_sweep(Http *http)
{
    watchdog_sweep(http->watchdog);
}
