#include "publish/svg.h"

enum {
    FILE_MARGIN = 24,
    HEAD = 64, /* title and description of a file, when that is one line */
    NOTE_LINE = 17,
    NOTE_CHARACTERS = 104, /* that fit beside each other, also in a wide font */
    FOOT = 28,             /* its source */
    AXIS = 32              /* room at the left for the numbers of an axis, as in assets/site.css */
};

extern const char asset_chart_css[], asset_chart_css_end[];

Text chart_style(void)
{
    return (Text){ asset_chart_css, (size_t)(asset_chart_css_end - asset_chart_css) };
}

void svg_number(Out *out, const char *name, double number, const char *unit)
{
    OUT_LITERAL(out, " ");
    out_raw(out, name, strlen(name));
    OUT_LITERAL(out, "=\"");
    out_fixed(out, number, 2);
    out_raw(out, unit, strlen(unit));
    OUT_LITERAL(out, "\"");
}

void svg_label(Out *out, const char *class, Anchor anchor, double percent, double y, const char *text)
{
    static const char *const anchors[] = { "", " text-anchor=\"middle\"", " text-anchor=\"end\"" };
    OUT_LITERAL(out, "<text class=\"");
    out_text(out, class);
    OUT_LITERAL(out, "\"");
    out_raw(out, anchors[anchor], strlen(anchors[anchor]));
    svg_number(out, "x", percent, "%");
    svg_number(out, "y", y, "");
    OUT_LITERAL(out, ">");
    out_text(out, text);
    OUT_LITERAL(out, "</text>");
}

void svg_rect(Out *out, const char *class, Box box)
{
    OUT_LITERAL(out, "<rect class=\"");
    out_text(out, class);
    OUT_LITERAL(out, "\"");
    svg_number(out, "x", box.x, "%");
    svg_number(out, "y", box.y, "");
    svg_number(out, "width", fmax(0, box.width), "%");
    svg_number(out, "height", fmax(0, box.height), "");
    OUT_LITERAL(out, "/>");
}

void svg_segment(Out *out, const char *class, double x1, double y1, double x2, double y2)
{
    OUT_LITERAL(out, "<line class=\"");
    out_text(out, class);
    OUT_LITERAL(out, "\"");
    svg_number(out, "x1", x1, "%");
    svg_number(out, "x2", x2, "%");
    svg_number(out, "y1", y1, "");
    svg_number(out, "y2", y2, "");
    OUT_LITERAL(out, "/>");
}

void svg_dot(Out *out, const char *class, double x, double y)
{
    OUT_LITERAL(out, "<circle class=\"");
    out_text(out, class);
    OUT_LITERAL(out, "\"");
    svg_number(out, "cx", x, "%");
    svg_number(out, "cy", y, "");
    OUT_LITERAL(out, " r=\"4\"/>");
}

void svg_line(Out *out, const char *class, double y)
{
    OUT_LITERAL(out, "<line class=\"");
    out_text(out, class);
    OUT_LITERAL(out, "\" x1=\"0\" x2=\"100%\"");
    svg_number(out, "y1", y, "");
    svg_number(out, "y2", y, "");
    OUT_LITERAL(out, "/>");
}

void svg_name(Out *out, const Mark *mark)
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

void svg_id(Out *out, const ChartFrame *frame, const char *suffix)
{
    out_text(out, frame->id);
    out_text(out, suffix);
}

static size_t note_lines(const ChartFrame *frame)
{
    Text rest = text_of(frame->description), line;
    size_t lines = 0;
    while (svg_cut_line(&rest, NOTE_CHARACTERS, &line))
        lines++;
    return lines;
}

static double head_of(const ChartFrame *frame)
{
    size_t lines = note_lines(frame);
    return HEAD + (lines > 1 ? (double)NOTE_LINE * (double)(lines - 1) : 0);
}

static void put_note(Out *out, const ChartFrame *frame)
{
    AUTO_ARENA *arena = arena_new(ARENA_NO_CAP);
    Text rest = text_of(frame->description), line;
    for (int y = 38; svg_cut_line(&rest, NOTE_CHARACTERS, &line); y += NOTE_LINE)
        svg_label(out, "note", AT_START, 0, y, arena_text(arena, line));
}

static void put_size(Out *out, const ChartFrame *frame, double height)
{
    if (frame->form == CHART_IN_PAGE) {
        OUT_LITERAL(out, " width=\"100%\"");
        svg_number(out, "height", height, "");
        return;
    }
    double whole = height + head_of(frame) + FOOT + 2 * FILE_MARGIN;
    svg_number(out, "width", FILE_WIDTH + 2 * FILE_MARGIN, "");
    svg_number(out, "height", whole, "");
    OUT_LITERAL(out, " viewBox=\"0 0 ");
    out_int(out, FILE_WIDTH + 2 * FILE_MARGIN);
    OUT_LITERAL(out, " ");
    out_fixed(out, whole, 2);
    OUT_LITERAL(out, "\"");
}

