/* Card: what stands for a page where its address is shared (Open Graph): the headline as a picture, CARD_WIDTH by
 * CARD_HEIGHT, in plain SVG with its colours in it, to be made a PNG. */
#pragma once

#include "base/out.h"
#include "publish/words.h"

typedef struct Card {
    const Language *language;
    const char *register_name;
    const char *sentence; /* the headline; a long one is set smaller, and cut with "…" when even that is not enough */
    const char *foot;     /* as of when, and where */
} Card;

void card_svg(Out *out, const Card *card);
