#include "publish/world.h"

static int by_code(const void *code, const void *place)
{
    return strcmp(code, ((const Place *)place)->code);
}

const Place *world_find(const char *code)
{
    return bsearch(code, world, world_count, sizeof *world, by_code);
}
