#include <errno.h>
#include <netinet/in.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>

#include "guard/shut.h"

#define WEB (1u << ROLE_WEB)
#define IMPORT (1u << ROLE_IMPORT)
#define WORK (1u << ROLE_WORK)
#define LOG (1u << ROLE_LOG)
#define WARDER (1u << ROLE_WARDER)
#define JAIL (1u << ROLE_JAIL)
#define MAIL (1u << ROLE_MAIL)
#define MAKE (1u << ROLE_MAKE)
#define FETCH (1u << ROLE_FETCH)
#define WRITERS (IMPORT | WORK | LOG | MAKE)
#define SERVERS (WEB | WORK)
#define CALLERS (MAIL | FETCH)
#define ALL (WEB | IMPORT | WORK | LOG | WARDER | MAIL | MAKE | FETCH)
#define EVERY (ALL | JAIL)

static const struct {
    int number;
    unsigned roles;
} calls[] = {
#define CALL(name, roles) { SCMP_SYS(name), roles },
#define KILL(name)
#include "guard/calls.def"
#undef CALL
#undef KILL
};

static const int fatal[] = {
#define CALL(name, roles)
#define KILL(name) SCMP_SYS(name),
#include "guard/calls.def"
#undef CALL
#undef KILL
};

/* A call that is allowed when one of its arguments, masked, has one value. */
typedef struct Condition {
    int number;
    unsigned roles;
    unsigned argument;
    uint64_t mask, value;
} Condition;

#define WHOLE UINT64_MAX
#define NAMESPACES \
    (CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET)

static const Condition conditions[] = {
    { SCMP_SYS(mmap), EVERY, 2, PROT_EXEC, 0 }, /* no new code */
    { SCMP_SYS(mprotect), EVERY, 2, PROT_EXEC, 0 },
    { SCMP_SYS(clone), ALL & ~WARDER, 0, CLONE_THREAD | CLONE_VM, CLONE_THREAD | CLONE_VM }, /* threads, no processes */
    { SCMP_SYS(clone), WARDER, 0, CLONE_THREAD | CLONE_VM | CLONE_FILES | NAMESPACES, 0 },   /* processes, no threads */
    { SCMP_SYS(prctl), WARDER, 0, WHOLE, PR_SET_NO_NEW_PRIVS }, /* its children shut themselves in further */
    { SCMP_SYS(prctl), WARDER, 0, WHOLE, PR_SET_SECCOMP },
    { SCMP_SYS(prctl), ALL, 0, WHOLE, PR_SET_NAME },
    { SCMP_SYS(prctl), ALL, 0, WHOLE, 0x53564d41 }, /* PR_SET_VMA: names of memory areas */
    { SCMP_SYS(prlimit64), ALL, 2, WHOLE, 0 },      /* only asking */
    { SCMP_SYS(prlimit64), WARDER, 0, WHOLE, 0 },   /* and its own */
    { SCMP_SYS(ioctl), ALL, 1, WHOLE, TCGETS },
    { SCMP_SYS(ioctl), ALL, 1, WHOLE, TIOCGWINSZ },
    { SCMP_SYS(ioctl), ALL, 1, WHOLE, FIONBIO },
    { SCMP_SYS(ioctl), ALL, 1, WHOLE, FIONREAD },
};

static int add_conditions(scmp_filter_ctx filter, unsigned role)
{
    int error = 0;
    for (size_t i = 0; i < COUNT_OF(conditions) && !error; i++) {
        const Condition *one = &conditions[i];
        struct scmp_arg_cmp test = { one->argument, SCMP_CMP_MASKED_EQ, one->mask, one->value };
        if (one->roles & role)
            error = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, one->number, 1, &test);
    }
    return error;
}

/* Sockets of TCP, and of UDP for who asks for names: Landlock does not know UDP. No local ones. */
static const struct {
    unsigned roles;
    uint64_t family, kind, protocol; /* protocol: this or 0 */
} sockets[] = {
    { CALLERS, AF_INET, SOCK_STREAM, IPPROTO_TCP },
    { CALLERS, AF_INET6, SOCK_STREAM, IPPROTO_TCP },
    { FETCH, AF_INET, SOCK_DGRAM, IPPROTO_UDP },
    { FETCH, AF_INET6, SOCK_DGRAM, IPPROTO_UDP },
};

static int add_sockets(scmp_filter_ctx filter, unsigned role)
{
    int error = 0;
    for (size_t i = 0; i < COUNT_OF(sockets) && !error; i++) {
        const struct scmp_arg_cmp tests[] = {
            { 0, SCMP_CMP_EQ, sockets[i].family, 0 },
            { 1, SCMP_CMP_MASKED_EQ, ~(uint64_t)(SOCK_NONBLOCK | SOCK_CLOEXEC), sockets[i].kind },
            { 2, SCMP_CMP_MASKED_EQ, ~sockets[i].protocol, 0 },
        };
        if (sockets[i].roles & role)
            error = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(socket), COUNT_OF(tests), tests);
    }
    return error;
}

static int add_rules(scmp_filter_ctx filter, unsigned role)
{
    struct scmp_arg_cmp itself = SCMP_A0_64(SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0);
    int error = add_conditions(filter, role);
    if (!error)
        error = add_sockets(filter, role);
    for (size_t i = 0; i < COUNT_OF(calls) && !error; i++)
        if (calls[i].roles & role)
            error = seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i].number, 0);
    for (size_t i = 0; i < COUNT_OF(fatal) && !error; i++)
        error = seccomp_rule_add(filter, SCMP_ACT_KILL_PROCESS, fatal[i], 0);
    if (!error) /* abort() */
        error = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, &itself);
    if (!error) /* its flags are in memory, where a filter cannot look; the C library then uses clone */
        error = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
    return error;
}

bool calls_shut(RoleName role, Problem *problem)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (!filter)
        return fail(problem, PROBLEM_UNAVAILABLE, "system calls cannot be filtered: no memory");
    int error = add_rules(filter, 1u << role);
    if (!error)
        error = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1);
    if (!error)
        error = seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2); /* a binary tree: some ten steps a call */
    if (!error)
        error = seccomp_load(filter);
    seccomp_release(filter);
    return !error || fail(problem, PROBLEM_UNAVAILABLE, "system calls cannot be filtered: %s", strerror(-error));
}
