/* Article: the words of a captured document, passage by passage: of HTML those that a reader sees, of plain text all.
 */
#pragma once

#include "base/out.h"

#define ARTICLE_FILE "f"  /* in front of the bytes of a file: HTML or text, in whatever charset */
#define ARTICLE_TYPED "t" /* in front of what somebody pasted: text in UTF-8 */

/* Done in the jail (guard/jail.h): `bytes` is one of the letters above and a document. The result is UTF-8, in lines:
 * first the title, which may be empty, then the passages; none has white space at its ends, control characters or two
 * blanks in a row. False when it is neither HTML nor text. */
bool article_words(Text bytes, Out *words);
