#include "cli/nearest.h"

enum { WORD_MAX = 40 };

/* Levenshtein distance: letters to insert, remove or change. */
static size_t distance(const char *a, const char *b)
{
    size_t row[WORD_MAX + 1], columns = strlen(b);
    for (size_t j = 0; j <= columns; j++)
        row[j] = j;
    for (size_t i = 0; a[i]; i++) {
        size_t corner = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < columns; j++) {
            size_t changed = corner + (a[i] != b[j]);
            corner = row[j + 1];
            row[j + 1] = MIN(changed, MIN(row[j], row[j + 1]) + 1);
        }
    }
    return row[columns];
}

int nearest_word(const char *typed, const char *const *words, size_t count)
{
    size_t length = strlen(typed), least = MAX((size_t)2, length / 3) + 1;
    int found = -1;
    if (length < 2 || length > WORD_MAX)
        return -1;
    for (size_t i = 0; i < count; i++) {
        size_t here = strlen(words[i]) > WORD_MAX ? least : distance(typed, words[i]);
        if (here < least && here < strlen(words[i])) {
            least = here;
            found = (int)i;
        }
    }
    return found;
}
