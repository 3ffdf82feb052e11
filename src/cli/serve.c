/* vigie serve: makes the stores, starts the web, work and mail roles as children and watches them. */
#include "web/serve.h"

#include <unistd.h>

#include "base/sys.h"
#include "cli/command.h"
#include "cli/watch.h"
#include "domain/ledger.h"
#include "domain/witness.h"
#include "guard/role.h"
#include "mail/order.h"
#include "mail/serve.h"
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
    AUTO_STORE *work = witness_open(call->var, problem);
    return work != NULL;
}

typedef struct Roles { /* what the children are made of */
    WebOptions web;
    WorkOptions work;
    MailOptions mail;
    int mails[2]; /* mail_sockets; -1: no mails */
} Roles;

/* A child keeps its own end only, so that no other can send mails. */
static void keep_end(const Roles *roles, int kept)
{
    for (size_t i = 0; i < COUNT_OF(roles->mails); i++)
        if (roles->mails[i] >= 0 && roles->mails[i] != kept)
            close(roles->mails[i]);
}

static bool web_child(const void *context, Problem *problem)
{
    const Roles *roles = context;
    keep_end(roles, -1);
    return web_serve(&roles->web, problem);
}

static bool work_child(const void *context, Problem *problem)
{
    const Roles *roles = context;
    keep_end(roles, roles->mails[0]);
    return work_serve(&roles->work, problem);
}

static bool mail_child(const void *context, Problem *problem)
{
    const Roles *roles = context;
    keep_end(roles, roles->mails[1]);
    return mail_serve(&roles->mail, problem);
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
        { "fetch", ROLE_FETCH, { .connect = PORT_ANY } },
        { "mail", ROLE_MAIL, { .read = { published }, .connect = role_ports() == PORTS_GUARDED ? SMTP_PORT : 0 } },
    };
    for (size_t i = 0; i < COUNT_OF(trials); i++)
        if (!child_run(trial_child, &trials[i], problem))
            return false;
    return true;
}

static bool check_options(const Call *call, Problem *problem)
{
    bool none = option_given(call, OPTION_NO_WORK);
    if (none && (call->options[OPTION_WORK] || call->options[OPTION_MAIL]))
        return fail(problem, PROBLEM_USAGE, "--no-work and --%s exclude each other",
                    call->options[OPTION_WORK] ? "work" : "mail");
    return true;
}

static Roles roles_of(const Call *call, const Codebook *codebook)
{
    return (Roles){
        .web = { .var = call->var,
                 .listen = call->options[OPTION_LISTEN],
                 .address = call->options[OPTION_ADDRESS],
                 .contact = call->options[OPTION_CONTACT],
                 .codebook = codebook },
        .work = { .var = call->var,
                  .listen = call->options[OPTION_WORK],
                  .address = call->options[OPTION_ADDRESS],
                  .public_listen = call->options[OPTION_LISTEN],
                  .work_address = call->options[OPTION_WORK_ADDRESS],
                  .mails = -1,
                  .codebook = codebook },
        .mail = { .settings = call->options[OPTION_MAIL], .socket = -1 },
        .mails = { -1, -1 },
    };
}

static bool connect_mails(Roles *roles, Problem *problem)
{
    if (!mail_sockets(roles->mails, problem))
        return false;
    roles->work.mails = roles->mails[0];
    roles->mail.socket = roles->mails[1];
    return true;
}

bool run_serve(const Call *call, Problem *problem)
{
    Codebook codebook;
    const Making making = { call, &codebook };
    Roles roles = roles_of(call, &codebook);
    const char *mail = call->options[OPTION_MAIL];
    const ChildPlan plans[] = { { "web", web_child, &roles, CHILD_NEEDED },
                                { "work", work_child, &roles, roles.work.listen ? CHILD_NEEDED : CHILD_OPTIONAL },
                                { "mail", mail_child, &roles, CHILD_RENEWED } };
    if (!check_options(call, problem) || !call_codebook(call, &codebook, problem) ||
        !child_run(make_stores, &making, problem))
        return false;
    if (option_given(call, OPTION_SELFTEST))
        return try_roles(call, problem);
    if (mail && !connect_mails(&roles, problem))
        return false;
    size_t count = option_given(call, OPTION_NO_WORK) ? 1 : mail ? COUNT_OF(plans) : COUNT_OF(plans) - 1;
    return children_watch(plans, count, problem);
}
