/* Worker: one thread beside its owner's, which does one piece of work at a time.
 *
 * What a piece of work touches belongs to the worker from worker_give to the next worker_wait. */
#pragma once

#include <pthread.h>

#include "base/base.h"

typedef void Work(void *context);

typedef struct Worker { /* all zero at first */
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    Work *work; /* what it does, NULL while it is idle */
    void *context;
    bool started, ending;
} Worker;

/* Hands over a piece of work, after the one before is done. Without a thread (the system gives none) it is done at
 * once, by the caller. */
void worker_give(Worker *worker, Work *work, void *context);
void worker_wait(Worker *worker); /* until it is idle; at once when nothing was ever given */
void worker_end(Worker *worker);  /* waits, then ends the thread */
