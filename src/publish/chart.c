#include "base/unicode.h"
#include "publish/svg.h"

enum {
    ROW = 38,
    BAR = 8,
    PLOT = 220,
    PLOT_TOP = 24,
    TICKS = 22,
    TICKS_MAX = 8,
    TICKS_NARROW = 5,
    LINES_MAX = 4, /* grid lines, without the base */
    LABEL_CHARACTERS = 35,
    LABEL_LINE = 18,
    LINE_CHARACTERS = 76,
    LINE = 28
};

static double greatest(const Mark *marks, size_t count)
{
    double most = 1;
    for (size_t i = 0; i < count; i++)
        most = fmax(most, marks[i].value);
    return most;
}

/* How many characters of a bar's label stand on a line beside its number on the narrowest screen. */
static size_t label_room(const Mark *mark)
{
    return LABEL_CHARACTERS - MIN(unicode_count(text_of(mark->shown)), (size_t)LABEL_CHARACTERS / 2);
}

/* The label of a bar on as many lines as it takes; answers where the last one stands. */
static double put_label(Out *out, const Mark *mark, double y)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Text rest = text_of(mark->label), line;
    double last = y;
    for (size_t i = 0; svg_cut_line(&rest, label_room(mark), &line); i++) {
        last = y + LABEL_LINE * (double)i;
        svg_label(out, "label", AT_START, 0, last, arena_text(arena, line));
    }
    return last;
}

static double bar_height(const Mark *mark)
{
    Text rest = text_of(mark->label), line;
    double height = ROW - LABEL_LINE;
    while (svg_cut_line(&rest, label_room(mark), &line))
        height += LABEL_LINE;
    return fmax(ROW, height);
}

static void put_bar(Out *out, const Mark *mark, double y, double most)
{
    double length = 100 * mark->value / most, lighter = 100 * mark->lighter / most;
    OUT_LITERAL(out, "<g>");
    svg_name(out, mark);
    svg_rect(out, "touch", (Box){ 0, y, 100, bar_height(mark) });
    double under = put_label(out, mark, y + 15) + 7;
    svg_label(out, "value", AT_END, 100, y + 15, mark->shown);
    svg_rect(out, "track", (Box){ 0, under, 100, BAR });
    svg_rect(out, mark->late ? "bar late" : "bar", (Box){ 0, under, length - lighter, BAR });
    if (lighter > 0)
        svg_rect(out, "bar light", (Box){ length - lighter, under, lighter, BAR });
    OUT_LITERAL(out, "</g>");
}

void chart_bars(Out *out, const ChartFrame *frame, const Mark *marks, size_t count)
{
    double most = greatest(marks, count), height = 0, y = 0;
    for (size_t i = 0; i < count; i++)
        height += bar_height(&marks[i]);
    svg_begin(out, frame, height);
    for (size_t i = 0; i < count; i++) {
        put_bar(out, &marks[i], y, most);
        y += bar_height(&marks[i]);
    }
    svg_end(out, frame);
}

/* The distance of the grid lines: 1, 2 or 5 times a power of ten, so that at most LINES_MAX are drawn. */
static double grid_step(double most)
{
    double step = 1;
    for (int i = 0; most / step > LINES_MAX; i++)
        step *= i % 3 == 1 ? 2.5 : 2;
    return step;
}

typedef enum GridNumbers { NUMBERS_BESIDE, NUMBERS_ABOVE } GridNumbers;

static void put_grid(Out *out, const ChartFrame *frame, double most, GridNumbers numbers)
{
    double scale = PLOT / most;
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    double step = grid_step(most);
    for (int i = 1; i * step <= most; i++) {
        double value = i * step, y = PLOT_TOP + PLOT - value * scale;
        svg_line(out, "grid", y);
        const char *shown = say_decimal(arena, frame->language, value, 0);
        if (numbers == NUMBERS_BESIDE)
            svg_label(out, "axis", AT_END, -1, y + 4, shown);
        else
            svg_label(out, "axis", AT_START, 0, y - 4, shown);
    }
    svg_line(out, "base", PLOT_TOP + PLOT);
}

static void put_column(Out *out, const Mark *mark, double x, double width, double scale)
{
    double height = mark->value * scale;
    OUT_LITERAL(out, "<g>");
    svg_name(out, mark);
    svg_rect(out, mark->late ? "touch late" : "touch", (Box){ x, PLOT_TOP, width, PLOT });
    svg_rect(out, mark->late ? "bar late" : "bar",
             (Box){ x + 0.12 * width, PLOT_TOP + PLOT - height, 0.76 * width, height });
    OUT_LITERAL(out, "</g>");
}

