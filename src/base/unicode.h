/* Unicode: what ICU knows about text, in the few forms that the program needs. */
#pragma once

#include "base/arena.h"

/* The character at *at, which moves behind it; -1 when it is not well-formed. */
int32_t unicode_next(Text text, size_t *at);

size_t unicode_count(Text text); /* characters of well-formed UTF-8 */
bool unicode_valid(Text text);   /* well-formed UTF-8 (no surrogates, no overlong forms) and no NUL */

/* For comparing and searching: lower case, no accents, NFKC compatibility forms, spaces and
 * punctuation as one blank. "Hôpital  Saint-Étienne" gives "hopital saint etienne". */
char *unicode_fold(Arena *arena, Text text);

/* cp1252 bytes as UTF-8; the five undefined bytes become U+FFFD. */
char *unicode_from_cp1252(Arena *arena, Text bytes);

/* UTF-8 that was read as cp1252 and encoded again, up to four layers deep, mended; the text itself when there is
 * nothing to mend ("Ã©" gives "é", "Ã" alone stays). For display only: the raw bytes are kept. */
char *unicode_mend(Arena *arena, Text text);

/* How a character looks in running text: LOOK_NONE are marks that nobody sees (soft hyphens, zero-width spaces, those
 * that turn the direction of writing), LOOK_BLANK is white space and control characters. */
typedef enum Look { LOOK_SEEN, LOOK_BLANK, LOOK_NONE } Look;
Look unicode_look(int32_t character);

/* Bytes in a charset that ICU knows by this name, as UTF-8 without NUL; NULL when it knows none. */
char *unicode_from(Arena *arena, Text bytes, const char *charset);

/* Where the sentences of a text end (UAX 29), the last of them where it ends. Memory: `arena`. */
size_t *unicode_sentences(Arena *arena, Text text, size_t *count);
