#include "guard/role.h"

#include <dirent.h>
#include <errno.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "base/json.h"
#include "guard/shut.h"

#ifdef ADDRESS_SANITIZER
/* The leak checker stops the process from a helper process at exit, which a role forbids. */
static bool is_shut;

int __lsan_is_turned_off(void);
int __lsan_is_turned_off(void)
{
    return is_shut;
}
#define LEAK_CHECK_OFF() (is_shut = true)
#else
#define LEAK_CHECK_OFF() ((void)0)
#endif

#ifdef THREAD_SANITIZER
#define HELPERS 1 /* a thread of the sanitizer's own, which is there from the beginning */
#else
#define HELPERS 0
#endif

/* Landlock takes in the calling thread only, so no other may run yet. */
static bool is_alone(Problem *problem)
{
    DIR *threads = opendir("/proc/self/task");
    size_t count = 0;
    for (const struct dirent *entry; threads && (entry = readdir(threads));)
        count += entry->d_name[0] != '.';
    if (threads)
        closedir(threads);
    return count <= 1 + HELPERS ||
           fail(problem, PROBLEM_BROKEN, "a role is entered before the first thread is made, not after");
}

bool role_enter(RoleName role, const RolePaths *paths, Problem *problem)
{
    const struct rlimit none = { 0, 0 };
    if (!is_alone(problem))
        return false;
    json_object_seed(0); /* reads /dev/urandom, which is out of reach afterwards */
    /* No core file and no debugger gets at what is in memory; no program that is run gains rights. */
    if (setrlimit(RLIMIT_CORE, &none) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 ||
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return fail(problem, PROBLEM_UNAVAILABLE, "the process cannot be shut in: %s", strerror(errno));
    LEAK_CHECK_OFF();
    return files_shut(paths, problem) && calls_shut(role, problem);
}
