#include "publish/chart.h"

enum {
    FILE_WIDTH = 720,
    FILE_MARGIN = 24,
    HEAD = 64, /* title and description of a file */
    FOOT = 28, /* its source */
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

extern const char asset_chart_css[], asset_chart_css_end[];

Text chart_style(void)
{
    return (Text){ asset_chart_css, (size_t)(asset_chart_css_end - asset_chart_css) };
}

/* ` name="12.5"`, or with a unit ` name="12.5%"`. */
static void put(Out *out, const char *name, double number, const char *unit)
{
    OUT_LITERAL(out, " ");
    out_raw(out, name, strlen(name));
    OUT_LITERAL(out, "=\"");
    out_fixed(out, number, 2);
    out_raw(out, unit, strlen(unit));
    OUT_LITERAL(out, "\"");
}

typedef enum Anchor { AT_START, AT_MIDDLE, AT_END } Anchor;

static void put_label(Out *out, const char *class, Anchor anchor, double percent, double y, const char *text)
{
    static const char *const anchors[] = { "", " text-anchor=\"middle\"", " text-anchor=\"end\"" };
    OUT_LITERAL(out, "<text class=\"");
    out_text(out, class);
    OUT_LITERAL(out, "\"");
    out_raw(out, anchors[anchor], strlen(anchors[anchor]));
    put(out, "x", percent, "%");
    put(out, "y", y, "");
    OUT_LITERAL(out, ">");
    out_text(out, text);
    OUT_LITERAL(out, "</text>");
}

typedef struct Box { /* x and width in percent, y and height in pixels */
    double x, y, width, height;
} Box;

static void put_rect(Out *out, const char *class, Box box)
{
    OUT_LITERAL(out, "<rect class=\"");
    out_text(out, class);
    OUT_LITERAL(out, "\"");
    put(out, "x", box.x, "%");
    put(out, "y", box.y, "");
    put(out, "width", fmax(0, box.width), "%");
    put(out, "height", fmax(0, box.height), "");
    OUT_LITERAL(out, "/>");
}

static void put_line(Out *out, const char *class, double y)
{
    OUT_LITERAL(out, "<line class=\"");
    out_text(out, class);
    OUT_LITERAL(out, "\" x1=\"0\" x2=\"100%\"");
    put(out, "y1", y, "");
    put(out, "y2", y, "");
    OUT_LITERAL(out, "/>");
}

/* A mark's own name, read aloud and shown under the pointer: "France: 23". */
static void put_name(Out *out, const Mark *mark)
{
    OUT_LITERAL(out, "<title>");
    out_text(out, mark->label);
    OUT_LITERAL(out, "\xC2\xA0: ");
    out_text(out, mark->shown);
    if (mark->more) {
        OUT_LITERAL(out, " (");
        out_text(out, mark->more);
        OUT_LITERAL(out, ")");
    }
    OUT_LITERAL(out, "</title>");
}

static void put_id(Out *out, const ChartFrame *frame, const char *suffix)
{
    out_text(out, frame->id);
    out_text(out, suffix);
}

static void put_size(Out *out, const ChartFrame *frame, double height)
{
    if (frame->form == CHART_IN_PAGE) {
        OUT_LITERAL(out, " width=\"100%\"");
        put(out, "height", height, "");
        return;
    }
    double whole = height + HEAD + FOOT + 2 * FILE_MARGIN;
    put(out, "width", FILE_WIDTH + 2 * FILE_MARGIN, "");
    put(out, "height", whole, "");
    OUT_LITERAL(out, " viewBox=\"0 0 ");
    out_int(out, FILE_WIDTH + 2 * FILE_MARGIN);
    OUT_LITERAL(out, " ");
    out_fixed(out, whole, 2);
    OUT_LITERAL(out, "\"");
}

/* What a file has around the chart: its own style, paper, title, description and source. */
static void begin_file(Out *out, const ChartFrame *frame, double height)
{
    Text style = chart_style();
    OUT_LITERAL(out, "<style>");
    out_raw(out, style.at, style.length);
    OUT_LITERAL(out, "</style>");
    put_rect(out, "paper", (Box){ 0, 0, 100, height + HEAD + FOOT + 2 * FILE_MARGIN });
    OUT_LITERAL(out, "<svg");
    put(out, "x", FILE_MARGIN, "");
    put(out, "y", FILE_MARGIN, "");
    put(out, "width", FILE_WIDTH, "");
    put(out, "height", height + HEAD + FOOT, "");
    OUT_LITERAL(out, ">");
    put_label(out, "name", AT_START, 0, 16, frame->title);
    put_label(out, "note", AT_START, 0, 38, frame->description);
    put_label(out, "note", AT_START, 0, height + HEAD + FOOT - 4, frame->source);
    OUT_LITERAL(out, "<svg");
    put(out, "y", HEAD, "");
    put(out, "height", height, "");
    OUT_LITERAL(out, " width=\"100%\">");
}

static void begin(Out *out, const ChartFrame *frame, double height)
{
    OUT_LITERAL(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" role=\"img\" lang=\"");
    out_text(out, frame->language->code);
    OUT_LITERAL(out, "\" aria-labelledby=\"");
    put_id(out, frame, "-title");
    OUT_LITERAL(out, " ");
    put_id(out, frame, "-description");
    OUT_LITERAL(out, "\"");
    put_size(out, frame, height);
    OUT_LITERAL(out, "><title id=\"");
    put_id(out, frame, "-title");
    OUT_LITERAL(out, "\">");
    out_text(out, frame->title);
    OUT_LITERAL(out, "</title><desc id=\"");
    put_id(out, frame, "-description");
    OUT_LITERAL(out, "\">");
    out_text(out, frame->description);
    OUT_LITERAL(out, "</desc>");
    if (frame->form == CHART_FILE)
        begin_file(out, frame, height);
}

static void end(Out *out, const ChartFrame *frame)
{
    if (frame->form == CHART_FILE)
        OUT_LITERAL(out, "</svg></svg>");
    OUT_LITERAL(out, "</svg>\n");
}

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
    begin(out, frame, ROW * (double)count);
    for (size_t i = 0; i < count; i++) {
        const Mark *mark = &marks[i];
        double y = ROW * (double)i, length = 100 * mark->value / most, lighter = 100 * mark->lighter / most;
        OUT_LITERAL(out, "<g>");
        put_name(out, mark);
        put_rect(out, "touch", (Box){ 0, y, 100, ROW });
        put_label(out, "label", AT_START, 0, y + 15, mark->label);
        put_label(out, "value", AT_END, 100, y + 15, mark->shown);
        put_rect(out, "track", (Box){ 0, y + 22, 100, BAR });
        put_rect(out, "bar", (Box){ 0, y + 22, length - lighter, BAR });
        if (lighter > 0)
            put_rect(out, "bar light", (Box){ length - lighter, y + 22, lighter, BAR });
        OUT_LITERAL(out, "</g>");
    }
    end(out, frame);
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
    for (double value = step; value <= most; value += step) {
        double y = PLOT_TOP + PLOT - value * scale;
        put_line(out, "grid", y);
        put_label(out, "axis", AT_START, 0, y - 4, say_decimal(arena, frame->language, value, 0));
    }
    put_line(out, "base", PLOT_TOP + PLOT);
}

