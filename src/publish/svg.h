/* SVG: the pieces that charts are made of. Values reach it escaped; classes and names are the program's own. */
#pragma once

#include "publish/chart.h"

enum { FILE_WIDTH = 720 }; /* pixels of the drawing in a file; in a page it is as wide as the page lets it */

typedef enum Anchor { AT_START, AT_MIDDLE, AT_END } Anchor;

typedef struct Box { /* x and width in percent, y and height in pixels */
    double x, y, width, height;
} Box;

void svg_number(Out *out, const char *name, double number, const char *unit); /* ` name="12.5"`, ` name="12.5%"` */
void svg_label(Out *out, const char *class, Anchor anchor, double percent, double y, const char *text);
void svg_rect(Out *out, const char *class, Box box);
void svg_segment(Out *out, const char *class, double x1, double y1, double x2, double y2); /* x in percent */
void svg_dot(Out *out, const char *class, double x, double y);                             /* x in percent */
void svg_line(Out *out, const char *class, double y);                                      /* from side to side */
void svg_name(Out *out, const Mark *mark); /* read aloud and shown under the pointer: "France: 23" */
void svg_id(Out *out, const ChartFrame *frame, const char *suffix); /* unique in the page: "by-month-title" */

/* The chart's own element with its name and description, and in a file its paper, title and source around it. What is
 * drawn between begin and end is `height` pixels high. */
void svg_begin(Out *out, const ChartFrame *frame, double height);
void svg_begin_axis(Out *out, const ChartFrame *frame, double height); /* with room at the left for its numbers */
/* In a page only: what is drawn until `</svg>` has units of its own, which grow and shrink with the page. */
void svg_begin_canvas(Out *out, const ChartFrame *frame, int width, int height);
void svg_canvas(Out *out, int width, int height); /* ` viewBox="0 0 1920 840"` */
void svg_end(Out *out, const ChartFrame *frame);

/* Cuts the next line off `rest`: up to a blank, at most `characters` long unless a word is longer; false at the end. */
bool svg_cut_line(Text *rest, size_t characters, Text *line);
