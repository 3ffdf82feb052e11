/* What every compiled template needs. */
#pragma once

#include "base/out.h"
#include "publish/words.h"

/* A value within a URL that the template began. */
#define OUT_URL_PART(out, value) \
    _Generic((value),              \
        char *: out_url,           \
        const char *: out_url,     \
        int: out_int,              \
        long: out_int,             \
        unsigned long: out_count,  \
        unsigned: out_count)((out), (value))
