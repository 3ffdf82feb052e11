#include "work/serve.h"

#include <signal.h>
#include <sys/resource.h>

#include "base/sys.h"
#include "domain/change.h"
#include "domain/finder.h"
#include "domain/waiting.h"
#include "guard/jail.h"
#include "guard/role.h"
#include "http/lane.h"
#include "http/listen.h"
#include "intake/article.h"
#include "publish/preview.h"
#include "work/courier.h"
#include "work/flight.h"
#include "work/limits.h"
#include "work/maker.h"
#include "work/presence.h"
#include "work/talk.h"
#include "work/writer.h"

enum { POLL_SECONDS = 1, WAITING_A_THREAD = 8, NICE = 5, LEFT_ALONE = 70 /* exit status */ };

static const char default_listen[] = "127.0.0.1:8081", public_listen[] = "127.0.0.1:8080";

static bool shut_in(Arena *arena, const char *var, Problem *problem)
{
    RolePaths paths = { .read = { arena_format(arena, "%s/public.db", var),
                                  arena_format(arena, "%s/public.db-wal", var),
                                  arena_format(arena, "%s/public.db-shm", var) },
                        .write = { arena_format(arena, "%s/work.db", var), arena_format(arena, "%s/work.db-wal", var),
                                   arena_format(arena, "%s/work.db-shm", var) } };
    (void)setpriority(PRIO_PROCESS, 0, NICE); /* threads that are made later take it over */
    return role_enter(ROLE_WORK, &paths, problem);
}

/* Until a signal asks for the end, or a process is gone without which nothing is published any more: false. */
static bool watch(Server *server, const Workbench *bench, const sigset_t *ends)
{
    const struct timespec pause = { .tv_sec = POLL_SECONDS };
    while (sigtimedwait(ends, NULL, &pause) < 0) {
        server_sweep(server);
        if (sys_hung_up(ledger_descriptor(bench->ledger)) || sys_hung_up(maker_descriptor(bench->maker)))
            return false;
    }
    return true;
}

/* With everything open and the socket listening: shuts the process in, then starts the threads. */
static bool serve_shut_in(Arena *arena, const WorkOptions *options, Workbench *bench, int descriptor, unsigned threads,
                          Problem *problem)
{
    sigset_t ends = listen_ends();
    if (!shut_in(arena, options->var, problem))
        return false;
    sigprocmask(SIG_BLOCK, &ends, NULL);
    (void)signal(SIGPIPE, SIG_IGN);
    bench->lane = lane_open(arena, threads, (size_t)WAITING_A_THREAD * threads, problem);
    ServerPlan plan = { .exchange = &work_exchange,
                        .site = bench,
                        .socket = descriptor,
                        .threads = threads,
                        .flags = MHD_ALLOW_SUSPEND_RESUME };
    bool whole = true;
    Server *server = bench->lane ? server_start(arena, &plan, problem) : NULL;
    const char *address = listen_address(arena, descriptor);
    const CourierPlan alerts = { bench, options->mails };
    Courier *courier = server ? courier_start(arena, &alerts, problem) : NULL;
    if (courier && address)
        (void)fprintf(stderr, "Workbench at %s\n", address);
    if (courier)
        whole = watch(server, bench, &ends);
    pool_interrupt(bench->work);
    pool_interrupt(bench->published);
    courier_stop(courier);
    lane_close(bench->lane); /* what it does is resumed before the server ends */
    server_stop(server);
    if (!whole) /* as if it had crashed too: it is started again, with new ones */
        sys_leave(LEFT_ALONE);
    return courier != NULL;
}

static const char *asset_of(Arena *arena, const char *name)
{
    Asset asset;
    uint64_t version = asset_find(text_of(name), &asset) ? text_hash(asset.parts[0]) : 0;
    return arena_format(arena, "/assets/%s?v=%llx", name, (unsigned long long)version);
}

/* The address at which analysts' browsers find it, which passkeys are bound to. */
static bool find_place(Arena *arena, const char *address, int descriptor, PasskeyPlace *place, Problem *problem)
{
    Problem reading = { 0 };
    const char *local = listen_address(arena, descriptor), *port = local ? strrchr(local, ':') : NULL;
    if (!address && !port)
        return fail(problem, PROBLEM_UNAVAILABLE, "the system does not say where the workbench listens");
    return passkey_place(arena, address ? address : arena_format(arena, "http://localhost%s", port), place, &reading) ||
           fail_field(problem, PROBLEM_USAGE, "work-address", "%s", reading.message);
}

