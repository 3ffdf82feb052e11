/* How public figures would change, in the reader's language. */
#pragma once

#include "work/desk_pages.h"

typedef struct Numbers { /* of changes */
    const int64_t *items;
    size_t count; /* 1 or more */
} Numbers;

/* Tries the changes together, as one batch in their order; nothing of it stays. `changes`, one for each, are as they
 * were tried. CONFLICT when one is no draft and not in review; else fails as the log would refuse the batch. Waits
 * until nobody else asks the log; the caller must not hold the writer. */
bool figures_view(const WorkRequest *request, Numbers numbers, Change *changes, FiguresView *view, Problem *problem);
