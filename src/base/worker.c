#include "base/worker.h"

#include <signal.h>

static void *work_on(void *owner)
{
    Worker *worker = owner;
    pthread_mutex_lock(&worker->lock);
    while (!worker->ending) {
        if (!worker->count) {
            pthread_cond_wait(&worker->changed, &worker->lock);
            continue;
        }
        Work *work = worker->queue[worker->first].work;
        void *context = worker->queue[worker->first].context;
        pthread_mutex_unlock(&worker->lock);
        work(context);
        pthread_mutex_lock(&worker->lock);
        worker->first = (worker->first + 1) % WORKER_QUEUE;
        worker->count--;
        pthread_cond_broadcast(&worker->changed);
    }
    pthread_mutex_unlock(&worker->lock);
    return NULL;
}

/* Signals are the owner's. */
static bool start(Worker *worker)
{
    sigset_t all, before;
    pthread_mutex_init(&worker->lock, NULL);
    pthread_cond_init(&worker->changed, NULL);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    worker->started = pthread_create(&worker->thread, NULL, work_on, worker) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return worker->started;
}

void worker_give(Worker *worker, Work *work, void *context)
{
    if (!worker->started && !start(worker)) {
        work(context);
        return;
    }
    pthread_mutex_lock(&worker->lock);
    while (worker->count == WORKER_QUEUE)
        pthread_cond_wait(&worker->changed, &worker->lock);
    size_t place = (worker->first + worker->count) % WORKER_QUEUE;
    worker->queue[place].work = work;
    worker->queue[place].context = context;
    worker->count++;
    pthread_cond_broadcast(&worker->changed);
    pthread_mutex_unlock(&worker->lock);
}

void worker_wait(Worker *worker)
{
    if (!worker->started)
        return;
    pthread_mutex_lock(&worker->lock);
    while (worker->count)
        pthread_cond_wait(&worker->changed, &worker->lock);
    pthread_mutex_unlock(&worker->lock);
}

void worker_end(Worker *worker)
{
    if (!worker->started)
        return;
    worker_wait(worker);
    pthread_mutex_lock(&worker->lock);
    worker->ending = true;
    pthread_cond_broadcast(&worker->changed);
    pthread_mutex_unlock(&worker->lock);
    pthread_join(worker->thread, NULL);
    pthread_mutex_destroy(&worker->lock);
    pthread_cond_destroy(&worker->changed);
    *worker = (Worker){ 0 };
}
