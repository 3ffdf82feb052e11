#include "publish/svg.h"

enum {
    ROW = 38,
    BAR = 8,
    PLOT = 220,
    PLOT_TOP = 24,
    TICKS = 22,
    TICKS_MAX = 8,
    LINES_MAX = 4, /* grid lines, without the base */
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

void chart_bars(Out *out, const ChartFrame *frame, const Mark *marks, size_t count)
{
    double most = greatest(marks, count);
    svg_begin(out, frame, ROW * (double)count);
    for (size_t i = 0; i < count; i++) {
        const Mark *mark = &marks[i];
        double y = ROW * (double)i, length = 100 * mark->value / most, lighter = 100 * mark->lighter / most;
        OUT_LITERAL(out, "<g>");
        svg_name(out, mark);
        svg_rect(out, "touch", (Box){ 0, y, 100, ROW });
        svg_label(out, "label", AT_START, 0, y + 15, mark->label);
        svg_label(out, "value", AT_END, 100, y + 15, mark->shown);
        svg_rect(out, "track", (Box){ 0, y + 22, 100, BAR });
        svg_rect(out, "bar", (Box){ 0, y + 22, length - lighter, BAR });
        if (lighter > 0)
            svg_rect(out, "bar light", (Box){ length - lighter, y + 22, lighter, BAR });
        OUT_LITERAL(out, "</g>");
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

static void put_grid(Out *out, const ChartFrame *frame, double most, double scale)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    double step = grid_step(most);
    for (int i = 1; i * step <= most; i++) {
        double value = i * step, y = PLOT_TOP + PLOT - value * scale;
        svg_line(out, "grid", y);
        svg_label(out, "axis", AT_END, -1, y + 4, say_decimal(arena, frame->language, value, 0));
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
    for (size_t i = 0; i < count; i++) {
        if (!marks[i].tick || shown++ % each)
            continue;
        double x = width * (double)i;
        bool near_end = x > 92;
        svg_label(out, "axis", near_end ? AT_END : AT_START, near_end ? 100 : x, PLOT_TOP + PLOT + 17, marks[i].tick);
    }
}

void chart_columns(Out *out, const ChartFrame *frame, const Mark *marks, size_t count)
{
    double most = greatest(marks, count), scale = PLOT / most, width = 100.0 / fmax(12, (double)count);
    svg_begin_axis(out, frame, PLOT_TOP + PLOT + TICKS);
    put_grid(out, frame, most, scale);
    for (size_t i = 0; i < count; i++)
        put_column(out, &marks[i], width * (double)i, width, scale);
    put_ticks(out, marks, count, width);
    if (frame->late)
        svg_label(out, "axis", AT_END, 100, PLOT_TOP - 10, frame->late);
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
