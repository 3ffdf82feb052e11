/* Shut: the two locks behind a role. Private to this room. */
#pragma once

#include "guard/role.h"

/* Landlock: from now on only `paths` can be opened, no TCP port can be bound or connected to but `paths->connect`, and
 * no process outside can be reached by signals or abstract sockets, as far as the kernel knows these. True on a kernel
 * without Landlock, after a line on stderr. Holds for the calling thread and threads made later. */
bool files_shut(const RolePaths *paths, Problem *problem);

/* seccomp: from now on only the role's system calls, in all threads. */
bool calls_shut(RoleName role, Problem *problem);
