#include "work/flight.h"

#include <pthread.h>

struct Flights {
    pthread_mutex_t lock;
    Hash names[FLIGHTS_MOST];
    size_t count;
};

Flights *flights_open(Arena *arena)
{
    Flights *flights = NEW(arena, Flights);
    flights->lock = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
    return flights;
}

void flights_close(Flights *flights)
{
    if (flights)
        pthread_mutex_destroy(&flights->lock);
}

/* Its place, or how many there are. */
static size_t place_of(const Flights *flights, const Hash *name)
{
    size_t place = 0;
    while (place < flights->count && memcmp(&flights->names[place], name, sizeof *name) != 0)
        place++;
    return place;
}

bool flight_begin(Flights *flights, const Hash *name)
{
    pthread_mutex_lock(&flights->lock);
    bool free = place_of(flights, name) == flights->count && flights->count < FLIGHTS_MOST;
    if (free)
        flights->names[flights->count++] = *name;
    pthread_mutex_unlock(&flights->lock);
    return free;
}

void flight_end(Flights *flights, const Hash *name)
{
    pthread_mutex_lock(&flights->lock);
    size_t place = place_of(flights, name);
    if (place < flights->count)
        flights->names[place] = flights->names[--flights->count];
    pthread_mutex_unlock(&flights->lock);
}
