/* Timeline: the dated events of an incident, and how the numbers of its impact grew: what METHOD.md 4 publishes of what
 * had been observed by each day. */
#pragma once

#include "publish/chart.h"
#include "publish/stated.h"

typedef struct TimelineEvent {
    const char *variable, *label, *when, *contested; /* contested: NULL unless other days are given too */
    Span span;
    const int64_t *sources; /* ids of those that give this day */
    size_t source_count;
} TimelineEvent;

typedef struct Timeline {
    TimelineEvent *events; /* by their first possible day */
    size_t count;
} Timeline;

Timeline timeline_of(const View *view, Run all);

typedef struct ImpactStep { /* from a day on */
    int32_t day;
    const char *when, *words, *said_by; /* said_by: NULL when no value is published */
    const char *value;                  /* as data */
    double low, high;                   /* NaN when no value is published; high may be infinite */
    int64_t claim, source;              /* ids; 0 when there is none */
} ImpactStep;

typedef struct ImpactSeries {
    const char *variable, *label, *unit; /* unit: NULL when it has none */
    ImpactStep *steps;
    size_t count;
    const char *page, *svg, *png, *csv; /* addresses: of the incident, and of forms; png: NULL where none is offered */
} ImpactSeries;

typedef struct ImpactView {
    ImpactSeries *series; /* of the numbers that are known for two days or more */
    size_t count;
} ImpactView;

ImpactView impact_view(const View *view, int64_t incident, Run all);
void impact_svg(Out *out, const View *view, const ImpactSeries *series, ChartForm form);
void impact_csv(Out *out, const ImpactSeries *series);

/* ,"timeline":[...],"impact":[...] */
void timeline_json(Out *out, const Timeline *timeline, const ImpactView *impact);
