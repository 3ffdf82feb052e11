#include "domain/keeper.h"

#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/prctl.h>

#include "base/sys.h"
#include "base/unicode.h"
#include "base/worker.h"
#include "domain/batch.h"
#include "domain/wire.h"
#include "guard/role.h"

enum { NAME_FILE_MAX = 256, BATCH_MEMORY_MAX = 1 << 30 };

/* What was inherited besides the connection and stderr is closed: the parent's files are none of the log's business,
 * and a pipe held here would keep its reader waiting. A terminal's interrupt goes to the parent too, which closes the
 * connection when it is done; so the log finishes what it has begun. */
static void detach(int socket, pid_t parent)
{
    prctl(PR_SET_NAME, "vigie-log");
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) /* it died before the line above */
        _exit(0);
    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    dup2(nothing, STDIN_FILENO);
    dup2(nothing, STDOUT_FILENO);
    if (socket > 3)
        close_range(3, (unsigned)socket - 1, 0);
    close_range((unsigned)socket + 1, ~0U, 0);
}

/* The log's name: the first line of var/log.name. */
static bool name_of_log(Arena *arena, const char *var, const char **name, Problem *problem)
{
    const char *path = arena_format(arena, "%s/log.name", var);
    Text text, line;
    *name = "vigie/log";
    if (!sys_exists(path))
        return true;
    if (!sys_read_file(arena, path, NAME_FILE_MAX, &text, problem))
        return false;
    if (!text_split(&text, '\n', &line) || text_trim(line).length == 0)
        return fail(problem, PROBLEM_BAD_INPUT, "%s holds no name", path);
    *name = arena_text(arena, text_trim(line));
    return true;
}

static bool open_all(Arena *arena, const char *var, const Codebook *codebook, Keeper *keeper, Problem *problem)
{
    const char *name;
    if (!sys_make_folder(var, problem) || !name_of_log(arena, var, &name, problem) || !seal_start(problem) ||
        !key_open(arena_format(arena, "%s/log.key", var), name, &keeper->key, problem))
        return false;
    keeper->store = store_open(var, STORE_PUBLIC, READ_WRITE, problem);
    if (!keeper->store || !keeper_prepare(keeper, arena, codebook, problem))
        return false;
    keeper->checkpoint_path = arena_format(arena, "%s/checkpoint", var);
    (void)unicode_fold(arena, TEXT("\xC3\x89")); /* ICU has read its tables before the doors close */
    return role_enter(ROLE_LOG, &(RolePaths){ .write = { var } }, problem) && keeper_publish(keeper, problem);
}

/* One batch on its way from the frame to the answer. While one is written, the next is received and read. */
typedef struct Turn {
    Keeper *keeper;
    int socket;
    Arena *arena; /* of the batch */
    Out request, reply, looks[2];
    Batch batch;
    Problem problem;
    atomic_bool *another; /* a further batch has been received */
} Turn;

static void answer(Out *frame, const Problem *problem)
{
    out_clear(frame);
    wire_put_number(frame, (int64_t)problem->kind);
    if (!problem->kind)
        return;
    wire_put_text(frame, text_of(problem->field));
    wire_put_text(frame, text_of(problem->message));
}

static void answer_turn(Turn *turn)
{
    Problem gone = { 0 };
    answer(&turn->reply, &turn->problem);
    for (size_t i = 0; !turn->problem.kind && turn->batch.is_trial && i < COUNT_OF(turn->looks); i++)
        wire_put_text(&turn->reply, out_view(&turn->looks[i]));
    if (!turn->problem.kind && !turn->batch.is_trial)
        wire_put_number(&turn->reply, (int64_t)turn->batch.count);
    for (size_t i = 0; !turn->problem.kind && !turn->batch.is_trial && i < turn->batch.count; i++)
        wire_put_number(&turn->reply, turn->batch.incidents[i]);
    if (!wire_send(turn->socket, out_view(&turn->reply), &gone))
        turn->keeper->over = true;
}

/* What is committed is answered as done; a checkpoint file that could not be written is written with the next batch. So
 * it is when one waits already: a file that is flushed for each batch makes a bulk import wait for the disk. */
static void publish(const Turn *turn)
{
    Problem ignored = { 0 };
    if (!turn->keeper->over && !atomic_load(turn->another))
        (void)keeper_publish(turn->keeper, &ignored);
}

static void write_turn(void *context)
{
    Turn *turn = context;
    Keeper *keeper = turn->keeper;
    if (!turn->problem.kind && turn->batch.is_trial)
        (void)batch_try(keeper, &turn->batch, turn->looks, &turn->problem);
    else if (!turn->problem.kind && batch_append(keeper, &turn->batch, &turn->problem))
        (void)batch_commit(keeper, &turn->problem);
    publish(turn);
    answer_turn(turn);
}

/* One batch: false when the connection is over or the store cannot go on. */
static bool serve(Turn *turn, Worker *worker)
{
    const Codebook *codebook = turn->keeper->codebook;
    turn->problem = (Problem){ 0 };
    if (!wire_receive(turn->socket, &turn->request, &turn->problem))
        return false;
    atomic_store(turn->another, true);
    arena_reset(turn->arena);
    (void)batch_read(turn->arena, out_view(&turn->request), codebook, &turn->batch, &turn->problem);
    worker_wait(worker); /* the batch before is answered */
    atomic_store(turn->another, false);
    if (turn->keeper->over)
        return false;
    worker_give(worker, write_turn, turn);
    return true;
}

static void serve_all(Keeper *keeper, int socket)
{
    Turn turns[2];
    Worker worker = { 0 };
    atomic_bool another = false;
    for (size_t i = 0; i < COUNT_OF(turns); i++)
        turns[i] =
            (Turn){ .keeper = keeper, .socket = socket, .arena = arena_new(BATCH_MEMORY_MAX), .another = &another };
    for (size_t i = 0; serve(&turns[i], &worker); i = !i)
        continue;
    worker_end(&worker);
    for (size_t i = 0; i < COUNT_OF(turns); i++) {
        arena_free(turns[i].arena);
        out_free(&turns[i].request);
        out_free(&turns[i].reply);
        out_free(&turns[i].looks[0]);
        out_free(&turns[i].looks[1]);
    }
}

void keeper_run(int socket, pid_t parent, const char *var, const Codebook *codebook, LedgerLook *look)
{
    Problem problem = { 0 };
    Keeper keeper = { .look = look };
    AUTO_OUT reply = { 0 };
    detach(socket, parent);
    Arena *arena = arena_new(ARENA_NO_CAP);
    bool ready = open_all(arena, var, codebook, &keeper, &problem);
    answer(&reply, &problem);
    if (wire_send(socket, out_view(&reply), &problem) && ready)
        serve_all(&keeper, socket);
    store_close(keeper.store);
    key_forget(&keeper.key);
    sys_leave(0);
}
