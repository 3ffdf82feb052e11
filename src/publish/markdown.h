/* Markdown: the texts of texts/ as HTML, by cmark. HTML inside them is left out. */
#pragma once

#include "base/out.h"
#include "publish/words.h"

typedef struct Heading {
    const char *text, *id;
} Heading;

enum { HEADINGS_MAX = 64 };

typedef struct Document {
    const char *title;              /* of the first heading of level 1 */
    const char *html;               /* safe: made by cmark; headings of level 2 have ids */
    Heading headings[HEADINGS_MAX]; /* of level 2 */
    size_t heading_count;
} Document;

/* Memory: `arena`. BROKEN when it is not Markdown that cmark takes. */
bool markdown_read(Arena *arena, Text text, Document *document, Problem *problem);

/* Write what markdown_read made: its title with what stands before the first heading of level 2, and the rest. */
void markdown_write_start(Out *out, const Document *document);
void markdown_write_rest(Out *out, const Document *document);
