#include "domain/keeper.h"

#include <stdatomic.h>

#include "base/detach.h"
#include "base/sys.h"
#include "base/unicode.h"
#include "base/wire.h"
#include "base/worker.h"
#include "domain/batch.h"
#include "guard/role.h"

enum { NAME_FILE_MAX = 256, BATCH_MEMORY_MAX = 1 << 30 };

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
    keeper->deeds_path = arena_format(arena, "%s/deeds-checkpoint", var);
    (void)unicode_fold(arena, TEXT("\xC3\x89")); /* ICU has read its tables before the doors close */
    return role_enter(ROLE_LOG, &(RolePaths){ .write = { var } }, problem) && keeper_publish(keeper, problem);
}

enum { TURNS = 3 };

/* One batch on its way from the frame to the answer. While one is committed, the next is made into rows and a third is
 * received and read. */
typedef struct Turn {
    struct Line *line;
    Arena *arena; /* of the batch */
    Out request, reply, looks[2];
    Batch batch;
    Problem problem;
} Turn;

typedef struct Line {
    Keeper *keeper;
    int socket;
    Turn turns[TURNS];
    Turn *committing;    /* the one whose commit is under way, or NULL */
    atomic_bool another; /* a further batch has been received */
} Line;

static void answer(Out *frame, const Problem *problem)
{
    out_clear(frame);
    wire_put_problem(frame, problem);
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
    if (!wire_send(turn->line->socket, out_view(&turn->reply), &gone))
        turn->line->keeper->over = true;
}

static void end_commit(Line *line)
{
    Turn *turn = line->committing;
    if (!turn)
        return;
    line->committing = NULL;
    (void)batch_committed(line->keeper, &turn->problem);
    answer_turn(turn);
}

/* What is committed is answered as done; a checkpoint file that could not be written is written with the next batch. So
 * it is when one waits already: a file that is flushed for each batch makes a bulk import wait for the disk. */
static void publish(Line *line)
{
    Problem ignored = { 0 };
    if (!line->keeper->over && !atomic_load(&line->another))
        (void)keeper_publish(line->keeper, &ignored);
}

/* When a further batch is there already, the commit goes on beside it: write_turn will be called again. */
static void write_turn(void *context)
{
    Turn *turn = context;
    Line *line = turn->line;
    bool publishes = !turn->problem.kind && !turn->batch.is_trial && !turn->batch.head.size;
    if (line->committing && publishes)
        batch_run_ahead(line->keeper, &turn->batch);
    end_commit(line);
    if (publishes && batch_append(line->keeper, &turn->batch, &turn->problem)) {
        if (atomic_load(&line->another) && batch_commit_beside(line->keeper, &turn->problem)) {
            line->committing = turn;
            return;
        }
        if (!turn->problem.kind)
            (void)batch_commit(line->keeper, &turn->problem);
    }
    if (!turn->problem.kind && turn->batch.is_trial)
        (void)batch_try(line->keeper, &turn->batch, turn->looks, &turn->problem);
    if (!turn->problem.kind && turn->batch.head.size)
        (void)batch_sign(line->keeper, &turn->batch, &turn->problem);
    publish(line);
    answer_turn(turn);
}

/* One batch: false when the connection is over or the store cannot go on. */
static bool serve(Line *line, Turn *turn, Worker *worker)
{
    turn->problem = (Problem){ 0 };
    if (!wire_receive(line->socket, &turn->request, &turn->problem))
        return false;
    atomic_store(&line->another, true);
    arena_reset(turn->arena);
    (void)batch_read(turn->arena, out_view(&turn->request), line->keeper->codebook, &turn->batch, &turn->problem);
    worker_wait(worker); /* the batch before is answered or being committed */
    atomic_store(&line->another, false);
    if (line->keeper->over)
        return false;
    worker_give(worker, write_turn, turn);
    return true;
}

static void serve_all(Keeper *keeper, int socket)
{
    Worker worker = { 0 };
    Line line = { .keeper = keeper, .socket = socket };
    for (size_t i = 0; i < TURNS; i++)
        line.turns[i] = (Turn){ .line = &line, .arena = arena_new(BATCH_MEMORY_MAX) };
    for (size_t i = 0; serve(&line, &line.turns[i], &worker); i = (i + 1) % TURNS)
        continue;
    worker_end(&worker);
    end_commit(&line);
    for (size_t i = 0; i < TURNS; i++) {
        arena_free(line.turns[i].arena);
        out_free(&line.turns[i].request);
        out_free(&line.turns[i].reply);
        out_free(&line.turns[i].looks[0]);
        out_free(&line.turns[i].looks[1]);
    }
}

void keeper_run(int socket, int kept, pid_t parent, const char *var, const Codebook *codebook, LedgerLook *look)
{
    Problem problem = { 0 };
    Keeper keeper = { .look = look };
    AUTO_OUT reply = { 0 };
    process_detach("vigie-log", socket, kept, parent);
    Arena *arena = arena_new(ARENA_NO_CAP);
    bool ready = open_all(arena, var, codebook, &keeper, &problem);
    answer(&reply, &problem);
    if (wire_send(socket, out_view(&reply), &problem) && ready)
        serve_all(&keeper, socket);
    store_close(keeper.store);
    key_forget(&keeper.key);
    sys_leave(0);
}