/* What a file has around the chart: its own style, paper, title, description and source. */
static void begin_file(Out *out, const ChartFrame *frame, double height, double left)
{
    Text style = chart_style();
    OUT_LITERAL(out, "<style>");
    out_raw(out, style.at, style.length);
    OUT_LITERAL(out, "</style>");
    double head = head_of(frame);
    svg_rect(out, "paper", (Box){ 0, 0, 100, height + head + FOOT + 2 * FILE_MARGIN });
    OUT_LITERAL(out, "<svg");
    svg_number(out, "x", FILE_MARGIN, "");
    svg_number(out, "y", FILE_MARGIN, "");
    svg_number(out, "width", FILE_WIDTH, "");
    svg_number(out, "height", height + head + FOOT, "");
    OUT_LITERAL(out, ">");
    svg_label(out, "name", AT_START, 0, 16, frame->title);
    put_note(out, frame);
    svg_label(out, "note", AT_START, 0, height + head + FOOT - 4, frame->source);
    OUT_LITERAL(out, "<svg");
    svg_number(out, "x", left, "");
    svg_number(out, "y", head, "");
    svg_number(out, "width", FILE_WIDTH - left, "");
    svg_number(out, "height", height, "");
    OUT_LITERAL(out, " overflow=\"visible\">");
}

static void open_named(Out *out, const ChartFrame *frame, const char *class)
{
    OUT_LITERAL(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"");
    out_text(out, class);
    OUT_LITERAL(out, "\" role=\"img\" lang=\"");
    out_text(out, frame->language->code);
    OUT_LITERAL(out, "\" aria-labelledby=\"");
    svg_id(out, frame, "-title");
    OUT_LITERAL(out, " ");
    svg_id(out, frame, "-description");
    OUT_LITERAL(out, "\"");
}

static void put_names(Out *out, const ChartFrame *frame)
{
    OUT_LITERAL(out, "><title id=\"");
    svg_id(out, frame, "-title");
    OUT_LITERAL(out, "\">");
    out_text(out, frame->title);
    OUT_LITERAL(out, "</title><desc id=\"");
    svg_id(out, frame, "-description");
    OUT_LITERAL(out, "\">");
    out_text(out, frame->description);
    OUT_LITERAL(out, "</desc>");
}

void svg_begin(Out *out, const ChartFrame *frame, double height)
{
    open_named(out, frame, "chart");
    put_size(out, frame, height);
    put_names(out, frame);
    if (frame->form == CHART_FILE)
        begin_file(out, frame, height, 0);
}

void svg_begin_axis(Out *out, const ChartFrame *frame, double height)
{
    open_named(out, frame, "chart with-axis");
    put_size(out, frame, height);
    put_names(out, frame);
    if (frame->form == CHART_FILE)
        begin_file(out, frame, height, AXIS);
}

void svg_begin_canvas(Out *out, const ChartFrame *frame, int width, int height)
{
    open_named(out, frame, "chart");
    OUT_LITERAL(out, " width=\"100%\"");
    svg_canvas(out, width, height);
    put_names(out, frame);
}

void svg_canvas(Out *out, int width, int height)
{
    OUT_LITERAL(out, " viewBox=\"0 0 ");
    out_int(out, width);
    OUT_LITERAL(out, " ");
    out_int(out, height);
    OUT_LITERAL(out, "\"");
}

void svg_end(Out *out, const ChartFrame *frame)
{
    if (frame->form == CHART_FILE)
        OUT_LITERAL(out, "</svg></svg>");
    OUT_LITERAL(out, "</svg>\n");
}

bool svg_cut_line(Text *rest, size_t characters, Text *line)
{
    if (!rest->length)
        return false;
    size_t seen = 0, fits = 0, i = 0;
    for (; i < rest->length && seen <= characters; i++) {
        if (rest->at[i] == ' ')
            fits = i;
        seen += ((unsigned char)rest->at[i] & 0xC0) != 0x80;
    }
    bool whole = i == rest->length && seen <= characters;
    size_t length = whole ? i : fits;
    while (!length && i < rest->length && ((unsigned char)rest->at[i] & 0xC0) == 0x80)
        i++;
    length = length ? length : i;
    *line = text_slice(*rest, 0, length);
    bool blank = length < rest->length && rest->at[length] == ' ';
    *rest = text_slice(*rest, length + blank, rest->length);
    return true;
}
