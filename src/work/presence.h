/* Presence: who is on which change at this moment, by what their browsers say. In memory, bounded; thread-safe. */
#pragma once

#include "base/arena.h"

enum {
    PRESENCE_MOST = 256,        /* of more, those who said least lately are forgotten */
    PRESENCE_MS = 2 * 60 * 1000 /* how long somebody is there whose browser says nothing more */
};

typedef struct Presence Presence;

Presence *presence_open(Arena *arena);
void presence_close(Presence *presence); /* accepts NULL */

void presence_note(Presence *presence, int64_t change, const char *account, int64_t now);
void presence_leave(Presence *presence, int64_t change, const char *account);
/* The names of those who are on the change besides the account, in their order. Memory: `arena`. */
const char **presence_others(Presence *presence, Arena *arena, int64_t change, const char *account, int64_t now,
                             size_t *count);
