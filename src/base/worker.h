/* Worker: one thread beside its owner's, which does pieces of work one at a time, in the order in which they are given.
 *
 * What a piece of work touches belongs to the worker from worker_give to the next worker_wait. */
#pragma once

#include <pthread.h>

#include "base/base.h"

typedef void Work(void *context);

enum { WORKER_QUEUE = 7 }; /* pieces of work that it holds, the one at which it works among them */

typedef struct Worker { /* all zero at first */
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct {
        Work *work;
        void *context;
    } queue[WORKER_QUEUE]; /* a ring */
    size_t first, count;
    bool started, ending;
} Worker;

/* Hands over a piece of work; waits while the queue is full. Without a thread (the system gives none) it is done at
 * once, by the caller. */
void worker_give(Worker *worker, Work *work, void *context);
void worker_wait(Worker *worker); /* until it is idle; at once when nothing was ever given */
void worker_end(Worker *worker);  /* waits, then ends the thread */
