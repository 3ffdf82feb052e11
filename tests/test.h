/* The smallest test harness that prints TAP and goes on after a failure. */
#pragma once

#include <stdio.h>
#include <string.h>

static int tests_run, tests_failed;

#define CHECK(condition, ...)                                                   \
    do {                                                                        \
        int ok_ = (condition) ? 1 : 0;                                          \
        tests_failed += !ok_;                                                   \
        printf("%s %d - ", ok_ ? "ok" : "not ok", ++tests_run);                 \
        printf(__VA_ARGS__);                                                    \
        printf(ok_ ? "\n" : "\n# %s:%d: %s\n", __FILE__, __LINE__, #condition); \
    } while (0)

#define DONE() (printf("1..%d\n", tests_run), tests_failed ? 1 : 0)
