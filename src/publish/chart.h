/* Charts as SVG: pictures that a reader can cite, embed, print and have read aloud.
 *
 * A chart holds no script and no font. Lengths along it are shares of its width, so that its letters keep their size
 * on a telephone. Inside a page it takes its colours from assets/chart.css, as a file of its own it brings them along.
 */
#pragma once

#include "publish/habits.h"

typedef enum ChartForm { CHART_IN_PAGE, CHART_FILE } ChartForm;

typedef struct ChartFrame {
    const Language *language;
    ChartForm form;
    const char *id;                  /* unique in the page: "by-month" */
    const char *title, *description; /* description: what the marks are and what they leave out */
    const char *source;              /* one line under a file: where the figures come from */
    const char *late;                /* what the greyed marks are; NULL when none is */
} ChartFrame;

typedef struct Mark {
    const char *label, *shown; /* "May 2021", "1,234" */
    const char *more;          /* said beside the value: "50 confirmed, 11 suspected"; NULL when nothing */
    double value, lighter;     /* lighter: the part of the value that is drawn lighter */
    const char *tick;          /* of a column: what stands under it; NULL when nothing */
    bool late;                 /* drawn grey */
} Mark;

void chart_bars(Out *out, const ChartFrame *frame, const Mark *marks, size_t count);    /* one below the other */
void chart_columns(Out *out, const ChartFrame *frame, const Mark *marks, size_t count); /* side by side, in time */
void chart_text(Out *out, const ChartFrame *frame, const char *text);                   /* a sentence as a picture */

typedef struct Step {          /* what holds from a moment on */
    const char *label, *shown; /* "9 May 2021", "1,234" */
    double start;              /* share of the chart's time, from 0 */
    double low, high;          /* a NaN low draws nothing, an infinite high no more than the low */
} Step;

/* How a number grew: each step holds until the next one, the last one until the chart's end. */
void chart_steps(Out *out, const ChartFrame *frame, const Step *steps, size_t count);

Text chart_style(void); /* the CSS inside a chart of its own: its hash stands in the Content-Security-Policy */
