/* Lane: work that takes long, such as hashing a password or drawing a picture, done by threads of its own, with a queue
 * that has an end: a flood of it is refused and cannot take memory or hold up the threads that answer pages. */
#pragma once

#include "base/arena.h"
#include "base/problem.h"

typedef struct Lane Lane;
typedef void LaneWork(void *context);

Lane *lane_open(Arena *arena, unsigned threads, size_t waiting, Problem *problem);
void lane_close(Lane *lane); /* does what waits, then ends the threads; accepts NULL */

/* False when as many wait as may: then nothing is done. */
bool lane_put(Lane *lane, LaneWork *work, void *context);
