#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "guard/shut.h"

/* Rights of Landlock that the headers of Debian 12 do not name yet; see linux/Documentation/userspace-api/landlock. */
#define FS_FIRST ((1ull << 13) - 1) /* of version 1 */
#define FS_REFER (1ull << 13)       /* version 2 */
#define FS_TRUNCATE (1ull << 14)    /* version 3 */
#define FS_IOCTL (1ull << 15)       /* version 5 */
#define NET_BIND (1ull << 0)        /* version 4 */
#define NET_CONNECT (1ull << 1)
#define RULE_PORT 2              /* of landlock_add_rule */
#define SCOPE_SOCKET (1ull << 0) /* version 6 */
#define SCOPE_SIGNAL (1ull << 1)

#define FS_READ (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define FS_WRITE                                                                           \
    (FS_READ | LANDLOCK_ACCESS_FS_WRITE_FILE | FS_TRUNCATE | LANDLOCK_ACCESS_FS_MAKE_REG | \
     LANDLOCK_ACCESS_FS_REMOVE_FILE)
#define FS_MAKE (FS_WRITE | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_REMOVE_DIR)
#define FS_OF_FILE (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | FS_TRUNCATE)

enum { FIRST_WITH_PORTS = 4 };

typedef struct PortRule { /* landlock_net_port_attr */
    uint64_t rights, port;
} PortRule;

typedef struct Rules { /* landlock_ruleset_attr as of version 6 */
    uint64_t files, network, scopes;
} Rules;

static Rules rules_of(long version)
{
    Rules rules = { .files = FS_FIRST };
    rules.files |= version >= 2 ? FS_REFER : 0;
    rules.files |= version >= 3 ? FS_TRUNCATE : 0;
    rules.files |= version >= 5 ? FS_IOCTL : 0;
    rules.network = version >= FIRST_WITH_PORTS ? NET_BIND | NET_CONNECT : 0;
    rules.scopes = version >= 6 ? SCOPE_SOCKET | SCOPE_SIGNAL : 0;
    return rules;
}

/* What the kernel of a version takes; it refuses bytes that it does not know. */
static size_t size_of(long version)
{
    return version >= 6                  ? sizeof(Rules)
           : version >= FIRST_WITH_PORTS ? offsetof(Rules, scopes)
                                         : offsetof(Rules, network);
}

static bool allow(int ruleset, const char *path, uint64_t rights, Problem *problem)
{
    int place = open(path, O_PATH | O_CLOEXEC);
    struct stat facts;
    if (place < 0 || fstat(place, &facts) != 0) {
        int error = errno;
        if (place >= 0)
            close(place);
        return fail(problem, error == ENOENT ? PROBLEM_NOT_FOUND : PROBLEM_NOT_ALLOWED, "%.300s cannot be opened: %s",
                    path, strerror(error));
    }
    struct landlock_path_beneath_attr rule = {
        .allowed_access = S_ISDIR(facts.st_mode) ? rights : rights & FS_OF_FILE,
        .parent_fd = place,
    };
    long state = syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    int error = errno;
    close(place);
    return state == 0 || fail(problem, PROBLEM_UNAVAILABLE, "%.300s cannot be guarded: %s", path, strerror(error));
}

static bool allow_all(int ruleset, const char *const *paths, size_t count, uint64_t rights, Problem *problem)
{
    for (size_t i = 0; i < count && paths[i]; i++)
        if (!allow(ruleset, paths[i], rights, problem))
            return false;
    return true;
}

static bool allow_port(int ruleset, const Rules *rules, int port, Problem *problem)
{
    const PortRule rule = { NET_CONNECT, (uint64_t)port };
    if (port <= 0 || !rules->network)
        return true;
    return syscall(SYS_landlock_add_rule, ruleset, RULE_PORT, &rule, 0) == 0 ||
           fail(problem, PROBLEM_UNAVAILABLE, "port %d cannot be guarded: %s", port, strerror(errno));
}

static bool fill_and_close_in(int ruleset, const Rules *rules, const RolePaths *paths, Problem *problem)
{
    if (!allow_all(ruleset, paths->read, COUNT_OF(paths->read), FS_READ & rules->files, problem) ||
        !allow_all(ruleset, paths->write, COUNT_OF(paths->write), FS_WRITE & rules->files, problem) ||
        !allow_all(ruleset, paths->make, COUNT_OF(paths->make), FS_MAKE & rules->files, problem) ||
        !allow_port(ruleset, rules, paths->connect, problem))
        return false;
#ifdef COVERAGE_FOLDER /* where a build that counts its lines writes the counts */
    if (!allow(ruleset, COVERAGE_FOLDER, FS_WRITE & rules->files, problem))
        return false;
#endif
    if (syscall(SYS_landlock_restrict_self, ruleset, 0) != 0)
        return fail(problem, PROBLEM_UNAVAILABLE, "files cannot be shut off: %s", strerror(errno));
    return true;
}

static long version_of_kernel(void)
{
    return syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

Ports role_ports(void)
{
    return version_of_kernel() >= FIRST_WITH_PORTS ? PORTS_GUARDED : PORTS_OPEN;
}

bool files_shut(const RolePaths *paths, Problem *problem)
{
    long version = version_of_kernel();
    if (version < 1) {
        fputs("vigie: this kernel has no Landlock: files are guarded by their permissions alone\n", stderr);
        return true;
    }
    Rules rules = rules_of(version);
    if (paths->connect == PORT_ANY)
        rules.network &= ~NET_CONNECT;
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &rules, size_of(version), 0);
    if (ruleset < 0)
        return fail(problem, PROBLEM_UNAVAILABLE, "files cannot be shut off: %s", strerror(errno));
    bool done = fill_and_close_in(ruleset, &rules, paths, problem);
    close(ruleset);
    return done;
}
