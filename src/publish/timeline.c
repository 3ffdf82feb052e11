#include "publish/timeline.h"

#include "base/date.h"
#include "publish/headline.h"
#include "publish/link.h"
#include "publish/png.h"

static bool is_event(Run run)
{
    return strcmp(run.claims->definition->entity, "event") == 0 && run.claims->type == TYPE_DATE;
}

/* The sources that give the published day, each once. */
static void take_sources(const View *view, Run run, const Stated *stated, TimelineEvent *event)
{
    int64_t *sources = NEW_ARRAY(view->arena, int64_t, run.count);
    for (size_t i = 0; i < run.count; i++) {
        const Evidence *claim = &run.claims[i];
        bool known = !evidence_asserts(claim) || strcmp(claim->value, stated->value) != 0;
        for (size_t j = 0; !known && j < event->source_count; j++)
            known = sources[j] == claim->source;
        if (!known)
            sources[event->source_count++] = claim->source;
    }
    event->sources = sources;
}

static void insert_event(Timeline *timeline, const TimelineEvent *event)
{
    size_t at = timeline->count++;
    for (; at > 0 && timeline->events[at - 1].span.first > event->span.first; at--)
        timeline->events[at] = timeline->events[at - 1];
    timeline->events[at] = *event;
}

Timeline timeline_of(const View *view, Run all)
{
    Timeline timeline = { .events = NEW_ARRAY(view->arena, TimelineEvent, all.count + 1) };
    for (size_t i = 0; i < all.count;) {
        Run run = run_at(all, i);
        i += run.count;
        Stated stated = is_event(run) ? stated_of(view, run) : (Stated){ 0 };
        if (!stated.value || !stated.chosen)
            continue;
        TimelineEvent event = { .variable = stated.variable,
                                .label = stated.label,
                                .when = stated.words,
                                .contested = stated.contested,
                                .span = stated.chosen->parsed.span };
        take_sources(view, run, &stated, &event);
        insert_event(&timeline, &event);
    }
    return timeline;
}

static bool is_impact(Run run)
{
    const char *entity = run.claims->definition->entity;
    return type_is_number(run.claims->type) && run.claims->type != TYPE_MONEY &&
           (strcmp(entity, "care_impact") == 0 || strcmp(entity, "data_impact") == 0 || strcmp(entity, "metric") == 0);
}

/* What is published of the observations up to a day. */
static ImpactStep step_at(const View *view, Run run, int32_t day)
{
    Evidence *known = NEW_ARRAY(view->arena, Evidence, run.count);
    Run early = { known, 0 };
    PublishedValue published;
    for (size_t i = 0; i < run.count; i++)
        if (evidence_day(&run.claims[i]) != DAY_UNKNOWN && evidence_day(&run.claims[i]) <= day)
            known[early.count++] = run.claims[i];
    evidence_sort(known, early.count);
    ImpactStep step = { .day = day, .when = say_day(view->arena, view->language, day), .low = NAN, .high = NAN };
    step.words = say(view->language, "nothing is published");
    if (!derive_published(early, &published))
        return step;
    if (!published.chosen) {
        step.words = show_missing(view, published.missing);
        return step;
    }
    step.value = published.value;
    step.words = show_value(view, run.claims->definition, run.claims->type, published.value);
    step.said_by = show_code(view, "claimant", published.chosen->claimant);
    step.low = published.low;
    step.high = published.high;
    step.claim = published.chosen->claim;
    step.source = published.chosen->source;
    return step;
}

/* The next day on which something was observed; DAY_UNKNOWN when there is none. */
static int32_t day_behind(Run run, int32_t day)
{
    int32_t next = DAY_UNKNOWN;
    for (size_t i = 0; i < run.count; i++) {
        int32_t one = evidence_day(&run.claims[i]);
        if (one > day && (next == DAY_UNKNOWN || one < next))
            next = one;
    }
    return next;
}

static void take_steps(const View *view, Run run, ImpactSeries *series)
{
    series->steps = NEW_ARRAY(view->arena, ImpactStep, run.count);
    for (int32_t day = day_behind(run, DAY_UNKNOWN); day != DAY_UNKNOWN; day = day_behind(run, day))
        series->steps[series->count++] = step_at(view, run, day);
}

static bool can_be_drawn(const ImpactSeries *series)
{
    size_t known = 0;
    for (size_t i = 0; i < series->count; i++)
        known += isfinite(series->steps[i].low) ? 1 : 0;
    return series->count > 1 && known > 0;
}

ImpactView impact_view(const View *view, int64_t incident, Run all)
{
    ImpactView impact = { .series = NEW_ARRAY(view->arena, ImpactSeries, all.count + 1) };
    for (size_t i = 0; i < all.count;) {
        Run run = run_at(all, i);
        const Variable *variable = run.claims->definition;
        ImpactSeries series = { .variable = run.claims->variable };
        i += run.count;
        if (!is_impact(run))
            continue;
        take_steps(view, run, &series);
        if (!can_be_drawn(&series))
            continue;
        const char *path = arena_format(view->arena, "/incidents/%lld/impact/%s", (long long)incident, series.variable);
        series.label = label_in(variable->label, view->language->code);
        series.svg = link_to(view, arena_format(view->arena, "%s.svg", path));
        series.page = link_to(view, arena_format(view->arena, "/incidents/%lld", (long long)incident));
        series.png = png_offered() ? link_to(view, arena_format(view->arena, "%s.png", path)) : NULL;
        series.csv = link_to(view, arena_format(view->arena, "%s.csv", path));
        impact.series[impact.count++] = series;
    }
    return impact;
}

void impact_svg(Out *out, const View *view, const ImpactSeries *series, ChartForm form)
{
    const ChartFrame frame = {
        .language = view->language,
        .form = form,
        .id = arena_format(view->arena, "impact-%s", series->variable),
        .title = series->label,
        .description = say(view->language, "What is published of the observations up to each day"),
        .source = arena_format(view->arena, "%s%s · %s", view->site->address, series->page, headline_origin(view)),
    };
    Step *steps = NEW_ARRAY(view->arena, Step, series->count);
    int32_t first = series->steps[0].day, last = series->steps[series->count - 1].day;
    for (size_t i = 0; i < series->count; i++) {
        const ImpactStep *step = &series->steps[i];
        steps[i] = (Step){ .label = step->when,
                           .shown = step->words,
                           .start = (double)(step->day - first) / (double)(last - first),
                           .low = step->low,
                           .high = step->high };
    }
    chart_steps(out, &frame, steps, series->count);
}

static void put_number(Out *out, double number)
{
    if (isfinite(number))
        out_fixed(out, number, 2);
}

void impact_csv(Out *out, const ImpactSeries *series)
{
    char day[DATE_TEXT_SIZE];
    OUT_LITERAL(out, "day,value,low,high,claim,source\r\n");
    for (size_t i = 0; i < series->count; i++) {
        const ImpactStep *step = &series->steps[i];
        day_write(step->day, day);
        out_csv(out, day);
        OUT_LITERAL(out, ",");
        out_csv(out, step->value);
        OUT_LITERAL(out, ",");
        put_number(out, step->low);
        OUT_LITERAL(out, ",");
        put_number(out, step->high);
        OUT_LITERAL(out, ",");
        if (step->claim)
            out_int(out, step->claim);
        OUT_LITERAL(out, ",");
        if (step->source)
            out_int(out, step->source);
        OUT_LITERAL(out, "\r\n");
    }
}
