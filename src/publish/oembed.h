/* oEmbed (oembed.com, 1.0): how another site shows a chart of ours in its page. */
#pragma once

#include "base/out.h"

enum { EMBED_WIDTH = 768, EMBED_HEIGHT = 520 }; /* pixels */

typedef struct Embed {
    const char *title;
    const char *frame;   /* absolute address that an <iframe> shows */
    const char *picture; /* absolute address of the PNG; NULL when there is none */
    const char *provider, *home;
    int64_t picture_width, picture_height;
    int64_t most_width, most_height; /* of the query (maxwidth, maxheight); 0 when not given */
    int64_t cache_seconds;           /* 0: the consumer decides */
} Embed;

void embed_iframe(Out *out, const Embed *embed); /* the HTML to copy; sized as the oEmbed answer says */
/* A picture that leads to the page where it is from. */
void embed_image(Out *out, const Embed *embed, const char *picture, const char *page);
void embed_json(Out *out, const Embed *embed); /* the oEmbed answer, of the type "rich" */
