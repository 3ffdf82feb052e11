/* Plain: text of a source where no markup stands but people read it: citations, feeds, titles in JSON. */
#pragma once

#include "base/arena.h"

/* The text on one line: line ends and tabs are blanks; control characters and what turns the direction of reading
 * become U+FFFD, as out_text writes them. NULL gives NULL. Memory: `arena`. */
const char *plain_line(Arena *arena, const char *text);
