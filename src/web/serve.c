#include "web/serve.h"

#include <signal.h>

#include "base/sys.h"
#include "guard/role.h"
#include "guard/seal.h"
#include "http/listen.h"
#include "publish/chart.h"
#include "publish/png.h"
#include "web/answer.h"

/* What takes long, at the pace of a bulk import, is done a third of the time at most. */
enum { REST = 2, LONGEST_REST_MS = 1000, PATIENCE_MS = 300 };
enum { CACHE_BYTES = 32 << 20, PAINTERS = 1, PICTURES_WAITING = 32 };

static const char default_listen[] = "127.0.0.1:8080";

static bool shut_in(Arena *arena, const char *var, Problem *problem)
{
    static const char *const fonts[] = { FONT_FOLDERS };
    RolePaths paths = { .read = {
                            arena_format(arena, "%s/public.db", var), arena_format(arena, "%s/public.db-wal", var),
                            arena_format(arena, "%s/public.db-shm", var), arena_format(arena, "%s/releases", var) } };
    size_t count = 4;
    _Static_assert(COUNT_OF(fonts) + 4 < COUNT_OF(paths.read), "the folders have room");
    for (size_t i = 0; i < COUNT_OF(fonts); i++)
        if (png_offered() && access(fonts[i], R_OK) == 0)
            paths.read[count++] = fonts[i];
    return role_enter(ROLE_WEB, &paths, problem);
}

static struct timespec pause_of(int64_t milliseconds)
{
    return (struct timespec){ .tv_sec = milliseconds / 1000, .tv_nsec = milliseconds % 1000 * 1000000 };
}

/* Waits for the end; meanwhile looks for publications and sweeps connections. A problem is told once, when it begins.
 */
static void watch(Live *live, Server *server, const sigset_t *ends)
{
    struct timespec pause = pause_of(LIVE_POLL_MS);
    bool readable = true;
    while (sigtimedwait(ends, NULL, &pause) < 0) {
        Problem problem = { 0 };
        int64_t start = sys_tick();
        bool now = live_refresh(live, &problem);
        int64_t rest = MIN(REST * (sys_tick() - start) / 1000, (int64_t)LONGEST_REST_MS);
        pause = pause_of(MAX((int64_t)LIVE_POLL_MS, rest));
        if (readable && !now)
            (void)fprintf(stderr, "vigie: the register cannot be read: %s; the figures stay as they were\n",
                          problem.message);
        readable = now;
        server_sweep(server);
    }
}

/* A picture is shown with its own style only; its hash is what the policy allows. */
static const char *picture_policy(Arena *arena)
{
    Hash hash;
    char text[64];
    hash_bytes(chart_style(), &hash);
    seal_base64((Text){ (const char *)hash.bytes, sizeof hash.bytes }, text, sizeof text);
    return arena_format(arena, "default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'", text);
}

/* With the store open and the socket listening: shuts the process in, then starts the threads. */
static bool serve_shut_in(Arena *arena, const WebOptions *options, App *app, int descriptor, unsigned threads,
                          Problem *problem)
{
    sigset_t ends = listen_ends();
    (void)png_load();
    if (!shut_in(arena, options->var, problem))
        return false;
    sigprocmask(SIG_BLOCK, &ends, NULL);
    (void)signal(SIGPIPE, SIG_IGN);
    if (!png_open(problem)) /* which starts threads */
        return false;
    Desk desk = { .app = app, .cache = cache_open(arena, CACHE_BYTES), .picture_policy = picture_policy(arena) };
    desk.painters = lane_open(arena, PAINTERS, PICTURES_WAITING, problem);
    ServerPlan plan = { .exchange = &site_exchange,
                        .site = &desk,
                        .socket = descriptor,
                        .threads = threads,
                        .flags = MHD_ALLOW_SUSPEND_RESUME };
    Server *server = desk.painters ? server_start(arena, &plan, problem) : NULL;
    const char *address = listen_address(arena, descriptor);
    if (server && address)
        (void)fprintf(stderr, "Serving %s until Ctrl-C\n", address);
    if (server)
        watch(app->live, server, &ends);
    pool_interrupt(app->pool);
    lane_close(desk.painters); /* what they draw is resumed before the server ends */
    server_stop(server);
    cache_close(desk.cache);
    return server != NULL;
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
    unsigned threads = listen_threads();
    Site site = { 0 };
    App app = { .site = &site };
    bool served = false;
    listen_allow_files();
    arena_give_back();
    SiteFacts facts = { .codebook = options->codebook, .contact = options->contact };
    if (!seal_start(problem) || !own_address(arena, options, &facts.address, problem) ||
        !site_open(arena, &facts, &site, problem)) {
        site_close(&site);
        return false;
    }
    AUTO_STORE *store = store_open(options->var, STORE_PUBLIC, READ_ONLY, problem);
    if (store)
        store_patience(store, PATIENCE_MS);
    app.log_key = store ? read_key(arena, options->var, problem) : NULL;
    app.pool = app.log_key ? pool_open(arena, options->var, STORE_PUBLIC, threads + PAINTERS, problem) : NULL;
    app.live = app.pool ? live_open(arena, store, options->codebook, problem) : NULL;
    app.tiles = tiles_open();
    app.releases = arena_format(arena, "%s/releases", options->var);
    int descriptor =
        app.live ? listen_at(arena, options->listen ? options->listen : default_listen, "listen", problem) : -1;
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
