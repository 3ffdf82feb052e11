#include "work/maker.h"

#include <pthread.h>
#include <sys/socket.h>

#include "base/detach.h"
#include "base/sys.h"
#include "base/unicode.h"
#include "base/wire.h"
#include "guard/role.h"
#include "publish/release_make.h"

struct Maker {
    pthread_mutex_t lock;
    int socket;
    bool asked; /* since maker_hold */
    Out frame;
};

typedef struct Making { /* in the process itself */
    const MakerPlan *plan;
    Arena *arena; /* of one release */
    Store *store;
    SigningKey key;
    int socket;
} Making;

static bool open_all(Making *making, Problem *problem)
{
    const char *var = making->plan->var;
    const char *releases = arena_format(making->arena, "%s/releases", var);
    RolePaths paths = { .read = { arena_format(making->arena, "%s/public.db", var),
                                  arena_format(making->arena, "%s/public.db-wal", var),
                                  arena_format(making->arena, "%s/public.db-shm", var) },
                        .make = { releases } };
    if (!sys_make_folder(releases, problem) || !seal_start(problem) ||
        !key_open(arena_format(making->arena, "%s/release.key", var), "vigie/releases", &making->key, problem))
        return false;
    making->store = store_open(var, STORE_PUBLIC, READ_ONLY, problem);
    (void)unicode_fold(making->arena, TEXT("\xC3\x89")); /* ICU has read its tables before the doors close */
    return making->store && role_enter(ROLE_MAKE, &paths, problem);
}

static const char *releases_of(const Making *making)
{
    return arena_format(making->arena, "%s/releases", making->plan->var);
}

static bool make(Making *making, const MakerOrder *order, ReleasePlan *release_plan, Release *release, Problem *problem)
{
    Snapshot *snapshot = snapshot_load(making->store, making->plan->codebook, problem);
    *release_plan = (ReleasePlan){ .now = order->now,
                                   .address = making->plan->address,
                                   .store = making->store,
                                   .snapshot = snapshot,
                                   .codebook = making->plan->codebook,
                                   .key = &making->key,
                                   .keep = order->keep };
    bool made = snapshot && release_prepare(making->arena, releases_of(making), release_plan, release, problem);
    snapshot_release(snapshot);
    return made;
}

static void answer(Making *making, const MakerOrder *order, Out *frame, Problem *problem)
{
    Release release;
    ReleasePlan plan;
    AUTO_OUT body = { 0 };
    if (!problem->kind && make(making, order, &plan, &release, problem))
        release_write(&body, &release);
    out_clear(frame);
    wire_put_problem(frame, problem);
    if (!problem->kind) {
        wire_put_number(frame, plan.number);
        wire_put_text(frame, out_view(&body));
    }
}

/* An order, and a frame that says that what was made is under review, or that nobody needs it. */
static bool serve_one(Making *making, Out *frame)
{
    Problem gone = { 0 }, problem = { 0 };
    if (!wire_receive(making->socket, frame, &gone))
        return false;
    Wire wire = { .rest = out_view(frame) };
    MakerOrder order = { .now = wire_number(&wire) };
    order.keep = arena_text(making->arena, wire_text(&wire));
    int lock = release_lock(making->arena, releases_of(making), &problem);
    answer(making, &order, frame, &problem);
    bool goes_on = wire_send(making->socket, out_view(frame), &gone) && wire_receive(making->socket, frame, &gone);
    if (lock >= 0)
        close(lock);
    return goes_on;
}

static void run(int socket, pid_t parent, const MakerPlan *plan)
{
    Problem problem = { 0 };
    AUTO_OUT frame = { 0 };
    process_detach("vigie-make", socket, -1, parent);
    Making making = { .plan = plan, .arena = arena_new(ARENA_NO_CAP), .socket = socket };
    bool ready = open_all(&making, &problem);
    wire_put_problem(&frame, &problem);
    ready = wire_send(socket, out_view(&frame), &problem) && ready;
    while (ready && serve_one(&making, &frame))
        arena_reset(making.arena);
    store_close(making.store);
    key_forget(&making.key);
    arena_free(making.arena);
    sys_leave(0);
}

static bool receive(Maker *maker, Wire *wire, Problem *problem)
{
    if (!wire_receive(maker->socket, &maker->frame, problem))
        return fail(problem, PROBLEM_UNAVAILABLE, "the process that makes releases ended without an answer");
    *wire = (Wire){ .rest = out_view(&maker->frame) };
    return wire_problem(wire, problem);
}

Maker *maker_start(Arena *arena, const MakerPlan *plan, Problem *problem)
{
    int ends[2];
    Wire ready;
    Maker *maker = NEW(arena, Maker);
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        fail(problem, PROBLEM_STORE, "cannot make a socket for the process that makes releases");
        return NULL;
    }
    pid_t parent = getpid();
    (void)fflush(NULL);
    *maker = (Maker){ .lock = PTHREAD_MUTEX_INITIALIZER, .socket = ends[0] };
    pid_t child = fork();
    if (child == 0)
        run(ends[1], parent, plan);
    close(ends[1]);
    if (child < 0)
        fail(problem, PROBLEM_STORE, "cannot start the process that makes releases");
    if (child > 0 && receive(maker, &ready, problem))
        return maker;
    maker_stop(maker);
    return NULL;
}

/* The child ends when nobody is left to ask it; whoever started this process reaps it. */
void maker_stop(Maker *maker)
{
    if (!maker || maker->socket < 0)
        return;
    close(maker->socket);
    maker->socket = -1;
    out_free(&maker->frame);
    pthread_mutex_destroy(&maker->lock);
}

bool maker_make(Maker *maker, Arena *arena, const MakerOrder *order, int64_t *number, Text *body, Problem *problem)
{
    Wire wire;
    maker->asked = true;
    out_clear(&maker->frame);
    wire_put_number(&maker->frame, order->now);
    wire_put_text(&maker->frame, text_of(order->keep));
    if (!wire_send(maker->socket, out_view(&maker->frame), problem) || !receive(maker, &wire, problem))
        return false;
    *number = wire_number(&wire);
    *body = text_of(arena_text(arena, wire_text(&wire)));
    return !wire.broken || fail(problem, PROBLEM_BROKEN, "the process that makes releases answered something else");
}

int maker_descriptor(const Maker *maker)
{
    return maker->socket;
}

void maker_hold(Maker *maker)
{
    pthread_mutex_lock(&maker->lock);
}

void maker_release(Maker *maker)
{
    Problem gone = { 0 };
    if (!maker)
        return;
    out_clear(&maker->frame);
    wire_put_number(&maker->frame, 0);
    if (maker->asked)
        (void)wire_send(maker->socket, out_view(&maker->frame), &gone);
    maker->asked = false;
    pthread_mutex_unlock(&maker->lock);
}
