#include "domain/keeper.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>

#include "base/sys.h"
#include "base/unicode.h"
#include "domain/batch.h"
#include "domain/wire.h"
#include "guard/role.h"

enum { NAME_FILE_MAX = 256 };

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
    keeper->scratch = arena_new(ARENA_NO_CAP);
    (void)unicode_fold(keeper->scratch, TEXT("\xC3\x89")); /* ICU has read its tables before the doors close */
    return role_enter(ROLE_LOG, &(RolePaths){ .write = { var } }, problem) && keeper_publish(keeper, problem);
}

static void answer(Out *frame, const Problem *problem)
{
    out_clear(frame);
    wire_put_number(frame, (int64_t)problem->kind);
    if (!problem->kind)
        return;
    wire_put_text(frame, text_of(problem->field));
    wire_put_text(frame, text_of(problem->message));
}

/* One batch: false when the connection is over or the store cannot go on. */
static bool serve(Keeper *keeper, int socket, Out *request, Out *reply)
{
    Problem problem = { 0 };
    if (!wire_receive(socket, request, &problem))
        return false;
    Batch batch;
    arena_reset(keeper->scratch);
    bool read = batch_read(keeper->scratch, out_view(request), &batch, &problem);
    if (read)
        (void)batch_write(keeper, &batch, &problem);
    answer(reply, &problem);
    if (!problem.kind)
        wire_put_number(reply, (int64_t)batch.count);
    for (size_t i = 0; !problem.kind && i < batch.count; i++)
        wire_put_number(reply, batch.incidents[i]);
    return wire_send(socket, out_view(reply), &problem) && !keeper->over;
}

void keeper_run(int socket, pid_t parent, const char *var, const Codebook *codebook)
{
    Problem problem = { 0 };
    Keeper keeper = { 0 };
    AUTO_OUT request = { 0 }, reply = { 0 };
    detach(socket, parent);
    Arena *arena = arena_new(ARENA_NO_CAP);
    bool ready = open_all(arena, var, codebook, &keeper, &problem);
    answer(&reply, &problem);
    ready = wire_send(socket, out_view(&reply), &problem) && ready;
    while (ready && serve(&keeper, socket, &request, &reply))
        continue;
    store_close(keeper.store);
    key_forget(&keeper.key);
    _exit(0);
}
