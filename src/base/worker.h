/* Worker: one thread beside its owner's, which does one piece of work at a time, in the order in which they are given.
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
    struct {
        Work *work; /* NULL: none */
        void *context;
    } now, next; /* what it does, and what waits behind it */
    bool started, ending;
} Worker;

/* Hands over a piece of work, once the one before has begun. Without a thread (the system gives none) it is done at
 * once, by the caller. */
void worker_give(Worker *worker, Work *work, void *context);
void worker_wait(Worker *worker); /* until it is idle; at once when nothing was ever given */
void worker_end(Worker *worker);  /* waits, then ends the thread */
