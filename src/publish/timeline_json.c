/* The timeline and the impact of an incident as JSON. */
#include "base/date.h"
#include "publish/timeline.h"

static void put_day(Out *out, const char *key, int32_t day)
{
    char text[DATE_TEXT_SIZE];
    out_json(out, key);
    OUT_LITERAL(out, ":");
    day_write(day, text);
    out_json(out, text);
}

static void put_number(Out *out, const char *key, double number)
{
    OUT_LITERAL(out, ",");
    out_json(out, key);
    OUT_LITERAL(out, ":");
    if (isfinite(number))
        out_fixed(out, number, 2);
    else
        OUT_LITERAL(out, "null");
}

static void put_event(Out *out, const TimelineEvent *event)
{
    OUT_LITERAL(out, "{\"event\":");
    out_json(out, event->variable);
    OUT_LITERAL(out, ",");
    put_day(out, "first", event->span.first);
    OUT_LITERAL(out, ",");
    put_day(out, "last", event->span.last);
    OUT_LITERAL(out, ",\"sources\":[");
    for (size_t i = 0; i < event->source_count; i++) {
        out_raw(out, ",", i ? 1 : 0);
        out_int(out, event->sources[i]);
    }
    OUT_LITERAL(out, "]}");
}

static void put_step(Out *out, const ImpactStep *step)
{
    OUT_LITERAL(out, "{");
    put_day(out, "day", step->day);
    OUT_LITERAL(out, ",\"value\":");
    out_json(out, step->value);
    put_number(out, "low", step->low);
    put_number(out, "high", step->high);
    OUT_LITERAL(out, "}");
}

static void put_series(Out *out, const ImpactSeries *series)
{
    OUT_LITERAL(out, "{\"variable\":");
    out_json(out, series->variable);
    OUT_LITERAL(out, ",\"steps\":[");
    for (size_t i = 0; i < series->count; i++) {
        out_raw(out, ",", i ? 1 : 0);
        put_step(out, &series->steps[i]);
    }
    OUT_LITERAL(out, "]}");
}

void timeline_json(Out *out, const Timeline *timeline, const ImpactView *impact)
{
    OUT_LITERAL(out, ",\"timeline\":[");
    for (size_t i = 0; i < timeline->count; i++) {
        out_raw(out, ",", i ? 1 : 0);
        put_event(out, &timeline->events[i]);
    }
    OUT_LITERAL(out, "],\"impact\":[");
    for (size_t i = 0; i < impact->count; i++) {
        out_raw(out, ",", i ? 1 : 0);
        put_series(out, &impact->series[i]);
    }
    OUT_LITERAL(out, "]");
}
