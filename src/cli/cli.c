#include "cli/cli.h"

#include <errno.h>

#include "base/sys.h"
#include "cli/command.h"

bool print_out(const Out *out, Problem *problem)
{
    return print_text(out_view(out), problem);
}

bool print_text(Text text, Problem *problem)
{
    Problem wrong = { 0 };
    if (sys_write(STDOUT_FILENO, text.at, text.length, &wrong))
        return true;
    return fail(problem, wrong.kind, "the answer could not be written out whole: %s", strerror(errno));
}

/* The one place where a problem becomes words for a person. */
static void tell(const Call *call, const Problem *problem)
{
    const char *last = problem->message + strlen(problem->message);
    bool stopped = last > problem->message && strchr(".?!", last[-1]);
    fprintf(stderr, "vigie: %s%s\n", problem->message, stopped ? "" : ".");
    if (problem->kind == PROBLEM_USAGE && call->command)
        fprintf(stderr, "See 'vigie help %s'.\n", call->command->name);
}

int cli_run(int count, char **words)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Problem problem = { 0 };
    Call call;
    bool done = call_read(arena, count, words, &call, &problem) && call.command->run(&call, &problem);
    if (done)
        return 0;
    tell(&call, &problem);
    return problem_exit_status(&problem);
}
