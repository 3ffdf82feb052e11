/* vigie serve: makes the stores, starts the web and work roles as children and watches them. */
#include "web/serve.h"

#include "base/sys.h"
#include "cli/command.h"
#include "cli/watch.h"
#include "domain/ledger.h"
#include "guard/role.h"
#include "store/store.h"
#include "work/serve.h"

typedef struct Making {
    const Call *call;
    const Codebook *codebook;
} Making;

/* The log role makes the public store and the key when they are missing; the web role may only read them. In a process
 * of its own: whoever has opened the work store has read pages of it, also of a log that was left behind, and what is
 * in its memory is in that of every child that it starts later, the public one too. */
static bool make_stores(const void *context, Problem *problem)
{
    const Making *making = context;
    const Call *call = making->call;
    Ledger *ledger = ledger_start(call->arena, call->var, making->codebook, problem);
    if (!ledger)
        return false;
    ledger_stop(ledger);
    if (!sys_make_folder(arena_format(call->arena, "%s/releases", call->var), problem))
        return false;
    AUTO_STORE *work = store_open(call->var, STORE_WORK, READ_WRITE, problem);
    return work != NULL;
}

static bool web_child(const void *context, Problem *problem)
{
    const WebOptions *options = context;
    return web_serve(options, problem);
}

static bool work_child(const void *context, Problem *problem)
{
    const WorkOptions *options = context;
    return work_serve(options, problem);
}

typedef struct Trial {
    const char *name;
    RoleName role;
    RolePaths paths;
} Trial;

static bool trial_child(const void *context, Problem *problem)
{
    const Trial *trial = context;
    printf("role %s\n", trial->name);
    return role_enter(trial->role, &trial->paths, problem) && role_selftest(trial->role, &trial->paths, problem);
}

enum { SMTP_PORT = 25 };

/* Each role in a child of its own, shut in as when it works. */
static bool try_roles(const Call *call, Problem *problem)
{
    const char *published = arena_format(call->arena, "%s/public.db", call->var);
    const char *work = arena_format(call->arena, "%s/work.db", call->var);
    const Trial trials[] = {
        { "web", ROLE_WEB, { .read = { published } } },
        { "work", ROLE_WORK, { .read = { published }, .write = { work } } },
        { "import", ROLE_IMPORT, { .write = { work } } },
        { "log", ROLE_LOG, { .write = { call->var } } },
        { "jail", ROLE_JAIL, { .write = { NULL } } },
        { "make", ROLE_MAKE, { .read = { published } } },
        { "mail", ROLE_MAIL, { .read = { published }, .connect = role_ports() == PORTS_GUARDED ? SMTP_PORT : 0 } },
    };
    for (size_t i = 0; i < COUNT_OF(trials); i++)
        if (!child_run(trial_child, &trials[i], problem))
            return false;
    return true;
}

bool run_serve(const Call *call, Problem *problem)
{
    Codebook codebook;
    WebOptions options = { .var = call->var,
                           .listen = call->options[OPTION_LISTEN],
                           .address = call->options[OPTION_ADDRESS],
                           .contact = call->options[OPTION_CONTACT],
                           .codebook = &codebook };
    WorkOptions work = { .var = call->var,
                         .listen = call->options[OPTION_WORK],
                         .address = call->options[OPTION_ADDRESS],
                         .public_listen = call->options[OPTION_LISTEN],
                         .work_address = call->options[OPTION_WORK_ADDRESS],
                         .codebook = &codebook };
    const ChildPlan plans[] = { { "web", web_child, &options, CHILD_NEEDED },
                                { "work", work_child, &work, work.listen ? CHILD_NEEDED : CHILD_OPTIONAL } };
    if (option_given(call, OPTION_NO_WORK) && work.listen)
        return fail(problem, PROBLEM_USAGE, "--no-work and --work exclude each other");
    const Making making = { call, &codebook };
    if (!call_codebook(call, &codebook, problem) || !child_run(make_stores, &making, problem))
        return false;
    if (option_given(call, OPTION_SELFTEST))
        return try_roles(call, problem);
    return children_watch(plans, option_given(call, OPTION_NO_WORK) ? 1 : COUNT_OF(plans), problem);
}
