/* Watch: work that is done in a child process, so that it can shut itself in, fail and be started again. */
#pragma once

#include "base/problem.h"

/* What the child does. Its problem travels to the parent. `context` is what the caller gave. */
typedef bool ChildWork(const void *context, Problem *problem);

/* Runs it once and waits. The child's problem becomes the caller's. */
bool child_run(ChildWork *work, const void *context, Problem *problem);

typedef struct ChildPlan {
    const char *name; /* "web" */
    ChildWork *work;
    const void *context;
    enum {
        CHILD_NEEDED,
        CHILD_OPTIONAL, /* when it cannot start, that is told and the others go on */
        CHILD_RENEWED,  /* needed, but UNAVAILABLE is a reason to start it again, the first time too */
    } need;
} ChildPlan;

enum { CHILDREN_MAX = 8 };

/* Runs them, each in a process of its own, until one ends by itself or a SIGTERM or SIGINT asks for it, which is passed
 * on to all. A child that crashes is started again, while the others go on: after a tenth of a second, then twice as
 * long each time, at most ten seconds; a minute without a crash begins again. A needed child that fails with a problem
 * before it was ever started again ends all: the problem is the caller's; later ones are told and it is started again.
 * The children end with their parent, however that ends. */
bool children_watch(const ChildPlan *plans, size_t count, Problem *problem);
