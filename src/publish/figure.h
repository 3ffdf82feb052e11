/* Figure: one count that has a name and an address, in every form that is offered: a chart, a table, CSV, JSON. */
#pragma once

#include "publish/chart.h"
#include "publish/view.h"

typedef enum FigureKind {
    FIGURE_COLUMNS,
    FIGURE_BARS,
    FIGURE_LEVELS,
    FIGURE_MAP,
    FIGURE_GROWTH,
    FIGURE_SENTENCE
} FigureKind;

typedef struct Figure {
    const char *name;         /* in its address: "by-month" */
    const char *title, *note; /* English; note: what is counted and what it adds up to */
    FigureKind kind;
    const char *key; /* the query key of its codes; NULL for months and the headline */
    size_t counts;   /* where its Counts stand in Figures; those of FIGURE_GROWTH stand in View */
} Figure;

extern const Figure figure_table[];
extern const size_t figure_count;

const Figure *figure_find(Text name); /* NULL when there is none */

const Counts *figure_counts(const View *view, const Figure *figure);

typedef struct FigureRow {
    const char *code, *label, *shown; /* "FR", "France", "1,234" */
    const char *more;                 /* "50 confirmed, 11 suspected"; NULL when nothing */
    const char *link;                 /* the incidents that it counts */
    int64_t count, lighter;
    bool late; /* drawn grey: still being reported, or not known */
} FigureRow;

/* Rows in time, or the greatest count first, without those that count nothing (but months, so that time has no gaps).
 */
FigureRow *figure_rows(const View *view, const Figure *figure, size_t *count);

/* How many incidents tell nothing of it: "Not known for 12 of 101 incidents (12%)."; NULL where that cannot be. */
const char *figure_unknown(const View *view, const Figure *figure);
int64_t figure_unknown_count(const View *view, const Figure *figure);
const char *figure_note(const View *view, const Figure *figure); /* what is counted, and what is left out of a chart */
/* The variable of the figure on which coders agree least, when that is too little to draw it or to read it without
 * care; else NULL. */
const Measured *figure_measured(const View *view, const Figure *figure);
bool figure_is_drawn(const View *view, const Figure *figure);
const char *figure_caution(const View *view, const Figure *figure); /* the same in a sentence; NULL: none is needed */
const char *figure_mark(const View *view, const Figure *figure);    /* the same beside each row of data, in English */
/* Of what is not drawn the sentence alone. */
void figure_svg(Out *out, const View *view, const Figure *figure, ChartForm form);
void figure_csv(Out *out, const View *view, const Figure *figure);
void figure_json(Out *out, const View *view, const Figure *figure);
void figure_geojson(Out *out, const View *view, const Figure *figure); /* of a FIGURE_MAP */
bool figure_xlsx(Out *out, const View *view, const Figure *figure, Problem *problem);

enum { LATE_DAYS = 56 };                /* METHOD 5.5: the last 8 weeks are still being reported */
bool figure_has_late(const View *view); /* whether a month of the figures is */