/* Before anybody waits for it. */
static bool read_names(const Workbench *bench, Problem *problem)
{
    Store *published = pool_take(bench->published, problem);
    bool read = published != NULL;
    for (size_t i = 0; read && i < ACT_SUBJECTS; i++)
        read = !bench->finders[i] || finder_refresh(bench->finders[i], published, problem);
    if (published)
        pool_give(bench->published, published);
    return read;
}

static bool read_candidates(const Workbench *bench, Problem *problem)
{
    Store *work = pool_take(bench->work, problem);
    bool read = work && waiting_refresh(bench->waiting, work, problem);
    if (work)
        pool_give(bench->work, work);
    return read;
}

static bool open_bench(Arena *arena, const WorkOptions *options, unsigned threads, Workbench *bench, Vault *vault,
                       Problem *problem)
{
    size_t readers = 2 * (size_t)threads + 1; /* of the server, of the lane and of the courier */
    if (!vault_open(arena_format(arena, "%s/work.key", options->var), vault, problem))
        return false;
    bench->vault = vault;
    bench->style = asset_of(arena, "work.css");
    bench->mark_script = asset_of(arena, "mark.js");
    bench->save_script = asset_of(arena, "save.js");
    bench->find_script = asset_of(arena, "find.js");
    bench->passkey_script = asset_of(arena, "passkey.js");
    bench->limits = limits_open(arena);
    bench->flights = flights_open(arena);
    bench->presence = presence_open(arena);
    bench->writer = writer_open(arena, options->var, problem);
    bench->work = bench->writer ? pool_open(arena, options->var, STORE_WORK, readers, problem) : NULL;
    bench->published = bench->work ? pool_open(arena, options->var, STORE_PUBLIC, readers, problem) : NULL;
    for (ActSubject subject = 0; subject < ACT_SUBJECTS; subject++)
        bench->finders[subject] = party_of(subject) ? finder_open(arena, party_of(subject), FIND_OFTEN) : NULL;
    bench->waiting = waiting_open(arena, options->codebook);
    return bench->published && read_names(bench, problem) && read_candidates(bench, problem);
}

/* What was agreed to when an earlier process was ended is published now. */
static bool resume(const Workbench *bench, const Codebook *codebook, Problem *problem)
{
    ChangeDesk desk = { writer_hold(bench->writer), bench->ledger, codebook };
    bool done = change_resume(&desk, sys_now(), problem);
    writer_release(bench->writer);
    return done;
}

static void close_bench(Workbench *bench)
{
    for (size_t i = 0; i < ACT_SUBJECTS; i++)
        finder_close(bench->finders[i]);
    waiting_close(bench->waiting);
    pool_close(bench->published);
    pool_close(bench->work);
    writer_close(bench->writer);
    presence_close(bench->presence);
    flights_close(bench->flights);
    limits_close(bench->limits);
}

bool work_serve(const WorkOptions *options, Problem *problem)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    const char *listen = options->listen ? options->listen : default_listen;
    unsigned threads = listen_threads();
    Site site = { 0 };
    Vault vault;
    Workbench bench = { .site = &site, .mails = options->mails >= 0 };
    SiteFacts facts = { .codebook = options->codebook, .address = arena_format(arena, "http://%s", listen) };
    listen_allow_files();
    bench.jail = jail_start(arena, article_words, problem); /* before there are secrets that it could take along */
    MakerPlan maker_plan = { options->var, options->address, options->codebook };
    bench.public_address =
        options->address
            ? options->address
            : arena_format(arena, "http://%s", options->public_listen ? options->public_listen : public_listen);
    if (bench.jail)
        bench.ledger = ledger_start_looking(arena, options->var, options->codebook, preview_look, -1, problem);
    bench.maker = bench.ledger ? maker_start(arena, &maker_plan, problem) : NULL;
    bool opened = bench.maker && seal_start(problem) && codes_start(problem) && passkey_start(problem) &&
                  site_open(arena, &facts, &site, problem) &&
                  open_bench(arena, options, threads, &bench, &vault, problem) &&
                  resume(&bench, options->codebook, problem);
    int descriptor = opened ? listen_at(arena, listen, "work", problem) : -1;
    bool served = descriptor >= 0 && find_place(arena, options->work_address, descriptor, &bench.place, problem) &&
                  serve_shut_in(arena, options, &bench, descriptor, threads, problem);
    if (descriptor >= 0)
        close(descriptor);
    close_bench(&bench);
    maker_stop(bench.maker);
    ledger_stop(bench.ledger);
    jail_stop(bench.jail);
    vault_forget(&vault);
    site_close(&site);
    return served;
}
