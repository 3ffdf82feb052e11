#include "http/server.h"

#include "http/watchdog.h"

enum {
    CONNECTIONS = 1000,
    CONNECTIONS_OF_ONE = 200, /* per address; behind a proxy all have one */
    CONNECTION_MEMORY = 32 << 10,
    IDLE_SECONDS = 15
};

struct Server {
    ServerPlan plan;
    Watchdog *watchdog;
    struct MHD_Daemon *daemon;
};

/* Called with the first line of a request, before anything is decoded: the raw address is what is routed. */
static void *take_address(void *context, const char *address, struct MHD_Connection *connection)
{
    const Server *server = context;
    (void)connection;
    return server->plan.exchange->begin(server->plan.site, address);
}

static void completed(void *context, struct MHD_Connection *connection, void **talk,
                      enum MHD_RequestTerminationCode how)
{
    Server *server = context;
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    (void)how;
    server->plan.exchange->end(*talk);
    *talk = NULL;
    watchdog_phase(server->watchdog, info ? info->socket_context : NULL, PHASE_ASKING);
}

static void connected(void *context, struct MHD_Connection *connection, void **watched,
                      enum MHD_ConnectionNotificationCode what)
{
    Server *server = context;
    if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
        watchdog_remove(server->watchdog, *watched);
        *watched = NULL;
        return;
    }
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    if (info)
        *watched = watchdog_add(server->watchdog, info->connect_fd);
}

static enum MHD_Result answer(Server *server, struct MHD_Connection *connection, void *talk)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    Phase phase = PHASE_ANSWERING;
    enum MHD_Result result = server->plan.exchange->answer(talk, connection, &phase);
    watchdog_phase(server->watchdog, info ? info->socket_context : NULL, phase);
    return result;
}

/* Called when the headers are read, for each piece of the body, and when all of it is read. */
/* NOLINTBEGIN(readability-function-size, readability-non-const-parameter): the server's own form */
static enum MHD_Result asked(void *context, struct MHD_Connection *connection, const char *path, const char *method,
                             const char *version, const char *body, size_t *body_size, void **talk)
{
    Server *server = context;
    const Exchange *exchange = server->plan.exchange;
    (void)path;
    (void)version;
    if (!*talk)
        return MHD_NO;
    if (*body_size) {
        bool taken = exchange->take && exchange->take(*talk, (Text){ body, *body_size });
        *body_size = 0;
        return taken ? MHD_YES : MHD_NO;
    }
    if (exchange->is_new(*talk) && exchange->accepts(*talk, connection, method))
        return MHD_YES;
    return answer(server, connection, *talk);
}
/* NOLINTEND(readability-function-size, readability-non-const-parameter) */

Server *server_start(Arena *arena, const ServerPlan *plan, Problem *problem)
{
    Server *server = NEW(arena, Server);
    *server = (Server){ .plan = *plan, .watchdog = watchdog_open(arena, CONNECTIONS) };
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC | plan->flags;
    struct MHD_OptionItem pool[] = { { MHD_OPTION_THREAD_POOL_SIZE, (intptr_t)plan->threads, NULL },
                                     { MHD_OPTION_END, 0, NULL } };
    server->daemon = MHD_start_daemon(
        flags, 0, NULL, NULL, asked, server, MHD_OPTION_LISTEN_SOCKET, plan->socket, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)CONNECTIONS, MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)CONNECTIONS_OF_ONE,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY, MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)IDLE_SECONDS, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_URI_LOG_CALLBACK, take_address, server,
        MHD_OPTION_NOTIFY_COMPLETED, completed, server, MHD_OPTION_NOTIFY_CONNECTION, connected, server,
        MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, MHD_OPTION_ARRAY, plan->threads > 1 ? pool : &pool[1], MHD_OPTION_END);
    if (server->daemon)
        return server;
    server_stop(server);
    fail(problem, PROBLEM_UNAVAILABLE, "the web server cannot start");
    return NULL;
}

void server_stop(Server *server)
{
    if (!server)
        return;
    if (server->daemon) {
        (void)MHD_quiesce_daemon(server->daemon); /* leaves the socket to the caller */
        MHD_stop_daemon(server->daemon);
    }
    watchdog_close(server->watchdog);
}

void server_sweep(Server *server)
{
    watchdog_sweep(server->watchdog);
}
