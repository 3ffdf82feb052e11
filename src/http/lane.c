#include "http/lane.h"

#include <pthread.h>

typedef struct Piece {
    LaneWork *work;
    void *context;
} Piece;

struct Lane {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    pthread_t *threads;
    unsigned thread_count;
    Piece *pieces; /* a ring */
    size_t first, count, most;
    bool ending;
};

/* The next piece; false at the end. */
static bool next(Lane *lane, Piece *piece)
{
    pthread_mutex_lock(&lane->lock);
    while (lane->count == 0 && !lane->ending)
        pthread_cond_wait(&lane->changed, &lane->lock);
    bool any = lane->count > 0;
    if (any) {
        *piece = lane->pieces[lane->first];
        lane->first = (lane->first + 1) % lane->most;
        lane->count--;
    }
    pthread_mutex_unlock(&lane->lock);
    return any;
}

static void *run(void *context)
{
    Piece piece;
    while (next(context, &piece))
        piece.work(piece.context);
    return NULL;
}

Lane *lane_open(Arena *arena, unsigned threads, size_t waiting, Problem *problem)
{
    Lane *lane = NEW(arena, Lane);
    *lane = (Lane){ .lock = PTHREAD_MUTEX_INITIALIZER,
                    .changed = PTHREAD_COND_INITIALIZER,
                    .threads = NEW_ARRAY(arena, pthread_t, threads),
                    .pieces = NEW_ARRAY(arena, Piece, waiting),
                    .most = waiting };
    for (; lane->thread_count < threads; lane->thread_count++)
        if (pthread_create(&lane->threads[lane->thread_count], NULL, run, lane) != 0) {
            lane_close(lane);
            fail(problem, PROBLEM_UNAVAILABLE, "a thread cannot be started");
            return NULL;
        }
    return lane;
}

void lane_close(Lane *lane)
{
    if (!lane)
        return;
    pthread_mutex_lock(&lane->lock);
    lane->ending = true;
    pthread_cond_broadcast(&lane->changed);
    pthread_mutex_unlock(&lane->lock);
    for (unsigned i = 0; i < lane->thread_count; i++)
        pthread_join(lane->threads[i], NULL);
    pthread_cond_destroy(&lane->changed);
    pthread_mutex_destroy(&lane->lock);
}

bool lane_put(Lane *lane, LaneWork *work, void *context)
{
    pthread_mutex_lock(&lane->lock);
    bool room = lane->count < lane->most && !lane->ending;
    if (room) {
        lane->pieces[(lane->first + lane->count++) % lane->most] = (Piece){ work, context };
        pthread_cond_signal(&lane->changed);
    }
    pthread_mutex_unlock(&lane->lock);
    return room;
}