static void put_ticks(Out *out, const Mark *marks, size_t count, double width)
{
    size_t ticks = 0, shown = 0;
    for (size_t i = 0; i < count; i++)
        ticks += marks[i].tick != NULL;
    size_t each = MAX(1, (ticks + TICKS_MAX - 1) / TICKS_MAX);
    bool dense = ticks / each > TICKS_NARROW; /* then every second one has no room on a narrow screen */
    for (size_t i = 0; i < count; i++) {
        if (!marks[i].tick || shown++ % each)
            continue;
        double x = width * (double)i;
        bool near_end = x > 92, second = (shown - 1) / each % 2 != 0;
        svg_label(out, dense && second ? "axis tight" : "axis", near_end ? AT_END : AT_START, near_end ? 100 : x,
                  PLOT_TOP + PLOT + 17, marks[i].tick);
    }
}

void chart_columns(Out *out, const ChartFrame *frame, const Mark *marks, size_t count)
{
    double most = greatest(marks, count), scale = PLOT / most, width = 100.0 / fmax(12, (double)count);
    svg_begin_axis(out, frame, PLOT_TOP + PLOT + TICKS);
    put_grid(out, frame, most, NUMBERS_BESIDE);
    for (size_t i = 0; i < count; i++)
        put_column(out, &marks[i], width * (double)i, width, scale);
    put_ticks(out, marks, count, width);
    if (frame->late)
        svg_label(out, "axis", AT_END, 100, PLOT_TOP - 10, frame->late);
    svg_end(out, frame);
}

static double highest(const Step *steps, size_t count)
{
    double most = 1;
    for (size_t i = 0; i < count; i++)
        most = fmax(most, isfinite(steps[i].high) ? steps[i].high : isfinite(steps[i].low) ? steps[i].low : 0);
    return most;
}

/* The last step goes on to the chart's end; the first one's dot has room. */
static double step_place(const Step *step)
{
    enum { TAIL = 10, ROOM = 1 }; /* percent */
    return ROOM + (100 - TAIL - ROOM) * step->start;
}

static void put_step(Out *out, const Step *step, const Step *before, double end, double scale)
{
    double x = step_place(step), y = PLOT_TOP + PLOT - step->low * scale;
    OUT_LITERAL(out, "<g>");
    svg_name(out, &(Mark){ .label = step->label, .shown = step->shown });
    svg_rect(out, "touch", (Box){ x, PLOT_TOP, end - x, PLOT });
    if (isfinite(step->low)) {
        if (isfinite(step->high) && step->high > step->low)
            svg_rect(out, "bar light",
                     (Box){ x, PLOT_TOP + PLOT - step->high * scale, end - x, (step->high - step->low) * scale });
        if (before && isfinite(before->low))
            svg_segment(out, "step", x, PLOT_TOP + PLOT - before->low * scale, x, y);
        svg_segment(out, "step", x, y, end, y);
        svg_dot(out, "mark", x, y);
    }
    OUT_LITERAL(out, "</g>");
}

/* Days stand under the steps that have room for one. */
static void put_days(Out *out, const Step *steps, size_t count)
{
    enum { ROOM = 34 }; /* percent */
    double free = 0;
    for (size_t i = 0; i < count; i++) {
        double x = step_place(&steps[i]);
        bool last = i == count - 1;
        if (x < free || (!last && x > 100 - 2 * ROOM))
            continue;
        svg_label(out, "axis", last && x > 100 - ROOM ? AT_END : AT_START, last && x > 100 - ROOM ? 100 : x,
                  PLOT_TOP + PLOT + 17, steps[i].label);
        free = x + ROOM;
    }
}

void chart_steps(Out *out, const ChartFrame *frame, const Step *steps, size_t count)
{
    double most = highest(steps, count), scale = PLOT / most;
    svg_begin(out, frame, PLOT_TOP + PLOT + TICKS);
    put_grid(out, frame, most, NUMBERS_ABOVE);
    for (size_t i = 0; i < count; i++)
        put_step(out, &steps[i], i ? &steps[i - 1] : NULL, i + 1 < count ? step_place(&steps[i + 1]) : 100, scale);
    put_days(out, steps, count);
    svg_end(out, frame);
}

void chart_text(Out *out, const ChartFrame *frame, const char *text)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Text rest = text_of(text), line;
    size_t lines = 0;
    while (svg_cut_line(&rest, LINE_CHARACTERS, &line))
        lines++;
    svg_begin(out, frame, LINE * (double)lines);
    rest = text_of(text);
    for (int y = 18; svg_cut_line(&rest, LINE_CHARACTERS, &line); y += LINE)
        svg_label(out, "sentence", AT_START, 0, y, arena_text(arena, line));
    svg_end(out, frame);
}
