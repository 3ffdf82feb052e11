#include "base/arena.h"

#include <malloc.h>

enum {
    FIRST_BLOCK = 4 * 1024,
    LARGEST_STEP = 4 * 1024 * 1024,
    KEPT = 256 << 20,
    KEPT_BLOCK = 32 << 20,
    GIVEN_BACK = 512 << 10
};

typedef struct Block Block;
struct Block {
    Block *next;
    size_t used, size;
    _Alignas(max_align_t) unsigned char bytes[];
};

struct Arena {
    Block *top;
    size_t cap, used;
};

static Block *block_new(size_t size, Block *next)
{
    Block *block = calloc(1, size_add(sizeof *block, size));
    if (!block)
        abort();
    block->size = size;
    block->next = next;
    return block;
}

static void blocks_free(Block *block)
{
    while (block) {
        Block *next = block->next;
        free(block);
        block = next;
    }
}

Arena *arena_new(size_t cap)
{
    Arena *arena = calloc(1, sizeof *arena);
    if (!arena)
        abort();
    arena->cap = cap;
    arena->top = block_new(FIRST_BLOCK, NULL);
    return arena;
}

void arena_free(Arena *arena)
{
    if (!arena)
        return;
    blocks_free(arena->top);
    free(arena);
}

void arena_reset(Arena *arena)
{
    Block *kept = arena->top; /* the newest block is the largest but for single big takes */
    blocks_free(kept->next);
    kept->next = NULL;
    memset(kept->bytes, 0, kept->used);
    kept->used = 0;
    arena->used = 0;
}

size_t arena_used(const Arena *arena)
{
    return arena->used;
}

void *arena_take(Arena *arena, size_t size)
{
    const size_t unit = _Alignof(max_align_t);
    size = size_add(size, unit - 1) / unit * unit;
    arena->used = size_add(arena->used, size);
    if (arena->cap != ARENA_NO_CAP && arena->used > arena->cap)
        abort();
    Block *top = arena->top;
    if (top->size - top->used < size) {
        size_t grown = MIN(top->size * 2, (size_t)LARGEST_STEP);
        top = arena->top = block_new(MAX(size, grown), top);
    }
    void *piece = top->bytes + top->used;
    top->used += size;
    return piece;
}

char *arena_copy(Arena *arena, const char *text, size_t length)
{
    char *copy = arena_take(arena, size_add(length, 1));
    if (length)
        memcpy(copy, text, length);
    return copy;
}

char *arena_string(Arena *arena, const char *text)
{
    return text ? arena_copy(arena, text, strlen(text)) : NULL;
}

char *arena_text(Arena *arena, Text text)
{
    return arena_copy(arena, text.at, text.length);
}

char *arena_format_list(Arena *arena, const char *format, va_list values)
{
    va_list again;
    va_copy(again, values);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0)
        abort();
    char *text = arena_take(arena, (size_t)length + 1);
    (void)vsnprintf(text, (size_t)length + 1, format, values);
    return text;
}

char *arena_format(Arena *arena, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    char *text = arena_format_list(arena, format, values);
    va_end(values);
    return text;
}

void *arena_grow(Arena *arena, void *items, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return items;
    size_t wider = *room ? size_times(*room, 2) : 8;
    void *moved = arena_take(arena, size_times(wider, size));
    if (count)
        memcpy(moved, items, count * size);
    *room = wider;
    return moved;
}

void arena_keep_freed(void)
{
    (void)mallopt(M_MMAP_THRESHOLD, KEPT_BLOCK);
    (void)mallopt(M_TRIM_THRESHOLD, KEPT);
}

void arena_give_back(void)
{
    (void)mallopt(M_MMAP_THRESHOLD, GIVEN_BACK);
}

void arena_trim(void)
{
    (void)malloc_trim(0);
}
