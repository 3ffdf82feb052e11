/* Flights: what is being done at this moment under a name, so that the same is not done twice at once. In memory,
 * bounded; thread-safe. */
#pragma once

#include "base/arena.h"
#include "guard/seal.h"

enum { FLIGHTS_MOST = 256 }; /* more than the server has threads */

typedef struct Flights Flights;

Flights *flights_open(Arena *arena);
void flights_close(Flights *flights); /* accepts NULL */

/* False when it is under way already, or too much is. Ended by flight_end. */
bool flight_begin(Flights *flights, const Hash *name);
void flight_end(Flights *flights, const Hash *name);
