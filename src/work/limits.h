/* Limits: how often something may be asked, by a bucket for each key that fills again with time. In memory, bounded;
 * thread-safe. */
#pragma once

#include "work/access.h"

typedef struct Limits Limits;

Limits *limits_open(Arena *arena);
void limits_close(Limits *limits); /* accepts NULL */

/* Takes one from the bucket of `key`: an address, a session, a name. False when it is empty: `wait` is then the seconds
 * until it is not. `now` in milliseconds of any clock that does not go back. */
bool limits_take(Limits *limits, Rate rate, Text key, int64_t now, int *wait);
/* Gives one back: what was asked turned out to be right. */
void limits_give(Limits *limits, Rate rate, Text key, int64_t now);