static void put_column(Out *out, const Mark *mark, double x, double width, double scale)
{
    double height = mark->value * scale;
    OUT_LITERAL(out, "<g>");
    put_name(out, mark);
    put_rect(out, mark->late ? "touch late" : "touch", (Box){ x, PLOT_TOP, width, PLOT });
    put_rect(out, mark->late ? "bar late" : "bar",
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
        put_label(out, "axis", near_end ? AT_END : AT_START, near_end ? 100 : x, PLOT_TOP + PLOT + 17, marks[i].tick);
    }
}

void chart_columns(Out *out, const ChartFrame *frame, const Mark *marks, size_t count)
{
    double most = greatest(marks, count), scale = PLOT / most, width = 100.0 / fmax(12, (double)count);
    begin(out, frame, PLOT_TOP + PLOT + TICKS);
    for (size_t i = 0; i < count; i++)
        put_column(out, &marks[i], width * (double)i, width, scale);
    put_grid(out, frame, most, scale);
    put_ticks(out, marks, count, width);
    if (frame->late)
        put_label(out, "axis", AT_END, 100, PLOT_TOP - 10, frame->late);
    end(out, frame);
}

/* Bytes of the next line: up to a blank, at most LINE_CHARACTERS characters. */
static size_t line_length(const char *text)
{
    size_t characters = 0, fits = 0, i = 0;
    for (; text[i] && characters <= LINE_CHARACTERS; i++) {
        if (text[i] == ' ')
            fits = i;
        characters += ((unsigned char)text[i] & 0xC0) != 0x80;
    }
    return !text[i] && characters <= LINE_CHARACTERS ? i : fits ? fits : i;
}

void chart_text(Out *out, const ChartFrame *frame, const char *text)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    size_t lines = 0;
    for (const char *at = text; *at; lines++)
        at += line_length(at) + (at[line_length(at)] == ' ');
    begin(out, frame, LINE * (double)lines);
    for (size_t line = 0; *text; line++) {
        size_t length = line_length(text);
        put_label(out, "sentence", AT_START, 0, LINE * (double)line + 18, arena_copy(arena, text, length));
        text += length + (text[length] == ' ');
    }
    end(out, frame);
}
