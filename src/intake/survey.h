/* Survey: one round through the addresses of published sources, asking those that are due whether they still answer,
 * and noting what follows (domain/source_check.h). */
#pragma once

#include "intake/ask.h"

typedef struct SurveyPlan {
    const char *var;
    int64_t after, most; /* days between two questions; how many sources at most */
    AskPlan ask;
    bool quiet; /* no progress bar */
} SurveyPlan;

typedef struct SurveyRow {
    int64_t source;
    const char *address;
    SourceAnswer answer;
    SourceTurn turn;
} SurveyRow;

typedef struct SurveyReport {
    SurveyRow *rows;
    size_t count, left; /* left: how many more are due */
} SurveyReport;

/* Each answer is kept as it comes; what was asked before a failure stays. BUSY while another survey of the same stores
 * goes on, UNAVAILABLE when the process that asks did not survive an answer. Nothing else may run in the process: it
 * shuts itself in. Memory: `arena`. */
bool survey_run(Arena *arena, const SurveyPlan *plan, SurveyReport *report, Problem *problem);
