/* Tabs: a list of what is in one state, with the other states beside it. */
#pragma once

#include "work/pages.h"

typedef struct Tabs {
    const char *path; /* of the list: "/queue" */
    const char *all;  /* words of the tab before the others, of every state; NULL: there is none */
    const char *const *states;
    size_t count;
    const char *(*words)(const Language *language, const char *state);
} Tabs;

/* The state that was asked for: one of the tabs'; without any NULL for all, or the first where there is no tab for all.
 * False with PROBLEM_NOT_FOUND for any other. */
bool tabs_state(const WorkRequest *request, const Tabs *tabs, const char **state, Problem *problem);
/* The number that the list goes on behind; 0: from its start. */
bool tabs_after(const WorkRequest *request, int64_t *after, Problem *problem);
/* Memory: the request's. */
PageLinks tabs_links(const WorkRequest *request, const Tabs *tabs, const char *state);
/* Where the list goes on, behind this number. */
const char *tabs_next(const WorkRequest *request, const Tabs *tabs, const char *state, int64_t after);
