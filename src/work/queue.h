/* Queue: the states of candidates by which the queue is listed. */
#pragma once

#include "work/request.h"

enum { QUEUE_WAITING = 4, QUEUE_STATES = 6 };

/* Those that wait first, then what was decided. */
extern const char *const queue_states[QUEUE_STATES];
const char *queue_words(const Language *language, const char *state); /* the code itself for any other */
/* "Data set: veris" or "Partner: cert". */
const char *queue_source(const WorkRequest *request, const char *dataset);
