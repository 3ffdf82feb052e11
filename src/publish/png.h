/* Png: a chart, or the card that stands for a page elsewhere, as a picture of dots.
 *
 * Made by librsvg where the program was built with it (meson option `png`) and finds it; UNAVAILABLE elsewhere. Fonts
 * are those of the system: a role that shuts itself in must be let read the folders of FONT_FOLDERS. The SVG must be
 * our own: nothing it names is loaded. */
#pragma once

#include "base/out.h"
#include "base/problem.h"

enum { PNG_WIDTH = 1536, CARD_WIDTH = 1200, CARD_HEIGHT = 630 }; /* pixels; PNG_WIDTH: twice that of a chart's file */

#define FONT_FOLDERS "/usr/share/fonts", "/etc/fonts", "/usr/share/fontconfig", "/var/cache/fontconfig"

/* Loads librsvg, before the role shuts itself in. False: there are no pictures of dots here. Once, in one thread. */
bool png_load(void);
bool png_offered(void); /* whether it is loaded */
/* Draws some letters, so that what fonts need is in memory before the first reader asks. Starts threads of Pango's. */
bool png_open(Problem *problem);

/* The SVG `width` pixels wide, on its own paper, in the light colours. UNAVAILABLE, or BROKEN when librsvg cannot read
 * or draw it. */
bool png_of_svg(Text svg, int width, Out *out, Problem *problem);
