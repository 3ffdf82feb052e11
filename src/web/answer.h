/* Answer: one exchange with a reader: from the raw address to a response with its headers. */
#pragma once

#include "http/lane.h"
#include "http/server.h"
#include "web/cache.h"
#include "web/request.h"

typedef struct Desk { /* the site of the exchange */
    const App *app;
    Cache *cache;
    Lane *painters;             /* draws pictures of dots */
    const char *picture_policy; /* Content-Security-Policy of SVG files */
} Desk;

extern const Exchange site_exchange;
