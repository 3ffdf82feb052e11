#include "publish/file_name.h"

#include "base/unicode.h"

enum { QUESTION_MAX = 100 };

static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_';
}

/* All that is not plain becomes one '-'. */
static const char *plain(Arena *arena, Text text)
{
    char *name = arena_take(arena, text.length + 1);
    size_t length = 0;
    for (size_t i = 0; i < text.length; i++)
        if (is_plain(text.at[i]))
            name[length++] = text.at[i];
        else if (length && name[length - 1] != '-')
            name[length++] = '-';
    while (length && name[length - 1] == '-')
        length--;
    return arena_text(arena, (Text){ name, length });
}

/* The day says the moment already. */
static const char *question_of(Arena *arena, const Filter *filter)
{
    Filter timeless = *filter;
    AUTO_OUT query = { 0 };
    timeless.as_of_text = NULL;
    timeless.q = filter->q ? unicode_fold(arena, text_of(filter->q)) : NULL;
    filter_write(&query, &timeless);
    const char *question = plain(arena, text_slice(out_view(&query), 0, QUESTION_MAX));
    return *question ? arena_format(arena, "-%s", question) : "";
}

const char *file_name(Arena *arena, const char *what, const Filter *filter, int64_t as_of, const char *extension)
{
    char day[DATE_TEXT_SIZE];
    day_write(moment_day(as_of), day);
    return arena_format(arena, "vigie-%s%s-%s.%s", plain(arena, text_of(what)), question_of(arena, filter), day,
                        extension);
}
