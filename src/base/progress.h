/* Progress: one line on stderr that is redrawn at most ten times a second, only when stderr is a terminal. */
#pragma once

#include "base/base.h"

typedef struct Progress {
    const char *what; /* "Importing incidents.csv" */
    int64_t total;    /* in any unit; 0 when not known */
    int64_t drawn_at; /* private: sys_tick of the last drawing */
    bool shown;
} Progress;

Progress progress_start(const char *what, int64_t total);
void progress_show(Progress *progress, int64_t done, int64_t count); /* count: rows, shown beside the bar */
void progress_end(Progress *progress);                               /* clears the line */
