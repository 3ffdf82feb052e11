/* Arena: memory that is taken piece by piece and given back all at once.
 *
 * One arena lives as long as one thing the program does: a request, an import
 * batch, a snapshot. Nothing taken from an arena is ever freed on its own.
 * Running out of memory, or over the arena's cap, ends the program, so that no
 * function here can fail. */
#pragma once

#include "base/text.h"

typedef struct Arena Arena;

enum { ARENA_NO_CAP = 0 };

Arena *arena_new(size_t cap);          /* cap in bytes; ARENA_NO_CAP for what is bounded elsewhere */
void arena_free(Arena *arena);         /* accepts NULL */
void arena_reset(Arena *arena);        /* gives everything back but the largest block: for loops over batches */
size_t arena_used(const Arena *arena); /* bytes taken since it was made or reset */

void *arena_take(Arena *arena, size_t size);                                /* zeroed, aligned for any type */
NEVER_NULL char *arena_copy(Arena *arena, const char *text, size_t length); /* adds a NUL */
char *arena_string(Arena *arena, const char *text);                         /* accepts NULL: gives NULL */
NEVER_NULL char *arena_text(Arena *arena, Text text);                       /* the view as a C string */
NEVER_NULL char *arena_format(Arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);
NEVER_NULL char *arena_format_list(Arena *arena, const char *format, va_list values) PRINTF_LIKE(2, 0);

/* Room for one more in a growing array: returns `items`, moved when it was full. `room` is what it held. */
void *arena_grow(Arena *arena, void *items, size_t count, size_t *room, size_t size);

/* For a process that fills and empties arenas over and over: up to 256 MB of what is freed stay with it. Otherwise the
 * kernel takes them back and clears them again, batch after batch. */
void arena_keep_freed(void);
/* For a process that runs for months: large blocks go back to the system when they are freed, instead of leaving holes
 * that fit nothing that comes later. */
void arena_give_back(void);
/* Gives the system what was freed in small pieces too: after something great went that had stood between them. Takes
 * some milliseconds. */
void arena_trim(void);

#define NEW(arena, Type) ((Type *)arena_take((arena), sizeof(Type)))
#define NEW_ARRAY(arena, Type, n) ((Type *)arena_take((arena), size_times(sizeof(Type), (n))))

static inline void arena_end(Arena **arena)
{
    arena_free(*arena);
}
/* Freed when the variable goes out of scope. */
#define AUTO_ARENA __attribute__((cleanup(arena_end))) Arena
