/* Watch: work that is done in a child process, so that it can shut itself in, fail and be started again. */
#pragma once

#include "base/problem.h"

/* What the child does. Its problem travels to the parent. `context` is what the caller gave. */
typedef bool ChildWork(const void *context, Problem *problem);

/* Runs it once and waits. The child's problem becomes the caller's. */
bool child_run(ChildWork *work, const void *context, Problem *problem);

/* Runs it until it ends by itself or a SIGTERM or SIGINT asks for it, which is passed on to the child. A child that
 * crashes is started again: after a tenth of a second, then twice as long each time, at most ten seconds; a minute
 * without a crash begins again. A child that fails with a problem is not started again: the problem is the caller's.
 * The child ends with its parent, however that ends. */
bool child_watch(ChildWork *work, const void *context, Problem *problem);
