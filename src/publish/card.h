/* Card: what stands for a page where its address is shared (Open Graph): the headline as a picture, CARD_WIDTH by
 * CARD_HEIGHT, in plain SVG with its colours in it, to be made a PNG. */
#pragma once

#include "base/out.h"
#include "publish/words.h"

typedef struct Card {
    const Language *language;
    const char *title;    /* the upper line: the register's name, or what is counted */
    const char *sentence; /* the headline; a long one is set smaller, and cut with "…" when even that is not enough */
    const char *filter;   /* what was asked, cut to one line; "" for everything */
    const char *foot;     /* as of when */
} Card;

void card_svg(Out *out, const Card *card);
